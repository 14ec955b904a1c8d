"""The exclusions of a request among each other: days out as they count, cancellations, totals, bands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from casework.rules.calendar import SchoolCalendar
from exclusions.rules.cancelling import Cancelled, cancelling, days_out_before, served_before
from exclusions.rules.deadlines import Cancelling, EventTotals
from exclusions.rules.events import (
    AnyExclusion,
    BoardDecisionNotice,
    BoardMet,
    BoardNotified,
    Cancellation,
    Event,
    PermanentExclusion,
    Request,
    Suspension,
    day_of,
    in_order,
)
from exclusions.rules.governors import Bands
from exclusions.rules.readings import Ambiguity, in_force_timetable, readings_in_force
from exclusions.rules.rule_sets import RuleSet, rule_set_on
from exclusions.rules.terms import Kind
from exclusions.rules.totals import Band, SuspendedDay, Totals, band_of, return_on, totals

SomeEvent = TypeVar("SomeEvent", bound=Event)


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a cancelled exclusion: the first day the pupil may return, and the rule that allows it."""

    effective_on: date
    rule: str


@dataclass(slots=True)
class History:
    """What a request says of one child, put in order.

    `out` holds the days of each exclusion as they count in totals: a suspension's own, cut short where it was lawfully
    cancelled, and of a permanent exclusion those before its lawful cancellation. `cancelled` holds the cancellations
    that took effect. An unlawful one changes nothing: the exclusion stands, and so do its duties.
    """

    request: Request
    calendar: SchoolCalendar
    events: list[Event]
    exclusions: dict[str, AnyExclusion] = field(default_factory=dict)
    out: dict[str, tuple[SuspendedDay, ...]] = field(default_factory=dict)
    cancelled: dict[str, Ended] = field(default_factory=dict)
    _by_id: dict[str, Event] = field(default_factory=dict)
    _following: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    _totals_known: dict[tuple[str, int], Totals] = field(default_factory=dict)
    _straddling: frozenset[str] | None = None

    @classmethod
    def of(cls, request: Request, events: Iterable[Event]) -> "History":
        """Return the history of some of a request's events: those that stand without a fault."""
        calendar = in_force_timetable(request.calendar, request.settings)
        history = cls(request, calendar, sorted(events, key=in_order))
        for event in history.events:
            history._by_id[event.id] = event
            if isinstance(event, (Suspension, PermanentExclusion)):
                history.exclusions[event.id] = event
                history.out[event.id] = event.days if isinstance(event, Suspension) else ()
            else:
                history._following[getattr(event, "of", "")].append(event)
        return history

    def all_after(self, exclusion: str, kind: type[SomeEvent]) -> list[SomeEvent]:
        """Return the events of a kind that follow from an exclusion, in order."""
        return [event for event in self._following.get(exclusion, ()) if isinstance(event, kind)]

    def rule_set_of(self, event: Event) -> RuleSet:
        """Return the rules that an event is judged by: those of the day on which its exclusion began (section 14)."""
        return rule_set_on(day_of(self._by_id.get(getattr(event, "of", ""), event)))

    def first_board_meeting(self, exclusion: str) -> date | None:
        """Return the day on which the board first met on an exclusion, None while it has not."""
        return next((met.on for met in self.all_after(exclusion, BoardMet)), None)

    def _board_had_met_by(self, exclusion: str) -> date | None:
        """Return the first day of which it is known that the board had met: its meeting's, or its decision letter's."""
        days = [
            self.first_board_meeting(exclusion),
            *(one.on for one in self.all_after(exclusion, BoardDecisionNotice)),
        ]
        return min((day for day in days if day), default=None)

    def before(self, exclusion: AnyExclusion) -> list[AnyExclusion]:
        """Return the exclusions that come before one in order."""
        place = in_order(exclusion)
        return [other for other in self.exclusions.values() if in_order(other) < place]

    def run_up(self, exclusion: AnyExclusion) -> tuple[SuspendedDay, ...]:
        """Return the days of the suspensions before an exclusion that may run into it without a gap (R19).

        Those of another school do not; a school that is not named may be either, and is taken to be the same.
        """
        return tuple(
            day
            for other in self.before(exclusion)
            if isinstance(other, Suspension)
            and (other.school is None or exclusion.school is None or other.school == exclusion.school)
            for day in self.out[other.id]
        )

    # Totals

    def totals_of(self, exclusion: AnyExclusion) -> EventTotals:
        """Return the totals up to and including an exclusion, across schools (R2, R3, R28).

        AMB-6 is taken by its first reading in force. Raises NoTermDates.
        """
        found = self._known_totals(exclusion, self._reading)
        days = self.out[exclusion.id]
        if isinstance(exclusion, PermanentExclusion) or not exclusion.days:
            return EventTotals(found)
        back_on = return_on(exclusion.days, self.calendar)
        if cancellation := self.cancelled.get(exclusion.id):
            back_on = min(back_on, cancellation.effective_on)
        return EventTotals(found, days[-1].on if days else None, back_on)

    def bands_of(self, exclusion: AnyExclusion, notice: BoardNotified) -> Bands:
        """Return the bands that a notice to the board puts an exclusion in (R28). Raises NoTermDates."""
        readings = (1, 2) if self._over_two_terms() else (1, 1)
        reading_1, reading_2 = (
            band_of(
                round(self._known_totals(exclusion, reading).term_days * 2),
                kind=kind_of(exclusion),
                representations=notice.representations,
                loses_exam=notice.exam_on is not None,
            )
            for reading in readings
        )
        return Bands(reading_1, reading_2)

    @property
    def _reading(self) -> int:
        """The first reading of AMB-6 in force."""
        return readings_in_force(Ambiguity.STRADDLING_TERMS, self.request.settings)[0]

    def _known_totals(self, exclusion: AnyExclusion, reading: int) -> Totals:
        if (exclusion.id, reading) not in self._totals_known:
            self._totals_known[exclusion.id, reading] = self._totals(exclusion, self.out[exclusion.id], reading)
        return self._totals_known[exclusion.id, reading]

    def _totals(self, exclusion: AnyExclusion, days: tuple[SuspendedDay, ...], reading: int) -> Totals:
        notices = self.all_after(exclusion.id, BoardNotified)
        before = self.before(exclusion)
        return totals(
            kind=kind_of(exclusion),
            first_day=exclusion.first_day,
            days=self._charged(exclusion, days, reading),
            earlier=[
                day
                for other in before
                if isinstance(other, Suspension)
                for day in self._charged(other, self.out[other.id], reading)
            ],
            out_before_cancelling=[
                day for other in before if isinstance(other, PermanentExclusion) for day in self.out[other.id]
            ],
            calendar=self.calendar,
            representations=any(notice.representations for notice in notices),
            loses_exam=any(notice.exam_on for notice in notices),
        )

    def _charged(
        self, exclusion: AnyExclusion, days: tuple[SuspendedDay, ...], reading: int
    ) -> tuple[SuspendedDay, ...]:
        """Return days charged to the term of the decision, on that reading of AMB-6 and over two terms; else as is."""
        if reading == 1 or exclusion.id not in self._over_two_terms():
            return days
        decided = self.calendar.statutory_term(exclusion.decided_on or exclusion.first_day)
        return tuple(replace(day, charged_to=decided) for day in days)

    def _over_two_terms(self) -> frozenset[str]:
        if self._straddling is None:
            term_of = self.calendar.statutory_term
            self._straddling = frozenset(
                one.id
                for one in self.exclusions.values()
                if isinstance(one, Suspension) and one.days and term_of(one.days[0].on) != term_of(one.days[-1].on)
            )
        return self._straddling

    # Cancelling

    def judge(self, event: Cancellation) -> Cancelling:
        """Return whether a cancellation was lawful, and let it take effect if it was (R6, R7).

        Those of a request are judged in order of effect, since the days served under one count for the next. Raises
        NoTermDates.
        """
        exclusion = self.exclusions[event.of]
        days = (
            exclusion.days
            if isinstance(exclusion, Suspension)
            else days_out_before(event.effective_on, exclusion.first_day, self.calendar)
        )
        served = served_before(event.effective_on, days)
        others = [day for id_, out in self.out.items() if id_ != event.of for day in out]
        row = cancelling(
            event,
            Cancelled(
                first_day=exclusion.first_day,
                served=served,
                others=served_before(event.effective_on, others),
                board_had_to_be_told=self._totals(exclusion, days, self._reading).band is not Band.UP_TO_FIVE,
                board_met_on=self._board_had_met_by(event.of),
            ),
            calendar=self.calendar,
        )
        if row.lawful and event.of not in self.cancelled:
            self.cancelled[event.of] = Ended(event.effective_on, row.rule)
            self.out[event.of] = served
        return row


def kind_of(exclusion: AnyExclusion) -> Kind:
    """Return the kind of an exclusion as the rules of totals and of the sixth day know it."""
    return Kind.SUSPENSION if isinstance(exclusion, Suspension) else Kind.PERMANENT
