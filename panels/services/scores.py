"""The scores of a panel's schools: published for a day on, and none is ever changed."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from casework.models import School, User
from casework.rules.periods import AcademicYear
from panels.models import Panel, SchoolScore, ScorePublication
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind
from panels.rules.turns.baseline_scores import BaselineScore, Profile, baseline_scores


class KeepsNoTurns(Exception):
    """The panel is no Fair Access Panel."""


class PanelClosed(Exception):
    """The panel has a last day."""


class OutsideItsYear(Exception):
    """The day lies before the panel opens, before this academic year, or after the next."""


class BeforeToday(Exception):
    """Only the first scores may be in force from a day that is past."""


class SameDay(Exception):
    """Other scores are in force from that day."""


class ChangedMeanwhile(Exception):
    """Somebody published scores after the page was shown; `version` is how many there are now."""

    def __init__(self, version: int) -> None:
        super().__init__("Scores were published meanwhile.")
        self.version = version


def publish(
    *, by: User, at: datetime, on: date, panel: Panel, version: int, in_force_from: date, profiles: Sequence[Profile]
) -> ScorePublication:
    """Publish the scores of a panel's schools, in force from a day on; `on` is today.

    `version` is how many publications the page showed. Raises KeepsNoTurns, PanelClosed, ChangedMeanwhile, SameDay,
    OutsideItsYear and BeforeToday; nothing is saved then.
    """
    if PanelKind(panel.kind) not in FAIR_ACCESS_PANELS:
        raise KeepsNoTurns
    with transaction.atomic():
        held = Panel.objects.select_for_update().get(pk=panel.pk)
        days = list(ScorePublication.objects.filter(panel=held).values_list("in_force_from", flat=True))
        if len(days) != version:
            raise ChangedMeanwhile(len(days))
        _must_fit(held, days, in_force_from, on)
        row = ScorePublication.objects.create(panel=held, in_force_from=in_force_from, published_at=at, published_by=by)
        schools = {int(school.urn): school for school in School.objects.filter(urn__in=[str(p.urn) for p in profiles])}
        its = {profile.urn: profile for profile in profiles}
        SchoolScore.objects.bulk_create(
            _line(row, schools[score.urn], its[score.urn], score) for score in baseline_scores(profiles)
        )
    return row


def must_fit(panel: Panel, in_force_from: date, *, on: date) -> None:
    """Raise what `publish` would of a day, so that nobody checks scores that cannot be published."""
    _must_fit(
        panel,
        list(ScorePublication.objects.filter(panel=panel).values_list("in_force_from", flat=True)),
        in_force_from,
        on,
    )


def _must_fit(panel: Panel, days: Sequence[date], in_force_from: date, on: date) -> None:
    year = AcademicYear.of(on)
    if panel.closed_on:
        raise PanelClosed
    if in_force_from in days:
        raise SameDay
    if not max(year.first, panel.opened_on) <= in_force_from <= AcademicYear(year.first_year + 1).last:
        raise OutsideItsYear
    if days and in_force_from < on:
        raise BeforeToday


def _line(row: ScorePublication, school: School, profile: Profile, score: BaselineScore) -> SchoolScore:
    return SchoolScore(
        publication=row,
        school=school,
        roll=profile.roll,
        plans=_percent(profile.plans),
        free_meals=_percent(profile.free_meals),
        attainment=_exact(profile.attainment),
        additional_language=_percent(profile.additional_language),
        mobility=_percent(profile.mobility),
        deprivation=_percent(profile.deprivation),
        score=_exact(score.score),
        rank=score.rank,
    )


def _percent(share: Fraction) -> Decimal:
    return _exact(100 * share)


def _exact(number: Fraction) -> Decimal:
    """Return a number of few decimals as it is kept; its rule has seen to it that it has no more."""
    return Decimal(number.numerator) / number.denominator
