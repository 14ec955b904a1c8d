"""A panel, its administrator and its clerk; and one that advises, with the manager who decides on its advice."""

import pytest
from django.test import Client

from casework.models import School
from exclusions.models import Exclusion
from panels.models import Panel, Referral
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import advice
from tests.factories import panels as rows
from tests.factories import sittings as sitting_rows


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


@pytest.fixture
def manager(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.ruth)


@pytest.fixture
def receiving(place: Place) -> School:
    return sitting_rows.another_school("Receiving School", place.school)


@pytest.fixture
def other(place: Place) -> School:
    return sitting_rows.another_school("Other School", place.school)


@pytest.fixture
def advised(fap: Panel, exclusion: Exclusion, receiving: School, cast: Cast) -> Referral:
    """The referral of a child for whom the Fair Access Panel advised the receiving school today."""
    return advice.advised(fap, exclusion, receiving, cast=cast)
