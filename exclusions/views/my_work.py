from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.models import Duty
from casework.policy import requires
from casework.registry import duty_kinds, work_lines
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.dates import short
from casework.rules.terms import PHASE_LABELS, YEAR_GROUP_LABELS
from casework.views.paging import page_links
from casework.views.tables import clock_time
from exclusions.models import Exclusion
from exclusions.rules.terms import KIND_LABELS
from exclusions.selectors import my_work as selectors
from exclusions.selectors.drafts import DraftLine, drafts
from exclusions.views.work_rows import group_rows, no_education_rows

HEADINGS = {"overdue": "Overdue", "today": "Due today", "week": "Later this week", "later": "After this week"}
SHOWN = {"": "To the end of this week", **HEADINGS}
ON_A_PAGE = 50
NEW_FOR = timedelta(days=7)
"""How long a notice counts as new."""


@requires(Permission.SEE_EXCLUSIONS)
@require_safe
def my_work(request: StaffRequest) -> HttpResponse:
    """Show what is to be done, by when; one group alone, in pages, when the address asks for it."""
    today = timezone.localdate()
    wanted = _wanted(request)
    duties = selectors.open_duties(by=request.user, on=today, wanted=wanted)
    counted = selectors.counts(duties, on=today)
    show = request.GET.get("show", "")
    alone = show if show in HEADINGS else ""
    pagination = None
    if alone:
        whole = selectors.group_of(duties, alone, on=today)
        paginator = Paginator(whole, ON_A_PAGE)
        paginator.__dict__["count"] = getattr(counted, alone)
        page = paginator.get_page(request.GET.get("page"))
        rows = list(selectors.loaded(whole)[max(page.start_index() - 1, 0) : page.end_index()])
        work = selectors.Work({alone: rows}, [], selectors.calendars(rows))
        pagination = page_links(request, page) if page.has_other_pages() else None
    else:
        work = selectors.work(duties, on=today)
    since = today - NEW_FOR
    new = selectors.new_notices(by=request.user, wanted=wanted, since=since)
    _record(request, [*work.no_education, *(duty for rows in work.groups.values() for duty in rows)])
    context = {
        "today_words": f"{today:%A} {today.day} {today:%B} {today.year}",
        "counts": _counts(request, counted, new.total, since),
        "new_notices": [] if alone else [_new_notice(row, today) for row in new.rows],
        "new_total": new.total,
        "new_href": _list_href(request, logged_from=since.isoformat(), sort="-logged"),
        "groups": [_group(request, name, rows, work, counted, today) for name, rows in work.groups.items()],
        "no_education": no_education_rows(work, on=today),
        "no_education_count": counted.no_education,
        "alone": alone,
        "pagination": pagination,
        "later": counted.later,
        "later_href": _href(request, show="later"),
        "drafts": [] if alone else [_draft(each) for each in drafts(of=request.user, on=today)],
        "choices": _choices(request),
        "clear_href": reverse("exclusions:my-work"),
        "filtered": bool(request.GET),
        "lines": [] if alone else [line for lines_of in work_lines for line in lines_of(request.user, today)],
        "nothing": not any(work.groups.values()),
        "may_log": has_permission(request.user, Permission.LOG_NOTICES),
    }
    return render(request, "exclusions/my_work.html", context)


def _wanted(request: StaffRequest) -> selectors.Wanted:
    whose = request.GET.get("whose", "mine")
    owner = {"mine": request.user.pk, "everybody": None, "nobody": None}.get(whose)
    if whose.isascii() and whose.isdigit() and len(whose) < 10:
        owner = int(whose)
    key, phase = request.GET.get("duty", ""), request.GET.get("phase", "")
    return selectors.Wanted(
        owner=owner,
        nobodys=whose == "nobody",
        key=key if key in duty_kinds else "",
        phase=phase if phase in PHASE_LABELS else "",
    )


def _record(request: StaffRequest, duties: list[Duty]) -> None:
    pupils = dict.fromkeys(duty.case.pupil_id for duty in duties)
    record_reading(by=request.user, at=timezone.now(), pupils=list(pupils), surface="my work", request=request_id())


def _href(request: StaffRequest, **changes: str) -> str:
    """Return this page's address with its filters, some of them changed, and no page number."""
    query = {name: request.GET[name] for name in ("whose", "duty", "phase") if request.GET.get(name)} | changes
    return f"{reverse('exclusions:my-work')}?{urlencode(query)}"


def _list_href(request: StaffRequest, **filters: str) -> str:
    """Return the address of the list of exclusions with some filters, and this page's owner and phase."""
    whose = request.GET.get("whose", "mine")
    query = {"period": ""} | filters
    query |= {} if whose == "everybody" else {"owner": whose}
    if request.GET.get("phase") in PHASE_LABELS:
        query["phase"] = request.GET["phase"]
    return f"{reverse('exclusions:exclusions')}?{urlencode(query)}"


def _new_notice(row: Exclusion, today: date) -> dict[str, str]:
    logged = timezone.localtime(row.logged_at)
    year = YEAR_GROUP_LABELS.get(row.year_group, "Year not known")
    return {
        "school": row.school.name,
        "href": reverse("exclusions:exclusion", args=[row.case.reference]),
        "when": clock_time(logged) if logged.date() == today else short(logged.date()),
        "text": f"{KIND_LABELS[row.kind]}, {year}, {row.case.reference}",
    }


def _counts(request: StaffRequest, counted: selectors.Counts, new: int, since: date) -> list[dict[str, Any]]:
    """Return the counts, each a link."""
    mine = request.GET.get("whose", "mine") == "mine"
    links = (
        (counted.overdue, "overdue", _href(request, show="overdue")),
        (counted.today, "due today", _href(request, show="today")),
        (counted.week, "later this week", _href(request, show="week")),
        (counted.later, "after this week", _href(request, show="later")),
        (counted.no_education, "no education today", _href(request, duty="sixth_day")),
        (new, "new notices", _list_href(request, logged_from=since.isoformat(), sort="-logged")),
        (counted.cases, "my open cases" if mine else "open cases", _list_href(request, open="yes")),
    )
    return [
        {"value": f"{number:,}", "text": text, "href": href, "late": text == "overdue" and number > 0}
        for number, text, href in links
    ]


def _group(
    request: StaffRequest, name: str, rows: list[Duty], work: selectors.Work, counted: selectors.Counts, on: date
) -> dict[str, Any]:
    total = getattr(counted, name)
    children = len({duty.case.pupil_id for duty in rows})
    words = f"{total:,} dut{'y' if total == 1 else 'ies'}"
    if total == len(rows):
        words += f", {children} child{'' if children == 1 else 'ren'}"
    return {
        "name": name,
        "heading": HEADINGS[name],
        "words": words,
        "rows": group_rows(rows, work.calendars, on=on),
        "more_href": _href(request, show=name) if total > len(rows) else "",
        "total": f"{total:,}",
    }


def _choices(request: StaffRequest) -> list[dict[str, Any]]:
    """Return the four selects above the list, each with what the address chose."""
    officers = {str(pk): name for pk, name in selectors.officers().items() if pk != request.user.pk}
    whose = {"mine": "Mine", "everybody": "Everybody’s", "nobody": "Nobody’s yet", **officers}
    kinds = sorted(duty_kinds.items(), key=lambda item: item[1].order)
    groups = (
        ("whose", "Whose work", whose),
        ("duty", "Duty", {"": "Every duty", **{key: kind.label for key, kind in kinds}}),
        ("phase", "Phase", {"": "All phases", **PHASE_LABELS}),
        ("show", "Show", SHOWN),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "text": text, "selected": request.GET.get(name, "") == value}
                for value, text in options.items()
            ],
        }
        for name, label, options in groups
    ]


def _draft(line: DraftLine) -> dict[str, Any]:
    kept = timezone.localtime(line.draft.kept_at)
    always = {
        "throw_away": reverse("exclusions:throw-away-draft", args=[line.draft.public_id]),
        "when": f"{short(kept.date())}, {clock_time(kept)}",
    }
    if line.reference:
        href = reverse("exclusions:write-note", args=[line.reference])
        return always | {"text": f"A note on {line.reference}", "href": href, "second": "Not kept on the case yet"}
    missing = ", ".join(line.missing)
    return always | {
        "text": line.kind or "A notice",
        "school": line.school,
        "href": f"{reverse('exclusions:log-notice')}?draft={line.draft.public_id}",
        "second": f"Missing: {missing}" if missing else "Ready to check",
    }
