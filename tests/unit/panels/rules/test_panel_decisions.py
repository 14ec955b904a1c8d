from datetime import date

import pytest

from panels.rules.decisions import BadVotes, Room, Voting, recordable
from panels.rules.sources import terms_of_reference
from panels.rules.terms import DecisionModel
from tests.tables.reader import rows

SAID = {"yes": True, "no": False, "": None}
SOURCE = terms_of_reference(date(2025, 9, 1), "decisions")


@pytest.mark.parametrize("row", rows("panel_decisions"), ids=lambda row: row["situation"])
def test_decision_may_be_recorded_as_the_table_says(row: dict[str, str]) -> None:
    voting = Voting(
        int(row["for"]),
        int(row["against"]),
        int(row["abstained"]),
        row["agreed"] == "yes",
        SAID[row["presider_says"]],
        SAID[row["officer_says"]],
    )
    room = Room(row["quorum"] == "yes", row["presider"] or None, int(row["voters"]))
    casting = row["casting_in_terms"] == "yes"

    found = recordable(DecisionModel(row["model"]), voting, room, casting_vote=casting, source=SOURCE)

    assert (found.records or "", found.by or "", found.because) == (row["records"], row["by"], row["because"])
    assert found.carried is SAID[row["carried"]]
    assert found.may_be_recorded is bool(row["records"])
    assert found.source == (SOURCE,)


@pytest.mark.parametrize("votes", [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (3, 2, 0), (2, 2, 1)])
def test_votes_that_cannot_be_are_an_error(votes: tuple[int, int, int]) -> None:
    with pytest.raises(BadVotes, match="of 4 voters"):
        recordable(DecisionModel.MAJORITY, Voting(*votes), Room(True, "chair", 4), casting_vote=True, source=SOURCE)
