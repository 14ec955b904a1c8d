"""Actions of a panel: kept from what is recorded, given, done, taken up again, and whoever is late reminded."""

from typing import Any

import pytest
from django.test import Client

from casework.models import Message, Reading
from exclusions.models import Exclusion
from panels.models import AgendaItem, ItemAction
from panels.services import records
from tests.cast import Cast, signed_in
from tests.conftest import NOW, TODAY, ClientOf
from tests.factories import panels as rows
from tests.integration.panels.views.test_run_pages import (
    DECIDED,
    chair,
    everybody,
    item,
    on_the_agenda,
    panel_of,
    send,
    spp,
)
from tests.integration.panels.words import words
from tests.page_form import errors, filled

__all__ = ["chair", "item", "spp"]

HERE = "/panels/spp/actions/"
LINES = "Asha Verma to write to the school by 5 November\nRing the parents\nReport back by 3 December"


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    return signed_in(client, cast.asha)


@pytest.fixture
def recorded(chair: Client, item: AgendaItem, cast: Cast) -> AgendaItem:
    assert send(chair, item, everybody(cast), **DECIDED, actions=LINES).status_code == 302
    return item


def action(words_of_it: str) -> ItemAction:
    return ItemAction.objects.get(text__startswith=words_of_it)


def rows_of(client: Client, state: str = "") -> list[str]:
    return [row["cells"][0]["text"] for row in client.get(HERE, {"state": state}).context["rows"]]


def change(client: Client, of: ItemAction, **typed: Any) -> Any:
    sent = filled(client, f"{HERE}{of.pk}/", **typed)
    return client.post(f"{HERE}{of.pk}/", {name: "" if value is None else value for name, value in sent.items()})


def test_each_line_recorded_is_an_action_with_the_owner_and_the_day_it_names(
    recorded: AgendaItem, clerk: Client, cast: Cast
) -> None:
    assert list(ItemAction.objects.order_by("pk").values_list("text", "owner", "due")) == [
        ("Asha Verma to write to the school by 5 November", cast.asha.pk, TODAY.replace(day=5)),
        ("Ring the parents", None, None),
        ("Report back by 3 December", None, TODAY.replace(month=12, day=3)),
    ]
    page = words(clerk.get(HERE))
    assert "To do" in page
    assert "No day set" in page
    assert recorded.referral
    assert recorded.referral.reference in page
    assert Reading.objects.filter(surface="actions of a panel", pupil=recorded.referral.pupil).exists()


def test_nothing_is_kept_of_a_draft(chair: Client, item: AgendaItem, cast: Cast) -> None:
    sent = filled(
        chair, f"/panels/spp/sittings/{TODAY}/run/{item.pk}/", present=everybody(cast), actions=LINES, do="keep"
    )
    chair.post(f"/panels/spp/sittings/{TODAY}/run/{item.pk}/", sent)

    assert not ItemAction.objects.exists()


def test_item_recorded_anew_keeps_what_was_said_and_drops_what_it_leaves_out(
    recorded: AgendaItem, chair: Client, clerk: Client, cast: Cast
) -> None:
    change(clerk, action("Ring"), done_on="today", came_of="They agree")
    again: dict[str, Any] = {"by": cast.chair, "at": NOW, "on": TODAY, "sitting": recorded.sitting, "item": recorded.pk}
    records.reopen(**again)

    assert (
        send(chair, recorded, everybody(cast), **DECIDED, actions="Ring the parents\nSend the papers").status_code
        == 302
    )

    assert sorted(rows_of(clerk, "all")) == ["Ring the parents", "Send the papers"]
    assert action("Ring").came_of == "They agree"
    assert action("Report").dropped_at is not None
    records.reopen(**again)
    send(chair, recorded, everybody(cast), **DECIDED, actions="Report back by 3 December")
    assert rows_of(clerk, "all") == ["Report back by 3 December"]


def test_action_whose_line_is_put_right_keeps_what_was_said_of_it(
    recorded: AgendaItem, chair: Client, clerk: Client, cast: Cast
) -> None:
    change(clerk, action("Asha"), done_on="today", came_of="Sent")
    records.reopen(by=cast.chair, at=NOW, on=TODAY, sitting=recorded.sitting, item=recorded.pk)

    lines = "Asha Verma to write to the school by 6 November\nRing the parents"
    assert send(chair, recorded, everybody(cast), **DECIDED, actions=lines).status_code == 302

    held = action("Asha")
    assert (held.text, held.due, held.came_of) == (lines.splitlines()[0], TODAY.replace(day=6), "Sent")
    assert sorted(rows_of(clerk, "all")) == sorted(lines.splitlines())


def test_actions_are_those_of_the_minutes_once_they_are_approved(
    recorded: AgendaItem, chair: Client, clerk: Client, cast: Cast
) -> None:
    minutes = f"/panels/spp/sittings/{TODAY}/minutes/"
    page = f"{minutes}{recorded.pk}/correct/"
    clerk.post(page, filled(clerk, page, actions="Ring the parents by 9 November\nImran Siddiqui to visit"))
    assert len(rows_of(clerk)) == 3

    assert chair.post(f"{minutes}approve/", filled(chair, f"{minutes}approve/")).status_code == 302

    assert rows_of(clerk) == ["Ring the parents by 9 November", "Imran Siddiqui to visit"]
    assert (action("Ring").due, action("Imran").owner) == (TODAY.replace(day=9), cast.imran)


def test_action_is_given_done_and_taken_up_again(recorded: AgendaItem, clerk: Client, cast: Cast) -> None:
    ring = action("Ring")
    stale = filled(clerk, f"{HERE}{ring.pk}/", done_on="today")

    assert change(clerk, ring, owner=str(cast.member.pk), due="9 November").status_code == 302

    ring.refresh_from_db()
    assert (ring.owner, ring.due) == (cast.member, TODAY.replace(day=9))
    answer = clerk.post(f"{HERE}{ring.pk}/", {name: value or "" for name, value in stale.items()})
    assert "Somebody else changed this action" in answer.content.decode()
    assert change(clerk, ring, done_on="today", came_of="They agree").status_code == 302
    assert "4 November 2026: They agree" in words(clerk.get(HERE, {"state": "done"}))
    assert "Ring the parents" not in rows_of(clerk)
    assert change(clerk, ring, done_on="", came_of="").status_code == 302
    assert "Ring the parents" in rows_of(clerk)


def test_second_click_changes_once(recorded: AgendaItem, clerk: Client) -> None:
    ring = action("Ring")
    sent = {name: value or "" for name, value in filled(clerk, f"{HERE}{ring.pk}/", done_on="today").items()}

    assert [clerk.post(f"{HERE}{ring.pk}/", sent).status_code for _ in range(2)] == [302, 302]

    ring.refresh_from_db()
    assert ring.version == 2


@pytest.mark.parametrize(
    ("typed", "at", "says"),
    [
        ({"due": "3 November"}, "due", "before the panel set it"),
        ({"due": "soon"}, "due", "is not a day"),
        ({"done_on": "tomorrow"}, "done_on", "today or a day before"),
        ({"done_on": "yesterday"}, "done_on", "before the panel set it"),
        ({"came_of": "They agree"}, "done_on", "the day on which it was done"),
        ({"owner": "0"}, "owner", "Choose one from the list"),
    ],
)
def test_what_cannot_be_is_said_at_its_place_and_what_was_typed_stays(
    typed: dict[str, str], at: str, says: str, recorded: AgendaItem, clerk: Client
) -> None:
    answer = change(
        clerk, action("Ring"), **({"came_of": "Zebra", "done_on": "today"} | typed if at != "done_on" else typed)
    )

    assert says in errors(answer)[at]
    assert action("Ring").version == 1
    if at != "done_on":
        assert "Zebra" in answer.content.decode()


def test_nobody_who_is_out_of_the_item_is_given_its_action(
    recorded: AgendaItem, clerk: Client, cast: Cast, exclusion: Exclusion
) -> None:
    rows.connection(cast.member, kind="works_at", school=exclusion.school)

    answer = change(clerk, action("Ring"), owner=str(cast.member.pk))

    assert "out of the item" in errors(answer)["owner"]
    assert action("Ring").owner is None


def test_whoever_is_named_in_a_line_and_out_of_the_item_has_no_action(
    exclusion: Exclusion, cast: Cast, client_of: ClientOf
) -> None:
    panel = panel_of(cast)
    listed = on_the_agenda(panel, exclusion, cast)
    rows.connection(cast.imran, kind="works_at", school=exclusion.school)
    lines = "Imran Siddiqui to ring"

    assert send(client_of(cast.chair), listed, everybody(cast), **DECIDED, actions=lines).status_code == 302

    assert action("Imran").owner is None


def test_whoever_is_late_is_reminded_once_a_day_without_a_word_of_the_action(
    recorded: AgendaItem, clerk: Client, cast: Cast
) -> None:
    ItemAction.objects.filter(text__startswith="Asha").update(due="2026-11-03")
    ItemAction.objects.filter(text__startswith="Ring").update(due="2026-11-03", owner=cast.member)
    assert "Remind whoever is late (2)" in words(clerk.get(HERE))
    sent = filled(clerk, f"{HERE}chase/")

    assert clerk.post(f"{HERE}chase/", sent).status_code == 302
    assert clerk.post(f"{HERE}chase/", sent).status_code == 302

    mails = Message.objects.filter(kind="panel actions late")
    assert sorted(mails.values_list("recipient", flat=True)) == sorted([cast.asha.email, cast.member.email])
    for mail in mails:
        assert mail.body.count("An action of the sitting on 4 November 2026, due on 3 November 2026") == 1
        assert "Ring" not in mail.subject + mail.body
        assert "write" not in mail.subject + mail.body
        assert recorded.referral
        assert recorded.referral.reference not in mail.body
    assert "reminded on 4 November 2026" in words(clerk.get(HERE))
    assert "Nobody is to be reminded" in words(clerk.get(f"{HERE}chase/"))
    assert "each owner was today" in words(clerk.post(f"{HERE}chase/", filled_again(clerk)))


def filled_again(clerk: Client) -> dict[str, Any]:
    """Return a fresh page's form: a page opened before all was reminded can be sent after."""
    import uuid

    return {"token": str(uuid.uuid4())}


def test_owner_who_has_a_tie_since_is_not_reminded(
    recorded: AgendaItem, clerk: Client, cast: Cast, exclusion: Exclusion
) -> None:
    ItemAction.objects.update(due="2026-11-03", owner=cast.member)
    rows.connection(cast.member, kind="works_at", school=exclusion.school)

    answer = clerk.post(f"{HERE}chase/", filled(clerk, f"{HERE}chase/"))

    assert "Nobody is to be reminded" in answer.content.decode()
    assert not Message.objects.filter(kind="panel actions late").exists()


def test_list_narrows_by_the_address_and_nonsense_shows_what_is_open(
    recorded: AgendaItem, clerk: Client, cast: Cast
) -> None:
    ItemAction.objects.filter(text__startswith="Report").update(due="2026-11-03")

    assert rows_of(clerk) == [
        "Report back by 3 December", "Asha Verma to write to the school by 5 November", "Ring the parents",
    ]  # fmt: skip
    assert rows_of(clerk, "late") == ["Report back by 3 December"]
    assert rows_of(clerk, "mine") == ["Asha Verma to write to the school by 5 November"]
    assert rows_of(clerk, "nobody") == ["Report back by 3 December", "Ring the parents"]
    assert rows_of(clerk, "done") == []
    assert len(rows_of(clerk, "nonsense")) == 3


def test_list_is_paged_and_asks_no_more_of_many(
    recorded: AgendaItem, clerk: Client, django_assert_max_num_queries: Any
) -> None:
    clerk.get(HERE)
    with django_assert_max_num_queries(40) as few:
        clerk.get(HERE)
    ItemAction.objects.bulk_create(
        ItemAction(item=recorded, text=f"Action {number}", set_at=NOW) for number in range(60)
    )
    with django_assert_max_num_queries(40) as many:
        page = clerk.get(HERE)

    assert len(many) == len(few)
    assert "1 to 50 of 63" in words(page)


def test_school_user_and_member_find_no_list(recorded: AgendaItem, cast: Cast, client_of: ClientOf) -> None:
    for who in (cast.school_user, cast.member, cast.chair, cast.administrator):
        assert client_of(who).get(HERE).status_code == 404
