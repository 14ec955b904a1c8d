"""Placements as they stand on a day: what was decided, what was done since, and what is due of whom.

Which placements a person may know of is decided where their referrals are found: `referrals.find` and `visible`. Which of
a panel's a list shows is asked of the database: `placement_list`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from casework.models import RollSpell, School
from casework.rules.calendar import SchoolCalendar
from casework.rules.duties import State
from casework.selectors.calendars import authority_calendar, calendars_of
from exclusions.rules.deadlines import Basis
from exclusions.rules.rule_sets import rule_set_on
from exclusions.selectors.readings import chosen_readings
from panels.models import (
    DecisionLetter,
    ItemRecord,
    PlacementFollowUp,
    PlacementStep,
    Referral,
    TermsOfReference,
)
from panels.rules.placement import PlacementFacts, StageLine, stages
from panels.rules.placement_follow_up import Followed, FollowUpLine, Found, follow_ups
from panels.rules.placement_terms import PLACING, SAID_NO, FollowUp, Stage, Step
from panels.rules.sources import terms_of_reference
from panels.rules.terms import FairAccessDecision


@dataclass(frozen=True, slots=True)
class Placement:
    """A child's place at the school that a panel named, as it stands on a day.

    `steps` and `found` are every row of that school, those taken back among them.
    """

    referral: Referral
    record: ItemRecord
    school: School
    facts: PlacementFacts
    calendar: SchoolCalendar
    lines: tuple[StageLine, ...]
    steps: tuple[PlacementStep, ...]
    found: tuple[PlacementFollowUp, ...]
    follow_ups: tuple[FollowUpLine, ...]

    @property
    def version(self) -> int:
        """A number that grows whenever a step is recorded or the panel decides anew."""
        return self.referral.version + self.record.version

    @property
    def every(self) -> list[StageLine | FollowUpLine]:
        """The stages, then the follow-ups."""
        return [*self.lines, *self.follow_ups]

    @property
    def started(self) -> bool:
        """Whether the child has had the first day there."""
        return Step.STARTED in self.facts.steps

    @property
    def current(self) -> StageLine | FollowUpLine | None:
        """What is late, else what is due, else what comes next; None where nothing is left."""
        for state in (State.LATE, State.DUE, State.COMING, State.NOT_OPEN):
            for line in self.every:
                # The school's right to the adjudicator is nobody's task.
                if line.stands.state is state and getattr(line, "stage", None) is not Stage.ADJUDICATOR:
                    return line
        return None

    @property
    def is_late(self) -> bool:
        """Whether any of its stages or follow-ups is late."""
        return any(line.stands.state is State.LATE for line in self.every)


@dataclass(frozen=True, slots=True)
class _Held:
    """What is loaded of many placements at once, by referral or by school."""

    steps: Mapping[int, list[PlacementStep]]
    found: Mapping[int, list[PlacementFollowUp]]
    letters: Mapping[tuple[int, int], date]
    spells: Mapping[tuple[int, int], list[date]]
    terms: Mapping[int, list[tuple[date, int | None]]]
    referred: Mapping[int, list[tuple[date, int]]]
    calendars: Mapping[int, SchoolCalendar]
    home: Mapping[int, SchoolCalendar]
    readings: Any


def placement_of(referral: Referral, *, on: date) -> Placement | None:
    """Return the placement that a referral came to, None where no school was named."""
    return next(iter(placements_of([referral], on=on)), None)


def placements_of(decided: Collection[Referral], *, on: date) -> list[Placement]:
    """Return the placements that referrals came to, in their order, as they stand on a day.

    A referral that is open, was withdrawn or came to no school has none. The queries do not grow with the referrals,
    but for one calendar for each home authority. Each referral needs `pupil` and `panel` loaded.
    """
    records = _records(decided)
    placed = [each for each in decided if each.pk in records and not each.withdrawn_at]
    if not placed:
        return []
    held = _held(placed, records)
    return [_placement(each, records[each.pk], held, on) for each in placed]


def _records(decided: Collection[Referral]) -> dict[int, ItemRecord]:
    """Return what was recorded of the item at which each referral was decided, where it named a school. One query."""
    days = {each.pk: each.decided_on for each in decided}
    rows = ItemRecord.objects.decided().filter(
        item__referral__in=list(days), item__taken_off_at=None, outcome__in=sorted(PLACING), school__isnull=False,
    ).select_related("school", "item__sitting").with_officer()  # fmt: skip
    found: dict[int, ItemRecord] = {}
    for row in rows.order_by("pk"):
        key = row.item.referral_id
        officer = row.officer
        if key is not None and (officer.decided_on if officer else row.item.sitting.on) == days[key]:
            found[key] = row
    return found


def _held(placed: Collection[Referral], records: Mapping[int, ItemRecord]) -> _Held:
    keys = [each.pk for each in placed]
    schools = {row.school_id: row.school for row in records.values() if row.school}
    steps: dict[int, list[PlacementStep]] = {}
    for step in PlacementStep.objects.filter(referral__in=keys).order_by("on", "pk"):
        steps.setdefault(step.referral_id, []).append(step)
    found: dict[int, list[PlacementFollowUp]] = {}
    for row in PlacementFollowUp.objects.filter(referral__in=keys).order_by("weeks", "pk"):
        found.setdefault(row.referral_id, []).append(row)
    letters: dict[tuple[int, int], date] = {}
    sent = DecisionLetter.objects.filter(item__in=[row.item_id for row in records.values()], school__isnull=False)
    for item, school, at in sent.order_by("-sent_at").values_list("item_id", "school_id", "sent_at"):
        if school is not None:
            letters[item, school] = timezone.localtime(at).date()
    spells: dict[tuple[int, int], list[date]] = {}
    on_roll = RollSpell.objects.filter(pupil__in=[each.pupil_id for each in placed], school__in=list(schools))
    for pupil, school, first in on_roll.order_by("first_day").values_list("pupil_id", "school_id", "first_day"):
        spells.setdefault((pupil, school), []).append(first)
    terms: dict[int, list[tuple[date, int | None]]] = {}
    laid_down = TermsOfReference.objects.filter(panel__in={each.panel_id for each in placed}).order_by("in_force_from")
    for panel, from_, within in laid_down.values_list("panel_id", "in_force_from", "reply_within"):
        terms.setdefault(panel, []).append((from_, within))
    referred: dict[int, list[tuple[date, int]]] = {}
    came = Referral.objects.filter(pupil__in=[each.pupil_id for each in placed], withdrawn_at=None)
    for pupil, day, key in came.order_by("referred_on", "pk").values_list("pupil_id", "referred_on", "pk"):
        referred.setdefault(pupil, []).append((day, key))
    homes = {each.pupil.home_authority_id for each in placed}
    return _Held(
        steps, found, letters, spells, terms, referred, calendars_of(list(schools.values())),
        {home: authority_calendar(home) for home in sorted(homes)}, chosen_readings(),
    )  # fmt: skip


def _placement(referral: Referral, record: ItemRecord, held: _Held, on: date) -> Placement:
    school: Any = record.school
    decided: Any = referral.decided_on
    steps = tuple(each for each in held.steps.get(referral.pk, []) if each.school_id == school.pk)
    found = tuple(each for each in held.found.get(referral.pk, []) if each.school_id == school.pk)
    days = {Step(each.step): each.on for each in steps if not each.withdrawn_at}
    read = _read(referral, record, decided, held)
    told = next((each for each in steps if each.step == Step.DIRECTION_INTENDED and not each.withdrawn_at), None)
    begun = [
        version for version in held.terms.get(referral.panel_id, []) if version[0] <= days.get(Step.ASKED, decided)
    ]
    facts = PlacementFacts(
        referred_on=referral.referred_on,
        decided_on=decided,
        school_kind=school.kind,
        starts_on=record.starts_on,
        reply_within=begun[-1][1] if begun else None,
        terms=(terms_of_reference(begun[-1][0], "reply of a school"),) if begun else (),
        looked_after=told.looked_after if told else False,
        under_protocol=record.outcome == FairAccessDecision.SCHOOL_NAMED,
        steps=read | days,
        read=frozenset(read) - frozenset(days),
        referred_again_on=_again(referral, days, held),
        excluded_on=referral.exclusion.first_day if referral.exclusion else None,
        by_officer=record.officer is not None,
    )
    calendar = held.calendars[school.pk]
    day_nought = facts.agreed_on
    basis = Basis(
        rule_set_on(day_nought), held.home[referral.pupil.home_authority_id], held.readings.on(day_nought)
    )  # fmt: skip
    return Placement(
        referral, record, school, facts, calendar, stages(facts, basis, calendar, on=on), steps, found,
        _follow_ups(facts, record, found, calendar, on),
    )  # fmt: skip


def on_the_roll(placement: Placement) -> list[tuple[date, date | None]]:
    """Return the spells on the school's roll since the decision, first and last day, the latest first. One query."""
    spells = RollSpell.objects.filter(
        pupil=placement.referral.pupil_id, school=placement.school, first_day__gte=placement.facts.decided_on
    )
    return list(spells.order_by("-first_day").values_list("first_day", "last_day"))


def _again(referral: Referral, days: Mapping[Step, date], held: _Held) -> date | None:
    """Return when the child came to a panel again since the school could not be made to admit it, None if it did not."""
    since = min((days[step] for step in SAID_NO if step in days), default=None)
    if since is None:
        return None
    came = held.referred.get(referral.pupil_id, [])
    return next((day for day, key in came if key > referral.pk and day >= since), None)


def _read(referral: Referral, record: ItemRecord, decided: date, held: _Held) -> dict[Step, date]:
    """Return the steps that the file shows: the school was written to, and the child is on its roll since."""
    school: Any = record.school_id
    read = {}
    letter = held.letters.get((record.item_id, school))
    if letter:
        read[Step.ASKED] = letter
    since = [first for first in held.spells.get((referral.pupil_id, school), []) if first >= decided]
    if since:
        read[Step.ON_ROLL] = since[0]
    return read


def _follow_ups(
    facts: PlacementFacts, record: ItemRecord, found: Collection[PlacementFollowUp], calendar: SchoolCalendar, on: date
) -> tuple[FollowUpLine, ...]:
    began = facts.steps.get(Step.STARTED)
    if began is None:
        return ()
    return follow_ups(Followed(record.outcome, began, found_of(found)), calendar, on=on)


def found_of(rows: Collection[PlacementFollowUp]) -> dict[int, Found]:
    """Return what the follow-ups that stand found, by weeks."""
    return {row.weeks: Found(row.on, FollowUp(row.outcome), row.ended_on) for row in rows if not row.withdrawn_at}
