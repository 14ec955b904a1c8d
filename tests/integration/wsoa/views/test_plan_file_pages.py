"""The page that brings a plan's file: what it asks, what it remembers, and who may."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework.models import Import, Job
from casework.services import jobs
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.page_form import filled
from tests.plan_workbooks import changed, put, written
from wsoa.models import Action, Plan
from wsoa.rules.terms import Layout

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HERE = "/administration/imports/bring/plan/"


def test_file_is_brought_checked_and_applied_from_the_pages(manager: Client, plan: Plan) -> None:
    Action.objects.update(lead_as_written="spoilt")
    good = written(plan, Layout.RECOMMENDATIONS)
    Action.objects.update(lead_as_written="other")
    columns = "Who does it = Lead agency"
    form = filled(manager, HERE) | {"plan": plan.code, "columns": columns, "file": SimpleUploadedFile("a.xlsx", good)}

    answer = manager.post(HERE, form)

    assert answer.status_code == 302
    run_jobs()
    row = Import.objects.get()
    page = manager.get(f"/administration/imports/{row.public_id}/").content.decode()
    assert "Cells that change" in page
    assert manager.post(f"/administration/imports/{row.public_id}/apply/").status_code == 302
    run_jobs()
    assert set(Action.objects.values_list("lead_as_written", flat=True)) == {"spoilt"}
    page = manager.get(f"/administration/imports/{row.public_id}/").content.decode()
    assert "Undo this import" in page
    assert "cannot be undone" not in page
    assert columns in manager.get(HERE).content.decode()


def test_file_that_says_progress_tells_before_it_is_applied_that_it_cannot_be_undone(
    manager: Client, plan: Plan
) -> None:
    def work(book: Any) -> None:
        put("Actions", 3, "Progress against actions/impact", "Two visits made")(book)
        put("Actions", 3, "Progress as at", date(2026, 10, 12))(book)

    book = changed(written(plan, Layout.WRITTEN_STATEMENT), work)
    form = filled(manager, HERE) | {"plan": plan.code, "file": SimpleUploadedFile("a.xlsx", book)}
    manager.post(HERE, form)
    run_jobs()
    here = f"/administration/imports/{Import.objects.get().public_id}/"
    assert "Once it is applied it cannot be undone." in manager.get(here).content.decode()

    manager.post(f"{here}apply/")
    run_jobs()

    page = manager.get(here).content.decode()
    assert "This import cannot be undone. What was said of an action" in page
    assert "Undo this import" not in page


def run_jobs() -> None:
    for job in Job.objects.filter(finished_at__isnull=True):
        jobs.run(job_id=job.pk)


def test_own_columns_name_ours(manager: Client, plan: Plan) -> None:
    form = filled(manager, HERE) | {"columns": "Task = Deed", "file": SimpleUploadedFile("a.csv", b"Task\nOne\n")}

    page = manager.post(HERE, form).content.decode()

    assert "Write each line as your column = one of ours" in page
    assert not Import.objects.exists()


def test_who_only_sees_plans_brings_none(officer: Client, client_of: ClientOf, cast: Cast) -> None:
    assert officer.get(HERE).status_code == 404
    assert client_of(cast.administrator).get(HERE).status_code == 404


def test_plan_whose_page_leads_here_is_chosen_and_nothing_else_is_filled_from_the_address(
    manager: Client, plan: Plan
) -> None:
    assert f'href="{HERE}?plan={plan.code}"' in manager.get(f"/plans/{plan.code}/paper/").content.decode()

    form = manager.get(f"{HERE}?plan={plan.code}&token=mine&title=Mine").context["form"]

    assert f'<option value="{plan.code}" selected>' in str(form["plan"])
    assert form["token"].value() != "mine"
    assert not form["title"].value()
    assert " selected>" not in str(manager.get(f"{HERE}?plan=none").context["form"]["plan"]).split(plan.code)[1]
