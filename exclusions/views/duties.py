from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.council import council
from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.selectors.calendars import calendar_of
from exclusions.duties import LABELS
from exclusions.models import Exclusion
from exclusions.rules.duties import Duty
from exclusions.rules.rule_sets import rule_set_on
from exclusions.rules.sources import cite
from exclusions.selectors.duties import DutyLine, duties_on
from exclusions.selectors.readings import rules_in_words
from exclusions.views.duty_table import count_table, holder_name, school_days, tag_of
from exclusions.views.exclusion import case_context, find
from exclusions.views.presenting import long_day


@requires(Permission.SEE_EXCLUSIONS)
@require_safe
def duty(request: StaffRequest, reference: str, key: str) -> HttpResponse:
    """Show how one duty's date was worked out: each day counted, each skipped and why, the rule and its source."""
    today = timezone.localdate()
    found = find(request, reference, today, "duty of an exclusion")
    name = key.replace("-", "_")
    lines = [
        line
        for line in duties_on(found, on=today, calendar=calendar_of(found.school)).lines
        if line.duty.key == name and line.duty.due
    ]
    if not lines:
        raise Http404
    moved = found.case.timeline.filter(event__startswith="duty_", data__key=name).select_related("by").order_by("-at")
    context = case_context(found, today) | {
        "label": LABELS[name],
        "lines": [_shown(line, found, today) for line in lines],
        "moved": [_told(event) for event in moved[:20]],
        "back": {"text": reference, "href": reverse("exclusions:exclusion", args=[reference])},
    }
    return render(request, "exclusions/duty.html", context)


def _shown(line: DutyLine, found: Exclusion, today: date) -> dict[str, Any]:
    each = line.duty
    counts = _counts(each, today)
    return {"tag": tag_of(line.stands, each.key), "facts": _facts(line, found), "counts": counts}


def _counts(each: Duty, today: date) -> list[dict[str, Any]]:
    """Return a table for each date that the readings give, the first reading's first."""
    if each.count is None or each.due is None:
        return []
    found = [{"caption": "Each day looked at", "rows": count_table(each.count, due=each.due, on=today)}]
    other = next((reading for reading in each.readings if reading.due == each.other_due != each.due), None)
    if other is not None:
        found[0]["caption"] = "First reading"
        found.append({"caption": "Other reading", "rows": count_table(other.count, due=other.due, on=today)})
    return found


def _facts(line: DutyLine, found: Exclusion) -> list[dict[str, Any]]:
    each = line.duty
    rows = [("Due", long_day(each.due, year=True) if each.due else "")]
    if each.other_due and each.other_due != each.due:
        rows.append(("Other reading", f"{long_day(each.other_due, year=True)}. It is broken only after this date."))
    rows.append(("Who must", holder_name(each.holder, found, council().name)))
    if each.count and each.count.counted_from:
        rows.append(("Counted from", long_day(each.count.counted_from, year=True)))
    if each.deemed_given_on:
        rows.append(("Counts as given on", long_day(each.deemed_given_on, year=True)))
    if each.met_on:
        late = f", {school_days(line.stands.school_days)} late" if line.stands.state == "met late" else ""
        rows.append(("Met on", f"{long_day(each.met_on, year=True)}{late}"))
    if each.because:
        rows.append(("Ended because", each.because))
    rows += [
        (
            "Readings",
            "; ".join(
                f"{reading.ambiguity} reading {reading.reading}{'' if reading.in_force else ' (not in force)'}: "
                f"{long_day(reading.due)}"
                for reading in each.readings
            ),
        ),
        ("Rule", each.rule),
        ("Source", cite(each.source)),
        ("Rules used", rules_in_words(rule_set_on(found.first_day))),
    ]
    return [{"key": {"text": name}, "value": {"text": value}} for name, value in rows if value]


def _told(event: Any) -> dict[str, Any]:
    from casework.registry import timeline_sentences

    return {"at": timezone.localtime(event.at), "text": timeline_sentences[event.event](event.data), "by": event.by}
