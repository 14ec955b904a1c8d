"""A panel that advises, its advice, and what an officer sends, for tests."""

from datetime import date
from typing import Any

from django.test import Client

from casework.models import Contact, School
from exclusions.models import Exclusion
from panels.models import AgendaItem, CandidateSchool, Panel, Referral
from panels.rules.terms import DecisionModel, MemberRole
from panels.selectors.item_links import as_kept, item_links
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import sittings as sitting_rows
from tests.page_form import filled

STARTS = date(2026, 11, 16)


def advised(panel: Panel, exclusion: Exclusion, receiving: School, *, cast: Cast) -> Referral:
    """Return the referral of a child for whom a Fair Access Panel advised a school today."""
    rows.terms(panel, by=cast.administrator, decision_model=DecisionModel.ADVISES, casting_vote=False)
    rows.member(panel, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.member(panel, cast.member, by=cast.administrator, role=MemberRole.HEAD)
    rows.member(panel, cast.asha, by=cast.administrator, role=MemberRole.CLERK)
    made: Referral = Referral.objects.create(
        reference="7KQ4M2", panel=panel, pupil=exclusion.case.pupil, exclusion=exclusion, route="specialist_panel",
        referred_on=TODAY, referred_at=NOW, referred_by=cast.asha, in_year_tried="Asked",
    )  # fmt: skip
    CandidateSchool.objects.create(referral=made, school=receiving, added_at=NOW, added_by=cast.asha)
    sitting = sitting_rows.sitting(panel, by=cast.asha, on=TODAY)
    links = as_kept(item_links([made])[made.pk])
    item = AgendaItem.objects.create(
        sitting=sitting, referral=made, position=1, links=links, listed_at=NOW, listed_by=cast.asha
    )
    minutes_rows.recorded(
        item, by=cast.chair, outcome="school_named", school=receiving, starts_on=STARTS, is_advice=True, cost_seen="",
        decided_how="Recommended. Everyone agreed. The officer decides.",
    )  # fmt: skip
    sitting_rows.declared(sitting, cast.chair, cast.member)
    Contact.objects.create(
        pupil=exclusion.case.pupil, name="Ottoline Quillfeather", relationship="Mother", parental_responsibility="yes",
        address="1 Mill Lane", first_day=date(2020, 1, 1),
    )  # fmt: skip
    return made


def at(referral: Referral, tail: str = "") -> str:
    """Return an address of a referral."""
    return f"/panels/{referral.panel.code}/referrals/{referral.reference}/{tail}"


def decide(client: Client, referral: Referral, **typed: Any) -> Any:
    """Send the page on which an officer decides: without a tie, unless something else is typed."""
    here = at(referral, "decide/")
    return client.post(here, filled(client, here, **({"tie": "no"} | typed)))


def otherwise(other: School, **changes: Any) -> dict[str, Any]:
    """Return what is typed to name another school than was advised."""
    return {
        "follows": "departs", "outcome": "school_named", "school": other.urn, "starts_on": "23/11/2026",
        "departs_because": "Nearer", "reasons": "The family lives next to it.",
    } | changes  # fmt: skip
