"""Scores of a panel's schools: published once they were checked, and what turns make of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import School
from panels.models import Panel, SchoolScore, ScorePublication
from panels.rules.quorum import Need
from panels.rules.terms import FairnessModel
from panels.selectors.turns import turns_of
from panels.services import scores as services
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import scores as score_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HERE = "/panels/fap-secondary/turns/scores/"
PUBLISH = f"{HERE}publish/"
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def panel(cast: Cast) -> Panel:
    found = rows.panel(name="Fair Access Panel, secondary")
    rows.terms(found, by=cast.administrator, quorum=(Need(1),), fairness=FairnessModel.BASELINE)
    return found


@pytest.fixture
def schools(place: Place) -> list[School]:
    found = [place.school, sitting_rows.another_school("Skelwick High School", place.school)]
    for school in found:
        score_rows.counted(school)
    return found


@pytest.fixture
def clerk(panel: Panel, schools: list[School], cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.asha)


def check(client: Client, lines: str, in_force_from: str = "1/9/2026") -> Any:
    sent = filled(client, PUBLISH, in_force_from=in_force_from, lines=lines)
    return client.post(PUBLISH, sent | {"step": "check"})


def publish(client: Client, lines: str, in_force_from: str = "1/9/2026") -> Any:
    sent = filled(client, PUBLISH, in_force_from=in_force_from, lines=lines)
    checked = client.post(PUBLISH, sent | {"step": "check"}).context["form"]["checked"].value()
    return client.post(PUBLISH, sent | {"step": "publish", "checked": checked})


def test_scores_are_shown_before_they_are_published_and_turns_begin_with_them(
    clerk: Client, panel: Panel, schools: list[School]
) -> None:
    assert "No scores are in force" in words(clerk.get(HERE))
    assert "no scores are published" in words(clerk.get("/panels/fap-secondary/turns/"))
    lines = score_rows.pasted(panel, on=TODAY)

    shown = words(check(clerk, lines))
    assert "Check the scores" in shown
    assert not ScorePublication.objects.exists()

    assert publish(clerk, lines).headers["Location"] == HERE
    page = words(clerk.get(HERE))
    assert "in force from 1 September 2026" in page
    turns = words(clerk.get("/panels/fap-secondary/turns/"))
    assert "Each school begins the year with its published score of pressures" in turns
    first, last = SchoolScore.objects.order_by("rank")
    assert f"Balances add up to {first.score + last.score}." in turns
    assert f"published score {first.score}" in turns
    assert (first.rank, last.rank) == (1, 2)
    assert last.score - first.score == Decimal(1)


def test_lines_are_offered_for_each_school_and_then_as_they_were_last(clerk: Client, panel: Panel) -> None:
    offered = clerk.get(PUBLISH).context["form"]["lines"].value()
    assert "Skelwick High School\t\t\t\t\t\t" in offered
    publish(clerk, score_rows.pasted(panel, on=TODAY))

    offered = clerk.get(PUBLISH).context["form"]["lines"].value()
    assert "\t20\t104.5\t5\t3\t10.25" in offered


def test_what_differs_from_what_was_shown_is_shown_again(clerk: Client, panel: Panel) -> None:
    lines = score_rows.pasted(panel, on=TODAY)
    sent = filled(clerk, PUBLISH, in_force_from="1/9/2026", lines=lines)
    checked = clerk.post(PUBLISH, sent | {"step": "check"}).context["form"]["checked"].value()

    for changed in ({"lines": lines.replace("\t3\t", "\t4\t", 1)}, {"in_force_from": "2/9/2026"}):
        answer = clerk.post(PUBLISH, sent | {"step": "publish", "checked": checked} | changed)
        assert "Check the scores" in words(answer)
    assert not ScorePublication.objects.exists()


def test_second_click_publishes_once(clerk: Client, panel: Panel) -> None:
    lines = score_rows.pasted(panel, on=TODAY)
    sent = filled(clerk, PUBLISH, in_force_from="1/9/2026", lines=lines)
    checked = clerk.post(PUBLISH, sent | {"step": "check"}).context["form"]["checked"].value()

    answers = [clerk.post(PUBLISH, sent | {"step": "publish", "checked": checked}) for _ in range(2)]

    assert [each.headers["Location"] for each in answers] == [HERE] * 2
    assert ScorePublication.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("31/7/2026", "Choose a day of this academic year or the next"),
        ("1/8/2028", "Choose a day of this academic year or the next"),
        ("1/9/2026", "Other scores are in force from that day"),
        ("2/9/2026", "Choose today or a later day"),
    ],
)
def test_day_that_would_change_what_was_told_is_refused(clerk: Client, panel: Panel, day: str, says: str) -> None:
    lines = score_rows.pasted(panel, on=TODAY)
    publish(clerk, lines)

    answer = check(clerk, lines, day)

    assert says in errors(answer)["in_force_from"]
    assert "Publish these scores" not in words(answer)
    assert answer.context["form"]["lines"].value() == lines
    assert ScorePublication.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (date(2026, 7, 31), services.OutsideItsYear),
        (date(2028, 8, 1), services.OutsideItsYear),
        (SEPTEMBER, services.SameDay),
        (date(2026, 9, 2), services.BeforeToday),
    ],
)
def test_service_refuses_such_a_day_itself(
    day: date, refused: type[Exception], panel: Panel, schools: list[School], cast: Cast
) -> None:
    score_rows.scores(panel, by=cast.asha, from_=SEPTEMBER)

    with pytest.raises(refused):
        services.publish(
            by=cast.asha, at=NOW, on=TODAY, panel=panel, version=1, in_force_from=day, profiles=[]
        )  # fmt: skip
    assert ScorePublication.objects.count() == 1


def test_wrong_lines_are_told_at_their_place_and_nothing_typed_is_lost(clerk: Client, panel: Panel) -> None:
    lines = score_rows.pasted(panel, on=TODAY).replace("\t104.5\t", "\tgood\t", 1)

    answer = check(clerk, lines)

    assert "Line 2: Attainment on entry" in errors(answer)["lines"]
    assert answer.context["form"]["lines"].value() == lines


def test_scores_published_meanwhile_are_not_overwritten(clerk: Client, panel: Panel, cast: Cast) -> None:
    lines = score_rows.pasted(panel, on=TODAY)
    sent = filled(clerk, PUBLISH, in_force_from="1/1/2027", lines=lines)
    checked = clerk.post(PUBLISH, sent | {"step": "check"}).context["form"]["checked"].value()
    score_rows.scores(panel, by=cast.asha, from_=SEPTEMBER)

    answer = clerk.post(PUBLISH, sent | {"step": "publish", "checked": checked})

    assert "changed" in str(answer.context["form"].non_field_errors())
    assert ScorePublication.objects.count() == 1


def test_school_that_joins_later_is_named_as_without_a_score_until_others_are_published(
    clerk: Client, panel: Panel, schools: list[School], cast: Cast
) -> None:
    publish(clerk, score_rows.pasted(panel, on=TODAY))
    sitting_rows.another_school("Brand New School", schools[0])

    assert "Without a score today:</b> Brand New School" in words(clerk.get(HERE))
    assert "one of its schools has none" in words(clerk.get("/panels/fap-secondary/turns/"))

    score_rows.scores(panel, by=cast.asha, from_=TODAY)
    for address in (HERE, f"{HERE}2026-09-01/"):
        assert "Without a score" not in words(clerk.get(address))


def test_roll_is_weighed_by_capacity_where_places_are_shared_by_roll_and_need(
    clerk: Client, panel: Panel, cast: Cast
) -> None:
    rows.terms(
        panel, by=cast.administrator, from_=date(2026, 10, 1), quorum=(Need(1),), fairness=FairnessModel.WEIGHTED
    )
    assert {school.weight_on(TODAY) for school in turns_of(panel, on=TODAY).ledger.schools} == {1}

    publish(clerk, score_rows.pasted(panel, on=TODAY))

    weights = sorted(school.weight_on(TODAY) for school in turns_of(panel, on=TODAY).ledger.schools)
    assert weights[0] < 1 < weights[1]


def test_published_scores_are_never_changed(clerk: Client, panel: Panel) -> None:
    publish(clerk, score_rows.pasted(panel, on=TODAY))

    changes = (
        SchoolScore.objects.all().delete,
        lambda: SchoolScore.objects.update(rank=9),
        lambda: ScorePublication.objects.all()._raw_delete("default"),
        lambda: ScorePublication.objects.update(in_force_from=TODAY),
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()


def test_scores_of_a_day_keep_their_queries_however_many_schools(
    clerk: Client, panel: Panel, schools: list[School]
) -> None:
    publish(clerk, score_rows.pasted(panel, on=TODAY))
    address = f"{HERE}2026-09-01/"

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert clerk.get(address).status_code == 200
        return len(found)

    clerk.get(address)
    before = queries()
    for number in range(4):
        score_rows.counted(sitting_rows.another_school(f"School {number}", schools[0]))
    publish(clerk, score_rows.pasted(panel, on=TODAY), "today")
    address = f"{HERE}{TODAY}/"
    clerk.get(address)
    assert queries() == before


def test_specialists_have_no_scores_and_only_a_clerk_publishes(
    clerk: Client, panel: Panel, cast: Cast, client_of: ClientOf
) -> None:
    referral_rows.specialists(by=cast.administrator)

    assert clerk.get("/panels/spp/turns/scores/").status_code == 404
    assert clerk.get(f"{HERE}2026-09-02/").status_code == 404
    assert client_of(cast.ruth).get(HERE).status_code == 200
    for who in (cast.ruth, cast.chair, cast.school_user, cast.administrator):
        assert client_of(who).get(PUBLISH).status_code == 404
