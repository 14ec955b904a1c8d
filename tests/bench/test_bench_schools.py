"""How long the register of schools takes: prints figures and judges nothing."""

import resource
import time

import pytest

from casework.models import Import, School
from casework.rules.periods import AcademicYear
from casework.selectors.term_dates import year_dates
from casework.services import imports, term_dates
from casework.services.term_dates import Scope
from casework.uploads import read_table
from tests.cast import Cast
from tests.conftest import NOW, Place
from tests.factories.casework import SchoolFactory
from tests.gias_files import a_school, download
from tests.workbooks import workbook

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
SCHOOLS = 30_000


def england() -> bytes:
    """Return a download of thirty thousand schools of 150 authorities, every fifth an academy of one of 1,200 trusts."""
    rows = []
    for number in range(SCHOOLS):
        code = str(201 + number % 150)
        academy = number % 5 == 0
        rows.append(
            a_school(
                str(100_000 + number),
                f"School of the Étang {number}",
                la=code,
                la_name=f"Authority {code}",
                number=f"{2000 + number // 150:04}",
                type="34" if academy else "01",
                phase="2" if number % 4 else "4",
                trust=str(2000 + number % 1200) if academy else "",
                trust_name=f"Trust {number % 1200}" if academy else "",
            )
        )
    # As wide as the real one, of some fifty megabytes: most of its columns are filled, and none of them is ours.
    return download(rows, elsewhere="Not recorded")


def test_bench_register_of_schools() -> None:
    data = england()
    print(f"\na download of {SCHOOLS:,} schools and 140 columns: {len(data) / 1024**2:.1f} MB")
    for what in ("all new", "nothing new"):
        began = time.perf_counter()
        row = imports.bring(
            by=None, at=NOW, kind="gias", file_name="edubasealldata.csv", content=data, options={"authorities": "every"}
        )
        imports.check(at=NOW, row=row)
        checked = time.perf_counter()
        imports.apply(by=None, at=NOW, row=row)
        done = time.perf_counter()
        print(f"{what}: checked in {checked - began:.1f} s, applied in {done - checked:.1f} s")
        assert School.objects.count() == SCHOOLS
    first: Import = Import.objects.order_by("pk")[0]
    began = time.perf_counter()
    imports.undo(by=None, at=NOW, row=first)
    print(f"undone in {time.perf_counter() - began:.1f} s")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def test_bench_term_dates_of_150_schools(place: Place, cast: Cast) -> None:
    schools = tuple(SchoolFactory.create_batch(150, authority=place.authority))
    year = AcademicYear(2026)
    held = year_dates(place.authority, year)
    began = time.perf_counter()
    term_dates.set_year(
        by=cast.administrator, at=NOW, authority=place.authority, year=year, dates=held, scope=Scope("Many", schools)
    )
    print(f"\nterm dates set for {len(schools)} schools: {time.perf_counter() - began:.2f} s")


def test_bench_spreadsheet() -> None:
    rows = [["URN", "Year", "Year group", "SEN", "Headcount"]]
    rows += [[str(900_000 + number), "2026", "7", "K", str(number)] for number in range(10_000)]
    data = workbook(rows)
    began = time.perf_counter()
    table = read_table(data, name="census.xlsx")
    print(f"\na workbook of {len(table.rows):,} rows read in {time.perf_counter() - began:.2f} s")
