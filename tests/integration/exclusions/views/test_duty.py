"""How one duty's date was worked out."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from casework.services import closures, jobs
from exclusions.models import Exclusion
from tests.cast import Cast


def page(exclusion: Exclusion, key: str) -> str:
    return f"/exclusions/{exclusion.case.reference}/duties/{key}/"


def test_working_shows_each_day_both_readings_the_rule_and_its_source(officer: Client, exclusion: Exclusion) -> None:
    shown = officer.get(page(exclusion, "sixth-day")).content.decode()

    assert "First reading" in shown
    assert "Other reading" in shown
    assert "Not counted: weekend" in shown
    assert "R21" in shown
    assert "Education Act 1996 s19(3A)" in shown
    assert "Rules of July 2026: not yet checked against the published guidance" in shown
    assert "AMB-1 reading 1" in shown


def test_duty_on_the_day_itself_counts_no_days(officer: Client, exclusion: Exclusion) -> None:
    assert "No days are counted" in officer.get(page(exclusion, "tell-governors")).content.decode()


def test_what_moved_it_is_told_with_before_and_after(officer: Client, cast: Cast, exclusion: Exclusion) -> None:
    for job in closures.declare(
        by=cast.asha, at=timezone.now(), school=exclusion.school, first=date(2026, 10, 16), last=date(2026, 10, 16),
        kind="unplanned closure", reason="Boiler failure", declared_by="Head",
    ):  # fmt: skip
        jobs.run(job_id=job.pk)

    shown = officer.get(page(exclusion, "sixth-day")).content.decode()

    assert "Day-six education: now Tue 20 Oct or Wed 21 Oct, was Mon 19 Oct or Tue 20 Oct." in shown
    assert "Closure declared: Friday 16 October 2026, boiler failure." in shown


@pytest.mark.parametrize("key", ["review-hearing", "nothing", "tell-home-authority"])
def test_duty_without_a_date_has_no_page(officer: Client, exclusion: Exclusion, key: str) -> None:
    assert officer.get(page(exclusion, key)).status_code == 404
