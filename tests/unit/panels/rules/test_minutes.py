from datetime import date

import pytest

from panels.rules.minutes import PART_LABELS, Captured, Part, approver, drafted


def test_minutes_are_drafted_from_everything_that_was_captured() -> None:
    captured = Captured(
        presided="Marion Tull",
        quorum_said="Quorum met: 3 members present, 2 needed.",
        number_out=2,
        discussion=" Room was checked. ",
        outcome="School named",
        school="Underhill Primary School",
        starts_on=date(2026, 12, 7),
        review_on=date(2027, 2, 1),
        cost_seen="not seen",
        support=("Named adult", "A taxi"),
        decided_how="Everyone agreed.",
        reasons="Nearest with room.",
        dissent="One head preferred another.",
        actions="Asha: write to the school",
    )

    assert drafted(captured) == {
        Part.ROOM: "Marion Tull presided. Quorum met: 3 members present, 2 needed. 2 members left for this item.",
        Part.DISCUSSION: "Room was checked.",
        Part.DECISION: (
            "School named: Underhill Primary School, from 7 December 2026.\nReview on 1 February 2027.\n"
            "Support: Named adult; A taxi.\nCost seen: not seen.\nEveryone agreed."
        ),
        Part.REASONS: "Nearest with room.",
        Part.DISSENT: "One head preferred another.",
        Part.ACTIONS: "Asha: write to the school",
    }


def test_what_was_not_said_is_empty() -> None:
    assert drafted(Captured()) == dict.fromkeys(Part, "")
    assert drafted(Captured(outcome="Other", number_out=1)) == dict.fromkeys(Part, "") | {
        Part.ROOM: "1 member left for this item.", Part.DECISION: "Other."
    }  # fmt: skip


@pytest.mark.parametrize(
    ("presided", "standing", "out", "approves"),
    [
        ("chair", ["chair", "first", "second"], [], "chair"),
        ("first", ["chair", "first", "second"], ["chair"], "first"),
        # The stand-in approves what they took, though the chair is out of nothing any longer.
        ("first", ["chair", "first", "second"], [], "first"),
        # Whoever presided has left the panel.
        ("first", ["chair", "second"], ["chair"], "second"),
        ("first", ["chair", "second"], [], "chair"),
        # Whoever presided was found to be tied afterwards.
        ("chair", ["chair", "first"], ["chair"], "first"),
        (None, ["chair", "first"], [], "chair"),
        ("chair", ["chair"], ["chair"], None),
        ("chair", [], [], None),
    ],
)
def test_whoever_presided_approves_and_nobody_who_is_out(
    presided: str | None, standing: list[str], out: list[str], approves: str | None
) -> None:
    assert approver(presided, standing, out=out) == approves


def test_every_part_has_its_label() -> None:
    assert list(PART_LABELS) == [part.value for part in Part]


def test_why_the_panel_departed_from_the_turn_stands_with_its_decision() -> None:
    captured = Captured(outcome="School named", school="Elm School", departs_because="Nearer to home")

    assert "The panel departed from the turn: Nearer to home" in drafted(captured)[Part.DECISION]
