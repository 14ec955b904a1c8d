from datetime import date
from typing import Any

from django.conf import settings
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
from casework.models import School
from casework.policy import requires
from casework.roles import Permission
from casework.rules.terms import PHASE_LABELS, YEAR_GROUP_LABELS
from casework.views.paging import page_links
from exclusions.rules.terms import KIND_LABELS
from exclusions.rules.thresholds import Limit, limits_reached
from exclusions.rules.totals import YEAR_LIMIT
from exclusions.selectors import thresholds as selectors
from exclusions.selectors.coverage import less_than_the_year
from exclusions.views.presenting import short_day

ON_A_PAGE = 50
LIMITS = {
    "": "Every limit",
    Limit.FIVE: "5 days in the term",
    Limit.FIFTEEN: "15 days in the term",
    Limit.YEAR: "45 days in the school year",
    Limit.EXAM: "Exam or national test lost",
    Limit.REPEATED: "Repeated short suspensions",
}
HOW = (
    "Days of suspension at every school, each counted once and never as more than one day, in the term and the school "
    "year of the school where the child is on roll. Days still to come of a suspension on file are counted. Near means "
    "that one more school day, or less, would pass the limit. A permanent exclusion adds no days."
)
COLUMNS = [
    {"text": "Child"},
    {"text": "Limit", "classes": "app-w-25"},
    {"text": "Term days", "numeric": True, "classes": "app-w-8"},
    {"text": "Year days", "numeric": True, "classes": "app-w-12"},
    {"text": "Suspensions this term", "numeric": True, "classes": "app-w-14"},
    {"text": "Last notice", "classes": "app-w-18"},
]


@requires(Permission.SEE_EXCLUSIONS, Permission.SEE_PUPILS)
@require_safe
def thresholds(request: StaffRequest) -> HttpResponse:
    """Show the children near or past a limit, those nearest to the next one first."""
    today = timezone.localdate()
    own = School.objects.filter(authority__code=settings.COUNCIL_AUTHORITY_CODE)
    schools = dict(own.order_by("name", "pk").values_list("urn", "name"))
    wanted = _wanted(request, schools)
    watch = selectors.Watch(by=request.user, on=today, wanted=wanted)
    counts = watch.counts()
    found = {
        "": counts.every,
        Limit.FIVE: counts.five,
        Limit.FIFTEEN: counts.fifteen,
        Limit.YEAR: counts.year,
        Limit.EXAM: counts.exam,
        Limit.REPEATED: counts.repeated,
    }
    page = Paginator(range(found[wanted.limit or ""]), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = watch.rows(max(page.start_index() - 1, 0), page.end_index())
    record_reading(
        by=request.user,
        at=timezone.now(),
        pupils=[row.pupil.pk for row in rows],
        surface="threshold watch",
        request=request_id(),
    )
    context = {
        "counts": _counts(request, found),
        "columns": COLUMNS,
        "rows": [_row(row, today) for row in rows],
        "page": page,
        "pagination": page_links(request, page),
        "how": HOW,
        "without_dates": watch.without_dates,
        "less_than_the_year": len(less_than_the_year(watch.year_begins)),
        "choices": _choices(wanted, schools),
        "clear_href": reverse("exclusions:thresholds"),
        "filtered": bool(wanted.limit or wanted.phase or wanted.urn),
        "back": {"text": "Exclusions", "href": reverse("exclusions:exclusions")},
    }
    return render(request, "exclusions/thresholds.html", context)


def _wanted(request: StaffRequest, schools: dict[str, str]) -> selectors.Wanted:
    limit, phase, urn = (request.GET.get(name, "") for name in ("limit", "phase", "school"))
    return selectors.Wanted(
        limit=Limit(limit) if limit in set(Limit) else None,
        phase=phase if phase in PHASE_LABELS else "",
        urn=urn if urn in schools else "",
    )


def _counts(request: StaffRequest, found: dict[str, int]) -> list[dict[str, Any]]:
    """Return the counts, each a link; none is late, so none is red."""
    kept = {name: request.GET[name] for name in ("phase", "school") if request.GET.get(name)}
    words = {
        "": "children in all",
        Limit.FIVE: "near or past 5",
        Limit.FIFTEEN: "near or past 15",
        Limit.YEAR: "past 30 of 45",
        Limit.EXAM: "exam or test lost",
        Limit.REPEATED: "repeated short",
    }
    here = reverse("exclusions:thresholds")
    return [
        {
            "value": f"{number:,}",
            "text": words[limit],
            "href": f"{here}?{urlencode(kept | ({'limit': str(limit)} if limit else {}))}",
        }
        for limit, number in found.items()
    ]


def _row(row: selectors.Row, today: date) -> dict[str, Any]:
    reached = [each.words for each in limits_reached(term=row.term, year=row.year, exam=row.exam, short=row.short)]
    left = max(YEAR_LIMIT - row.year, 0) / 2
    return {
        "cells": [
            {
                "text": row.pupil.name,
                "href": reverse("casework:pupil", args=[row.pupil.public_id]),
                "second": f"{YEAR_GROUP_LABELS.get(row.last.year_group, 'Year not known')}, {row.school.name}",
                "header": True,
            },
            {"text": reached[0], "second": ", ".join(words[:1].lower() + words[1:] for words in reached[1:])},
            {"text": f"{row.term / 2:g}", "numeric": True},
            {"text": f"{row.year / 2:g}", "second": f"{left:g} left of {YEAR_LIMIT // 2}", "numeric": True},
            {"text": str(row.suspensions), "numeric": True},
            {
                "text": row.last.case.reference,
                "href": reverse("exclusions:exclusion", args=[row.last.case.reference]),
                "second": f"{KIND_LABELS[row.last.kind]}, {short_day(row.last.first_day, today)}",
            },
        ]
    }


def _choices(wanted: selectors.Wanted, schools: dict[str, str]) -> list[dict[str, Any]]:
    """Return the selects above the list, each with what the address chose."""
    groups = (
        ("limit", "Limit", LIMITS, str(wanted.limit or "")),
        ("phase", "Phase", {"": "All phases", **PHASE_LABELS}, wanted.phase),
        ("school", "School", {"": "Every school", **schools}, wanted.urn),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": str(value), "text": text, "selected": str(value) == chosen} for value, text in options.items()
            ],
        }
        for name, label, options, chosen in groups
    ]
