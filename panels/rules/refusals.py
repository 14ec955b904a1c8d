"""Why a panel may not take a referral, in plain English, with the lawful way instead."""

from dataclasses import dataclass
from datetime import date

from exclusions.rules.fair_access_categories import ADMISSIONS_CODE, FairAccessCategory
from exclusions.rules.sources import ADMISSIONS_CODE_FAIR_ACCESS, Source
from panels.rules.sources import FAIR_ACCESS_DIRECTION, PLAN_NAMING
from panels.rules.terms import (
    FAIR_ACCESS_PANELS,
    LAWFUL_ROUTE_LABELS,
    ROUTE_IN_LABELS,
    SPECIALIST_DECISION_LABELS,
    LawfulRoute,
    PanelKind,
    RouteIn,
    SpecialistDecision,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """The panel may not take the referral: why, by which rule, and the lawful way instead.

    `rule` is a paragraph of the rule book, or "terms" for the panel's own terms. `working` is each question asked, the
    last of them the one that refused.
    """

    reason: str
    rule: str
    source: tuple[Source, ...]
    instead: LawfulRoute
    do: str
    working: tuple[str, ...] = ()


def in_words(refused: Refused) -> str:
    """Return a refusal in a few sentences: why, and the lawful way instead. Source: its own."""
    return f"{refused.reason} {LAWFUL_ROUTE_LABELS[refused.instead]}: {refused.do[:1].lower()}{refused.do[1:]}"


def excluding_school(name: str, on: date) -> str:
    """Return why a school that excluded a child for good receives it from no panel, `on` the day of the exclusion.

    Its roll is what the exclusion ends, and only a reinstatement brings the child back there. Source: R45; R53(d).
    """
    return f"{name} excluded the child permanently, on {on.day} {on:%B %Y}, and that stands: choose another school"


def plan(has_plan: bool | None, *, then: str = "refer again") -> Refused:
    """Return the refusal of a child with an EHC plan, or of whom it is not known (None); `then` is what follows the answer.

    Source: R61.
    """
    source = (PLAN_NAMING, ADMISSIONS_CODE_FAIR_ACCESS)
    if has_plan is None:
        return Refused(
            "It is not known whether the child has an EHC plan, and a child with one is not placed by this panel.",
            "R61",
            source,
            LawfulRoute.FIND_OUT,
            f"Ask the SEN team, record the answer, then {then}.",
        )
    return Refused(
        "The child has an EHC plan. Children with a plan are placed by consultation and naming, not by this panel.",
        "R61",
        source,
        LawfulRoute.NAMING,
        "The SEN team consults schools and names one in section I of the plan. Until the plan is amended its school "
        "stays named and the authority secures the provision in section F.",
    )


def looked_after(is_looked_after: bool | None, source: Source, *, then: str = "refer again") -> Refused:
    """Return the refusal of a looked-after child, or of whom it is not known (None); `then` is what follows the answer.

    Source: the terms; R56.
    """
    if is_looked_after is None:
        return Refused(
            "It is not known whether the child is looked after, and a looked-after child is not placed by this panel.",
            "terms",
            (source,),
            LawfulRoute.FIND_OUT,
            f"Ask social care, record the answer, then {then}.",
        )
    return Refused(
        "The child is looked after. By this panel's terms looked-after children are not placed by it.",
        "terms",
        (source, FAIR_ACCESS_DIRECTION),
        LawfulRoute.LOOKED_AFTER,
        "The virtual school and the social worker apply for a place. No school may refuse a looked-after child for "
        "challenging behaviour; if one refuses, the authority may seek a direction (R56).",
    )


def not_yet_decided_by_officer(source: Source) -> Refused:
    """Return the refusal of an excluded child on whom the specialists' advice waits for an officer. Source: the terms."""
    reason = (
        "Every permanent exclusion goes first to the Specialist Placement Panel. "
        "It has advised, and an officer has not decided yet."
    )
    do = "Wait for the officer's decision; if it sends the child to mainstream, refer again."
    return Refused(reason, "terms", (source,), LawfulRoute.FIND_OUT, do)


def not_yet_by_specialists(decision: SpecialistDecision | None, source: Source, *, by_officer: bool = False) -> Refused:
    """Return the refusal of an excluded child whom specialists have not sent to mainstream. Source: the terms.

    `by_officer` tells that the panel advised and an officer took the decision: what the panel had said is not told.
    """
    if decision is None:
        reason = "Every permanent exclusion goes first to the Specialist Placement Panel, and it has not decided."
    elif by_officer:
        label = SPECIALIST_DECISION_LABELS[decision]
        reason = (
            "The child was not sent to mainstream by way of the Specialist Placement Panel. "
            f"An officer decided on its advice: {label}."
        )
    else:
        label = SPECIALIST_DECISION_LABELS[decision]
        reason = f"The Specialist Placement Panel did not send the child to mainstream. It decided: {label}."
    do = "Bring the child to the Specialist Placement Panel; if it says mainstream, refer again."
    return Refused(reason, "terms", (source,), LawfulRoute.SPECIALIST_PANEL, do)


def other_phase(kind: PanelKind, source: Source) -> Refused:
    """Return the refusal of a child of the other phase, to go to the panel of `kind`. Source: the terms."""
    if kind is PanelKind.FAIR_ACCESS_PRIMARY:
        reason, instead = "The child is of primary age.", LawfulRoute.FAIR_ACCESS_PRIMARY
    else:
        reason, instead = "The child is of secondary age.", LawfulRoute.FAIR_ACCESS_SECONDARY
    return Refused(reason, "terms", (source,), instead, "Refer to the Fair Access Panel of the child's phase.")


def not_by_this_way(way: RouteIn, panel: PanelKind, phase: PanelKind, source: Source) -> Refused:
    """Return the refusal of a child who comes by a way that the panel does not take. Source: the terms.

    A permanent exclusion goes to the Specialist Placement Panel. A way that leads to fair access goes there, to the
    panel of the child's `phase`, unless it is a Fair Access Panel that refuses.
    """
    reason = f"This panel does not take children by this way: {ROUTE_IN_LABELS[way]}."
    if way is RouteIn.PERMANENT_EXCLUSION:
        do = "Refer to the Specialist Placement Panel, which sees every permanent exclusion first."
        return Refused(reason, "terms", (source,), LawfulRoute.SPECIALIST_PANEL, do)
    if way is not RouteIn.OTHER and panel not in FAIR_ACCESS_PANELS:
        do = "Refer to the Fair Access Panel of the child's phase."
        return Refused(reason, "terms", (source,), LawfulRoute(phase), do)
    return Refused(reason, "terms", (source,), LawfulRoute.IN_YEAR, "Apply for a place in-year.")


def not_excluded() -> Refused:
    """Return the refusal of a child sent as permanently excluded, when no exclusion stands. Source: R52."""
    return Refused(
        "No permanent exclusion of the child stands.",
        "R52",
        (ADMISSIONS_CODE_FAIR_ACCESS,),
        LawfulRoute.IN_YEAR,
        "If the child needs a school, apply for a place in-year.",
    )


def not_tried() -> Refused:
    """Return the refusal of a child for whom no ordinary place was sought first. Source: R52."""
    return Refused(
        "Nothing shows that a place was sought in the ordinary way first.",
        "R52",
        (ADMISSIONS_CODE_FAIR_ACCESS,),
        LawfulRoute.IN_YEAR,
        "Apply for a place in-year, record what was done, then refer again if no school has a place.",
    )


def no_category() -> Refused:
    """Return the refusal of a child under none of the thirteen categories. Source: R53."""
    reason = "None of the thirteen categories of the fair access protocol applies."
    return Refused(reason, "R53", (ADMISSIONS_CODE,), LawfulRoute.IN_YEAR, "Apply for a place in-year.")


def no_evidence(categories: tuple[FairAccessCategory, ...]) -> Refused:
    """Return the refusal of a child whose categories lack evidence. Source: R53."""
    letters = ", ".join(f"({one})" for one in categories)
    reason = f"No evidence is held for the categories that are said to apply: {letters}."
    do = "Record what shows that a category applies, and the day it was judged, then refer again."
    return Refused(reason, "R53", (ADMISSIONS_CODE,), LawfulRoute.FIND_OUT, do)


def too_short_out_of_school() -> Refused:
    """Return the refusal of a child sent as four weeks out of school, for whom category (l) does not hold. Source: R53(l)."""
    return Refused(
        "The child is sent as out of school for four weeks, and that category does not apply.",
        "R53",
        (ADMISSIONS_CODE,),
        LawfulRoute.IN_YEAR,
        "Go on seeking a place in-year, or refer by the way that fits the category that does apply.",
    )
