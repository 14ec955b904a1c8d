"""The filter panel of the list of exclusions, its saved filters and its sort links, prepared for the template."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from casework.http import StaffRequest
from casework.rules.terms import (
    EARLY_HELP_LABELS,
    PHASE_LABELS,
    SEN_LABELS,
    SEX_LABELS,
    SOCIAL_CARE_LABELS,
    YEAR_GROUP_LABELS,
)
from exclusions.forms.filters import EDUCATION_LABELS, PERIOD_LABELS, ExclusionFilter
from exclusions.rules.terms import KIND_LABELS, OUTCOME_LABELS
from exclusions.selectors.exclusion_list import Counts, Options

KIND_SHORT = {"permanent": "Permanent", "suspension": "Suspension", "lunchtime": "Lunchtime"}
NOT_FILTERS = ("page", "show", "sort")
# The first ways into the list, for everybody; after them come a person's own.
GIVEN = (
    ("This term", "period=term"),
    ("My open cases", "owner=mine&open=yes"),
    ("No education today", "education=none"),
    ("Permanent, open", "kind=permanent&outcome=open"),
    ("Everything", "period="),
)
DATED = {"first_from", "first_to", "told_from", "told_to", "logged_from"}
NAMED = DATED | {"year_group", "sen", "early_help", "social_care", "owner"}


def asked(request: StaffRequest) -> QueryDict:
    """Return the address's filters; a bare address asks for this term."""
    return request.GET if request.GET else QueryDict("period=term")


def with_changes(query: QueryDict, **changes: str) -> str:
    """Return the filters, without page and the like, with some changed; an empty value takes one away."""
    kept = query.copy()
    for name in ("page", "show", "tick"):
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = value
    return kept.urlencode()


def filters_alone(query: QueryDict) -> str:
    """Return what a saved filter keeps: codes and dates, in a steady order."""
    pairs = sorted((name, value) for name, values in query.lists() for value in values)
    kept = QueryDict(mutable=True)
    for name, value in pairs:
        if name in ExclusionFilter.base_filters and (value or name == "period"):
            kept.appendlist(name, value)
    return kept.urlencode()


def tabs(query: QueryDict, options: Options) -> list[dict[str, Any]]:
    """Return the ways into the list: those given to everybody, the person's own, and the page that keeps them."""
    here = filters_alone(query)
    ways = [*GIVEN, *((name, saved) for _, name, saved in options.saved)]
    items = [
        {"text": text, "href": f"?{way}", "active": filters_alone(QueryDict(way)) == here}
        for text, way in ways
    ]  # fmt: skip
    return [*items, {"text": "Saved filters", "href": reverse("exclusions:saved-filters"), "active": False}]


def groups(query: QueryDict, counted: Counts) -> list[dict[str, Any]]:
    """Return the panel's first groups of boxes, with how many of the notices found each would keep."""
    return [
        _group(query, "kind", "Kind", {kind: KIND_SHORT[kind] for kind in KIND_LABELS}, counted.kinds),
        _group(query, "phase", "Phase", PHASE_LABELS, counted.phases),
        _group(query, "outcome", "What came of it", OUTCOME_LABELS, {}),
    ]


def more_groups(query: QueryDict, options: Options) -> list[dict[str, Any]]:
    """Return the groups that stand behind "More filters"."""
    return [
        _group(query, "year_group", "Year group", YEAR_GROUP_LABELS, {}),
        _group(query, "sen", "SEN", {**SEN_LABELS, "unknown": "Not known"}, {}),
        _group(query, "social_care", "Social care", SOCIAL_CARE_LABELS, {}),
        _group(query, "early_help", "Early help", EARLY_HELP_LABELS, {}),
        _group(query, "sex", "Sex", SEX_LABELS, {}),
        _group(query, "reason", "Reason", options.reasons, {}),
    ]


def selects(query: QueryDict, options: Options) -> list[dict[str, Any]]:
    """Return the panel's selects: period, education, school, trust, owner."""
    schools = _and_chosen(options.schools, query.get("school", ""), "School")
    trusts = _and_chosen(options.trusts, query.get("trust", ""), "Trust")
    owners = {"mine": "Me", "nobody": "Nobody", **options.owners}
    return [
        _select(query, "period", "First day", {"": "Any day", **PERIOD_LABELS}),
        _select(query, "education", "Education", {"": "Any", **EDUCATION_LABELS}),
        _select(query, "school", "School", {"": "Every school", **schools}),
        _select(query, "trust", "Trust", {"": "Every trust", **trusts}),
        _select(query, "owner", "Owner", {"": "Anybody", **_and_chosen(owners, query.get("owner", ""), "Person")}),
    ]


def chosen(query: QueryDict, filtered: ExclusionFilter, options: Options) -> list[dict[str, str]]:
    """Return each filter in force, in words, with the address that takes it away."""
    words = {
        "owner": {"mine": "me", "nobody": "nobody", **options.owners},
        "school": options.schools,
        "trust": options.trusts,
    }
    found = []
    for name, field in filtered.form.fields.items():
        for value in [value for value in query.getlist(name) if value]:
            rest = query.copy()
            rest.setlist(name, [other for other in rest.getlist(name) if other != value])
            rest.pop("page", None)
            rest.pop("tick", None)
            labels = words.get(name) or {str(code): str(label) for code, label in getattr(field, "choices", [])}
            label = labels.get(value, value)
            text = f"{field.label}: {label}" if name in NAMED else label
            # An address without a filter asks for this term, so one that takes the last away says that it wants every day.
            href = rest.urlencode() if any(rest.values()) else "period="
            found.append({"text": text, "href": f"?{href}"})
    return found


def sorting(query: QueryDict, counted: Counts) -> dict[str, dict[str, Any]]:
    """Return, by name, the link and the state of each column that sorts."""
    now = query.get("sort") or "-first_day"
    names = ("child", "first_day", "owner") if not counted.more else ("first_day",)
    found = {}
    for name in names:
        state = {name: "ascending", f"-{name}": "descending"}.get(now, "none")
        first = f"-{name}" if name == "first_day" else name
        other = {"ascending": f"-{name}", "descending": name}.get(state, first)
        found[name] = {"href": f"?{with_changes(query, sort=other)}", "sort": state}
    return found


def kept_in_form(query: QueryDict) -> list[dict[str, str]]:
    """Return what the panel's form must carry along though it shows no field for it."""
    shown = {"kind", "phase", "outcome", "year_group", "sen", "social_care", "early_help", "sex", "reason", "period",
             "education", "school", "trust", "owner", "first_from", "first_to"}  # fmt: skip
    return [
        {"name": name, "value": value}
        for name, values in query.lists()
        for value in values
        if value and name not in shown and name not in {"page", "show", "tick"}
    ]


def _group(
    query: QueryDict, name: str, legend: str, labels: Mapping[str, str], counts: Mapping[str, int]
) -> dict[str, Any]:
    ticked = query.getlist(name)
    return {
        "legend": legend,
        "name": name,
        "items": [
            {"value": value, "text": text, "checked": value in ticked, "count": counts.get(value)}
            for value, text in labels.items()
        ],
    }


def _select(query: QueryDict, name: str, label: str, options: Mapping[str, str]) -> dict[str, Any]:
    now = query.get(name, "")
    return {
        "name": name,
        "label": label,
        "options": [{"value": value, "text": text, "selected": value == now} for value, text in options.items()],
    }


def _and_chosen(options: Mapping[str, str], value: str, noun: str) -> dict[str, str]:
    """Return the options with the chosen one among them, though the council's list may not have it."""
    found = dict(options)
    if value and value not in found:
        found[value] = f"{noun} {value}"
    return found
