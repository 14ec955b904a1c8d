"""The list of actions by date is a timeline: bars against the years, the days given before beside them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import NOW
from tests.factories.wsoa import place, plan_there, with_actions
from tests.integration.wsoa.views.test_plan_pages import HERE, words
from tests.queries import asked
from wsoa.models import Plan
from wsoa.services import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TIMELINE = f"{HERE}actions/?sort=due"


def test_each_bar_says_its_days_and_state_and_the_years_stand_over_them(
    officer: Client, plan: Plan, cast: Cast
) -> None:
    held = place(plan).action
    actions.move_date(by=cast.ruth, at=NOW, action=held, version=held.version, now="Mar 27", reason="Provider closed")

    page = words(officer.get(TIMELINE))

    assert 'aria-label="By 31 March 2027, before it 30 September 2026. On track"' in page
    assert 'aria-label="By 31 January 2026. Complete"' in page
    assert "Mar 27, Moved once" in page
    assert page.count("app-timeline__before") == 1
    assert [year for year in ("2025", "2026", "2027", "2028") if f">{year}</text>" in page] == ["2026", "2027"]


def test_action_without_a_day_says_so_and_one_that_goes_on_is_drawn_to_the_end(officer: Client, plan: Plan) -> None:
    held = place(plan, "1.1.1").action
    held.dates_as_written, held.ongoing = "Dec 26 and ongoing", True
    held.save()

    page = words(officer.get(TIMELINE))

    assert 'aria-label="By 31 December 2026 and ongoing. On track"' in page
    assert "app-timeline__bar--open" in page
    assert "No day can be read in it" in page


def test_date_moved_to_an_earlier_day_has_not_slipped(officer: Client, plan: Plan, cast: Cast) -> None:
    held = place(plan, "1.1.1").action
    actions.move_date(by=cast.ruth, at=NOW, action=held, version=held.version, now="Nov 26", reason="Asked for sooner")
    assert "Agree the data" not in words(officer.get(f"{HERE}actions/?show=slipped"))
    assert "Moved once" in words(officer.get(f"{HERE}actions/"))

    actions.move_date(by=cast.ruth, at=NOW, action=held, version=held.version + 1, now="Jan 27", reason="Late")

    assert "Agree the data" in words(officer.get(f"{HERE}actions/?show=slipped"))
    assert "Moved 2 times" in words(officer.get(f"{HERE}actions/"))


def test_same_number_of_queries_at_few_and_many_moved_actions(manager: Client, cast: Cast) -> None:
    counted = []
    for number, code in ((5, "short"), (60, "long")):
        held = plan_there(with_actions(number, code=code))
        for each in range(1, number + 1):
            action = place(held, f"1.1.{each}").action
            actions.move_date(by=cast.ruth, at=NOW, action=action, version=1, now="Mar 27", reason="Late")
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(f"/plans/{code}/actions/?sort=due").status_code == 200
        counted.append(len(asked(captured)))

    assert counted[0] == counted[1]
