"""A page that is asked for writes nothing but who read whom."""

import pytest
from django.test import Client

from tests.architecture.snapshot import changed, snapshot
from tests.architecture.test_permission_matrix import EXPECTED, sessions, world  # noqa: F401 - fixtures
from tests.policy.pages import Page, pages
from tests.policy.world import World

WRITTEN_BY_READING = {"casework_reading", "django_session"}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_get_and_head_write_only_readings_and_the_session(
    page: Page, world: World, sessions: dict[str, str]  # noqa: F811
) -> None:  # fmt: skip
    address = page.address(world)
    client = Client()
    for actor in ("asha", "ruth", "administrator"):
        client.cookies["session"] = sessions[actor]
        before = snapshot()

        for method in ("GET", "HEAD", "OPTIONS"):
            client.generic(method, address)

        assert changed(before, snapshot()) <= WRITTEN_BY_READING


def test_snapshot_sees_a_change_of_one_value(world: World) -> None:  # noqa: F811
    before = snapshot()
    type(world.pupil).objects.filter(pk=world.pupil.pk).update(last_name="Otherwise")

    assert changed(before, snapshot()) == {"casework_pupil", "casework_pupilevent"}
