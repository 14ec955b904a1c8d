"""The demonstration's panels could sit: each has its terms, its chair, its clerk and its quorum."""

from datetime import date

import pytest

from casework.models import User
from panels.models import Connection, ItemRecord, Membership, Panel, Referral, Sitting
from panels.rules.quorum import Present, quorum
from panels.rules.seats import roles_of
from panels.rules.terms import MemberRole
from panels.selectors import actions
from panels.selectors.advice import decided_of, waiting_of
from panels.selectors.connections import member_links
from panels.selectors.panels import listed, members
from panels.selectors.placement_list import listed as placements
from panels.selectors.placements import placements_of
from panels.selectors.referrals import find
from panels.selectors.sittings import agenda_of
from panels.selectors.terms import versions
from panels.selectors.turns import turns_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_every_panel_has_its_quorum_today(demonstration: date) -> None:
    panels = list(Panel.objects.all())

    assert {panel.code for panel in panels} == {"spp", "fap-primary", "fap-secondary"}
    for panel in panels:
        (terms,) = [version for version in versions(panel, on=demonstration) if version.in_force]
        room = [
            Present(str(row.person_id), roles_of(MemberRole(row.role), stands_in=row.vice_chair_order is not None))
            for row in members(panel, on=demonstration).today
        ]
        found = quorum(terms.rule.quorum, room, out=(), source=terms.rule.source("quorum"))
        assert found.is_met, (panel.code, found.says)
        assert len(terms.rule.vice_chairs) == 2


def test_each_panel_has_the_chair_and_the_clerk_whom_the_sign_in_page_names(demonstration: date) -> None:
    for panel in Panel.objects.all():
        seats = {row.role: row.person.email.split("@")[0] for row in members(panel, on=demonstration).today}
        assert (seats["chair"], seats["clerk"]) == ("gwen.tolleson", "asha.merriman")


def test_the_secondary_panel_changed_its_terms_and_its_heads(demonstration: date) -> None:
    panel = Panel.objects.get(code="fap-secondary")
    found = members(panel, on=demonstration)

    assert len(versions(panel, on=demonstration)) == 2
    assert (len(found.to_come), len(found.past)) == (1, 1)


def test_everybody_who_sits_has_said_something_and_knows_the_panel_by_their_account(demonstration: date) -> None:
    sitting = User.objects.filter(pk__in=Membership.objects.standing(on=demonstration).values("person"))

    silent = [links.member for links in member_links(sitting, on=demonstration)
              if not (links.links or links.family_names or links.addresses)]  # fmt: skip
    assert silent == []
    member = sitting.get(email__startswith="idris.fennimore")
    assert len(listed(member, on=demonstration)) == 3
    assert not Connection.objects.filter(said_at__date__gt=demonstration).exists()


def test_excluded_children_wait_for_the_specialists_some_with_whole_papers(demonstration: date) -> None:
    waiting = Referral.objects.filter(panel__code="spp", withdrawn_at=None, decided_on=None)

    assert 1 <= waiting.count() <= 8
    assert all(each.exclusion for each in waiting.select_related("exclusion"))
    assert waiting.filter(summary="").count() == waiting.count() // 3


def test_each_panel_sits_and_the_specialists_hear_whoever_is_ready_today(demonstration: date) -> None:
    clerk = User.objects.get(email__startswith="asha.merriman")

    sitting = Sitting.objects.select_related("panel").get(panel__code="spp")

    assert Sitting.objects.filter(on__gte=demonstration).count() == 3
    assert sitting.on == demonstration
    assert len(agenda_of(clerk, sitting, on=demonstration).items) >= 2


def test_placements_stand_at_different_stages_one_of_them_refused_and_one_followed_up(demonstration: date) -> None:
    panel = Panel.objects.get(code="fap-secondary")
    asha = User.objects.get(email__startswith="asha.merriman")
    found = placements_of(list(placements(asha, panel, on=demonstration, show="all")), on=demonstration)

    assert len(found) == 4
    assert [each.facts.refused for each in found].count(True) == 1
    assert [row.outcome for each in found for row in each.found] == ["there"]
    assert all(each.referral.pupil.referrals.count() == 1 for each in found)
    assert all(each.school.pk != each.referral.exclusion.school_id for each in found if each.referral.exclusion)


def test_past_sittings_have_those_who_came_and_actions_of_which_one_is_late(demonstration: date) -> None:
    panel = Panel.objects.get(code="fap-secondary")
    clerk = User.objects.get(email__startswith="asha.merriman")
    records = ItemRecord.objects.filter(item__sitting__panel=panel).select_related("item__sitting", "school")

    for record in records:
        came = record.item.sitting.attendances.filter(present=True)
        assert f"{came.count()} members present" in record.quorum_said
        assert not came.filter(person__panel_connections__school=record.school).exists()
    assert [row.owner for row in actions.to_chase(clerk, panel, on=demonstration)] == [clerk]
    assert actions.listed(clerk, panel, on=demonstration, state="done").count() == 3


def test_rolls_of_the_secondary_panels_schools_are_weighed_by_published_scores(demonstration: date) -> None:
    found = turns_of(Panel.objects.get(code="fap-secondary"), on=demonstration)

    weights = {school.weight_on(demonstration) for school in found.ledger.schools if school.takes_part(demonstration)}
    assert min(weights) < 1 < max(weights)
    assert found.model.balances(found.ledger, on=demonstration).total == 0


def test_primary_panel_advises_on_one_child_an_officer_decided_and_one_waits(demonstration: date) -> None:
    ruth = User.objects.get(email__startswith="ruth.ellerby")
    advised = list(Referral.objects.filter(panel__code="fap-primary").order_by("referred_on"))

    assert [bool(each.decided_on) for each in advised] == [True, False]
    decided = decided_of(advised[0])
    assert decided
    assert decided.decided_by == ruth
    assert waiting_of(advised[1])
    for record in ItemRecord.objects.filter(item__referral__in=advised).select_related("item__sitting", "presided_by"):
        assert record.item.sitting.attendances.filter(person=record.presided_by, present=True).exists()
    assert find(ruth, advised[1].panel, advised[1].reference, on=demonstration)
