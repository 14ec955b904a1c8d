"""What a round asks of leads: a mail each, a link for each action that works once, and nothing by any other way."""

from datetime import date, timedelta

import pytest

from casework.mail import filled
from casework.models import Message, User
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories.wsoa import SITE, asking, led_by_mail, link_of, place
from wsoa.models import ActionUpdate, Plan, Role, Round, RoundAsk
from wsoa.selectors import rounds as selectors
from wsoa.services import actions, asks, roles, rounds

DAY = timedelta(days=1)
DUE = TODAY + 7 * DAY


@pytest.fixture
def held(plan: Plan, cast: Cast) -> Round:
    """A round that is open: one lead has a link for 1.1.2 alone, another an account; 2.1.1 has no lead."""
    led_by_mail("SEN Adviser", by=cast.ruth)
    role = Role.objects.get(code="EAS M’ger")
    roles.give_role(
        by=cast.ruth, role=role, version=1, first_day=date(2026, 1, 1), name="Ruth Penhale", person=cast.ruth
    )
    return asking(plan, by=cast.plan_lead, on=TODAY, due=DUE)


def the_ask() -> RoundAsk:
    return RoundAsk.objects.get(token_hash__isnull=False)


def secret() -> str:
    return asks.secret_of(the_ask())


def answer(**said: object) -> ActionUpdate:
    return asks.answer(at=NOW, on=TODAY, secret=secret(), **({"text": "Two visits made"} | said))  # type: ignore[arg-type]


def test_each_lead_gets_one_mail_and_no_row_tells_a_secret(held: Round) -> None:
    by_link = Message.objects.get(recipient="lead@pacc.example")
    by_account = Message.objects.get(recipient="ruth@marchshire.example")

    assert Message.objects.count() == 2
    assert secret() not in by_link.body + str(the_ask().token_hash)
    assert f"{SITE.rstrip('/')}{link_of(the_ask())}" in filled(by_link)
    assert "1.1.2 Review alternative provision" in by_link.body
    assert "answer/" not in by_account.body
    assert f"/plans/{held.plan.code}/actions/{place(held.plan).action_id}/update/" in by_account.body


def test_every_action_not_done_is_asked_about_and_who_cannot_be_asked_is_told(held: Round) -> None:
    found = [
        (each.place.reference, each.role.code if each.role else None, bool(each.recipient))
        for each in selectors.asks(held)
    ]

    assert found == [
        ("1.1.1", "EAS M’ger", True), ("1.1.2", "EAS M’ger", True), ("1.1.2", "SEN Adviser", True), ("2.1.1", None, False),
    ]  # fmt: skip
    assert selectors.asked(held) == selectors.Asked(actions=3, answered=0, unreached=1)
    assert [each.place.reference for each in selectors.asks(held, show="unreached")] == ["2.1.1"]


def test_action_of_which_one_lead_is_reached_is_not_out_of_reach(held: Round) -> None:
    RoundAsk.objects.create(round=held, place=place(held.plan), role=Role.objects.get(code="PACC"), asked_at=NOW)

    assert selectors.asked(held).unreached == 1


def test_link_answers_once_for_its_action_and_round(held: Round, cast: Cast) -> None:
    said = answer(per_cent=40, behind=True)

    assert (said.action, said.on, said.text, said.per_cent, said.behind) == (
        place(held.plan).action, TODAY, "Two visits made", 40, True,
    )  # fmt: skip
    assert (said.by, said.said_by) == (None, "Lead of SEN Adviser")
    with pytest.raises(asks.Answered):
        answer(text="Twice")
    assert ActionUpdate.objects.filter(by=None, said_by__gt="").count() == 1
    assert selectors.asked(held).answered == 1
    # The other lead of the same action is asked no more; of his other one he is.
    assert [each.place.reference for each in selectors.asks(held, show="waiting")] == ["1.1.1"]


def test_word_by_account_answers_too(held: Round, cast: Cast) -> None:
    actions.say(by=cast.ruth, at=NOW, action=place(held.plan).action, on=TODAY, text="By telephone")

    with pytest.raises(asks.Answered):
        answer()
    assert selectors.asked(held).answered == 1


def test_word_of_a_day_before_the_round_answers_nothing(held: Round, cast: Cast) -> None:
    actions.say(by=cast.ruth, at=NOW, action=place(held.plan).action, on=TODAY - DAY, text="Last week")

    assert selectors.asked(held).answered == 0


@pytest.mark.parametrize("change", [lambda it: it[:-1], lambda it: it + "A", lambda it: it.swapcase(), lambda it: ""])
def test_altered_link_opens_nothing(held: Round, change: object) -> None:
    with pytest.raises(asks.NotALink):
        asks.opened(change(secret()), on=TODAY)  # type: ignore[operator]


def test_link_is_late_after_its_day_and_good_on_it(held: Round) -> None:
    assert asks.opened(secret(), on=DUE)
    with pytest.raises(asks.Late):
        asks.answer(at=NOW, on=DUE + DAY, secret=secret(), text="Late")
    assert not ActionUpdate.objects.filter(text="Late").exists()


def test_closed_round_takes_no_answer_and_an_opened_one_does_again(held: Round, cast: Cast) -> None:
    found = rounds.close_round(by=cast.ruth, round_=held, version=held.version, on=TODAY)
    with pytest.raises(asks.RoundClosed):
        answer()
    rounds.reopen_round(by=cast.ruth, round_=found, version=found.version)

    assert answer()


def test_who_gave_the_role_up_answers_no_more(held: Round, cast: Cast) -> None:
    role = Role.objects.get(code="SEN Adviser")
    roles.give_role(by=cast.ruth, role=role, version=role.version, first_day=TODAY, name="Somebody else")

    with pytest.raises(asks.NotTheirs):
        answer()


def test_action_that_was_set_aside_takes_no_answer(held: Round) -> None:
    action = place(held.plan).action
    action.retired_on, action.retired_because = TODAY, "Merged"
    action.save()

    with pytest.raises(asks.NotTheirs):
        answer()


def test_chasing_asks_again_with_the_same_link_until_a_later_day(held: Round, cast: Cast) -> None:
    before = secret()

    def chased(*, on: date, due: date) -> int:
        return asks.chase(by=cast.ruth, at=NOW, round_=held, site=SITE, on=on, due=due)

    with pytest.raises(asks.BadDay):
        chased(on=TODAY, due=DUE - DAY)

    assert chased(on=DUE + DAY, due=DUE + 3 * DAY) == 2

    assert chased(on=DUE + DAY, due=DUE + 3 * DAY) == 2
    ask = the_ask()
    assert (ask.chased, secret()) == (2, before)
    assert Message.objects.filter(recipient="lead@pacc.example").count() == 3
    assert asks.opened(before, on=DUE + 3 * DAY)


def test_chasing_asks_whoever_holds_the_role_now_and_the_old_link_is_no_more(held: Round, cast: Cast) -> None:
    before = secret()
    role = Role.objects.get(code="SEN Adviser")
    roles.give_role(
        by=cast.ruth,
        role=role,
        version=role.version,
        first_day=TODAY + DAY,
        name="Newcomer",
        email="new@partners.example",
    )

    asks.chase(by=cast.ruth, at=NOW, round_=held, site=SITE, on=TODAY + DAY, due=DUE)

    assert the_ask().recipient == "new@partners.example"
    assert secret() in filled(Message.objects.get(recipient="new@partners.example"))
    assert Message.objects.filter(recipient="lead@pacc.example").count() == 1
    with pytest.raises(asks.NotALink):
        asks.opened(before, on=TODAY + DAY)
    # Nor does the first mail, sent once more, give the new holder's link to the old one.
    again = filled(Message.objects.get(recipient="lead@pacc.example"))
    assert secret() not in again
    assert before not in again


def test_role_that_nobody_holds_any_more_is_chased_no_more_and_one_that_was_filled_is(held: Round, cast: Cast) -> None:
    adviser = Role.objects.get(code="SEN Adviser")
    roles.give_role(by=cast.ruth, role=adviser, version=adviser.version, first_day=TODAY + DAY)
    action = place(held.plan, "2.1.1").action
    role = Role.objects.create(code="Filled later", title="Filled later")
    RoundAsk.objects.filter(round=held, place__action=action).update(role=role)
    roles.give_role(
        by=cast.ruth, role=role, version=1, first_day=TODAY + DAY, name="New lead", email="filled@partners.example"
    )

    asks.chase(by=cast.ruth, at=NOW, round_=held, site=SITE, on=TODAY + DAY, due=DUE)

    gone = RoundAsk.objects.get(round=held, role=adviser)
    assert (gone.holder, gone.recipient, gone.token_hash) == (None, "", None)
    assert Message.objects.filter(recipient="lead@pacc.example").count() == 1
    assert "2.1.1 Map the waits" in Message.objects.get(recipient="filled@partners.example").body


def test_action_set_aside_is_chased_no_more_and_counted_no_more(held: Round, cast: Cast) -> None:
    action = place(held.plan).action
    action.retired_on, action.retired_because = TODAY, "Merged"
    action.save()

    assert selectors.asked(held) == selectors.Asked(actions=2, answered=0, unreached=1)
    assert asks.chase(by=cast.ruth, at=NOW, round_=held, site=SITE, on=TODAY, due=DUE) == 1
    assert Message.objects.filter(recipient="lead@pacc.example").count() == 1


def test_nobody_is_chased_who_answered(held: Round, cast: Cast) -> None:
    for reference in ("1.1.1", "1.1.2"):
        actions.say(by=cast.ruth, at=NOW, action=place(held.plan, reference).action, on=TODAY, text="Done")

    with pytest.raises(asks.NothingToChase):
        asks.chase(by=cast.ruth, at=NOW, on=TODAY, round_=held, due=DUE, site=SITE)


def test_account_that_ended_gets_no_mail(plan: Plan, cast: Cast) -> None:
    role = Role.objects.get(code="SEN Adviser")
    User.objects.filter(pk=cast.asha.pk).update(is_active=False)
    roles.give_role(by=cast.ruth, role=role, version=1, first_day=date(2026, 1, 1), name="Asha", person=cast.asha)

    asking(plan, by=cast.ruth, on=TODAY, due=DUE)

    assert not Message.objects.exists()
