"""The pages of imports: bring, check, apply, undo, let go."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Import, ImportFile, Job, School
from casework.services import jobs
from tests.cast import Cast
from tests.conftest import NOW, ClientOf, Place
from tests.gias_files import a_school, download
from tests.notice_form import errors
from tests.queries import asked

BRING = "/administration/imports/bring/gias/"
ROWS = [a_school("150001", "Larkrise School"), a_school("150002", "Candleford School", phase="2")]


@pytest.fixture
def administrator(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.administrator)


def sent(client: Client, *, data: Any = b"", **changes: Any) -> dict[str, Any]:
    token = str(client.get(BRING).context["form"]["token"].value())
    file = SimpleUploadedFile("edubasealldata.csv", data or download(ROWS))
    return {"token": token, "file": file, "whose": "own", "codes": ""} | changes


def work() -> None:
    for job in Job.objects.filter(finished_at__isnull=True):
        jobs.run(job_id=job.pk)


def brought(client: Client, **changes: Any) -> Import:
    client.post(BRING, sent(client, **changes))
    work()
    row: Import = Import.objects.latest("pk")
    return row


def page_of(row: Import) -> str:
    return f"/administration/imports/{row.public_id}/"


def test_file_is_taken_in_checked_applied_and_undone(administrator: Client, place: Place) -> None:
    answer = administrator.post(BRING, sent(administrator))
    row = Import.objects.get()
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobs/{job.public_id}/?next={page_of(row)}"
    work()

    shown = administrator.get(page_of(row)).content.decode()
    assert "What it would change" in shown
    assert "Candleford School" in shown
    assert not School.objects.filter(urn="150001").exists()

    administrator.post(page_of(row) + "apply/")
    work()
    assert School.objects.filter(urn="150001").exists()
    assert "What it changed" in administrator.get(page_of(row)).content.decode()

    administrator.post(page_of(row) + "undo/")
    work()
    assert not School.objects.filter(urn="150001").exists()
    row.refresh_from_db()
    assert (row.state, row.applied_by, row.undone_by) == ("undone", row.uploaded_by, row.uploaded_by)


def test_second_click_brings_the_file_once(administrator: Client, place: Place) -> None:
    answers = sent(administrator)
    first = administrator.post(BRING, answers).headers["Location"]
    answers["file"].seek(0)

    assert administrator.post(BRING, answers).headers["Location"] == first
    assert Import.objects.count() == 1


def test_second_click_applies_once(administrator: Client, place: Place) -> None:
    row = brought(administrator)

    places = [administrator.post(page_of(row) + "apply/").headers["Location"] for _ in range(2)]
    work()

    assert places[0] == places[1]
    assert Job.objects.filter(kind="apply import").count() == 1
    assert School.objects.filter(urn="150001").count() == 1


def test_spoilt_file_is_answered_by_row_and_column(administrator: Client, place: Place) -> None:
    row = brought(administrator, data=download([ROWS[0], ROWS[1] | {"URN": "15"}]))

    shown = administrator.get(page_of(row)).content.decode()

    assert "Nothing was changed: mend the file and bring it again" in shown
    assert "A (URN)" in shown
    assert "must be six digits" in shown
    assert administrator.post(page_of(row) + "apply/", follow=True).status_code == 200
    assert not Job.objects.filter(kind="apply import").exists()


def test_refusal_to_undo_is_said_on_the_page(administrator: Client, place: Place, pupil: Any) -> None:
    row = brought(administrator)
    administrator.post(page_of(row) + "apply/")
    work()
    pupil.roll_spells.update(school=School.objects.get(urn="150001"))

    administrator.post(page_of(row) + "undo/")
    work()

    assert "1 roll spell belongs to schools that the import added" in administrator.get(page_of(row)).content.decode()
    assert School.objects.filter(urn="150001").exists()


def test_rows_changed_since_the_check_are_said_and_checked_again(administrator: Client, place: Place) -> None:
    row = brought(administrator)
    School.objects.filter(pk=place.school.pk).update(urn="150001")

    administrator.post(page_of(row) + "apply/")
    work()
    assert "has changed since the check" in administrator.get(page_of(row)).content.decode()

    administrator.post(page_of(row) + "check/")
    work()
    administrator.post(page_of(row) + "apply/")
    work()
    assert School.objects.get(urn="150001").name == "Larkrise School"


def test_file_that_is_let_go_changes_nothing_and_its_bytes_are_gone(administrator: Client, place: Place) -> None:
    row = brought(administrator)

    administrator.post(page_of(row) + "let-go/")

    assert not ImportFile.objects.exists()
    assert "Let go" in administrator.get("/administration/imports/").content.decode()
    administrator.post(page_of(row) + "apply/")
    work()
    assert not School.objects.filter(urn="150001").exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"file": ""}, "file", "Choose file"),
        ({"whose": "listed"}, "codes", "Enter the codes of the areas, or choose another answer above"),
        ({"whose": "listed", "codes": "89"}, "codes", "Write three digits for each area, such as 893"),
        ({"whose": "nobody"}, "whose", "Choose one from the list"),
    ],
)
def test_wrong_answer_gets_its_message_at_its_field(
    administrator: Client, place: Place, changes: dict[str, str], field: str, message: str
) -> None:
    answer = administrator.post(BRING, sent(administrator, **changes))

    assert errors(answer)[field] == message
    assert not Import.objects.exists()


def test_areas_named_are_taken_beside_the_councils_own(administrator: Client, place: Place) -> None:
    row = brought(administrator, whose="listed", codes="894, 893")

    assert row.options == {"authorities": ["893", "894", "999"]}


def test_list_of_imports_keeps_its_queries(administrator: Client, cast: Cast, place: Place) -> None:
    # The council's name is then kept by the process.
    administrator.get("/account/")
    counts = []
    for rows in (5, 500):
        Import.objects.bulk_create(
            Import(kind="gias", file_name="a.csv", uploaded_at=NOW, uploaded_by=cast.administrator)
            for _ in range(rows - Import.objects.count())
        )
        with CaptureQueriesContext(connection) as captured:
            administrator.get("/administration/imports/")
        counts.append(len(asked(captured)))

    assert counts[0] == counts[1]


def test_officer_brings_no_file_of_schools(officer: Client, place: Place) -> None:
    assert "GIAS" not in officer.get("/administration/imports/").content.decode()
    assert officer.post(BRING).status_code == 404
