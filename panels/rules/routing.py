"""Whether a panel may take a referral, and where the child goes instead when it may not (R52, R53, R57, R61)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from exclusions.rules import sources
from exclusions.rules.fair_access_categories import ADMISSIONS_CODE, FairAccessCategory, fair_access_categories
from exclusions.rules.preference import last_day_of_two_years
from exclusions.rules.sources import Source
from panels.rules.referral import PRIMARY, SECONDARY, Referral, is_mainstream, way_in
from panels.rules.refusals import (
    Refused,
    looked_after,
    no_category,
    no_evidence,
    not_by_this_way,
    not_excluded,
    not_tried,
    not_yet_by_specialists,
    not_yet_decided_by_officer,
    other_phase,
    plan,
    too_short_out_of_school,
)
from panels.rules.sources import PLAN_NAMING
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind, RouteIn
from panels.rules.versions import PanelTerms


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
    return Accepted(
        way_in(referral), proved, _shown(referral), tuple(asked), (ADMISSIONS_CODE, terms.source("ways in"))
    )


def why_not_placed(
    kind: PanelKind, terms: PanelTerms | None, *, has_plan: bool | None, is_looked_after: bool | None
) -> Refused | None:  # fmt: skip
    """Return why a panel may name no school for a child it has taken, and the lawful way instead; None where it may.

    Asked again when a place is decided, since a plan may be made, or the child come into care, after the referral. A
    Fair Access Panel places no child with an EHC plan, whatever its terms, nor where its `terms` say so a looked-after
    one; nor one of whom that is not known (None). Source: R61; the panel's terms; as `route`.
    """
    if kind not in FAIR_ACCESS_PANELS:
        return None
    if has_plan is not False:
        return plan(has_plan, then=_RECORD)
    if terms and terms.looked_after_placed_elsewhere and is_looked_after is not False:
        return looked_after(is_looked_after, terms.source("looked-after children"), then=_RECORD)
    return None


_RECORD = "record the decision"


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
    source = terms.source("order of the panels")
    advised = referral.specialist_advised_on
    if advised and _counts(referral, advised) and (referral.specialist_on or date.min) <= advised:
        return not_yet_decided_by_officer(source)
    decision = referral.specialist if _counts(referral, referral.specialist_on) else None
    return not_yet_by_specialists(decision, source, by_officer=referral.specialist_by_officer)


def _counts(referral: Referral, on: date | None) -> bool:
    """Tell whether what specialists said on a day is about the latest exclusion, and was said by the referral."""
    return on is not None and (referral.excluded_on or date.min) <= on <= referral.on


def _of_this_phase(referral: Referral, terms: PanelTerms) -> Refused | None:
    if terms.kind is PanelKind.FAIR_ACCESS_PRIMARY and referral.nc_year in SECONDARY:
        return other_phase(PanelKind.FAIR_ACCESS_SECONDARY, terms.source("phase"))
    if terms.kind is PanelKind.FAIR_ACCESS_SECONDARY and referral.nc_year in PRIMARY:
        return other_phase(PanelKind.FAIR_ACCESS_PRIMARY, terms.source("phase"))
    return None


def _by_this_way(referral: Referral, terms: PanelTerms) -> Refused | None:
    way = way_in(referral) if terms.kind in FAIR_ACCESS_PANELS else referral.route
    if way in terms.routes:
        return None
    phase = PanelKind.FAIR_ACCESS_PRIMARY if referral.nc_year in PRIMARY else PanelKind.FAIR_ACCESS_SECONDARY
    return not_by_this_way(way, terms.kind, phase, terms.source("ways in"))


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
