"""The lists that an administrator keeps, and what follows from them on the pages that use them."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from casework.models import ListItem, TimelineEvent
from casework.selectors import lists
from exclusions.models import Exclusion, OutcomeEvent, Provider
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import ClientOf

OUTCOMES = "/administration/lists/outcomes/"


@pytest.fixture
def administrator(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.administrator)


def add(client: Client, address: str = OUTCOMES, **changes: str) -> Any:
    typed = {
        "token": str(uuid.uuid4()), "version": "0", "label": "Averted by a managed move", "counts_as": "averted",
        "valid_from": "", "valid_to": "",
    } | changes  # fmt: skip
    return client.post(address, typed)


def test_every_list_is_shown_with_its_built_in_items(administrator: Client) -> None:
    page = administrator.get("/administration/lists/").content.decode()

    for key, words in (
        ("outcomes", "Governors"),
        ("provider-kinds", "Online school"),
        ("meeting-kinds", "Pupil planning meeting"),
    ):
        assert f"/administration/lists/{key}/" in page
        assert words.lower() in administrator.get(f"/administration/lists/{key}/").content.decode().lower()


def test_outcome_of_the_councils_own_counts_as_its_event_of_law(
    administrator: Client, officer: Client, exclusion: Exclusion
) -> None:
    token = str(uuid.uuid4())
    for _ in range(2):
        add(administrator, token=token)
    page = officer.get(f"/exclusions/{exclusion.case.reference}/outcome/").content.decode()

    officer.post(
        f"/exclusions/{exclusion.case.reference}/outcome/",
        {
            "token": str(uuid.uuid4()),
            "version": "1",
            "event": "averted-by-a-managed-move",
            "on": "3/11/2026",
            "note": "",
        },
    )

    assert "Averted by a managed move" in page
    event = OutcomeEvent.objects.get()
    assert (event.event, event.wording) == ("averted", "averted-by-a-managed-move")
    assert Exclusion.objects.with_outcome(as_at=date(2026, 11, 4)).get().outcome == "averted"
    assert TimelineEvent.objects.filter(data__said="Averted by a managed move").exists()
    shown = officer.get(f"/exclusions/{exclusion.case.reference}/").content.decode()
    assert "Averted by a managed move on Tuesday 3 November 2026. It counts as: averted." in shown


def test_item_outside_its_days_is_not_offered_and_stays_on_records(
    administrator: Client, officer: Client, exclusion: Exclusion
) -> None:
    add(administrator, valid_to="1/11/2026")
    add(administrator, label="Rescinded on advice", counts_as="cancelled", valid_from="5/11/2026")

    page = officer.get(f"/exclusions/{exclusion.case.reference}/outcome/").content.decode()

    assert "Averted by a managed move" not in page
    assert "Rescinded on advice" not in page
    assert lists.labels("outcomes")["averted-by-a-managed-move"] == "Averted by a managed move"


def test_built_in_item_gets_other_words_and_dates_and_keeps_its_part(administrator: Client) -> None:
    address = f"{OUTCOMES}averted/"

    add(administrator, address, label="Averted by our team")
    stale = add(administrator, address, label="Averted by somebody", version="0")

    item = next(each for each in lists.items("outcomes") if each.code == "averted")
    assert (item.label, item.counts_as, item.built_in, item.version) == ("Averted by our team", "averted", True, 1)
    assert "Somebody else changed this item" in stale.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"label": ""}, "label", "Enter words"), ({"label": "Averted"}, "label", "The list has an item of these words"),
        ({"label": "???"}, "label", "The list has an item of these words"), ({"counts_as": ""}, "counts_as", "Choose counts as"),
        ({"counts_as": "abolished"}, "counts_as", "Choose one from the list"),
        ({"valid_from": "2/11/2026", "valid_to": "1/11/2026"}, "valid_to", "The last day must be"),
        ({"valid_from": "soon"}, "valid_from", "'soon' is not a day"),
    ],
)  # fmt: skip
def test_wrong_item_is_refused_at_its_field(
    changes: dict[str, str], field: str, message: str, administrator: Client
) -> None:
    answer = add(administrator, **changes)

    assert notice.errors(answer)[field].startswith(message)
    assert not ListItem.objects.exists()


def test_same_words_twice_are_one_item(administrator: Client) -> None:
    add(administrator)

    assert "The list has an item" in notice.errors(add(administrator, label="averted BY a managed move!"))["label"]


def test_kind_of_provider_stands_beside_its_name(administrator: Client, officer: Client, exclusion: Exclusion) -> None:
    add(administrator, "/administration/lists/provider-kinds/", label="Hospital school")
    Provider.objects.create(name="Larkrise Unit", kind="hospital-school")

    page = officer.get(f"/exclusions/{exclusion.case.reference}/provision/").content.decode()

    assert "Larkrise Unit (Hospital school)" in page


@pytest.mark.parametrize("who", ["asha", "ruth", "stranger"])
def test_colleague_without_the_right_keeps_no_list(who: str, cast: Cast, client_of: ClientOf) -> None:
    colleague = client_of(cast.everybody()[who])

    assert add(colleague).status_code == 404
    assert colleague.get("/administration/lists/").status_code == 404
    assert not ListItem.objects.exists()


def test_list_or_item_that_is_not_there_is_not_found(administrator: Client) -> None:
    for address in ("/administration/lists/nothing/", f"{OUTCOMES}nothing/"):
        assert administrator.get(address).status_code == 404


@pytest.mark.parametrize("words", ["averted BY a managed move!", "upheld BY governors", "Averted by our team"])
def test_item_is_not_given_the_words_of_another(administrator: Client, words: str) -> None:
    add(administrator)
    add(administrator, f"{OUTCOMES}averted/", label="Averted by our team")
    add(administrator, label="Rescinded on advice", counts_as="cancelled")
    other = {"label": words, "version": "1"}

    renamed = add(administrator, f"{OUTCOMES}rescinded-on-advice/", **other)
    added = add(administrator, label=words)
    cased = add(administrator, f"{OUTCOMES}rescinded-on-advice/", label="rescinded on Advice", version="1")

    assert (
        notice.errors(renamed)["label"]
        == notice.errors(added)["label"]
        == "The list has an item of these words already"
    )
    assert cased.status_code == 302
    assert lists.labels("outcomes")["rescinded-on-advice"] == "rescinded on Advice"
