"""An action that waits for another: set, taken away, never in a circle, and marked where the other is late."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import TODAY
from tests.crowd import all_at_once
from tests.factories.wsoa import place, plan_there, waiting, with_actions
from tests.integration.wsoa.views.test_plan_pages import HERE, send, words
from tests.page_form import errors, filled
from tests.queries import asked
from wsoa.models import ActionWait, Plan
from wsoa.services import action_edits, actions, waits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def there(plan: Plan, reference: str = "1.1.1") -> str:
    return f"{HERE}actions/{place(plan, reference).action_id}/"


def test_action_waits_for_another_once_and_both_pages_say_so(manager: Client, plan: Plan) -> None:
    assert "It waits for no other action." in words(manager.get(there(plan)))
    form = filled(manager, f"{there(plan)}waits/add/", which="1.1.2")

    first, twice = (manager.post(f"{there(plan)}waits/add/", form) for _ in range(2))

    assert (first.status_code, twice.status_code) == (302, 302)
    assert ActionWait.objects.count() == 1
    page = words(manager.get(there(plan)))
    assert 'id="waits">Waits for <span class="app-n">1</span>' in page
    assert "1.1.2 Review alternative provision" in page
    assert "Waited for by" not in page
    other = words(manager.get(there(plan, "1.1.2")))
    assert "Waited for by" in other
    assert "1.1.1 Agree the data to report" in other


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ("", "Enter the reference of the action, or some of its words"),
        ("9.9.9", "No action of Written Statement of Action has this reference, or these words"),
        ("a", "More than one action fits: 1.1.1 Agree the data to report; 1.1.2 Review alternative provision"),
        ("1.1.1", "An action cannot wait for itself"),
        ("1.1.2", "This action waits for that one already"),
        ("2.1.1", "1.1.1 would wait for itself: 2.1.1 waits for 1.1.3, which waits for 1.1.1"),
    ],
)
def test_wait_that_cannot_be_is_refused_at_its_field_and_what_was_typed_is_kept(
    manager: Client, plan: Plan, cast: Cast, which: str, said: str
) -> None:
    for action, waits_for in (("1.1.1", "1.1.2"), ("2.1.1", "1.1.3"), ("1.1.3", "1.1.1")):
        waiting(plan, action, waits_for, by=cast.ruth)

    answer = send(manager, f"{there(plan)}waits/add/", which=which)

    assert said in errors(answer)["which"]
    assert f'value="{which}"' in answer.content.decode() or not which
    assert ActionWait.objects.count() == 3


def test_reference_that_stands_twice_is_told_apart_by_words(manager: Client, plan: Plan) -> None:
    second = place(plan, "1.1.3")
    second.reference = "1.1.2"
    second.save()

    assert "More than one action fits" in errors(send(manager, f"{there(plan)}waits/add/", which="1.1.2"))["which"]
    assert send(manager, f"{there(plan)}waits/add/", which="train gov").status_code == 302

    assert ActionWait.objects.get().waits_for == second.action


def test_action_of_another_plan_is_waited_for_and_shown_with_its_plan(manager: Client, plan: Plan) -> None:
    other = plan_there(with_actions(1, code="accelerated-plan"))

    answer = send(manager, f"{there(plan)}waits/add/", plan=other.code, which="1.1.1")

    assert answer.status_code == 302
    page = words(manager.get(there(plan)))
    assert f'href="/plans/accelerated-plan/actions/{place(other, "1.1.1").action_id}/"' in page
    elsewhere = send(manager, f"{there(plan)}waits/add/", plan="none", which="1.1.1")
    assert "plan" in errors(elsewhere)


def test_wait_is_taken_away_once(manager: Client, plan: Plan, cast: Cast) -> None:
    other = waiting(plan, "1.1.1", "1.1.2", by=cast.ruth)
    address = f"{there(plan)}waits/{other.pk}/remove/"
    form, late = filled(manager, address), filled(manager, address)

    first, twice = (manager.post(address, form) for _ in range(2))

    assert (first.status_code, twice.status_code) == (302, 302)
    assert not ActionWait.objects.exists()
    assert "there is nothing to take away" in manager.post(address, late).content.decode()
    assert manager.get(address).status_code == 404


def test_action_set_aside_waits_for_nothing_new_and_is_not_found(manager: Client, plan: Plan, cast: Cast) -> None:
    aside = place(plan, "1.1.3").action
    action_edits.retire_action(by=cast.ruth, on=TODAY, action=aside, version=aside.version, because="Merged")

    assert "take it back first" in send(manager, f"{there(plan, '1.1.3')}waits/add/", which="1.1.1").content.decode()
    assert "No action of" in errors(send(manager, f"{there(plan)}waits/add/", which="1.1.3"))["which"]


def test_officer_sees_waits_and_changes_none(officer: Client, plan: Plan, cast: Cast) -> None:
    other = waiting(plan, "1.1.1", "1.1.2", by=cast.ruth)

    page = words(officer.get(there(plan)))

    assert "Review alternative provision" in page
    assert "No longer wait" not in page
    assert "Let it wait for another" not in page
    for tail in ("waits/add/", f"waits/{other.pk}/remove/"):
        assert officer.get(there(plan) + tail).status_code == 404
        assert officer.post(there(plan) + tail, {"which": "1.1.2"}).status_code == 404


def test_action_that_waits_for_one_that_is_late_or_has_slipped_is_marked_until_either_is_done(
    officer: Client, plan: Plan, cast: Cast
) -> None:
    late = waiting(plan, "1.1.1", "1.1.2", by=cast.ruth)
    # Done already: nothing holds it up.
    waiting(plan, "1.1.3", "1.1.2", by=cast.ruth)
    waiting(plan, "1.1.1", "2.1.1", by=cast.ruth)

    marked = words(officer.get(f"{HERE}actions/"))
    assert marked.count("Waits for 1.1.2, which is overdue") == 1
    held = words(officer.get(f"{HERE}actions/?show=held-up"))
    assert "Agree the data to report" in held
    assert "Train governors" not in held
    assert "<b>1</b> <span>held up by one late or slipped</span>" in words(officer.get(f"{HERE}on-a-page/"))

    actions.move_date(by=cast.ruth, at=cast.ruth.created_at, action=late, version=1, now="Mar 27", reason="Later")
    assert "Waits for 1.1.2, which has slipped" in words(officer.get(f"{HERE}actions/"))

    actions.say(by=cast.ruth, at=cast.ruth.created_at, action=late, on=TODAY, per_cent=100)
    assert "Waits for 1.1.2" not in words(officer.get(f"{HERE}actions/"))


def test_same_number_of_queries_at_few_and_many_waits(officer: Client, cast: Cast) -> None:
    counted = []
    for number, code in ((5, "short"), (60, "long")):
        plan = plan_there(with_actions(number, code=code))
        last = place(plan, f"1.1.{number}").action
        for n in range(1, number):
            waiting(plan, "1.1." + str(n), f"1.1.{number}", by=cast.ruth)
        for address in (f"/plans/{code}/actions/", f"/plans/{code}/on-a-page/", f"/plans/{code}/actions/{last.pk}/"):
            with CaptureQueriesContext(connection) as captured:
                assert officer.get(address).status_code == 200
            counted.append(len(asked(captured)))

    assert counted[:3] == counted[3:]


@pytest.mark.django_db(transaction=True)
def test_halves_of_a_circle_closed_at_one_moment_leave_one_open(cast: Cast) -> None:
    plan = plan_there(with_actions(4))
    a, b, c, d = (place(plan, f"1.1.{n}").action for n in range(1, 5))
    for one, other in ((b, c), (d, a)):
        waits.add_wait(by=cast.ruth, action=one, waits_for=other)

    results = all_at_once(
        [
            lambda: waits.add_wait(by=cast.ruth, action=a, waits_for=b),
            lambda: waits.add_wait(by=cast.ruth, action=c, waits_for=d),
        ]
    )

    assert sorted(type(each).__name__ for each in results) == ["ActionWait", "Circle"]


def test_history_keeps_what_was_taken_away(plan: Plan, cast: Cast) -> None:
    waiting(plan, by=cast.ruth)
    wait = ActionWait.objects.get()

    waits.remove_wait(by=cast.ruth, action=wait.action, waits_for=wait.waits_for_id)

    history = apps.get_model("wsoa", "ActionWaitEvent").objects.order_by("pgh_id")
    assert list(history.values_list("pgh_label", flat=True)) == ["insert", "delete"]
