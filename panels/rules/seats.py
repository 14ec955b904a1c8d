"""As what people sit on each kind of panel."""

from collections.abc import Mapping

from panels.rules.terms import WITHOUT_A_VOTE, MemberRole, PanelKind

_FAIR_ACCESS_SEATS = frozenset(MemberRole) - {MemberRole.PSYCHOLOGIST, MemberRole.HEALTH}

SEATS_OF: Mapping[PanelKind, frozenset[MemberRole]] = {
    PanelKind.SPECIALIST_PLACEMENT: frozenset(MemberRole),
    PanelKind.FAIR_ACCESS_PRIMARY: _FAIR_ACCESS_SEATS,
    PanelKind.FAIR_ACCESS_SECONDARY: _FAIR_ACCESS_SEATS,
    PanelKind.OTHER: frozenset(MemberRole),
}
"""The seats of each kind of panel: psychologists and health sit where need is judged, not where heads share places."""

NEVER_STAND_IN = WITHOUT_A_VOTE | {MemberRole.CHAIR}
"""Those who are no vice-chair besides: the chair, and whoever has no vote."""


def roles_of(seat: MemberRole, *, stands_in: bool) -> frozenset[MemberRole]:
    """Return every role in which somebody sits: their seat's, and that of a vice-chair if they stand in for the chair.

    Source: the panel's terms.
    """
    return frozenset({seat, MemberRole.VICE_CHAIR}) if stands_in else frozenset({seat})
