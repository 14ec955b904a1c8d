from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.audit import record_reading
from casework.council import council
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires
from casework.registry import case_actions, timeline_sentences
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.dates import in_words
from casework.selectors.timeline import shown_to
from casework.services import form_use
from casework.views.tables import clock_time, columns
from exclusions.forms.case import OutcomeForm, ProvisionForm
from exclusions.letters.receipt import KIND as RECEIPT
from exclusions.models import Exclusion
from exclusions.rules.rule_sets import rule_set_on
from exclusions.rules.sources import cite
from exclusions.rules.terms import (
    KIND_LABELS,
    OUTCOME_EVENT_LABELS,
    AvertedAfterGovernors,
    CancelledAfterGovernors,
    Kind,
)
from exclusions.selectors import exclusion_page
from exclusions.selectors.duties import duties_on
from exclusions.selectors.readings import rules_in_words
from exclusions.selectors.standing import standing_of
from exclusions.services import outcomes, provisions
from exclusions.views.corrected import correction_item
from exclusions.views.duty_table import duties_table, next_lines
from exclusions.views.presenting import (
    child_bar,
    circumstances_in_short,
    days_in_words,
    holder_words,
    long_day,
    sixth_day_cell,
    state_tag,
    tried_words,
)
from exclusions.views.strip import duty_pins, strip_of_days, working_table


@requires(Permission.SEE_EXCLUSIONS)
@require_safe
def exclusion(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "exclusion")
    page = exclusion_page.page(found, on=today)
    standing = page.standing
    case_duties = duties_on(found, on=today, calendar=standing.calendar)
    stands = found.voided_at is None
    may_record = stands and has_permission(request.user, Permission.RECORD_STEPS)
    context = case_context(found, today) | {
        "page": page,
        "standing": standing,
        "answer": standing.sixth_day,
        "tag": state_tag(found, page.outcome, on=today),
        "cell": sixth_day_cell(standing, page.outcome, _education_from(page), on=today),
        "holder": holder_words(standing.sixth_day, council=council().name, exclusion=found)
        if standing.sixth_day
        else "",
        "due_words": _due_words(standing, today),
        "working_facts": _working_facts(standing, found) if standing.sixth_day else [],
        "strip": strip_of_days(found, standing, on=today, closures=page.closures, pins=duty_pins(case_duties, found)),
        "working": working_table(standing.sixth_day, on=today) if standing.sixth_day else [],
        "notice": _notice_rows(found),
        "circumstance_columns": columns("Circumstance", "On the first day", "How we know"),
        "circumstance_rows": [
            {"cells": [{"text": row["label"], "header": True}, {"text": row["value"]}, {"text": row["how"]}]}
            for row in _circumstance_rows(found)
        ],
        "corrections": [correction_item(each) for each in page.corrections],
        "provision_columns": columns("Provider", "First day", "Hours a week", "Agreed cost"),
        "provision_rows": [_provision_row(each) for each in page.provisions],
        "timeline": [_timeline_item(event) for event in shown_to(request.user, page.timeline, on=today)],
        "case_actions": _case_actions(request, found) if stands else [],
        "duties": duties_table(case_duties, found, council=council().name, may_record=may_record),
        "duty_columns": columns("Duty", "Who must", "Due", "Where it stands", "Evidence"),
        "next_lines": next_lines(case_duties, reference, may_record=may_record, but="sixth_day")
        if case_duties.kept
        else [],
        "case_duties": case_duties,
        "steps": found.steps.select_related("recorded_by").order_by("-on", "-pk"),
        "may_record": may_record,
        "may_record_outcome": stands
        and found.kind == Kind.PERMANENT
        and has_permission(request.user, Permission.RECORD_OUTCOMES),
        "may_arrange": stands and has_permission(request.user, Permission.ARRANGE_PROVISION),
        "may_give": has_permission(request.user, Permission.GIVE_CASES),
        "may_write": has_permission(request.user, Permission.WRITE_NOTES),
        "may_correct": has_permission(request.user, Permission.LOG_NOTICES),
    }
    context |= _totals_context(standing, found) | _documents_context(found)
    return render(request, "exclusions/exclusion.html", context)


@requires(Permission.SEE_EXCLUSIONS, Permission.RECORD_OUTCOMES)
@require_http_methods(["GET", "HEAD", "POST"])
def record_outcome(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "record what came of an exclusion")
    if found.kind != Kind.PERMANENT:
        raise Http404
    if found.voided_at:
        return redirect(address(found))
    form = OutcomeForm(request.POST or None, today=today, initial={"version": found.version, "on": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                outcomes.record(
                    by=request.user,
                    at=timezone.now(),
                    exclusion=found,
                    version=data["version"],
                    on=data["on"],
                    note=data["note"],
                    **form.outcome(),
                )
                form_use.led_to(used, address=address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except outcomes.ChangedMeanwhile:
            found.refresh_from_db(fields=["version"])
            form = form.reopened(version=found.version, what="this exclusion")
        except (outcomes.BeforeTheExclusion, outcomes.AlreadyRecorded, outcomes.ContradictsTheDay) as wrong:
            form.add_error("on", _about_the_day(wrong))
        except (AvertedAfterGovernors, CancelledAfterGovernors) as too_late:
            form.add_error("event", str(too_late))
        else:
            messages.success(request, "What came of this exclusion is recorded.")
            return redirect(address(found))
    return render(request, "exclusions/record_outcome.html", case_context(found, today) | {"form": form})


@requires(Permission.SEE_EXCLUSIONS, Permission.ARRANGE_PROVISION)
@require_http_methods(["GET", "HEAD", "POST"])
def arrange_provision(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "arrange day-six education")
    if found.voided_at:
        return redirect(address(found))
    form = ProvisionForm(request.POST or None, today=today, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        wanted = ("version", "provider", "starts_on", "ends_on", "hours_a_week", "agreed_cost")
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                provisions.arrange(
                    by=request.user, at=timezone.now(), exclusion=found, **{name: data[name] for name in wanted}
                )
                form_use.led_to(used, address=address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except outcomes.ChangedMeanwhile:
            found.refresh_from_db(fields=["version"])
            form = form.reopened(version=found.version, what="this exclusion")
        except provisions.StartsBeforeTheExclusion:
            form.add_error(
                "starts_on", f"Education must start on or after the first day out, {long_day(found.first_day)}"
            )
        else:
            messages.success(request, "The education is recorded.")
            return redirect(address(found))
    standing = standing_of(found)
    context = case_context(found, today) | {"form": form, "due_words": _due_words(standing, today)}
    return render(request, "exclusions/arrange_provision.html", context)


def find(request: StaffRequest, reference: str, on: date, surface: str) -> Exclusion:
    """Return the exclusion, having recorded that its child's record is read."""
    try:
        found = exclusion_page.find(by=request.user, reference=reference, on=on)
    except Exclusion.DoesNotExist:
        raise Http404 from None
    record_reading(
        by=request.user, at=timezone.now(), pupils=[found.case.pupil_id], surface=surface, request=request_id()
    )
    return found


def _case_actions(request: StaffRequest, found: Exclusion) -> list[dict[str, str]]:
    """Return what the apps above offer to do about the case, for those who may."""
    return [
        {"text": each.text, "href": f"{reverse(each.url_name)}?case={found.case.reference}"}
        for each in case_actions
        if has_permission(request.user, each.permission) and (found.kind == Kind.PERMANENT or not each.permanent_only)
    ]


def _about_the_day(wrong: Exception) -> str:
    if isinstance(wrong, outcomes.ContradictsTheDay):
        said = OUTCOME_EVENT_LABELS[wrong.event].lower()
        return f"This day has another outcome on file: {said}. Take that back first, or check the day"
    if isinstance(wrong, outcomes.AlreadyRecorded):
        return "That is recorded already for this day"
    return "The day must not come before the exclusion was decided"


def _education_from(page: exclusion_page.ExclusionPage) -> date | None:
    return min((each.starts_on for each in page.provisions), default=None)


def address(found: Exclusion) -> str:
    """Return the address of an exclusion's page."""
    return reverse("exclusions:exclusion", args=[found.case.reference])


def case_context(found: Exclusion, today: date) -> dict[str, Any]:
    """Return what every page of one exclusion shows above its own matter."""
    return {
        "exclusion": found,
        "reference": found.case.reference,
        "heading": f"{KIND_LABELS[found.kind]} from {long_day(found.first_day, year=True)}",
        "child": child_bar(
            found.case.pupil,
            on=found.first_day,
            year_group=found.year_group,
            school=found.school,
            as_at=circumstances_in_short(found),
        ),
        "back": {"text": "Exclusions", "href": reverse("exclusions:exclusions")},
    }


def _due_words(standing: Any, today: date) -> dict[str, str]:
    answer = standing.sixth_day
    if answer is None or answer.due is None:
        return {}
    words = {"due": in_words(answer.due, today=today, calendar=standing.calendar)}
    if answer.other_reading:
        words["other"] = in_words(answer.other_reading, today=today, calendar=standing.calendar)
    return {
        key: text.replace("today", f"{long_day(answer.due)}, today") if text == "today" else text
        for key, text in words.items()
    }


def _totals_context(standing: Any, found: Exclusion) -> dict[str, str]:
    """Return the labels of the two bars of totals."""
    totals = standing.totals
    if totals is None:
        return {}
    return {
        "term_label": standing.calendar.statutory_term(found.first_day).label,
        "term_value": days_in_words(totals.term_days),
        "year_label": f"{standing.calendar.school_year_of(found.first_day).label} so far",
        "year_value": f"{days_in_words(totals.year_days)}, {totals.year_days_left:g} left",
    }


def _documents_context(found: Exclusion) -> dict[str, Any]:
    """Return the documents added last, and how many stand."""
    held = found.case.documents.standing()
    return {
        "documents": held.select_related("added_by").order_by("-added_at", "-pk")[:5],
        "document_count": held.count(),
    }


def _working_facts(standing: Any, found: Exclusion) -> list[dict[str, Any]]:
    """Return the two readings, the rule, its source and the rules used, as a summary list."""
    answer = standing.sixth_day
    rules = rule_set_on(found.first_day)
    rows = []
    if answer.due:
        began = answer.count.counted_from if answer.count else found.first_day
        how = "The sixth school day of the exclusion; the first day out is day 1."
        if began < found.first_day:
            how = f"The sixth school day of the run of days out that began on {long_day(began)}, which is day 1."
        first = f"{long_day(answer.due)}. {how}"
        if answer.other_reading:
            other = f"{long_day(answer.other_reading)}. We count the duty as broken only after this date."
            rows += [("First reading", f"{first} We warn on this date."), ("Other reading", other)]
            rows += [
                (
                    "Readings",
                    "; ".join(
                        f"{each.ambiguity} reading {each.reading}: {long_day(each.due)}" for each in answer.readings
                    ),
                )
            ]
        else:
            rows.append(("Day six", first))
    else:
        rows.append(("Day six", answer.because))
    rows += [("Rule", answer.rule), ("Source", cite(answer.source)), ("Rules used", rules_in_words(rules))]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]


def _provision_row(provision: Any) -> dict[str, Any]:
    return {
        "cells": [
            {"text": provision.provider.name, "header": True},
            {"text": long_day(provision.starts_on, year=True)},
            {"text": f"{provision.hours_a_week:g}"},
            {"text": f"£{provision.agreed_cost:,.2f}"},
        ]
    }


def _notice_rows(found: Exclusion) -> list[dict[str, Any]]:
    sessions = {"AM": "morning", "PM": "afternoon", "LUNCH": "lunchtime"}
    rows = [
        ("First day out", f"{long_day(found.first_day, year=True)}, {sessions[found.first_session]}"),
        (
            "Last day out",
            f"{long_day(found.last_day, year=True)}, {sessions[found.last_session]}" if found.last_day else "",
        ),
        ("Reasons", "; ".join(f"{each.reason.code} {each.reason.label}" for each in found.exclusion_reasons.all())),
        ("What happened", found.narrative or "Not given"),
        ("Public exam or national test missed", "Yes" if found.exam_missed else "No"),
        (
            "Decided",
            " by ".join(part for part in (found.decided_on and long_day(found.decided_on), found.decided_by) if part)
            or "Not known: ask the school",
        ),
        (
            "Council told",
            _when(found.council_told_on, found.council_told_time)
            + (f", {found.get_told_by_display().lower()}" if found.told_by else ""),
        ),
        ("Parents told", _when(found.parents_told_on, found.parents_told_time)),
        (
            "What the school tried",
            "; ".join(tried_words({each.strategy: each.effect for each in found.strategies.all()}, found.tried_words))
            or "Not said",
        ),
        ("Receipt", receipt_words(found)),
        ("Recorded all the same because", found.recorded_because),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows if value]


def receipt_words(found: Exclusion) -> str:
    """Return what became of the receipt that the school was to have."""
    receipt = found.case.messages.filter(kind=RECEIPT).order_by("-pk").first()
    if receipt is None:
        return "None was sent: no address was held for the school"
    at = timezone.localtime(receipt.asked_at)
    return f"{receipt.get_state_display()}, to {receipt.recipient}, {long_day(at.date())} at {clock_time(at)}"


def _when(day: date | None, clock: Any) -> str:
    if day is None:
        return "Not known: ask the school"
    return long_day(day) + (f" at {clock_time(clock)}" if clock else "")


def _circumstance_rows(found: Exclusion) -> list[dict[str, str]]:
    rows = []
    for name in ("sen", "sen_need", "social_care", "social_worker", "early_help", "free_school_meals"):
        source = found.circumstance_sources.get(name, {})
        value = getattr(found, f"get_{name}_display")() if getattr(found, name) else "Not known"
        how = source.get("source") or "Nobody has said"
        if source.get("known_on"):
            how += f", known since {long_day(date.fromisoformat(source['known_on']), year=True)}"
        rows.append(
            {
                "label": str(getattr(found._meta.get_field(name), "verbose_name", name)).replace("_", " "),
                "value": value,
                "how": how,
            }
        )
    for row in rows:
        row["label"] = row["label"][0].upper() + row["label"][1:]
    return rows


def _timeline_item(event: Any) -> dict[str, Any]:
    at = timezone.localtime(event.at)
    return {
        "label": {"text": timeline_sentences[event.event](event.data)},
        "text": "",
        "datetime": {"timestamp": at.isoformat(), "text": f"{long_day(at.date(), year=True)} at {at:%H:%M}"},
        "byline": {"text": event.by.name if event.by else "Sixth Day"},
    }
