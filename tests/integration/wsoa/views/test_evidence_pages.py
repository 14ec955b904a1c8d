"""Evidence of an action: known by its content, handed out to whoever sees plans, withdrawn with a reason, never deleted."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, transaction
from django.test import Client

from casework.scanning import Verdict
from tests import documents as made
from tests.cast import Cast
from tests.factories.wsoa import place
from tests.integration.wsoa.views.test_plan_pages import HERE, words
from tests.page_form import errors, filled
from wsoa.models import Action, Evidence, EvidenceContent, Plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def there(plan: Plan, tail: str = "") -> str:
    return f"{HERE}actions/{place(plan).action_id}/{tail}"


def send(client: Client, plan: Plan, data: bytes = made.PDF, **typed: Any) -> Any:
    page = there(plan, "evidence/add/")
    file = SimpleUploadedFile("Zephyrine Quill.exe", data)
    return client.post(page, filled(client, page, **({"title": "Model of outreach", "file": file} | typed)))


def test_evidence_is_kept_listed_and_handed_out(manager: Client, officer: Client, plan: Plan, cast: Cast) -> None:
    assert send(manager, plan).status_code == 302

    kept = Evidence.objects.get()
    assert (kept.title, kept.type, kept.added_by) == ("Model of outreach", "pdf", cast.ruth)
    page = words(officer.get(there(plan)))
    assert "Model of outreach" in page
    assert "Zephyrine" not in page
    handed = officer.get(there(plan, f"evidence/{kept.public_id}/"))
    assert bytes(handed.content) == made.PDF
    assert handed.headers["Content-Disposition"] == f'attachment; filename="evidence-{str(kept.public_id)[:8]}.pdf"'
    assert handed.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "The file is empty"), (b"MZ" + b"\0" * 90, "whatever its name says"), (made.PDF[:40], "damaged or cut short")]
)  # fmt: skip
def test_file_that_is_no_document_is_refused_and_nothing_typed_is_lost(
    manager: Client, plan: Plan, data: bytes, said: str
) -> None:
    answer = send(manager, plan, data)

    assert said in errors(answer)["file"]
    assert 'value="Model of outreach"' in answer.content.decode()
    assert not Evidence.objects.exists()


def test_same_file_twice_a_second_click_and_too_much_are_told(manager: Client, plan: Plan, settings: Any) -> None:
    send(manager, plan)
    assert "has the same file already, as “Model of outreach”" in errors(send(manager, plan, title="Again"))["file"]
    settings.DOCUMENTS_A_CASE = len(made.PDF)
    assert "together: this is too much" in errors(send(manager, plan, b"Two providers were visited."))["file"]
    assert Evidence.objects.count() == 1


def test_scanner_stops_a_file(manager: Client, plan: Plan, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Verdict(clean=False, scanner="Invented 1.0")
    monkeypatch.setattr("casework.scanning.ask", lambda data: found, raising=False)
    settings.DOCUMENT_SCANNER = "casework.scanning.ask"

    assert "The virus scanner stopped this file" in errors(send(manager, plan))["file"]
    assert not Evidence.objects.exists()


def test_withdrawn_evidence_opens_for_nobody_and_stays_told(manager: Client, officer: Client, plan: Plan) -> None:
    send(manager, plan)
    kept = Evidence.objects.get()
    page = there(plan, f"evidence/{kept.public_id}/withdraw/")
    assert "because" in errors(manager.post(page, filled(manager, page)))
    form = filled(manager, page, because="Another action's")

    assert manager.post(page, form).status_code == 302
    assert manager.post(page, form).status_code == 302

    assert officer.get(there(plan, f"evidence/{kept.public_id}/")).status_code == 404
    told = words(officer.get(there(plan)))
    assert "Withdrawn by Ruth Penhale, 4 November 2026: Another action&#x27;s" in told
    with pytest.raises(InternalError), transaction.atomic():
        EvidenceContent.objects.update(content=b"other")
    assert send(manager, plan).status_code == 302


def test_evidence_of_another_action_is_not_found_here(manager: Client, plan: Plan) -> None:
    send(manager, plan)
    other = place(plan, "1.1.1").action_id

    assert manager.get(f"{HERE}actions/{other}/evidence/{Evidence.objects.get().public_id}/").status_code == 404


def test_officer_adds_none_and_an_action_set_aside_takes_none(manager: Client, officer: Client, plan: Plan) -> None:
    assert officer.get(there(plan, "evidence/add/")).status_code == 404
    Action.objects.filter(pk=place(plan).action_id).update(retired_on="2026-11-04", retired_because="Merged")

    assert "take it back first" in send(manager, plan).content.decode()
    assert not Evidence.objects.exists()
