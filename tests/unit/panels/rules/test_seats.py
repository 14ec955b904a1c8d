"""The seats of a panel, and the roles in which somebody sits."""

import pytest

from panels.rules.seats import NEVER_STAND_IN, SEATS_OF, roles_of
from panels.rules.terms import FAIR_ACCESS_PANELS, MemberRole, PanelKind


def test_every_kind_of_panel_has_its_seats_a_chair_and_a_clerk_among_them() -> None:
    assert set(SEATS_OF) == set(PanelKind)
    for seats in SEATS_OF.values():
        assert {MemberRole.CHAIR, MemberRole.VICE_CHAIR, MemberRole.HEAD, MemberRole.CLERK} <= seats


@pytest.mark.parametrize("kind", sorted(FAIR_ACCESS_PANELS))
def test_no_psychologist_and_nobody_from_health_sits_where_heads_share_places(kind: PanelKind) -> None:
    assert frozenset(MemberRole) - SEATS_OF[kind] == {MemberRole.PSYCHOLOGIST, MemberRole.HEALTH}


def test_head_who_stands_in_for_the_chair_sits_in_both_roles() -> None:
    assert roles_of(MemberRole.HEAD, stands_in=True) == {MemberRole.HEAD, MemberRole.VICE_CHAIR}
    assert roles_of(MemberRole.HEAD, stands_in=False) == {MemberRole.HEAD}
    assert {MemberRole.CHAIR, MemberRole.ADVISER, MemberRole.CLERK} == NEVER_STAND_IN
