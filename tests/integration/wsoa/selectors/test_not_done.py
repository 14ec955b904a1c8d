"""What is not done, asked of the database, is what the rule and those over it say of each action."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.factories.wsoa import place, plan_there
from wsoa.models import ActionPlace, ActionUpdate, StateChoice
from wsoa.rules.terms import State
from wsoa.selectors.standing import not_done, stood

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 4)
AT = "2026-11-03T09:00Z"
TOMORROW = TODAY + timedelta(days=1)

SAID: list[tuple[list[tuple[date, int | None]], list[tuple[str, str]], bool]] = [
    # What was said (day, per cent), what was chosen over the rule (state, moment), and whether it is done.
    ([], [], False),
    ([(TODAY, 100)], [], True),
    ([(TODAY, 99)], [], False),
    ([(TODAY, 100), (TODAY, 50)], [], False),
    ([(TODAY, 50), (TODAY, 100)], [], True),
    ([(TODAY, 100), (TODAY, None)], [], True),
    ([(TOMORROW, 100)], [], False),
    ([(TODAY, 100), (TOMORROW, 20)], [], True),
    ([(TODAY - timedelta(days=9), 100), (TODAY, 20)], [], False),
    ([], [("complete", AT)], True),
    ([], [("complete", "2026-11-05T09:00Z")], False),
    ([(TODAY, 100)], [("behind", AT)], False),
    ([(TODAY, 100)], [("behind", AT), ("", AT)], True),
    ([], [("complete", AT), ("", AT)], False),
    ([(TODAY, 20)], [("behind", AT), ("complete", AT)], True),
    ([], [("complete", AT), ("overdue", AT)], False),
]  # fmt: skip


@pytest.mark.parametrize(("said", "chosen", "done"), SAID)
def test_not_done_leaves_out_what_is_complete(
    said: list[tuple[date, int | None]], chosen: list[tuple[str, str]], done: bool, cast: Cast
) -> None:
    here = place(plan_there())
    for on, per_cent in said:
        ActionUpdate.objects.create(action=here.action, on=on, per_cent=per_cent, text="So it is", at=AT)
    for state, at in chosen:
        StateChoice.objects.create(
            action=here.action, proposed="on track", proposed_because="By rule", state=state, reason="Seen", by=cast.ruth, at=at
        )  # fmt: skip

    (now,) = stood(ActionPlace.objects.filter(pk=here.pk), on=TODAY)
    assert (now.standing.state is State.COMPLETE) is done
    assert not_done(ActionPlace.objects.filter(pk=here.pk), on=TODAY).exists() is not done
