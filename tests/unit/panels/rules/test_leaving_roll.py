"""R45: when a permanently excluded child's name may leave the roll, and what the file cannot tell."""

from datetime import date

import pytest

from panels.rules.leaving_roll import RollFacts, may_leave, why_not_leave

FROM = date(2026, 11, 24)
APPLIED, RECONSIDERED = date(2026, 11, 10), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("facts", "on", "finished", "may"),
    [
        (RollFacts(), FROM, False, False),
        (RollFacts(), FROM, True, False),
        (RollFacts(FROM, FROM, decided=True), date(2026, 11, 23), False, False),
        (RollFacts(FROM, FROM, decided=True), FROM, False, True),
        (RollFacts(None, None, "no term dates", decided=True), FROM, True, False),
        (RollFacts(decided=True, applied_on=APPLIED), FROM, False, False),
        (RollFacts(decided=True, applied_on=APPLIED), FROM, True, True),
        (RollFacts(decided=True, applied_on=APPLIED), date(2026, 11, 9), True, False),
        (RollFacts(decided=True, applied_on=APPLIED, reconsidered_on=RECONSIDERED), RECONSIDERED, False, True),
        (RollFacts(decided=True, applied_on=APPLIED, reconsidered_on=RECONSIDERED), date(2026, 11, 30), True, False),
    ],
    ids=[
        "no decision letter", "no decision letter whatever is said", "the day before", "the first day", "not counted",
        "review under way", "review finished on their word", "before the review", "reconsidered", "before that",
    ],
)  # fmt: skip
def test_name_leaves_the_roll_when_r45_allows_it(facts: RollFacts, on: date, finished: bool, may: bool) -> None:
    found = may_leave(facts)

    assert (why_not_leave(found, on=on, review_finished=finished) == "") is may
    assert "R45" in found.says or "no term dates" in found.says
    assert found.source


def test_later_reading_is_warned_of_and_holds_nothing_up() -> None:
    found = may_leave(RollFacts(FROM, date(2026, 11, 26), decided=True))

    assert found.warns == "On the other reading of the law it may leave only from 26 November 2026"
    assert why_not_leave(found, on=FROM, review_finished=False) == ""
    assert may_leave(RollFacts(FROM, FROM, decided=True)).warns == ""
