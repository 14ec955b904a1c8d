"""The command that brings the register of schools."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework.models import Import, ImportFile, School, SchoolLink
from tests.conftest import Place
from tests.gias_files import a_school, download, links

pytestmark = pytest.mark.django_db
ROWS = [
    a_school("100001", "Elm Bank School", number="4101", status="2", closed="31-08-2026"),
    a_school("150001", "Elm Bank Academy", number="4101", type="34", opened="01-09-2026", trust="2044"),
    a_school("160001", "Far Away School", la="203", la_name="Greenwich"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "edubasealldata20261101.csv"
    file.write_bytes(download(ROWS))
    return file


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_gias", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def test_schools_of_the_councils_own_area_are_brought(place: Place, file: Path) -> None:
    said = run(file)

    assert "New schools: 2" in said
    assert "Elm Bank School | 100001 | Elm Bank Academy | 150001" in said
    assert School.objects.filter(urn__in=["100001", "150001"]).count() == 2
    assert not School.objects.filter(urn="160001").exists()
    assert str(Import.objects.get().public_id) in said


def test_dry_run_says_the_same_and_changes_nothing(place: Place, file: Path) -> None:
    said = run(file, "--dry-run")

    assert "New schools: 2" in said
    assert "Nothing was changed." in said
    assert not School.objects.filter(urn="150001").exists()
    assert not ImportFile.objects.exists()


def test_other_areas_and_every_area_are_taken_when_asked_for(place: Place, file: Path) -> None:
    run(file, "--authority", "203")
    assert not School.objects.filter(urn="150001").exists()
    assert School.objects.filter(urn="160001").exists()

    run(file, "--every")
    assert School.objects.filter(urn="150001").exists()


def test_file_of_links_is_brought(place: Place, file: Path, tmp_path: Path) -> None:
    run(file, "--every")
    SchoolLink.objects.all().delete()
    other = tmp_path / "links_edubasealldata20261101.csv"
    other.write_bytes(links([("150001", "100001", "Predecessor")]))

    assert "New links: 1" in run(other, "--links")
    assert SchoolLink.objects.get().predecessor.urn == "100001"


def test_spoilt_file_is_answered_by_row_and_column_and_changes_nothing(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(download([*ROWS[:1], a_school("15", "Bad")]))
    out = StringIO()

    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_gias", str(file), stdout=out, stderr=out)

    assert "Row 3, column A (URN): The cell must be six digits." in out.getvalue()
    assert not School.objects.filter(urn="100001").exists()


def test_file_that_is_not_there_is_said(place: Place, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "nothing.csv")
