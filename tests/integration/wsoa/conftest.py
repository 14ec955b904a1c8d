"""A plan, a manager who keeps it, a plan lead, and an officer who may see it."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import ClientOf
from tests.factories.wsoa import plan_there
from wsoa.models import Plan


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return plan_there()


@pytest.fixture
def manager(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.ruth)


@pytest.fixture
def officer(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.asha)
