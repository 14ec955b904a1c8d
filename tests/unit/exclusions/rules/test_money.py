from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from casework.rules.calendar import NoTermDates
from exclusions.rules.additional_payment import PanelResult, Reconsideration, additional_payment
from exclusions.rules.money import (
    MoneyFacts,
    NoBoardDecision,
    NotPounds,
    RelevantDateBasis,
    admitting_increase,
    reduction,
    transfer_basis,
)
from exclusions.rules.sources import cite
from exclusions.rules.terms import SchoolKind
from tests.tables.reader import calendar, day, rows
from tests.unit.exclusions.rules.test_sixth_day import settings_of


@pytest.mark.parametrize("row", rows("money"), ids=lambda row: row["situation"])
def test_reduction_of_each_situation_is_as_the_table_says(row: dict[str, str]) -> None:
    facts = MoneyFacts(
        date.fromisoformat(row["excluded_on"]),
        Decimal(row["amount"]),
        SchoolKind(row["school_kind"]),
        leaves_this_year=row["leaves_this_year"] == "yes",
        ordered=Decimal(row["ordered"]),
        board_decided_on=day(row["board_decided_on"]),
    )
    basis = RelevantDateBasis(row["basis"] or RelevantDateBasis.SIXTH_SCHOOL_DAY)
    asked = {"calendar": calendar(row["calendar"]), "settings": settings_of(row["settings"]), "basis": basis}

    if row["reduction"] == "error":
        with pytest.raises((NotPounds, NoBoardDecision)):
            reduction(facts, **asked)  # type: ignore[arg-type]
        return
    found = reduction(facts, **asked)  # type: ignore[arg-type]

    assert str(found.amount) == row["reduction"]
    assert str(found.other_amount or "") == row["other_reduction"]
    if row["relevant_on"]:
        assert found.relevant
        assert found.weeks
        assert found.relevant.due.isoformat() == row["relevant_on"]
        assert (str(found.weeks.days), str(found.weeks.weeks)) == (row["days"], row["weeks"])
    assert not row["also_among_readings"] or row["also_among_readings"] in {str(r.amount) for r in found.readings}


def test_calendar_that_ends_before_july_has_no_end_of_the_summer_term() -> None:
    short = replace(calendar("A"), spells=calendar("A").spells[:-1])
    facts = MoneyFacts(date(2026, 4, 27), Decimal(7000), SchoolKind.MAINTAINED, leaves_this_year=True)

    with pytest.raises(NoTermDates):
        reduction(facts, calendar=short)


def test_reserved_place_moves_no_money() -> None:
    facts = MoneyFacts(date(2026, 1, 12), Decimal(7000), SchoolKind.MAINTAINED, reserved_place=True)

    assert reduction(facts, calendar=calendar("A")).amount == 0


@pytest.mark.parametrize("row", rows("admitting_increase"), ids=lambda row: row["situation"])
def test_admitting_school_gains_its_share(row: dict[str, str]) -> None:
    def asked() -> Decimal:
        return admitting_increase(
            Decimal(row["reduced_by"]),
            ordered=Decimal(row["ordered"]),
            weeks_on_roll=int(row["weeks_on_roll"]),
            weeks_reduced=int(row["weeks_reduced"]),
        ).amount

    if row["increase"] == "error":
        with pytest.raises(NotPounds):
            asked()
    else:
        assert str(asked()) == row["increase"]


@pytest.mark.parametrize("row", rows("transfers"), ids=lambda row: row["basis"])
def test_footing_of_the_transfer_follows_school_and_authority(row: dict[str, str]) -> None:
    found = transfer_basis(
        excluding_academy=row["excluding_academy"] == "yes",
        excluding_authority=row["excluding_authority"],
        admitting_authority=row["admitting_authority"],
    )

    assert found.basis == row["basis"]
    assert ("s494" in cite(found.source)) == (row["admitting_authority"] != "999")


@pytest.mark.parametrize("row", rows("additional_payment"), ids=lambda row: row["situation"])
def test_additional_payment_is_due_when_the_table_says(row: dict[str, str]) -> None:
    met = Reconsideration(
        date.fromisoformat(row["due"]), day(row["board_met_on"]), row["offers_reinstatement"] == "yes"
    )

    found = additional_payment(
        PanelResult(row["result"]),
        met,
        kind=SchoolKind(row["school_kind"]),
        today=date.fromisoformat(row["today"]),
    )

    assert (str(found.amount), found.how, found.because) == (row["amount"], row["how"], row["because"])
