"""A panel's turns as they stand: its schools, whom it placed where, whose turn it is, and what each choice would do.

Balances are a school's, and open to the panel's schools: no child stands behind them here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery

from casework.models import CensusHeadcount, Pupil, RollSpell, School, User
from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.rules.periods import AcademicYear
from casework.selectors.calendars import authority_calendar
from panels.models import CandidateSchool, ItemRecord, Panel, PlacementFollowUp, PlacementStep, Referral
from panels.rules.placement import went_back_on
from panels.rules.placement_terms import Step
from panels.rules.refusals import excluding_school
from panels.rules.terms import FairAccessDecision, FairnessModel, PanelKind, RouteIn
from panels.rules.turns.answers import Candidate, Departure, Suggestion, WhatIf, YearStatement
from panels.rules.turns.baseline import NoScore
from panels.rules.turns.dated import child_of, model_of, placed_under, rules_in_words, terms_of_day, weighed
from panels.rules.turns.ledger import Ledger, TurnPlacement, TurnSchool
from panels.rules.turns.model import TurnModel
from panels.rules.turns.weeks import school_week
from panels.rules.turns.weighted import NoRoll
from panels.rules.versions import NoTerms, PanelTerms, in_force
from panels.selectors import referrals
from panels.selectors.closed import CHECKED, is_checked, out_of
from panels.selectors.placing import excluded_by
from panels.selectors.scores import published_since
from panels.selectors.terms import terms_until

PHASES = {
    PanelKind.FAIR_ACCESS_PRIMARY: ("primary", "all-through"),
    PanelKind.FAIR_ACCESS_SECONDARY: ("secondary", "all-through"),
}
MAINSTREAM = ("maintained", "academy")


BY_SCORES = frozenset({FairnessModel.WEIGHTED, FairnessModel.BASELINE})
"""The models that read the scores of the panel's schools."""


class NoTurnsHere(Exception):
    """The panel places no child at a school: only Fair Access Panels keep turns."""


@dataclass(frozen=True, slots=True)
class Turns:
    """How a panel shares places out on a day: its model, the ledger that it is asked of, and the day's terms.

    `rules` say how places are counted in the year, with days where the terms changed within it.
    """

    model: TurnModel
    ledger: Ledger
    on: date
    terms: PanelTerms
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Whose turn it is among a referral's candidates, and what each of them would do to the balances."""

    suggestion: Suggestion
    lines: Sequence[tuple[CandidateSchool, WhatIf]]


def turns_of(panel: Panel, *, on: date) -> Turns:
    """Return a panel's turns on a day, counted from the first of its academic year, however many placements in few queries.

    Each placement keeps the points and the weeks of the terms in force on the day of its sitting, by which the ledger
    dates it: terms that come later change no balance that was told.

    Raises NoTurnsHere, and NoTerms where no terms of the panel are in force on the day.
    """
    if panel.kind not in PHASES:
        raise NoTurnsHere
    versions = terms_until(panel, on=on)
    terms = in_force(versions, on=on)
    first = AcademicYear.of(on).first
    scored = published_since(panel, first=first, on=on) if terms.fairness in BY_SCORES else ()
    schools = weighed(schools_of(PanelKind(panel.kind), on=on), scored)
    placements = _placements(panel, {school.urn for school in schools}, versions, on)
    rules = rules_in_words(versions, first=first, last=on)
    return Turns(model_of(terms, scored), Ledger(schools, placements, first), on, terms, rules)


def departures_for(user: User, panel: Panel, ledger: Ledger, told: YearStatement, *, on: date) -> list[Departure]:
    """Return the departures of a statement that a person may read on a day: without those at items that they are out of.

    Their day, turn, school and reason are the item's; the balances that they leave are the schools'. The statement holds
    no reference of a child, so that the ledger of which it was made says which item is whose: its departures stand in
    the same order.
    """
    if not told.departures or not is_checked(user):
        return list(told.departures)
    made = [each for each in ledger.placements if told.first <= each.on <= told.last and each.departs]
    keys = [int(each.reference.rpartition(" ")[2]) for each in made]
    by_record = dict(ItemRecord.objects.filter(pk__in=keys).values_list("pk", "item__referral"))
    concerned = Referral.objects.filter(pk__in=set(by_record.values())).select_related(*CHECKED)
    closed = out_of(user, list(concerned), panel=panel, on=on)
    return [each for each, key in zip(told.departures, keys, strict=True) if by_record[key] not in closed]


def choices_of(referral: Referral, *, on: date) -> Choices | None:
    """Return what each candidate of a referral would mean on a day; None where the panel keeps no
    turns, has no terms or scores, or its schools no roll.

    A candidate that takes no part in the turns, such as a school of another council, is left out, and one that
    excluded the child for good (`excluded_from` names it).
    """
    try:
        return _choices(turns_of(referral.panel, on=on), referral)
    except (NoTurnsHere, NoTerms, NoScore, NoRoll):
        return None


def _choices(turns: Turns, referral: Referral) -> Choices:
    on = turns.on
    part = {school.urn for school in turns.ledger.members(on)}
    candidates, excluded = referrals.candidates(referral), excluded_by(referral.pupil, on=on)
    shown = [each for each in candidates if int(each.school.urn) in part and each.school_id not in excluded]
    wished = sorted(shown, key=lambda each: not each.parents_wish)
    asked = [Candidate(int(each.school.urn), passed_over=each.passed_over) for each in wished]
    suggestion = turns.model.suggest(turns.ledger, asked, on=on)
    child = child_of(turns.terms, RouteIn(referral.route))
    found = turns.model.what_ifs(turns.ledger, child, [int(each.school.urn) for each in shown], suggestion, on=on)
    lines = list(zip(shown, found, strict=True))
    return Choices(suggestion, lines)


def excluded_from(pupil: Pupil, candidates: Sequence[CandidateSchool], *, on: date) -> tuple[str, ...]:
    """Return which of the schools considered excluded the child for good, each as a sentence without its stop.

    Whether or not the panel keeps turns: none of them can be named.
    """
    excluded = excluded_by(pupil, on=on)
    return tuple(
        excluding_school(each.school.name, excluded[each.school_id].first_day)
        for each in candidates
        if each.school_id in excluded
    )


def schools_of(kind: PanelKind, *, on: date) -> tuple[TurnSchool, ...]:
    """Return the mainstream schools of the council that a panel of a kind places at, open or closed, by URN. One query."""
    counted = CensusHeadcount.objects.filter(school=OuterRef("pk"), year__lte=on.year).order_by("-year")
    rows = School.objects.filter(
        authority__code=settings.COUNCIL_AUTHORITY_CODE, phase__in=PHASES[kind], kind__in=MAINSTREAM
    ).annotate(roll=Subquery(counted.values("headcount")[:1]))
    return tuple(
        TurnSchool(int(each.urn), each.name, each.opened_on, each.closed_on, roll=each.roll or 0)
        for each in rows.order_by("urn")
    )


def _placements(panel: Panel, urns: set[int], versions: Sequence[PanelTerms], on: date) -> tuple[TurnPlacement, ...]:
    records = ItemRecord.objects.decided().filter(
        item__sitting__panel=panel, item__sitting__on__lte=on, item__taken_off_at=None,
        item__referral__withdrawn_at=None, outcome=FairAccessDecision.SCHOOL_NAMED.value, school__isnull=False,
    ).select_related("item__sitting", "item__referral", "school", "suggested").with_officer()  # fmt: skip
    held = [
        each for each in records.order_by("item__sitting__on", "pk") if each.school and int(each.school.urn) in urns
    ]
    calendars: dict[int, SchoolCalendar] = {}
    ends, never = _ends(held, on), _never_admitted(held, on)
    return tuple(
        _not_admitted(each, never[each.pk], versions)
        if each.pk in never
        else _placement(each, ends.get(each.pk), calendars, versions)
        for each in held
    )


def _not_admitted(record: ItemRecord, since: date, versions: Sequence[PanelTerms]) -> TurnPlacement:
    """Return a place that a school refused and could not be made to give: its turn is back from that day."""
    return replace(_placement(record, None, {}, versions), ended_on=since, ended_in_week=1, not_admitted=True)


def _placement(
    record: ItemRecord, ended_on: date | None, calendars: dict[int, SchoolCalendar], versions: Sequence[PanelTerms]
) -> TurnPlacement:
    referral: Any = record.item.referral
    school: Any = record.school
    terms = terms_of_day(versions, record.item.sitting.on)
    week = None
    if ended_on:
        calendar = calendars.get(school.authority_id) or authority_calendar(school.authority_id)
        calendars[school.authority_id] = calendar
        try:
            week = school_week(first=record.starts_on or record.item.sitting.on, last=ended_on, calendar=calendar)
        except NoTermDates:
            # Nothing is given back where the weeks cannot be counted.
            ended_on = None
    return TurnPlacement(
        f"{referral.reference} {record.pk}",
        int(school.urn),
        record.item.sitting.on,
        child=placed_under(terms, RouteIn(referral.route)),
        ended_on=ended_on,
        ended_in_week=week,
        suggested=int(record.suggested.urn) if record.suggested else None,
        reason=record.departs_because,
        credit_weeks=terms.credit_weeks,
        by_officer=record.officer is not None and not record.officer.follows,
    )


def _ends(records: Sequence[ItemRecord], on: date) -> dict[int, date]:
    """Return the last day at the school of each placement that has ended by a day, by the record. Two queries.

    By the roll, or by what a follow-up found where the roll says nothing yet; the earlier of both.
    """
    spells = RollSpell.objects.filter(
        Q(pupil__in=[each.item.referral.pupil_id for each in records if each.item.referral]), last_day__lte=on
    ).values_list("pupil_id", "school_id", "first_day", "last_day")
    told: dict[tuple[int | None, int], list[date]] = {}
    over = PlacementFollowUp.objects.filter(
        referral__in=[each.item.referral_id for each in records], withdrawn_at=None, ended_on__lte=on
    )
    for referral, school, last in over.values_list("referral_id", "school_id", "ended_on"):
        if last:
            told.setdefault((referral, school), []).append(last)
    found: dict[tuple[int, int], list[tuple[date, date]]] = {}
    for pupil, school, first, last in spells:
        if last:
            found.setdefault((pupil, school), []).append((first, last))
    ends = {}
    for each in records:
        if each.item.referral and each.school_id:
            its = found.get((each.item.referral.pupil_id, each.school_id), [])
            after = [last for first, last in its if first >= each.item.sitting.on]
            after += told.get((each.item.referral_id, each.school_id), [])
            if after:
                ends[each.pk] = min(after)
    return ends


def _never_admitted(records: Sequence[ItemRecord], on: date) -> dict[int, date]:
    """Return since when each school could not be made to admit the child whom it refused, by the record. Two queries.

    A school that has agreed since keeps its turn as taken, and one on whose roll the child came all the same.
    """
    rows = PlacementStep.objects.filter(
        referral__in=[each.item.referral_id for each in records], withdrawn_at=None, on__lte=on
    ).values_list("referral_id", "school_id", "step", "on")
    steps: dict[tuple[int | None, int | None], dict[Step, date]] = {}
    for referral, school, step, day in rows:
        steps.setdefault((referral, school), {})[Step(step)] = day
    found = {each.pk: went_back_on(steps.get((each.item.referral_id, each.school_id), {})) for each in records}
    back = {record: day for record, day in found.items() if day}
    refused = [each for each in records if each.pk in back and each.item.referral]
    spells = RollSpell.objects.filter(
        pupil__in=[each.item.referral.pupil_id for each in refused if each.item.referral], first_day__lte=on
    )
    came: dict[tuple[int, int | None], date] = {}
    for pupil, school, first in spells.order_by("first_day").values_list("pupil_id", "school_id", "first_day"):
        came[pupil, school] = first
    for each in refused:
        since = came.get((each.item.referral.pupil_id, each.school_id)) if each.item.referral else None
        if since and since >= each.item.sitting.on:
            del back[each.pk]
    return back
