"""Carrying notices over by the pages: brought, checked, applied, undone; and totals that say what they rest on."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.models import Import, Job
from casework.services import imports, jobs
from exclusions.models import Exclusion, RecordsWhole
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.notice_files import as_csv, row
from tests.page_form import errors, filled


def bring(client: Client, address: str, data: bytes, name: str = "notices.csv", **typed: str) -> Import | None:
    file = SimpleUploadedFile(name, data, content_type="text/csv")
    sent = client.post(address, filled(client, address, **typed) | {"file": file})
    if sent.status_code != 302:
        return None
    brought: Import = Import.objects.latest("pk")
    jobs.run(job_id=Job.objects.get(kind=imports.CHECK, subject=brought.pk).pk)
    return brought


@pytest.fixture
def address() -> str:
    return reverse("casework:bring-import", args=["notices"])


def test_officer_carries_over_and_undoes(officer: Client, place: Place, address: str) -> None:
    good, bad = row(school=place.school.urn), row(school="999998", first_name="Isolde")
    brought = bring(officer, address, as_csv([good, bad]), whole_from="1/9/2026")
    assert brought
    here = reverse("casework:import", args=[brought.public_id])

    page = officer.get(here).content.decode()
    assert "Rows to mend: they are left out" in page
    assert "No school with this URN is held" in page
    officer.post(f"{here}apply/")
    jobs.run(job_id=Job.objects.get(kind=imports.APPLY).pk)

    assert Exclusion.objects.count() == 1
    assert RecordsWhole.objects.get().whole_from == date(2026, 9, 1)
    officer.post(f"{here}undo/")
    jobs.run(job_id=Job.objects.get(kind=imports.UNDO).pk)
    assert not Exclusion.objects.exists()
    assert not RecordsWhole.objects.exists()


def test_columns_and_words_are_remembered_for_the_next_file(officer: Client, place: Place, address: str) -> None:
    bring(
        officer,
        address,
        as_csv([row(school=place.school.urn)]),
        columns="Pupil ref = UPN",
        words="fixed 1 = suspension",
    )

    form = officer.get(address).context["form"]

    assert form["columns"].value() == "Pupil ref = UPN"
    assert form["words"].value() == "fixed 1 = suspension"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"rows": "two to four"}, "rows"), ({"rows": "9-2"}, "rows"), ({"columns": "Pupil ref is UPN"}, "columns")],
)
def test_bad_choice_beside_the_file_is_told(
    officer: Client, place: Place, address: str, typed: dict[str, str], field: str
) -> None:
    file = SimpleUploadedFile("notices.csv", as_csv([row(school=place.school.urn)]))

    refused = officer.post(address, filled(officer, address, **typed) | {"file": file})

    assert field in errors(refused)
    assert not Import.objects.exists()


@pytest.mark.parametrize("who", ["imran", "ruth", "administrator", "stranger"])
def test_colleague_without_the_right_brings_no_notices(
    who: str, client_of: ClientOf, cast: Cast, place: Place, address: str
) -> None:
    client = client_of(cast.everybody()[who])

    assert client.get(address).status_code == 404
    assert client.post(address, {"file": SimpleUploadedFile("n.csv", b"x")}).status_code == 404
    assert not Import.objects.exists()


def test_officer_sees_no_file_of_schools(officer: Client) -> None:
    assert "Schools from GIAS" not in officer.get("/administration/imports/").content.decode()


def test_totals_built_on_less_than_the_year_say_so(
    officer: Client, place: Place, suspension: Exclusion, address: str
) -> None:
    page = f"/exclusions/{suspension.case.reference}/"
    assert "Built on less than the whole year" in officer.get(page).content.decode()
    assert "begin after the school year did" in officer.get("/exclusions/thresholds/").content.decode()

    for school in (place.school, place.primary):
        RecordsWhole.objects.create(
            school=school, whole_from=date(2026, 9, 1), said_at=suspension.logged_at, said_by=suspension.logged_by
        )

    assert "Built on less than the whole year" not in officer.get(page).content.decode()
    assert "begin after the school year did" not in officer.get("/exclusions/thresholds/").content.decode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Ferdinand Oakapple.CSV", "notices.csv"), ("last year.Ferdinand Oakapple", "notices"), ("a.txt", "notices.txt")],
)
def test_files_own_name_which_may_be_a_childs_is_kept_and_shown_nowhere(
    officer: Client, place: Place, address: str, name: str, kept: str
) -> None:
    brought = bring(officer, address, as_csv([row(school=place.school.urn)]), name)

    assert brought
    assert brought.file_name == kept
    assert not brought.faults
    here = reverse("casework:import", args=[brought.public_id])
    for page in (here, reverse("casework:imports")):
        shown = officer.get(page).content.decode()
        assert kept in shown
        assert "Oakapple" not in shown
