"""What stands in the way of a place for a child on a day, as the file has it by then."""

from datetime import date

from casework.models import Pupil, School
from casework.selectors.circumstances import known_about
from exclusions.models import Exclusion
from panels.models import Referral
from panels.rules.outcomes import Lack
from panels.rules.placement_terms import PLACING
from panels.rules.refusals import Refused, excluding_school, in_words
from panels.rules.routing import why_not_placed
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind
from panels.rules.versions import NoTerms, PanelTerms
from panels.selectors.child_facts import has_plan, is_looked_after, standing_permanent
from panels.selectors.terms import terms_on


def no_place_here(referral: Referral, *, on: date) -> Refused | None:
    """Return why a referral's panel may name no school for the child on a day, None where it may (R61 and the terms)."""
    kind = PanelKind(referral.panel.kind)
    if kind not in FAIR_ACCESS_PANELS:
        return None
    as_at = known_about(referral.pupil, on=on)
    return why_not_placed(
        kind, _terms(referral, on), has_plan=has_plan(as_at), is_looked_after=is_looked_after(as_at)
    )  # fmt: skip


def no_place_in_words(referral: Referral, *, on: date) -> str:
    """Return why no school may be named for the child, with the lawful way; empty where one may."""
    refused = no_place_here(referral, on=on)
    return in_words(refused) if refused else ""


def forbidden(referral: Referral, outcome: str, school: School | None, *, days: tuple[date, ...]) -> tuple[Lack, ...]:
    """Return what forbids a decision, each at its part; empty if nothing.

    A place for a child whom the panel may not place on any of the days; and, as of the last of them, a school that
    excluded the child for good.
    """
    asked = dict.fromkeys(days if outcome in PLACING else ())
    refused = next((each for day in asked if (each := no_place_here(referral, on=day))), None)
    found = [Lack("outcome", in_words(refused))] if refused else []
    if school and (says := why_not_there(referral.pupil, school, on=max(days))):
        found.append(Lack("school", says))
    return tuple(found)


def excluded_by(pupil: Pupil, *, on: date) -> dict[int, Exclusion]:
    """Return the schools that excluded a child for good, by primary key: those whose exclusion stands on a day. One query."""
    return {each.school_id: each for each in standing_permanent(pupil, on=on)}


def why_not_there(pupil: Pupil, school: School, *, on: date) -> str:
    """Return why a child cannot be placed at a school that excluded it for good; empty where it can. One query."""
    excluded = excluded_by(pupil, on=on).get(school.pk)
    return excluding_school(school.name, excluded.first_day) if excluded else ""


def _terms(referral: Referral, on: date) -> PanelTerms | None:
    try:
        return terms_on(referral.panel, on=on)
    except NoTerms:
        return None
