"""What is said of actions, what is decided over the rule, and who holds a role."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories.wsoa import place
from wsoa.models import Action, ActionPlace, Plan, Role, RoleHolder, StateChoice
from wsoa.rules.states import Proposed
from wsoa.rules.terms import State
from wsoa.selectors.standing import Stood, states_by_priority, stood
from wsoa.services import action_edits, actions, roles

DAY = timedelta(days=1)


def standing(plan: Plan, reference: str = "1.1.2", *, on: date = TODAY) -> Stood:
    return stood(ActionPlace.objects.filter(pk=place(plan, reference).pk), on=on)[0]


def test_state_follows_what_was_said(plan: Plan, cast: Cast) -> None:
    action = place(plan).action
    assert standing(plan).standing.state is State.OVERDUE

    actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY - 2 * DAY, per_cent=100)
    assert standing(plan).standing.state is State.COMPLETE
    assert standing(plan, on=TODAY - 3 * DAY).standing.state is State.OVERDUE

    actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY - DAY, per_cent=75)
    actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY, text="Opened again")
    assert standing(plan).standing.state is State.OVERDUE
    assert standing(plan).last_update_on == TODAY


def test_behind_is_the_last_word(plan: Plan, cast: Cast) -> None:
    action = place(plan, "1.1.1").action

    actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY, behind=True)
    assert standing(plan, "1.1.1").standing.state is State.BEHIND

    actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY, behind=False)
    assert standing(plan, "1.1.1").standing.state is State.ON_TRACK


def test_words_alone_leave_what_was_said_of_the_schedule(plan: Plan, cast: Cast) -> None:
    action = place(plan, "1.1.1").action
    actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY - DAY, behind=True)
    actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY, text="Two visits made")

    now = standing(plan, "1.1.1")
    assert (now.standing.state, now.last_update_on) == (State.BEHIND, TODAY)
    first = plan.priorities.get(position=1)
    assert State.BEHIND in states_by_priority(ActionPlace.objects.standing(), on=TODAY)[first.pk]

    actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY, behind=False)
    assert standing(plan, "1.1.1").standing.state is State.ON_TRACK
    assert State.BEHIND not in states_by_priority(ActionPlace.objects.standing(), on=TODAY)[first.pk]


def test_rounds_before_an_action_was_added_did_not_ask_of_it(plan: Plan, cast: Cast) -> None:
    priority = plan.priorities.get(position=2)
    Action.objects.filter(places__priority=priority).update(retired_on=TODAY, retired_because="Merged")
    new = action_edits.add_action(
        by=cast.ruth, on=TODAY - 8 * DAY, priority=priority, reference="2.1.9", words=action_edits.Words("Hire two"),
        dates="Mar 27",
    )  # fmt: skip
    assert new.added_on == TODAY - 8 * DAY
    places = ActionPlace.objects.standing().filter(priority__plan=plan)

    def now(*asked_on: date) -> tuple[State, list[State], bool]:
        by_priority = states_by_priority(places, on=TODAY, asked_on=asked_on)[priority.pk]
        (found,) = stood(places.filter(pk=new.pk), on=TODAY, asked_on=asked_on)
        return found.standing.state, by_priority, found.stale

    before = (TODAY - 30 * DAY, TODAY - 8 * DAY)
    assert now(*before) == (State.ON_TRACK, [State.ON_TRACK], False)
    assert now(*before, TODAY - 7 * DAY) == (State.NO_UPDATE, [State.NO_UPDATE], False)
    assert now(*before, TODAY - 7 * DAY, TODAY) == (State.NO_UPDATE, [State.NO_UPDATE], True)


def test_update_says_something(plan: Plan, cast: Cast) -> None:
    with pytest.raises(actions.NothingSaid):
        actions.say(by=cast.ruth, at=NOW, action=place(plan).action, on=TODAY, text="  ")


def decide(
    plan: Plan, cast: Cast, state: State | None, *, seen: int, reason: str = "The board agreed a later day"
) -> None:
    rule = Proposed(State.OVERDUE, "Its date, 30 September 2026, has passed")
    actions.set_state(
        by=cast.ruth, at=timezone.now(), action=place(plan).action, seen=seen, rule=rule, state=state, reason=reason
    )


@pytest.mark.usefixtures("today")
def test_decision_stands_over_the_rule_and_keeps_both(plan: Plan, cast: Cast) -> None:
    decide(plan, cast, State.ON_TRACK, seen=0)

    now = standing(plan).standing
    assert (now.state, now.proposed.state, now.reason, now.by) == (
        State.ON_TRACK, State.OVERDUE, "The board agreed a later day", cast.ruth.name,
    )  # fmt: skip
    kept = StateChoice.objects.get()
    assert (kept.proposed, kept.state) == ("overdue", "on track")
    with pytest.raises(actions.Stale):
        decide(plan, cast, State.BEHIND, seen=0)

    decide(plan, cast, None, seen=1, reason="It is late after all")
    assert standing(plan).standing.state is State.OVERDUE
    with pytest.raises(actions.SameAsRule):
        decide(plan, cast, None, seen=2)


@pytest.mark.usefixtures("today")
def test_decision_is_never_changed_and_never_without_a_reason(plan: Plan, cast: Cast) -> None:
    decide(plan, cast, State.ON_TRACK, seen=0)

    with pytest.raises(DatabaseError), transaction.atomic():
        StateChoice.objects.update(state="complete")
    with pytest.raises(DatabaseError), transaction.atomic():
        decide(plan, cast, State.BEHIND, seen=1, reason="")


def test_nothing_more_is_said_of_what_was_set_aside(plan: Plan, cast: Cast) -> None:
    action = place(plan).action
    action.retired_on, action.retired_because = TODAY, "Taken into another plan"
    action.save()

    with pytest.raises(actions.Retired):
        actions.say(by=cast.ruth, at=NOW, action=action, on=TODAY, text="More")
    with pytest.raises(actions.Retired):
        decide(plan, cast, State.COMPLETE, seen=0)


def test_role_has_one_holder_at_a_time(plan: Plan, cast: Cast) -> None:
    role = Role.objects.get(code="PACC")
    first = roles.give_role(by=cast.ruth, role=role, version=1, first_day=date(2026, 1, 1), name="Nerissa Vale")
    assert first is not None
    with pytest.raises(roles.Stale):
        roles.give_role(by=cast.ruth, role=role, version=1, first_day=TODAY, name="Somebody")
    with pytest.raises(roles.BeforeHolder):
        roles.give_role(by=cast.ruth, role=role, version=2, first_day=date(2026, 1, 1), name="Somebody")

    roles.give_role(by=cast.ruth, role=role, version=2, first_day=TODAY, name="Corin Ashby", person=cast.imran)
    first.refresh_from_db()
    assert first.last_day == TODAY - DAY

    assert roles.give_role(by=cast.ruth, role=role, version=3, first_day=TODAY + DAY) is None
    assert RoleHolder.objects.get(name="Corin Ashby").last_day == TODAY
    with pytest.raises(DatabaseError), transaction.atomic():
        RoleHolder.objects.create(role=role, name="Two at once", first_day=TODAY)
