"""The list of panels, a panel's page, and opening, renaming and closing one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panels.models import Panel
from panels.rules.terms import MemberRole
from tests.cast import Cast
from tests.conftest import TODAY, ClientOf
from tests.factories import panels as rows
from tests.page_form import errors, filled
from tests.queries import asked

OPEN, HERE = "/panels/open/", "/panels/fap-secondary/"
TYPED = {
    "name": "Specialist Placement Panel",
    "code": "spp",
    "kind": "specialist_placement",
    "opened_on": "1/9/2026",
}


def words(answer: Any) -> str:
    """Return the words of a page's main part, with one space between them."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(main.split())


def test_list_shows_open_panels_and_closed_ones_when_asked(clerk: Client, fap: Panel, cast: Cast) -> None:
    rows.member(fap, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.terms(fap, by=cast.administrator)
    rows.panel("gone", name="Panel of before", closed_on=date(2025, 8, 31))

    page, closed = words(clerk.get("/panels/")), words(clerk.get("/panels/?state=closed"))

    assert all(said in page for said in (fap.name, "Panel chair", "Since 1 September 2021", 'href="/panels/fap-'))
    assert "Panel of before" not in page
    assert "Closed 31 August 2025" in closed
    assert HERE not in closed
    assert HERE in words(clerk.get("/panels/?state=nonsense"))


def test_empty_list_says_what_will_be_here_and_how_to_begin(clerk: Client, administrator: Client) -> None:
    assert "An administrator opens the Specialist Placement Panel" in words(clerk.get("/panels/"))
    assert "add the terms of each, then appoint" in words(administrator.get("/panels/"))
    assert "No panel has closed" in words(clerk.get("/panels/?state=closed"))


def test_navigation_offers_panels_once_to_each_whose_work_they_are(cast: Cast, client_of: ClientOf) -> None:
    def offered(who: str) -> int:
        return client_of(cast.everybody()[who]).get("/account/").content.decode().count('href="/panels/"')

    counts = {who: offered(who) for who in ("asha", "imran", "ruth", "chair", "member", "administrator", "plan_lead")}

    assert counts == {**dict.fromkeys(counts, 1), "plan_lead": 0}


def test_panel_is_opened_once_however_often_the_form_is_sent(administrator: Client, cast: Cast) -> None:
    sent = filled(administrator, OPEN, **TYPED)

    answers = [administrator.post(OPEN, sent) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/panels/spp/"] * 2
    assert Panel.objects.get().opened_on == date(2026, 9, 1)
    event = apps.get_model("panels", "PanelEvent").objects.get()
    assert event.pgh_context.metadata["user"] == cast.administrator.pk
    assert "is open. Add its terms" in words(administrator.get("/panels/spp/"))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Enter name"),
        ({"name": "Fair Access Panel, secondary"}, "name", "Another panel has this name"),
        ({"code": "FAP Secondary"}, "code", "Use small letters, figures and hyphens"),
        ({"code": "fap-secondary"}, "code", "Another panel has this code"),
        ({"code": "my-connections"}, "code", "Another panel has this code"),
        ({"kind": "tribunal"}, "kind", "Choose one from the list"),
        ({"opened_on": "soon"}, "opened_on", "'soon' is not a day"),
    ],
)
def test_wrong_panel_is_refused_at_its_field_and_what_was_typed_is_kept(
    changes: dict[str, str], field: str, message: str, administrator: Client, fap: Panel
) -> None:
    answer = administrator.post(OPEN, filled(administrator, OPEN, **(TYPED | changes)))

    assert errors(answer)[field].startswith(message)
    assert answer.context["form"]["kind"].value() == (TYPED | changes)["kind"]
    assert Panel.objects.count() == 1


def test_panel_is_renamed_and_a_page_that_is_out_of_date_is_not_obeyed(administrator: Client, fap: Panel) -> None:
    first = filled(administrator, f"{HERE}change/", name="Secondary FAP")
    second = filled(administrator, f"{HERE}change/", name="FAP of secondary schools")

    assert administrator.post(f"{HERE}change/", first).headers["Location"] == HERE
    assert administrator.post(f"{HERE}change/", first).headers["Location"] == HERE
    stale = administrator.post(f"{HERE}change/", second)

    assert "Somebody else changed this panel" in stale.content.decode()
    assert stale.context["form"]["name"].value() == "FAP of secondary schools"
    assert Panel.objects.get().name == "Secondary FAP"


def test_name_of_another_panel_is_refused(administrator: Client, fap: Panel) -> None:
    rows.panel("spp", name="Specialist Placement Panel")

    answer = administrator.post(
        f"{HERE}change/", filled(administrator, f"{HERE}change/", name="Specialist Placement Panel")
    )

    assert errors(answer)["name"] == "Another panel has this name: choose another"


def test_panel_is_closed_and_offers_nothing_to_do_any_more(administrator: Client, fap: Panel, cast: Cast) -> None:
    rows.member(fap, cast.member, by=cast.administrator)
    sent = filled(administrator, f"{HERE}close/", closed_on="today")

    for _ in range(2):
        assert administrator.post(f"{HERE}close/", sent).headers["Location"] == HERE
    page = words(administrator.get(HERE))

    assert "last day 4 November 2026" in page
    assert f"{HERE}close/" not in page
    assert f"{HERE}members/appoint/" not in page
    assert fap.memberships.get().ended_because == "The panel closed"
    again = administrator.post(f"{HERE}close/", filled(administrator, f"{HERE}close/", closed_on="today"))
    assert "This panel has a last day already" in words(again)


def test_panel_cannot_close_before_its_first_day_or_its_members_to_come(
    administrator: Client, fap: Panel, cast: Cast
) -> None:
    rows.member(fap, cast.member, by=cast.administrator, first_day=TODAY + timedelta(days=1))
    address = f"{HERE}close/"

    def refused(day: str, **changes: Any) -> dict[str, str]:
        return errors(administrator.post(address, filled(administrator, address, closed_on=day, **changes)))

    assert refused("31/8/2021")["closed_on"] == "The last day must be 1 September 2021, the first, or later"
    assert refused("today")["closed_on"].startswith("A membership begins after that day")
    assert refused("")["closed_on"] == "Enter the last day of the panel"
    assert refused("1/12/2026", version="7")["__all__"].startswith("Somebody else changed this panel")


def test_page_of_a_panel_tells_its_terms_in_words_and_its_members(clerk: Client, fap: Panel, cast: Cast) -> None:
    by = cast.administrator
    rows.terms(fap, by=by, former_years=3, delegation="The director’s own.", criteria="Nearest first.")
    rows.terms(fap, by=by, from_=TODAY + timedelta(days=60))
    rows.member(fap, cast.chair, by=by, role=MemberRole.CHAIR)
    rows.member(fap, cast.member, by=by, vice_chair_order=1)
    rows.member(fap, cast.imran, by=by, role=MemberRole.OFFICER, last_day=date(2025, 8, 31))
    rows.connection(cast.member)

    page = words(clerk.get(HERE))

    for said in (
        "The panel decides by a majority", "Whoever presides has a casting vote", "At least 3 heads and 5 members.",
        "Rotation. Schools take turns.", "Within 12 school weeks", "For 3 years after it ended",
        "Managed move failed. Moved in the middle of a year", "Are placed another way", "The director’s own.",
        "Nearest first.", "Terms in force since 1 September 2021", "Versions of the terms <span class=\"app-n\">2</span>",
        "stands in for the chair, place 1", "1 connection<", "None said", "Members of before (1)", "31 August 2025",
    ):  # fmt: skip
        assert said in page, said
    assert "End<" not in page
    assert 'href="/panels/fap-secondary/terms/2021-09-01/"' in page


def test_page_without_terms_and_members_says_what_will_stand_there(clerk: Client, fap: Panel) -> None:
    page = words(clerk.get(HERE))

    assert "Nobody sits on this panel today" in page
    assert "No terms are in force today" in page


@pytest.mark.parametrize("who", ["imran", "ruth", "chair", "administrator"])
def test_connections_are_shown_to_the_clerk_alone(who: str, cast: Cast, client_of: ClientOf, fap: Panel) -> None:
    rows.member(fap, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.connection(cast.chair, family_name="Thistlewood")

    page = words(client_of(cast.everybody()[who]).get(HERE))

    assert "Panel chair" in page
    assert "Connections" not in page
    assert "Thistlewood" not in page


def test_administrator_is_offered_what_only_administrators_do(administrator: Client, clerk: Client, fap: Panel) -> None:
    tails = ("change/", "close/", "terms/add/", "members/appoint/")

    assert all(f'href="{HERE}{tail}"' in words(administrator.get(HERE)) for tail in tails)
    assert not any(f'href="{HERE}{tail}"' in words(clerk.get(HERE)) for tail in tails)


@pytest.mark.parametrize("number", [5, 500])
def test_pages_ask_as_much_for_many_as_for_few(number: int, clerk: Client, fap: Panel, cast: Cast) -> None:
    rows.crowd(fap, number)
    rows.terms(fap, by=cast.administrator)
    clerk.get(HERE)

    counts = []
    for address in ("/panels/", HERE):
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(address).status_code == 200
        counts.append(len(asked(captured)))

    # Session, account, whether panels gave the person anything, then what the page needs.
    assert counts == [6, 9]


@pytest.mark.parametrize(
    ("weeks", "says"), [(0, "Never, however early it ends"), (1, "Within 1 school week<"), (6, "Within 6 school weeks")]
)
def test_weeks_within_which_a_place_is_given_back_are_told_in_words(
    weeks: int, says: str, clerk: Client, fap: Panel, cast: Cast
) -> None:
    rows.terms(fap, by=cast.administrator, credit_weeks=weeks)

    assert says in words(clerk.get(HERE))
