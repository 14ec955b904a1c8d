"""A panel, its administrator and its clerk."""

import pytest
from django.test import Client

from panels.models import Panel
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.factories import panels as rows


@pytest.fixture
def administrator(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.administrator)


@pytest.fixture
def clerk(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.asha)


@pytest.fixture
def fap(cast: Cast) -> Panel:
    """The Fair Access Panel for secondary schools, open since September 2021, without terms or members."""
    return rows.panel("fap-secondary", name="Fair Access Panel, secondary")
