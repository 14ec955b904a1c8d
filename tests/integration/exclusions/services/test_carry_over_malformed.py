"""Files of notices that are spoilt, each answered by row and column and with nothing half saved. One row a file."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from casework.models import Pupil
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import Place
from tests.integration.exclusions.services.test_carry_over import check
from tests.notice_files import HEADER, as_csv, as_workbook, row

Build = Callable[[str], bytes]


def cells(**changes: Any) -> Build:
    """Return a file of one row with some cells changed."""
    return lambda urn: as_csv([row(**({"school": urn} | changes))])


def of(rows: Callable[[str], list[dict[str, Any]]], **how: Any) -> Build:
    return lambda urn: as_csv(rows(urn), **how)


def without(name: str) -> Build:
    return lambda urn: as_csv([row(school=urn)], [each for each in HEADER if each != name])


def _bomb(_: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 300_000_000)
    return out.getvalue()


def _with_macro(urn: str) -> bytes:
    out = io.BytesIO(as_workbook([row(school=urn)]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


def _formula(urn: str) -> bytes:
    return as_workbook([row(school=urn, last_name='=HYPERLINK("http://x.example","Oakapple")')])


def _truncated(urn: str) -> bytes:
    return as_workbook([row(school=urn)])[:-400]


def _lost_comma(urn: str) -> bytes:
    lines = as_csv([row(school=urn)]).split(b"\r\n")
    lines[1] = lines[1].replace(b"SUSP,", b"SUSP ", 1)
    return b"\r\n".join(lines)


def _twice(urn: str) -> list[dict[str, Any]]:
    return [row(school=urn), row(school=urn)]


def _same_days(urn: str) -> list[dict[str, Any]]:
    return [row(school=urn), row(school=urn, first_day="22/09/2026", last_day="23/09/2026")]


# What is spoilt, the file's name, how it is built, and what is answered: row, column as the file names it, words.
SPOILT: list[tuple[str, str, Build, int | None, str, str]] = [
    ("nothing in it", "n.csv", lambda _: b"", None, "", "The file is empty."),
    ("a PDF", "n.csv", lambda _: b"%PDF-1.7\n1 0 obj", None, "", "a PDF, not a table"),
    ("a web page named as a workbook", "n.xlsx", lambda _: b"<html><table></table></html>", None, "", "web page"),
    ("text named as a workbook", "n.xlsx", cells(), None, "", "named as a workbook and is text"),
    ("a workbook named as text", "n.csv", lambda urn: as_workbook([row(school=urn)]), None, "", "named as text"),
    ("an old workbook", "n.xls", lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, None, "", "old Excel"),
    ("a workbook cut short", "n.xlsx", _truncated, None, "", ""),
    ("a workbook with a macro", "n.xlsx", _with_macro, None, "", ""),
    ("a bomb", "n.xlsx", _bomb, None, "", ""),
    ("a formula", "n.xlsx", _formula, None, "", ""),
    ("a lost comma", "n.csv", _lost_comma, 2, "", ""),
    ("no column for the birthday", "n.csv", without("Date of birth"), 1, "", "“Date of birth”"),
    ("no column for the school", "n.csv", without("School"), 1, "", "“School”"),
    ("no column for the kind", "n.csv", without("Kind"), 1, "", "“Kind”"),
    ("no column for the first day", "n.csv", without("First day"), 1, "", "“First day”"),
    ("no column for the reason", "n.csv", without("Reason 1"), 1, "", "“Reason 1”"),
    ("no day of the calendar", "n.csv", cells(first_day="31/09/2026"), 2, "H (First day)", "Write the day"),
    ("a day in words", "n.csv", cells(first_day="last Monday"), 2, "H (First day)", "Write the day"),
    ("a day without its year", "n.csv", cells(first_day="21/09"), 2, "H (First day)", "Write the day"),
    ("a day to come", "n.csv", cells(first_day="09/11/2026", last_day="09/11/2026"), 2, "H (First day)", "lies ahead"),
    ("a Saturday", "n.csv", cells(first_day="19/09/2026"), 2, "H (First day)", "no school day"),
    ("a Sunday at the end", "n.csv", cells(last_day="27/09/2026"), 2, "J (Last day)", "no school day"),
    ("an end before the beginning", "n.csv", cells(last_day="18/09/2026"), 2, "J (Last day)", "or later"),
    ("no end", "n.csv", cells(last_day=""), 2, "J (Last day)", "Write the day"),
    ("an end a year on", "n.csv", cells(last_day="22/09/2027"), 2, "J (Last day)", "check the year"),
    ("an afternoon that ends at midday", "n.csv",
     cells(last_day="21/09/2026", first_session="PM", last_session="AM"), 2, "K (Last session)", "cannot end at midday"),
    ("an unknown session", "n.csv", cells(first_session="evening"), 2, "I (First session)", "not known"),
    ("an unknown kind", "n.csv", cells(kind="sent home"), 2, "G (Kind)", "Your own words"),
    ("an unknown reason", "n.csv", cells(reason_1="ZZ"), 2, "L (Reason 1)", "no reason of the Department"),
    ("no reason", "n.csv", cells(reason_1=""), 2, "L (Reason 1)", "at least one reason"),
    ("a reason twice", "n.csv", cells(reason_2="PP"), 2, "", "chosen twice"),
    ("an unknown school", "n.csv", cells(school="999998"), 2, "F (School)", "No school with this URN"),
    ("a school by name", "n.csv", cells(school="Marchbridge High School"), 2, "F (School)", "six-digit URN"),
    ("a UPN too short", "n.csv", cells(upn="A12345"), 2, "A (UPN)", "13 characters"),
    ("a UPN whose letter is not that of its digits", "n.csv", cells(upn="B123456789012"), 2, "A (UPN)", "first letter"),
    ("an open exclusion that does not say when the council was told", "n.csv",
     cells(kind="px", last_day=""), 2, "S (Council told on)", "its duties run from it"),
    ("a running suspension that does not say when the council was told", "n.csv",
     cells(first_day="02/11/2026", last_day="30/11/2026"), 2, "S (Council told on)", "its duties run from it"),
    ("no name and no UPN", "n.csv", cells(first_name="", last_name=""), 2, "C (Last name)", "Write the UPN"),
    ("a first name too long", "n.csv", cells(first_name="F" * 81), 2, "B (First name)", "longer than 80 characters"),
    ("a last name too long", "n.csv", cells(last_name="O" * 81), 2, "C (Last name)", "longer than 80 characters"),
    ("a birthday to come", "n.csv", cells(date_of_birth="03/05/2030"), 2, "D (Date of birth)", "from 1990"),
    ("a birthday that is a number", "n.csv", cells(date_of_birth="41032"), 2, "D (Date of birth)", "Write the day"),
    ("an unknown year group", "n.csv", cells(year_group="Form 3"), 2, "O (Year group)", "not known"),
    ("an unknown SEN word", "n.csv", cells(sen="Q"), 2, "P (SEN)", "not known"),
    ("an unknown social care word", "n.csv", cells(social_care="sort of"), 2, "Q (Social care)", "not known"),
    ("an unknown authority", "n.csv", cells(home_authority="Elsewhere"), 2, "R (Home authority)", "three digits"),
    ("told on a day to come", "n.csv", cells(council_told_on="30/11/2026"), 2, "S (Council told on)", "to come"),
    ("an outcome of a suspension", "n.csv", cells(outcome="averted"), 2, "T (Outcome)", "Only a permanent"),
    ("an outcome before the exclusion", "n.csv",
     cells(kind="px", outcome="averted", outcome_on="01/09/2026"), 2, "U (Outcome on)", "from the first day"),
    ("an unknown outcome", "n.csv", cells(kind="px", outcome="dunno"), 2, "T (Outcome)", "not known"),
    ("a new child without sex", "n.csv", cells(sex=""), 2, "C (Last name)", "first name, last name and sex"),
    ("an unknown word for the same child", "n.csv", cells(child="maybe"), 2, "V (Child)", "not known"),
    ("a day without term dates", "n.csv",
     cells(first_day="12/03/2015", last_day="13/03/2015"), 2, "", ""),
]  # fmt: skip

LEFT_OUT: list[tuple[str, Build, str, str]] = [
    ("the same notice twice", of(_twice), "H (First day)", "An earlier row has this notice"),
    ("days that another row takes", of(_same_days), "H (First day)", "out already on one of these days"),
]


@pytest.mark.parametrize(("what", "name", "build", "at", "column", "says"), SPOILT, ids=[each[0] for each in SPOILT])
def test_spoilt_file_is_answered_by_row_and_column_and_saves_nothing(
    cast: Cast, place: Place, what: str, name: str, build: Build, at: int | None, column: str, says: str
) -> None:
    checked = check(cast, build(place.school.urn), name)

    assert checked.state == "refused", f"{what} was taken: {checked.counts}"
    fault = checked.faults[0]
    assert says in fault["message"], checked.faults
    if at is not None:
        assert fault["row"] == at, checked.faults
    if column:
        assert fault["column"] == column
    assert "Oakapple" not in str(checked.faults), "A fault quotes no cell."
    assert not Exclusion.objects.exists()
    assert not Pupil.objects.exists()


@pytest.mark.parametrize(("what", "build", "column", "says"), LEFT_OUT, ids=[each[0] for each in LEFT_OUT])
def test_row_that_contradicts_an_earlier_one_is_left_out_and_named(
    cast: Cast, place: Place, what: str, build: Build, column: str, says: str
) -> None:
    checked = check(cast, build(place.school.urn))

    assert checked.counts["Notices that come in"] == 1, what
    found = checked.plan["lists"][0]["rows"]
    assert [(number, where) for number, where, _ in found] == [("3", column)]
    assert says in found[0][2]


def test_at_least_thirty_files_are_looked_at() -> None:
    assert len(SPOILT) + len(LEFT_OUT) >= 30
    assert date(2026, 9, 19).isoweekday() == 6, "The Saturday of the table."
