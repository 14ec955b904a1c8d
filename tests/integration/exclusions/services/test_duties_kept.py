"""Rows of duties follow the facts of their case, and the case is told what moved."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Closure, Duty, Job, Pupil, RollSpell, TermSpell, TimelineEvent
from casework.registry import timeline_sentences
from casework.services import closures, jobs
from exclusions.models import Exclusion
from exclusions.services import duties, outcomes, provisions, steps
from exclusions.services.steps import Taken
from tests.cast import Cast
from tests.conftest import Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows

FIRST = date(2026, 11, 2)
DAY_SIX = date(2026, 11, 9)


@pytest.fixture
def case(cast: Cast, pupil: Pupil, place: Place) -> Exclusion:
    """A permanent exclusion from Monday 2 November 2026, two days ago."""
    return exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha, first_day=FIRST)


@pytest.fixture
def elsewhere(cast: Cast, place: Place) -> Exclusion:
    """A like exclusion from the other school."""
    other: Pupil = rows.PupilFactory.create(home_authority=place.authority)
    rows.RollSpellFactory.create(pupil=other, school=place.primary, year_group="5")
    return exclusion_rows.exclusion(pupil=other, school=place.primary, by=cast.asha, first_day=FIRST)


def kept(exclusion: Exclusion, key: str = "sixth_day") -> Duty:
    """Return the row of one duty."""
    return Duty.objects.get(case=exclusion.case_id, key=key)


def told(exclusion: Exclusion, event: str) -> list[str]:
    """Return the sentences that the case's timeline has for an event."""
    events = TimelineEvent.objects.filter(case=exclusion.case_id, event=event).order_by("pk")
    return [timeline_sentences[each.event](each.data) for each in events]


def now() -> datetime:
    return timezone.now()


def close(by: Any, exclusion: Exclusion, on: date, kind: str = "unplanned closure") -> None:
    """Declare a closure and do the work that follows."""
    asked = closures.declare(
        by=by,
        at=now(),
        school=exclusion.school,
        first=on,
        last=on,
        kind=kind,
        reason="Boiler failure",
        declared_by="Head",
    )
    for job in asked:
        jobs.run(job_id=job.pk)


def test_logged_notice_opens_its_duties(case: Exclusion) -> None:
    found = set(Duty.objects.filter(case=case.case_id).values_list("key", flat=True))

    assert found == {
        "tell_parents", "tell_authority", "tell_governors", "parent_letter", "first_five_days", "sixth_day",
    }  # fmt: skip
    assert (kept(case).due, kept(case).other_due) == (DAY_SIX, date(2026, 11, 10))


def test_closure_tomorrow_moves_that_schools_dates_and_no_others_and_says_so(
    cast: Cast, case: Exclusion, elsewhere: Exclusion
) -> None:
    close(cast.asha, case, date(2026, 11, 5))

    assert (kept(case).due, kept(case).other_due) == (date(2026, 11, 10), date(2026, 11, 11))
    assert kept(elsewhere).due == DAY_SIX
    assert told(case, "duty_moved")[-1] == (
        "Day-six education: now Tue 10 Nov or Wed 11 Nov, was Mon 9 Nov or Tue 10 Nov. "
        "Closure declared: Thursday 5 November 2026, boiler failure."
    )
    assert told(elsewhere, "duty_moved") == []


def test_closure_taken_back_moves_them_back(cast: Cast, case: Exclusion) -> None:
    close(cast.asha, case, date(2026, 11, 5))

    for job in closures.take_back(by=cast.asha, at=now(), closure=Closure.objects.get()):
        jobs.run(job_id=job.pk)

    assert kept(case).due == DAY_SIX
    assert len(told(case, "duty_moved")) == 4  # work of days 1 to 5 and day six, there and back


def test_reckoning_twice_writes_nothing_the_second_time(cast: Cast, case: Exclusion) -> None:
    before = list(Duty.objects.values())

    assert duties.refresh([case.pk], by=cast.asha, at=now(), why={"cause": "readings"}) == 0
    assert list(Duty.objects.values()) == before


def test_met_duty_keeps_what_met_it_when_its_date_moves(cast: Cast, case: Exclusion) -> None:
    provisions.arrange(
        by=cast.asha, at=now(), exclusion=case, version=1, provider=exclusion_rows.ProviderFactory.create(),
        starts_on=date(2026, 11, 4), ends_on=None, hours_a_week=Decimal(25), agreed_cost=Decimal(2200),
    )  # fmt: skip

    close(cast.asha, case, date(2026, 11, 5))

    assert kept(case).met_on == date(2026, 11, 4)
    assert kept(case).evidence == "Marchshire Tuition Service"


def test_step_taken_back_opens_its_duty_again_and_the_case_says_so(cast: Cast, case: Exclusion) -> None:
    taken = Taken("governors_told", date(2026, 11, 3), evidence="Clerk’s e-mail")
    step = steps.record(by=cast.asha, at=now(), exclusion=case, version=1, taken=taken)
    assert kept(case, "tell_governors").met_on == date(2026, 11, 3)
    assert kept(case, "board_meeting").due == date(2026, 11, 24)

    steps.withdraw(by=cast.asha, at=now(), step=step, because="Wrong case")

    assert kept(case, "tell_governors").met_on is None
    assert kept(case, "board_meeting").ended_because == "Opens with the day the governors are told"
    assert told(case, "duty_open_again") == [
        "Tell the governors: open again, was met on Tuesday 3 November 2026. Taken back: governors told."
    ]


def test_averted_exclusion_ends_what_is_open(cast: Cast, case: Exclusion) -> None:
    outcomes.record(
        by=cast.asha, at=now(), exclusion=case, version=1, event="averted", on=date(2026, 11, 4), note=""
    )  # fmt: skip

    assert kept(case).ended_because == "Averted"
    assert not Duty.objects.open_on(date(2026, 11, 4)).filter(case=case.case_id, key="sixth_day").exists()
    assert "Day-six education: no longer due. Averted." in told(case, "duty_ended")


def test_earlier_suspension_logged_later_reckons_the_later_one_again(cast: Cast, pupil: Pupil, place: Place) -> None:
    RollSpell.objects.filter(pupil=pupil).update(first_day=date(2026, 9, 1))
    later = exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension", first_day=date(2026, 10, 12),
        last_day=date(2026, 10, 14),
    )  # fmt: skip
    assert not Duty.objects.filter(case=later.case_id, key="tell_governors").exists()

    exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension", first_day=date(2026, 9, 21),
        last_day=date(2026, 9, 23),
    )  # fmt: skip

    assert kept(later, "tell_governors").due == date(2026, 10, 12)


def test_calendar_that_ends_too_soon_gives_a_task_and_then_the_date(cast: Cast, place: Place, pupil: Pupil) -> None:
    TermSpell.objects.filter(first_day__gt=date(2026, 11, 4)).delete()
    spell = TermSpell.objects.filter(first_day__lte=date(2026, 11, 4)).latest("first_day")
    whole = spell.last_day
    spell.last_day = date(2026, 11, 6)
    spell.save()
    case = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha, first_day=FIRST)
    assert not Duty.objects.filter(case=case.case_id, key="sixth_day").exists()
    assert kept(case, "term_dates").met_on is None

    spell.last_day = whole
    spell.save()
    duties.refresh([case.pk], by=cast.asha, at=now(), why={})

    assert kept(case).due == DAY_SIX
    assert kept(case, "term_dates").met_on == date(2026, 11, 4)


def test_worker_that_dies_between_batches_leaves_the_next_to_go_on(
    cast: Cast, case: Exclusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = closures.declare(
        by=cast.asha, at=now(), school=case.school, first=date(2026, 11, 5), last=date(2026, 11, 5),
        kind="unplanned closure", reason="Snow", declared_by="Head",
    )  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr(duties, "_refresh", lambda *_: (_ for _ in ()).throw(OSError("killed")))
        jobs.run(job_id=asked[0].pk)
    assert kept(case).due == DAY_SIX
    Job.objects.update(leased_until=now() - timedelta(minutes=1))

    jobs.run(job_id=asked[0].pk)

    assert kept(case).due == date(2026, 11, 10)
    assert Job.objects.get().finished_at
