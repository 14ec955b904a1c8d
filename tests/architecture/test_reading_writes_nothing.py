"""A page that is asked for writes nothing but who read whom."""

import pytest
from django.test import Client

from tests.architecture.snapshot import changed, snapshot
from tests.policy.pages import Page, pages
from tests.policy.world import World

WRITTEN_BY_READING = {"casework_reading", "django_session"}
# One client for all: each new one reads the site's middleware again.
CLIENT = Client()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_get_and_head_write_only_readings_and_the_session(page: Page, world: World, sessions: dict[str, str]) -> None:
    address = page.address(world)
    for actor in ("asha", "ruth", "administrator"):
        CLIENT.cookies["session"] = sessions[actor]
        before = snapshot()

        for method in ("GET", "HEAD", "OPTIONS"):
            CLIENT.generic(method, address)

        assert changed(before, snapshot()) <= WRITTEN_BY_READING


def test_snapshot_sees_a_change_of_one_value(world: World) -> None:
    before = snapshot()
    type(world.pupil).objects.filter(pk=world.pupil.pk).update(last_name="Otherwise")

    assert changed(before, snapshot()) == {"casework_pupil", "casework_pupilevent"}
