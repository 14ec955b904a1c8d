"""What is recorded of a child."""

from datetime import date, timedelta

import pytest

from casework.models import Circumstance, Pupil
from casework.services import pupil_record
from tests.conftest import TODAY


def test_circumstance_is_so_from_birth_at_the_earliest(pupil: Pupil) -> None:
    born = pupil.date_of_birth
    before = Circumstance.objects.count()

    with pytest.raises(pupil_record.BeforeBirth) as refused:
        record(pupil, born - timedelta(days=1))

    assert refused.value.born == born
    assert Circumstance.objects.count() == before
    record(pupil, born)
    assert Circumstance.objects.count() == before + 1


def record(pupil: Pupil, first_day: date) -> Circumstance:
    return pupil_record.record_circumstance(
        by=None, pupil=pupil, kind="early_help", value="current", first_day=first_day, last_day=TODAY, source="Parent",
        known_on=TODAY,
    )  # fmt: skip
