"""By when a place must be allocated: 20 school days after the child came under the protocol, by the home authority."""

from datetime import date

import pytest
from django.test import Client

from casework.models import Pupil, TermSpell
from exclusions.models import Exclusion, ReadingChoice
from panels.models import Panel, Referral
from panels.selectors.allocation import allocation_of
from tests.cast import Cast
from tests.conftest import NOW, Place
from tests.factories import panels as rows
from tests.factories import placements as placement_rows
from tests.factories import referrals as referral_rows
from tests.integration.panels.words import words


@pytest.fixture
def referral(fap: Panel, exclusion: Exclusion, cast: Cast) -> Referral:
    rows.terms(fap, by=cast.administrator)
    pupil: Pupil = exclusion.case.pupil
    referral_rows.no_plan(pupil)
    spp = referral_rows.specialists(by=cast.administrator)
    referral_rows.sent_on(referral_rows.referral(spp, pupil, by=cast.asha))
    return referral_rows.referral(fap, pupil, by=cast.asha, in_year_tried="Asked")


def test_twenty_school_days_after_the_referral_by_the_home_authoritys_calendar(referral: Referral) -> None:
    found = allocation_of(referral)

    assert found
    assert found.days
    assert (found.days.due, found.rule) == (date(2026, 12, 2), "R54")
    assert found.days.counted_from == date(2026, 11, 4)


def test_day_on_which_schools_are_closed_moves_it(referral: Referral) -> None:
    from tests.factories.casework import ClosureFactory

    ClosureFactory.create(authority=referral.pupil.home_authority, on=date(2026, 11, 20), reason="INSET")

    found = allocation_of(referral)

    assert found
    assert found.days
    assert found.days.due == date(2026, 12, 3)


def test_nothing_is_guessed_beyond_the_term_dates(referral: Referral) -> None:
    TermSpell.objects.filter(last_day__gte=date(2026, 11, 20)).delete()

    found = allocation_of(referral)

    assert found
    assert found.days is None


@pytest.mark.parametrize(
    ("setting", "due", "other_due", "beside"),
    [
        ("reading 1", date(2026, 12, 2), date(2026, 12, 2), date(2026, 11, 4)),
        ("reading 2", date(2026, 11, 4), date(2026, 11, 4), date(2026, 12, 2)),
        ("both", date(2026, 11, 4), date(2026, 12, 2), None),
    ],
)
def test_day_nought_is_that_of_the_reading_that_the_authority_has_chosen_and_the_other_is_shown_amb_9(
    clerk: Client, referral: Referral, cast: Cast, place: Place, setting: str, due: date, other_due: date,
    beside: date | None,
) -> None:  # fmt: skip
    placement_rows.step(referral, place.school, "application_refused", date(2026, 9, 30), by=cast.asha)
    ReadingChoice.objects.create(
        ambiguity="AMB-9", setting=setting, in_force_from=date(2026, 9, 1), why="Counsel", version=1, chosen_at=NOW,
        chosen_by=cast.ruth,
    )  # fmt: skip

    found = allocation_of(referral)

    assert found
    assert found.days
    assert (found.days.due, found.days.other_due, found.days.beside) == (due, other_due, beside)
    page = words(clerk.get(f"/panels/{referral.panel.code}/referrals/{referral.reference}/"))
    assert "2 December" in page
    assert "4 November" in page


def test_both_readings_are_one_day_where_nothing_tells_them_apart(clerk: Client, referral: Referral) -> None:
    page = words(clerk.get(f"/panels/{referral.panel.code}/referrals/{referral.reference}/"))

    assert "20 school days after 4 November 2026 (R54), on both readings of AMB-9" in page


def test_specialists_have_no_such_day(referral: Referral) -> None:
    spp = Referral.objects.select_related("panel", "pupil").get(panel__code="spp")

    assert allocation_of(spp) is None
