"""What stands in the way of a place for a child on a day, as the file has it by then."""

from datetime import date

from casework.models import School
from casework.selectors.circumstances import known_about
from panels.models import Referral
from panels.rules.outcomes import Lack
from panels.rules.placement_terms import PLACING
from panels.rules.refusals import Refused, in_words
from panels.rules.routing import why_not_placed
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind
from panels.rules.versions import NoTerms, PanelTerms
from panels.selectors.child_facts import has_plan, is_looked_after
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
    """Return what forbids a decision, at its part: a place for a child whom the panel may not place on any of the days."""
    if outcome not in PLACING:
        return ()
    refused = next((found for day in dict.fromkeys(days) if (found := no_place_here(referral, on=day))), None)
    return (Lack("outcome", in_words(refused)),) if refused else ()


def _terms(referral: Referral, on: date) -> PanelTerms | None:
    try:
        return terms_on(referral.panel, on=on)
    except NoTerms:
        return None
