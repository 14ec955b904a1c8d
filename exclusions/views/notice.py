import json
import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.audit import record_reading
from casework.council import council
from casework.forms.base import GovukForm, IdempotencyMixin
from casework.forms.pupils import FindPupilForm
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.models import Draft, Pupil
from casework.policy import requires
from casework.roles import Permission
from casework.rules.calendar import NoTermDates
from casework.rules.dates import age, in_words
from casework.rules.terms import YEAR_GROUP_LABELS
from casework.selectors import pupils as pupil_selectors
from casework.selectors.circumstances import known_about
from casework.services import drafts, form_use
from casework.views.tables import clock_time
from exclusions.forms.notice import REASON_FIELDS, NoticeForm, on_roll
from exclusions.rules.terms import KIND_LABELS
from exclusions.services import notices, preview, receipts
from exclusions.views import notice_drafts
from exclusions.views.notice_drafts import OwnDraft
from exclusions.views.presenting import days_in_words, holder_words, long_day, tried_words
from exclusions.views.strip import weeks

CHANGED = (
    "The answers were changed in another window after you opened this page. Check them again: nothing is logged yet"
)


class ConfirmForm(GovukForm, IdempotencyMixin):
    """The button under the answers."""


@requires(Permission.LOG_NOTICES, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def log_notice(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    own = notice_drafts.of(request)
    action = request.POST.get("action")
    if action == "discard":
        drafts.throw_away(by=request.user, draft=own.public_id)
        messages.success(request, "The draft is thrown away.")
        return redirect("exclusions:log-notice")
    if own.gone:
        return redirect(own.address_of("exclusions:log-notice", draft=False))
    if request.method != "POST":
        form = NoticeForm(by=request.user, today=today, initial=_initial(own.typed))
        return _page(request, form, today, own)
    kept = notice_drafts.keep(request, own)
    if request.POST.get("q", "").strip() and not own.typed.get("pupil") and action == "check":
        # Enter in the field that finds a child presses the page's first button where no script runs.
        action = "find"
    if action == "find" or not kept:
        form = NoticeForm(by=request.user, today=today, initial=_initial(own.typed))
        return _page(request, form, today, own, found=_search(request, today) if action == "find" else None)
    if action == "draft":
        messages.success(request, "The draft is kept. It stands under My drafts until you log it or throw it away.")
    if action == "draft" or "choose" in request.POST:
        return redirect(own.address_of("exclusions:log-notice"))
    form = NoticeForm(own.typed, by=request.user, today=today)
    if form.is_valid() and _reason_given(form):
        return redirect(own.address_of("exclusions:check-notice"))
    return _page(request, form, today, own)


@requires(Permission.LOG_NOTICES, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def check_notice(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    own = notice_drafts.of(request)
    here = own.address_of("exclusions:check-notice")
    if request.method == "POST":
        sent = ConfirmForm(request.POST)
        if not sent.is_valid():
            return redirect(here)
    draft = own.row
    # Asked after the draft: the first of two clicks may just have logged it and taken it away.
    if request.method == "POST" and (twice := form_use.used_before(by=request.user, token=sent.cleaned_data["token"])):
        return redirect(twice)
    if draft is None:
        return redirect("exclusions:log-notice")
    if request.method == "POST" and sent.cleaned_data["token"] != _token(draft):
        messages.error(request, CHANGED)
        return redirect(here)
    form = NoticeForm(notice_drafts.as_sent(draft.typed), by=request.user, today=today)
    if not form.is_valid() or not _reason_given(form):
        if request.method == "POST":
            # A click at the same moment may have logged it since, and then it is only a duplicate of itself.
            twice = form_use.used_before(by=request.user, token=sent.cleaned_data["token"])
            if twice:
                return redirect(twice)
        return _page(request, form, today, own)
    notice = form.notice()
    if request.method == "POST":
        return _log(request, notice, sent.cleaned_data["token"], draft)
    _record(request, [notice.pupil], "check a notice")
    found = preview.of(notice)
    context = {
        "confirm": ConfirmForm(initial={"token": _token(draft)}),
        "notice": notice,
        "heading": "Check your answers",
        "answers": _answers(notice, found, change=own.address_of("exclusions:log-notice")),
        "consequences": _consequences(found, today),
        "draft": own.public_id,
        "back": {"text": "Change the answers", "href": own.address_of("exclusions:log-notice")},
    }
    return render(request, "exclusions/check_notice.html", context)


@requires(Permission.LOG_NOTICES, Permission.SEE_PUPILS)
@require_POST
def preview_notice(request: StaffRequest) -> HttpResponse:
    """Draw the side panel from what is typed so far; saves nothing."""
    today = timezone.localdate()
    form = NoticeForm(request.POST, by=request.user, today=today)
    form.is_valid()
    return render(request, "exclusions/_what_it_starts.html", _panel(request, form, today))


@requires(Permission.LOG_NOTICES, Permission.SEE_PUPILS)
@require_POST
def find_child(request: StaffRequest) -> HttpResponse:
    """Draw the children that the words may mean, for the list under the field."""
    return render(request, "exclusions/_found_children.html", _search(request, timezone.localdate()))


def _first_click(request: StaffRequest, token: uuid.UUID | None) -> HttpResponse | None:
    """Return the way to where the first click with the token led, if there was one."""
    led_to = token and form_use.used_before(by=request.user, token=token)
    return redirect(led_to) if led_to else None


def _token(draft: Draft) -> uuid.UUID:
    """Return the token of a draft as it now stands: one for every window, another once an answer changes."""
    return uuid.uuid5(draft.public_id, json.dumps(draft.typed, sort_keys=True))


def _log(request: StaffRequest, notice: notices.Notice, token: Any, draft: Draft) -> HttpResponse:
    try:
        with transaction.atomic():
            used = form_use.use(by=request.user, at=timezone.now(), token=token)
            exclusion = preview.log_as_shown(by=request.user, at=timezone.now(), notice=notice)
            address = reverse("exclusions:exclusion", args=[exclusion.case.reference])
            form_use.led_to(used, address=address)
            draft.delete()
    except form_use.AlreadyUsed as twice:
        return redirect(twice.led_to)
    except preview.Unusual:
        # Somebody logged another notice of the child since: the page asks about it.
        return redirect(f"{reverse('exclusions:check-notice')}?draft={draft.public_id}")
    messages.success(request, f"Notice {exclusion.case.reference} is logged.")
    return redirect(address)


def _search(request: StaffRequest, today: date) -> dict[str, Any]:
    """Return the children found, the search and each child shown having been recorded."""
    form = FindPupilForm(request.POST)
    if not form.is_valid():
        return {"find_form": form, "searched": False, "found": []}
    try:
        found = pupil_selectors.find(by=request.user, typed=form.cleaned_data["q"], on=today)
    except pupil_selectors.TooShort:
        found = []
    _record(request, [each.pupil for each in found], "find a child", terms=form.cleaned_data["q"])
    birthdays = [each.pupil.date_of_birth for each in found]
    return {
        "find_form": form,
        "searched": True,
        "found": [
            {
                "pupil": each.pupil,
                "age": each.age,
                "year": YEAR_GROUP_LABELS.get(each.year_group, ""),
                "school": each.school_name,
                "also": each.also,
                "same_birthday": birthdays.count(each.pupil.date_of_birth) > 1,
            }
            for each in found
        ],
    }


def _record(request: StaffRequest, pupils: list[Pupil], surface: str, terms: str | None = None) -> None:
    record_reading(
        by=request.user,
        at=timezone.now(),
        pupils=[pupil.pk for pupil in pupils],
        surface=surface,
        request=request_id(),
        terms=terms,
    )


def _initial(typed: QueryDict) -> dict[str, Any]:
    return {name: typed[name] for name in NoticeForm.base_fields if typed.get(name)}


def _reason_given(form: NoticeForm) -> bool:
    """Ask why, at the field, when the notice is unusual and nobody has said."""
    unusual = preview.unusual(preview.of(form.notice()))
    if form.cleaned_data.get("recorded_because") or not unusual:
        return True
    for what in unusual:
        form.add_error("recorded_because", f"{what}. If it did happen, say why it is recorded")
    return False


def _page(
    request: StaffRequest, form: NoticeForm, today: date, own: OwnDraft, *, found: dict[str, Any] | None = None
) -> HttpResponse:
    panel = _panel(request, form, today)
    context = panel | {
        "draft": own.public_id,
        "draft_address": own.address_of("exclusions:log-notice"),
        "draft_seen": own.row.kept_at.isoformat() if own.row else "",
        "other_drafts": notice_drafts.others(request, own, panel["chosen"]),
        "form": form,
        "find_form": FindPupilForm(),
        "found": None,
        "kept_at": clock_time(timezone.localtime(own.row.kept_at)) if own.row and request.method != "POST" else None,
        "codes_on": long_day(form.codes_on, year=True),
        "codes": [{"code": code, "label": label} for code, label in form.offered_codes.items()],
        "reason_fields": [form[name] for name in REASON_FIELDS],
        "tried_fields": [form[name] for name in form.tried_fields],
        "tried_open": any(form[name].value() for name in (*form.tried_fields, "tried_words")),
        "elsewhere": _lives_elsewhere(panel["chosen"], form),
        "ask_why": "recorded_because" in form.errors or bool(form["recorded_because"].value()),
    }
    context |= {"find": found} if found else {"find": {"find_form": FindPupilForm(), "searched": False, "found": []}}
    return render(request, "exclusions/log_notice.html", context)


def _panel(request: StaffRequest, form: NoticeForm, today: date) -> dict[str, Any]:
    """Return what the page says of the child and of what the notice starts, as far as is typed."""
    child = _child(request, form)
    if child is None:
        return {"chosen": None, "consequences": None}
    _record(request, [child], "log a notice")
    first = form.first_day_typed()
    as_at = known_about(child, on=first or today)
    context: dict[str, Any] = {
        "chosen": {
            "pupil": child,
            "age": age(child.date_of_birth, today),
            "year": YEAR_GROUP_LABELS.get(as_at.roll_spell.year_group, "") if as_at.roll_spell else "",
            "school": as_at.roll_spell.school.name if as_at.roll_spell else "",
        },
        "roll_href": reverse("casework:add-to-roll", args=[child.public_id]),
        "circumstances": _circumstances(form, as_at),
        "as_at": long_day(first) if first else "",
        "consequences": None,
        "problems": form.is_bound and not form.is_valid(),
    }
    if form.is_bound and first and _enough(form):
        context["consequences"] = _consequences(preview.of(form.notice()), today)
    elif first and "first_day" in form.errors and on_roll(child, first):
        context["next_school_day"] = _next_school_day(child, first)
    return context


def _lives_elsewhere(chosen: dict[str, Any] | None, form: NoticeForm) -> str:
    """Return the child's home authority where it is not the council's own, or where the form asks about it."""
    if chosen is None:
        return ""
    home = chosen["pupil"].home_authority
    asked = any(
        form.errors.get(name) for name in ("home_authority_told", "home_authority_told_on", "home_authority_told_how")
    )
    return home.name if asked or home.code != settings.COUNCIL_AUTHORITY_CODE else ""


def _enough(form: NoticeForm) -> bool:
    """Tell whether what is typed so far lets the days be counted."""
    needed = {"pupil", "kind", "first_day", "last_day", "school", "first_session", "last_session"}
    if needed & set(form.errors) or not form.cleaned_data.get("school") or not form.cleaned_data.get("kind"):
        return False
    form.cleaned_data.setdefault("reasons", [])
    for name in NoticeForm.base_fields:
        form.cleaned_data.setdefault(name, None)
    if form.cleaned_data["council_told"] is None:
        form.cleaned_data["council_told"] = form.fields["council_told"].clean("today")
    return True


def _child(request: StaffRequest, form: NoticeForm) -> Pupil | None:
    if form.is_bound:
        typed: Pupil | None = form.cleaned_data.get("pupil") if hasattr(form, "cleaned_data") else None
        return typed
    try:
        chosen: Pupil = Pupil.objects.visible_to(request.user).get(public_id=form.initial.get("pupil"))
    except (Pupil.DoesNotExist, ValidationError, ValueError, TypeError):
        return None
    return chosen


def _circumstances(form: NoticeForm, as_at: Any) -> list[dict[str, Any]]:
    rows = []
    for name in NoticeForm.circumstance_fields:
        known = as_at.circumstances[name]
        labels: dict[Any, Any] = dict(NoticeForm.base_fields[name].choices)  # type: ignore[attr-defined]
        unknown = known.value == "unknown"
        how = f"{known.source}, since {long_day(known.since, year=True)}" if known.source else ""
        rows.append(
            {
                "label": form.fields[name].label,
                "value": "Not known: ask the school" if unknown else labels.get(known.value, known.value),
                "how": how or "Nobody has said. Will be saved as not known",
                "unknown": unknown,
                "field": form[name],
            }
        )
    return rows


def _next_school_day(child: Pupil, day: date) -> dict[str, str] | None:
    from casework.selectors.calendars import calendar_of

    school = on_roll(child, day)[0].school
    try:
        near = calendar_of(school).next_school_day(day)
    except NoTermDates:
        return None
    return {"school": school.name, "words": long_day(near), "typed": f"{near.day}/{near.month}/{near.year}"}


def _consequences(found: preview.Consequences, today: date) -> dict[str, Any]:
    standing, exclusion = found.standing, found.exclusion
    answer, totals = standing.sixth_day, standing.totals
    context: dict[str, Any] = {
        "no_term_dates_on": standing.no_term_dates_on,
        "answer": answer,
        "totals": totals,
        "own_days": days_in_words(sum(day.half_days for day in standing.days) / 2, "school day"),
        "return_on": found.return_on and long_day(found.return_on),
        "weeks": weeks(exclusion, standing, back=found.return_on),
        "on_file": found.on_file,
        "unusual": preview.unusual(found),
        "limits": preview.limits_ahead(found),
        "kind": KIND_LABELS[exclusion.kind],
    }
    if answer and answer.due:
        context["holder"] = holder_words(answer, council=council().name, exclusion=exclusion)
        context["due"] = long_day(answer.due)
        context["other"] = answer.other_reading and long_day(answer.other_reading)
        context["far"] = in_words(answer.due, today=today, calendar=standing.calendar)
    if totals:
        context |= {
            "term": standing.calendar.statutory_term(exclusion.first_day).label,
            "term_value": days_in_words(totals.term_days),
            "year": f"{standing.calendar.school_year_of(exclusion.first_day).label} so far",
            "year_value": f"{days_in_words(totals.year_days)}, {totals.year_days_left:g} left",
        }
    return context


def _answers(notice: notices.Notice, found: preview.Consequences, *, change: str) -> list[dict[str, Any]]:
    sessions = {"AM": "morning", "PM": "afternoon", "LUNCH": "lunchtime", "": ""}
    told = long_day(notice.council_told_on) + (
        f" at {notice.council_told_time:%H:%M}" if notice.council_told_time else ""
    )
    parents = long_day(notice.parents_told_on) if notice.parents_told_on else "Not known: ask the school"
    home = ""
    if notice.home_authority_told_on:
        home = f"{long_day(notice.home_authority_told_on)}, {notice.home_authority_told_how}"
    receipt = receipts.address_at(notice.school, on=timezone.localdate())
    rows = [
        ("Child", f"{notice.pupil.name}, born {long_day(notice.pupil.date_of_birth, year=True)}", "pupil"),
        ("School", notice.school.name, "school"),
        ("Kind", KIND_LABELS[notice.kind], "kind"),
        ("First day out", f"{long_day(notice.first_day, year=True)}, {sessions[notice.first_session]}", "first_day"),
        (
            "Last day out",
            f"{long_day(notice.last_day, year=True)}, {sessions[notice.last_session]}" if notice.last_day else "",
            "last_day",
        ),
        ("Reasons", "; ".join(str(reason) for reason in notice.reasons), "reason_1"),
        ("What happened", notice.narrative or "Not given", "narrative"),
        ("Public exam or national test missed", "Yes" if notice.exam_missed else "No", "exam_missed"),
        (
            "Decided",
            " by ".join(part for part in (notice.decided_on and long_day(notice.decided_on), notice.decided_by) if part)
            or "Not known: ask the school",
            "decided_on",
        ),
        ("Council told", told, "council_told"),
        ("Parents told", parents, "parents_told"),
        ("What the school tried", "; ".join(tried_words(notice.tried, notice.tried_words)), "tried_words"),
        ("Home authority told", home, "home_authority_told"),
        ("Receipt to", notice.receipt_to or receipt or "Nobody: no address is held for the school", "receipt_to"),
        ("Recorded all the same because", notice.recorded_because, "recorded_because"),
    ]
    return [
        {
            "key": {"text": key},
            "value": {"text": value},
            "actions": {
                "items": [{"text": "Change", "href": f"{change}#id_{field}", "visually_hidden_text": key.lower()}]
            },
        }
        for key, value, field in rows
        if value
    ]
