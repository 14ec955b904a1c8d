"""Prepared values that the pages of exclusions share: tags, dates in words, the child's bar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from casework.models import Pupil
from casework.rules.dates import age, in_words, short
from casework.rules.periods import AcademicYear
from casework.rules.terms import EARLY_HELP_LABELS, SEN_LABELS, SOCIAL_CARE_LABELS, YEAR_GROUP_LABELS
from exclusions.models import Exclusion
from exclusions.rules.sixth_day import SixthDay
from exclusions.rules.strategies import EFFECT_LABELS, STRATEGY_LABELS
from exclusions.rules.terms import DUTY_HOLDER_LABELS, OUTCOME_LABELS, Kind
from exclusions.selectors.standing import Standing

OUTCOME_TAGS = {
    "open": "govuk-tag--blue",
    "averted": "govuk-tag--turquoise",
    "rescinded": "govuk-tag--purple",
    "overturned": "govuk-tag--purple",
    "completed": "govuk-tag--purple",
}


def long_day(day: date, *, year: bool = False) -> str:
    """Return 'Thursday 22 October', with the year when asked."""
    words = f"{day:%A} {day.day} {day:%B}"
    return f"{words} {day.year}" if year else words


def short_day(day: date, on: date) -> str:
    """Return 'Thu 22 Oct', with the year when it is another academic year than today's."""
    return short(day) if AcademicYear.of(day) == AcademicYear.of(on) else f"{short(day)} {day.year}"


def tried_words(tried: Mapping[str, str], words: str) -> list[str]:
    """Return each strategy that a school tried with what came of it, and then its own words."""
    said = [f"{STRATEGY_LABELS[strategy]} ({EFFECT_LABELS[effect].lower()})" for strategy, effect in tried.items()]
    return [*said, words] if words else said


def state_tag(exclusion: Exclusion, outcome: str, *, on: date) -> dict[str, str]:
    """Return the tag of where an exclusion stands: its outcome, or Running and Ended for a suspension."""
    if exclusion.voided_at:
        return {"text": "Voided", "classes": "govuk-tag--grey"}
    if exclusion.kind == Kind.PERMANENT:
        return {"text": OUTCOME_LABELS[outcome], "classes": OUTCOME_TAGS[outcome]}
    if exclusion.first_day > on:
        return {"text": "Not begun", "classes": "govuk-tag--grey"}
    if exclusion.last_day and exclusion.last_day >= on:
        return {"text": "Running", "classes": "govuk-tag--blue"}
    return {"text": "Ended", "classes": "govuk-tag--grey"}


def holder_words(answer: SixthDay, *, council: str, exclusion: Exclusion) -> str:
    """Return who must arrange the education, by name where the council or the school is meant."""
    if answer.authority and answer.authority == exclusion.school.authority.code == exclusion.home_authority.code:
        return council
    if answer.authority:
        return exclusion.home_authority.name
    if answer.duty_holder == "board":
        return f"{exclusion.school.name}’s governors"
    return DUTY_HOLDER_LABELS[answer.duty_holder]


def sixth_day_cell(standing: Standing, outcome: str, started: date | None, *, on: date) -> dict[str, Any]:
    """Return the day-six cell of a list row: the date, how far away or how late, and whether that is late.

    `started` is the first day of the education arranged, None while there is none.
    """
    if standing.no_term_dates_on:
        return {"text": "No term dates", "second": f"for {short(standing.no_term_dates_on)}", "late": ""}
    answer = standing.sixth_day
    if answer is None or answer.due is None:
        return {"text": "Not needed", "second": "", "late": ""}
    if outcome in {"averted", "rescinded", "overturned"}:
        return {"text": "Not needed", "second": OUTCOME_LABELS[outcome].lower(), "late": ""}
    last = answer.other_reading or answer.due
    if started and started <= on:
        met = "met, in time" if started <= last else f"met {_days(standing, last, started)} late"
        return {"text": short(answer.due), "second": met, "late": ""}
    if on > last:
        return {"text": "", "second": short(answer.due), "late": f"{_days(standing, last, on)} late"}
    if on > answer.due:
        return {"text": short(answer.due), "second": f"or {short(last)}, other reading", "late": ""}
    words = in_words(answer.due, today=on, calendar=standing.calendar)
    return {"text": short(answer.due), "second": words.split(", ")[-1] if ", " in words else words, "late": ""}


def _days(standing: Standing, first: date, last: date) -> str:
    count = standing.calendar.days_until(first, last)
    return f"{count} school day" + ("" if count == 1 else "s")


def days_in_words(days: float, noun: str = "day") -> str:
    """Return '1 day', '2.5 days', or 'half a day', as said of days out."""
    if days == 0.5:
        return f"half a {noun}"
    return f"{days:g} {noun}" + ("" if days == 1 else "s")


def child_bar(pupil: Pupil, *, on: date, year_group: str, school: Any, as_at: str = "") -> dict[str, Any]:
    """Return the child's bar of a page: name, birthday and age, year, UPN, school, circumstances on the day."""
    facts = [
        {
            "term": "Born",
            "text": f"{pupil.date_of_birth.day} {pupil.date_of_birth:%B %Y} ({age(pupil.date_of_birth, on)})",
        },
        {"term": "Year", "text": YEAR_GROUP_LABELS.get(year_group, "Not known").removeprefix("Year ")},
        {"term": "UPN", "text": pupil.upn or "None held"},
    ]
    if school:
        facts.append({"term": "School", "text": school.name, "href": reverse("casework:school", args=[school.urn])})
    if as_at:
        facts.append({"term": f"On {on.day} {on:%B}", "text": as_at})
    return {"name": pupil.name, "href": reverse("casework:pupil", args=[pupil.public_id]), "facts": facts}


def circumstances_in_short(exclusion: Exclusion) -> str:
    """Return the frozen circumstances in a line: 'SEN support, child in need, early help: none'."""
    sen = SEN_LABELS.get(exclusion.sen, "SEN not known")
    care = "social care not known" if exclusion.social_care == "unknown" else SOCIAL_CARE_LABELS[exclusion.social_care]
    if exclusion.social_care == "none":
        care = "no social care"
    help_ = f"early help: {EARLY_HELP_LABELS[exclusion.early_help].lower()}"
    return f"{sen}, {care[0].lower()}{care[1:]}, {help_}"
