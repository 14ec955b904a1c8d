"""What the codes of the register of schools mean here."""

from datetime import date

import pytest

from casework.rules import gias
from casework.rules.gias import KIND_OF_TYPE, LEFT_OUT, Wrong

# Every type of establishment that the register had in September 2023.
TYPES = [
    "01",
    "02",
    "03",
    "05",
    "06",
    "07",
    "08",
    "10",
    "11",
    "12",
    "14",
    "15",
    "18",
    "24",
    "25",
    "26",
    "27",
    "28",
    "29",
    "30",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "38",
    "39",
    "40",
    "41",
    "42",
    "43",
    "44",
    "45",
    "46",
    "47",
    "48",
    "49",
    "56",
    "57",
]


class Cells(dict[str, str]):
    def get(self, column: str) -> str:  # type: ignore[override]
        return super().get(column, "")


def row(**changes: str) -> Cells:
    short = {"type": gias.TYPE, "status": gias.STATUS, "phase": gias.PHASE, "low": gias.LOW_AGE, "high": gias.HIGH_AGE}
    cells = {
        gias.URN: "150001",
        gias.NAME: "Elm Bank",
        gias.NUMBER: "4001",
        gias.AUTHORITY: "999",
        gias.TYPE: "01",
        gias.STATUS: "1",
        gias.PHASE: "4",
        gias.OPENED: "01-09-1990",
        gias.CLOSED: "",
    }
    return Cells(cells | {short.get(key, key): value for key, value in changes.items()})


def test_every_type_is_taken_as_a_kind_or_left_out_and_none_is_both() -> None:
    assert set(TYPES) == set(KIND_OF_TYPE) | LEFT_OUT
    assert not set(KIND_OF_TYPE) & LEFT_OUT


@pytest.mark.parametrize(
    ("cells", "phase", "kind"),
    [
        ({"type": "01", "phase": "2"}, "primary", "maintained"),
        ({"type": "01", "phase": "3"}, "primary", "maintained"),
        ({"type": "02", "phase": "5"}, "secondary", "maintained"),
        ({"type": "15", "phase": "1"}, "nursery", "maintained"),
        ({"type": "34", "phase": "7"}, "all-through", "academy"),
        ({"type": "07", "phase": "0"}, "special", "special"),
        ({"type": "44", "phase": "0"}, "special", "academy"),
        ({"type": "14", "phase": "0"}, "alternative provision", "pru"),
        ({"type": "42", "phase": "0"}, "alternative provision", "academy"),
        ({"type": "11", "phase": "0", "low": "4", "high": "11"}, "primary", "other"),
        ({"type": "11", "phase": "0", "low": "11", "high": "18"}, "secondary", "other"),
        ({"type": "11", "phase": "0", "low": "3", "high": "18"}, "all-through", "other"),
    ],
)
def test_phase_and_kind_follow_from_type_phase_and_ages(cells: dict[str, str], phase: str, kind: str) -> None:
    facts = gias.school_facts(row(**cells))

    assert (facts.phase, facts.kind) == (phase, kind)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-08-2024", date(2024, 8, 31)),
        ("31/08/2024", date(2024, 8, 31)),
        ("2024-08-31", date(2024, 8, 31)),
        ("", None),
    ],
)
def test_day_is_read_as_the_register_and_workbooks_write_it(text: str, day: date | None) -> None:
    assert gias.day_of(row(**{gias.CLOSED: text}), gias.CLOSED) == day


@pytest.mark.parametrize("text", ["31-02-2024", "08-31-2024", "31-8-2024", "24-08-31", "2024-13-01", "soon"])
def test_what_is_no_day_is_wrong(text: str) -> None:
    with pytest.raises(Wrong):
        gias.day_of(row(**{gias.CLOSED: text}), gias.CLOSED)


def test_school_that_is_to_close_is_open_until_it_has() -> None:
    assert gias.school_facts(row(status="3", **{gias.CLOSED: "31-08-2030"})).closed_on is None


def test_only_academies_have_a_trust() -> None:
    assert gias.school_facts(row(type="34", **{gias.TRUST: "2044"})).trust == "2044"
    assert gias.school_facts(row(type="02", **{gias.TRUST: "2044"})).trust is None


def test_school_without_an_opening_day_was_open_before_the_register() -> None:
    assert gias.school_facts(row(**{gias.OPENED: ""})).opened_on == "1900-01-01"
