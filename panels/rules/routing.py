"""Whether a panel may take a referral, and where the child goes instead when it may not (R52, R53, R57, R61)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from casework.rules.terms import NcYear
from exclusions.rules import sources
from exclusions.rules.fair_access_categories import (
    ADMISSIONS_CODE,
    FairAccessCategory,
    FairAccessFacts,
    fair_access_categories,
)
from exclusions.rules.preference import last_day_of_two_years
from exclusions.rules.sources import Source
from panels.rules.refusals import (
    Refused,
    looked_after,
    no_category,
    no_evidence,
    not_by_this_way,
    not_excluded,
    not_tried,
    not_yet_by_specialists,
    other_phase,
    plan,
    too_short_out_of_school,
)
from panels.rules.sources import PLAN_NAMING
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind, RouteIn, SpecialistDecision
from panels.rules.versions import PanelTerms

PRIMARY = frozenset({NcYear.R, NcYear.Y1, NcYear.Y2, NcYear.Y3, NcYear.Y4, NcYear.Y5, NcYear.Y6})
SECONDARY = frozenset({NcYear.Y7, NcYear.Y8, NcYear.Y9, NcYear.Y10, NcYear.Y11})


@dataclass(frozen=True, slots=True)
class CategoryEvidence:
    """What shows that one of the thirteen categories applies, and the day on which it was judged."""

    category: FairAccessCategory
    text: str
    assessed_on: date


@dataclass(frozen=True, slots=True)
class Referral:
    """What is known of a child on the day of a referral to a panel.

    `has_plan` (an EHC plan) and `looked_after` are None while not known, which is not the same as no. `excluded_on` is
    the first day of the latest permanent exclusion that stands. `specialist` is the latest decision of a Specialist
    Placement Panel. `counted_exclusions` are the days on which permanent exclusions took effect that count for R57:
    those reinstated, quashed or of a child below compulsory school age are left out by the caller.
    """

    route: RouteIn
    on: date
    child: FairAccessFacts
    has_plan: bool | None = None
    looked_after: bool | None = None
    nc_year: NcYear | None = None
    excluded_on: date | None = None
    specialist: SpecialistDecision | None = None
    specialist_on: date | None = None
    in_year_tried: bool = False
    evidence: tuple[CategoryEvidence, ...] = ()
    counted_exclusions: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """Something the panel must see beside a referral that it takes."""

    says: str
    rule: str
    source: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The panel may take the referral: by which way, under which categories, what is shown, and what was asked."""

    route: RouteIn
    categories: tuple[FairAccessCategory, ...]
    shown: tuple[Shown, ...]
    working: tuple[str, ...]
    source: tuple[Source, ...]


def route(referral: Referral, terms: PanelTerms) -> Accepted | Refused:
    """Return whether a panel may take a referral, or why not and which way is lawful instead.

    A Specialist Placement Panel takes every permanent exclusion, with a plan or without. A Fair Access Panel refuses,
    in this order: a child with an EHC plan, or of whom that is not known (R61); a looked-after child, where the terms
    say so; a permanently excluded child for whom no Specialist Placement Panel has said mainstream since the
    exclusion; a child of the other phase; one for whom no ordinary in-year place was sought (R52); and one who comes
    under none of the thirteen categories with evidence (R53). The panel's saying mainstream is itself the evidence of
    category (d). R57's two years are shown and refuse nobody.

    Raises NoCommonList for a referral to a Fair Access Panel before 1 September 2021. Source: School Admissions Code
    2021 paras 3.14 to 3.17; Children and Families Act 2014 ss38 to 43; the panel's terms.
    """
    asked: list[str] = []
    checks = _FAIR_ACCESS if terms.kind in FAIR_ACCESS_PANELS else _OTHERS
    for question, check in checks:
        refused = check(referral, terms)
        asked.append(f"{question} {'No.' if refused else 'Yes.'}")
        if refused:
            return replace(refused, working=tuple(asked))
    if terms.kind not in FAIR_ACCESS_PANELS:
        return Accepted(referral.route, (), _shown(referral), tuple(asked), (terms.source("ways in"),))
    proved, _ = _categories(referral)
    return Accepted(referral.route, proved, _shown(referral), tuple(asked), (ADMISSIONS_CODE, terms.source("ways in")))


def is_mainstream(referral: Referral) -> bool:
    """Tell whether a Specialist Placement Panel has said mainstream, and since the exclusion if there is one.

    A decision before the first day of the latest exclusion was about something else; one on that day counts. Source:
    the panels' terms: every permanent exclusion goes first to the Specialist Placement Panel.
    """
    if referral.specialist is not SpecialistDecision.MAINSTREAM or referral.specialist_on is None:
        return False
    return referral.specialist_on <= referral.on and (
        referral.excluded_on is None or referral.specialist_on >= referral.excluded_on
    )


def _categories(referral: Referral) -> tuple[tuple[FairAccessCategory, ...], tuple[FairAccessCategory, ...]]:
    """Return the categories that apply with evidence, and those that apply without."""
    child = replace(referral.child, ready_for_mainstream=referral.child.ready_for_mainstream or is_mainstream(referral))
    found = fair_access_categories(child, referred_on=referral.on).categories
    proved = {one.category for one in referral.evidence if one.text.strip() and one.assessed_on <= referral.on}
    if is_mainstream(referral):
        proved.add(FairAccessCategory.ALTERNATIVE_PROVISION)
    return tuple(one for one in found if one in proved), tuple(one for one in found if one not in proved)


def _has_no_plan(referral: Referral, terms: PanelTerms) -> Refused | None:
    has_plan = True if referral.child.has_plan else referral.has_plan
    return None if has_plan is False else plan(has_plan)


def _not_looked_after(referral: Referral, terms: PanelTerms) -> Refused | None:
    if not terms.looked_after_placed_elsewhere or referral.looked_after is False:
        return None
    return looked_after(referral.looked_after, terms.source("looked-after children"))


def _seen_by_specialists(referral: Referral, terms: PanelTerms) -> Refused | None:
    comes_from_them = referral.route in (RouteIn.PERMANENT_EXCLUSION, RouteIn.SPECIALIST_PANEL)
    if not (referral.child.permanently_excluded or comes_from_them) or is_mainstream(referral):
        return None
    stale = referral.specialist_on is None or (referral.excluded_on or date.min) > referral.specialist_on
    return not_yet_by_specialists(None if stale else referral.specialist, terms.source("order of the panels"))


def _of_this_phase(referral: Referral, terms: PanelTerms) -> Refused | None:
    if terms.kind is PanelKind.FAIR_ACCESS_PRIMARY and referral.nc_year in SECONDARY:
        return other_phase(PanelKind.FAIR_ACCESS_SECONDARY, terms.source("phase"))
    if terms.kind is PanelKind.FAIR_ACCESS_SECONDARY and referral.nc_year in PRIMARY:
        return other_phase(PanelKind.FAIR_ACCESS_PRIMARY, terms.source("phase"))
    return None


def _by_this_way(referral: Referral, terms: PanelTerms) -> Refused | None:
    return None if referral.route in terms.routes else not_by_this_way(referral.route, terms.source("ways in"))


def _excluded_if_so_sent(referral: Referral, terms: PanelTerms) -> Refused | None:
    sent_as_excluded = referral.route is RouteIn.PERMANENT_EXCLUSION
    return not_excluded() if sent_as_excluded and not referral.child.permanently_excluded else None


def _tried_in_year(referral: Referral, terms: PanelTerms) -> Refused | None:
    return None if referral.in_year_tried else not_tried()


def _under_a_category(referral: Referral, terms: PanelTerms) -> Refused | None:
    proved, unproved = _categories(referral)
    if not proved:
        return no_evidence(unproved) if unproved else no_category()
    if referral.route is RouteIn.OUT_OF_SCHOOL and FairAccessCategory.OUT_OF_EDUCATION not in proved + unproved:
        return too_short_out_of_school()
    return None


def _shown(referral: Referral) -> tuple[Shown, ...]:
    shown = []
    if referral.has_plan or referral.child.has_plan:
        says = "The school stays named in the plan, and its provision goes on, until the authority amends the plan."
        shown.append(Shown(says, "R61", (PLAN_NAMING,)))
    elif referral.has_plan is None:
        shown.append(Shown("It is not known whether the child has an EHC plan.", "R61", (PLAN_NAMING,)))
    if len(referral.counted_exclusions) > 1:
        first = max(referral.counted_exclusions)
        last = last_day_of_two_years(first)
        if first <= referral.on <= last:
            says = (
                "Permanently excluded twice: no school need meet the parent's preference "
                f"from {first.isoformat()} to {last.isoformat()}, both days included."
            )
            shown.append(Shown(says, "R57", (sources.STANDARDS_ACT_1998_PREFERENCE,)))
    return tuple(shown)


_FAIR_ACCESS: tuple[tuple[str, Callable[[Referral, PanelTerms], Refused | None]], ...] = (
    ("Is it known that the child has no EHC plan?", _has_no_plan),
    ("May the child's place be found here, if looked after?", _not_looked_after),
    ("If excluded, did the Specialist Placement Panel say mainstream?", _seen_by_specialists),
    ("Does the panel take children who come this way?", _by_this_way),
    ("Is the child of the panel's phase?", _of_this_phase),
    ("Was an ordinary in-year place sought first?", _tried_in_year),
    ("Does one of the thirteen categories apply, with evidence?", _under_a_category),
)
_OTHERS: tuple[tuple[str, Callable[[Referral, PanelTerms], Refused | None]], ...] = (
    ("Does the panel take children who come this way?", _by_this_way),
    ("If sent as permanently excluded, does an exclusion stand?", _excluded_if_so_sent),
)
