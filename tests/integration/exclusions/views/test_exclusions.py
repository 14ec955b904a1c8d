"""The list of exclusions, its filters and its export."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Pupil, Reading
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows

LIST = "/exclusions/"


def many(cast: Cast, place: Place, number: int) -> list[Exclusion]:
    """Log suspensions of as many children."""
    return [
        exclusion_rows.exclusion(
            pupil=rows.RollSpellFactory.create(school=place.primary).pupil,
            school=place.primary, by=cast.asha, kind="suspension",
        )
        for _ in range(number)
    ]  # fmt: skip


def test_list_shows_each_exclusion_with_where_it_stands(officer: Client, exclusion: Exclusion) -> None:
    page = officer.get(LIST).content.decode()

    assert "1 notice about 1 child" in page
    assert "Zephyrine Quillfeather" in page
    assert "6 school days late" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=permanent", 1), ("kind=suspension", 3), ("kind=permanent&kind=suspension", 4), ("kind=lunchtime", 0),
        ("phase=primary", 3), ("outcome=open", 1), ("outcome=averted", 0), ("reason=PP", 4), ("reason=DM", 0),
        ("first_from=2026-10-13", 0), ("first_to=2026-10-12", 4), ("year_group=9", 4),
    ],
)  # fmt: skip
def test_filter_keeps_what_it_names(
    query: str, found: int, officer: Client, exclusion: Exclusion, cast: Cast, place: Place
) -> None:
    many(cast, place, 3)

    page = officer.get(f"{LIST}?{query}").content.decode()

    assert f"{found} notice{'' if found == 1 else 's'} about" in page


def test_filter_by_school_is_by_its_urn(officer: Client, exclusion: Exclusion, cast: Cast, place: Place) -> None:
    many(cast, place, 2)

    assert "2 notices about" in officer.get(f"{LIST}?school={place.primary.urn}").content.decode()


def test_list_asks_as_much_for_one_page_of_rows_as_for_one_row(officer: Client, cast: Cast, place: Place) -> None:
    many(cast, place, 1)
    officer.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        officer.get(LIST)
    many(cast, place, 29)

    with CaptureQueriesContext(connection) as thirty:
        page = officer.get(LIST).content.decode()

    assert len(thirty) <= len(one) + 1
    assert "1 to 20 of 30" in page


def test_list_records_each_child_on_the_page_and_no_other(officer: Client, cast: Cast, place: Place) -> None:
    logged = many(cast, place, 30)

    officer.get(f"{LIST}?page=2")

    assert Reading.objects.count() == 10
    assert set(Reading.objects.values_list("pupil", flat=True)) <= {each.case.pupil_id for each in logged}


def test_exports_hold_what_the_filter_keeps(officer: Client, exclusion: Exclusion, cast: Cast, place: Place) -> None:
    many(cast, place, 2)

    answer = officer.get(f"{LIST}export.csv?kind=permanent")

    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Reference"], row["Kind"], row["First day"], row["Outcome"]) for row in table] == [
        (exclusion.case.reference, "Permanent exclusion", "2026-10-12", "Open")
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="exclusions-2026-11-04.csv"'
    assert "Zephyrine" not in answer.content.decode()


def test_workbook_has_dates_as_dates(officer: Client, exclusion: Exclusion) -> None:
    answer = officer.get(f"{LIST}export.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    table = list(sheet.iter_rows(values_only=True))
    assert table[1][0] == exclusion.case.reference
    assert table[1][5].date() == date(2026, 10, 12)


def test_export_records_a_reading_for_each_child_in_it(officer: Client, exclusion: Exclusion, pupil: Pupil) -> None:
    officer.get(f"{LIST}export.csv")

    reading = Reading.objects.get()
    assert (reading.pupil, reading.surface) == (pupil, "export of exclusions, csv")


def test_inclusion_officer_may_see_the_list_and_not_export_it(
    client_of: ClientOf, cast: Cast, exclusion: Exclusion
) -> None:
    imran = client_of(cast.imran)

    assert "Export CSV" not in imran.get(LIST).content.decode()
    assert imran.get(f"{LIST}export.csv").status_code == 404


def test_empty_list_says_what_will_stand_there(officer: Client, place: Place) -> None:
    assert "Each notice that is logged will stand here" in officer.get(LIST).content.decode()


def test_filter_that_is_no_date_says_so_and_hides_nothing_by_itself(officer: Client, exclusion: Exclusion) -> None:
    answer = officer.get(f"{LIST}?first_from=nonsense")

    assert answer.status_code == 200
    body = answer.content.decode()
    assert "First day from: this day is not in the calendar. Choose it again" in body
    assert "A filter that is not understood: nothing is shown" in body
    assert "everything is shown" not in body
