"""Rows of referrals for tests, written as the services write them."""

from datetime import date
from typing import Any

from casework.models import Circumstance, Pupil, RollSpell, School, User
from exclusions.rules.fair_access_categories import FairAccessCategory
from panels.models import CandidateSchool, Panel, Referral
from panels.rules.papers import Paper
from panels.rules.referral import CategoryEvidence
from panels.rules.terms import PanelKind, RouteIn
from panels.rules.versions import ROUTES_OF
from panels.selectors.child_facts import Said
from panels.services import referrals
from panels.services.referrals import Considered
from tests.conftest import NOW, TODAY
from tests.factories import casework as casework_rows
from tests.factories import exclusions as exclusion_rows
from tests.factories import panels as rows

WRITTEN = {paper: f"What is said of {paper.value}." for paper in Paper}


def specialists(*, by: User, code: str = "spp") -> Panel:
    """Write the Specialist Placement Panel with its terms."""
    panel = rows.panel(code, name="Specialist Placement Panel", kind=PanelKind.SPECIALIST_PLACEMENT.value)
    rows.terms(panel, by=by, routes=ROUTES_OF[PanelKind.SPECIALIST_PLACEMENT], looked_after_placed_elsewhere=False)
    return panel


def no_plan(pupil: Pupil) -> None:
    """Say of a child that there is no EHC plan, and that it is not looked after."""
    for kind, value in (("sen", "K"), ("social_care", "none")):
        Circumstance.objects.create(
            pupil=pupil, kind=kind, value=value, first_day=date(2026, 9, 1), source="SEN team", known_on=TODAY
        )


def plan(pupil: Pupil) -> None:
    """Say of a child that there is an EHC plan."""
    says_of(pupil, "sen", "E")


def says_of(pupil: Pupil, kind: str, value: str) -> None:
    """Say something of a child that came after what else its file holds."""
    Circumstance.objects.create(
        pupil=pupil, kind=kind, value=value, first_day=date(2026, 9, 2), source="SEN team", known_on=TODAY
    )


def referral(panel: Panel, pupil: Pupil, *, by: User, whole: bool = True, **said: Any) -> Referral:
    """Refer a child as permanently excluded, with papers that are whole unless told otherwise."""
    facts: dict[str, Any] = {"route": RouteIn.PERMANENT_EXCLUSION} | said
    made = referrals.refer(by=by, at=NOW, on=TODAY, panel=panel, pupil=pupil, said=Said(**facts))
    if whole:
        referrals.write_papers(by=by, referral=made, version=1, papers=WRITTEN)
        made.refresh_from_db()
    return made


def sent_on(referral: Referral, *, on: date = TODAY) -> None:
    """Have the specialists say mainstream."""
    Referral.objects.filter(pk=referral.pk).update(decided_on=on, outcome="mainstream")


def candidate(referral: Referral, school: School, *, by: User, **changes: Any) -> CandidateSchool:
    """Consider a school for a child."""
    return referrals.consider(by=by, at=NOW, on=TODAY, referral=referral, considered=Considered(school, **changes))


def crowd(panel: Panel, number: int, *, by: User, school: School) -> list[Referral]:
    """Write many referrals of as many excluded children at once."""
    made = []
    for each in range(number):
        pupil = casework_rows.PupilFactory.create(upn=None, last_name=f"Quillfeather{each}")
        RollSpell.objects.create(pupil=pupil, school=school, year_group="9", first_day=date(2025, 9, 1))
        exclusion_rows.exclusion(pupil=pupil, school=school, by=by)
        made.append(referral(panel, pupil, by=by, whole=False))
    return made


def shown(*letters: str) -> tuple[CategoryEvidence, ...]:
    """Return evidence for categories, judged today."""
    return tuple(CategoryEvidence(FairAccessCategory(letter), "Letter seen", TODAY) for letter in letters)
