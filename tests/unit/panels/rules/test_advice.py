"""What waits for an officer, what is wanting of the officer's decision, and how both are told."""

from datetime import date

import pytest

from panels.rules.advice import OfficerSaid, in_words, is_advice, officer_lacks, outcome_in_words, rest
from panels.rules.decisions import DecidedBy, Recordable, Records
from panels.rules.outcomes import Decided
from panels.rules.terms import PanelKind

TODAY = date(2026, 11, 4)
SECONDARY = PanelKind.FAIR_ACCESS_SECONDARY


def recorded(what: Records) -> Recordable:
    return Recordable(what, DecidedBy.PANEL, True, "Everyone agreed.", ())


@pytest.mark.parametrize(
    ("found", "outcome", "waits"),
    [
        (recorded(Records.RECOMMENDATION), "school_named", True),
        (recorded(Records.RECOMMENDATION), "more_information", False),
        (recorded(Records.DECISION), "school_named", False),
        (None, "", False),
    ],
)
def test_only_advice_that_would_end_the_referral_waits(found: Recordable | None, outcome: str, waits: bool) -> None:
    assert is_advice(found, outcome) is waits


def test_officer_who_follows_needs_a_first_day_that_has_not_passed() -> None:
    past = Decided("school_named", "", "100001", date(2026, 11, 3))
    assert [each.part for each in officer_lacks(past, SECONDARY, follows=True, on=TODAY)] == ["follows"]
    assert officer_lacks(Decided("school_named", "", "100001", TODAY), SECONDARY, follows=True, on=TODAY) == ()
    assert officer_lacks(Decided("other", ""), SECONDARY, follows=True, on=TODAY) == ()


def test_advice_that_names_a_school_where_it_gives_no_place_is_not_followed() -> None:
    (found,) = officer_lacks(Decided("not_for_this_panel", "", "100001"), SECONDARY, follows=True, on=TODAY)

    assert (found.part, "gives no place" in found.says) == ("follows", True)


def test_officer_who_departs_decides_wholly_and_says_why() -> None:
    def parts(decided: Decided, kind: PanelKind = SECONDARY) -> list[str]:
        return [each.part for each in officer_lacks(decided, kind, follows=False, on=TODAY)]

    assert parts(Decided("", "")) == ["outcome", "reasons"]
    assert parts(Decided("school_named", "Nearer")) == ["school", "starts_on"]
    assert parts(Decided("school_named", "Nearer", "100001", date(2026, 11, 3))) == ["starts_on"]
    assert parts(Decided("school_named", "Nearer", "100001", TODAY)) == []
    assert parts(Decided("more_information", "Unclear")) == ["outcome"]
    # What the panel saw of the cost is not the officer's to say.
    assert parts(Decided("specialist_place", "Needs it"), PanelKind.SPECIALIST_PLACEMENT) == []
    assert parts(Decided("alternative_provision", "Needs it"), PanelKind.SPECIALIST_PLACEMENT) == ["review_on"]


def test_decision_is_told_with_who_when_and_why() -> None:
    stands = outcome_in_words("School named", school="Underhill School", starts_on=TODAY)
    assert stands == "School named: Underhill School, from 4 November 2026."
    assert outcome_in_words("Other") == "Other."
    follows = in_words(OfficerSaid("Ruth Penhale", TODAY, follows=True))
    assert follows == "Ruth Penhale decided as the panel advised, on 4 November 2026."
    departs = in_words(OfficerSaid("Ruth Penhale", TODAY, follows=False, decided=stands, because="Nearer."))
    assert departs == (
        "Ruth Penhale decided otherwise than advised, on 4 November 2026."
        " School named: Underhill School, from 4 November 2026. Why: Nearer."
    )
    more = rest(departs_because="Siblings are there.", review_on=date(2027, 1, 12), support=("Outreach", "A bus pass"))
    assert more == (
        "Out of turn, because: Siblings are there.", "Review on 12 January 2027.", "Support: Outreach; A bus pass.",
    )  # fmt: skip
    assert rest(departs_because="", review_on=None, support=()) == ("Support: none.",)
    told = in_words(OfficerSaid("Ruth Penhale", TODAY, False, stands, "Nearer.", more=more))
    assert f"{stands} {' '.join(more)} Why: Nearer." in told
