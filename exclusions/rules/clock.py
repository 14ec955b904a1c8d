"""The statutory calculator: one pure function from what happened to every deadline, with its working and its source.

No database, no clock of its own: every date comes from the request. The calculator never guesses.
"""

from dataclasses import dataclass, field

from casework.rules.calendar import NoTermDates
from exclusions.rules import events as ev
from exclusions.rules.checks import problems_of
from exclusions.rules.deadlines import (
    Answer,
    Cancelling,
    CannotAnswer,
    Deadline,
    EventTotals,
    EventWarning,
    Fault,
    Key,
    NotOpened,
    Opened,
    Problem,
)
from exclusions.rules.history import History
from exclusions.rules.opening import Opener, openers
from exclusions.rules.warning import warnings_of


def answer(request: ev.Request) -> Answer:
    """Return every deadline that the events of a request open, why others did not, totals, cancellations, warnings.

    The answer does not depend on the order of events. Raises CannotAnswer with every problem when an event points at
    none, comes before what it answers, or leads outside the calendar or before the rules begin: one problem refuses the
    whole request. Source: each deadline carries its own.
    """
    found = answer_as_far_as_it_goes(request)
    if found.problems:
        raise CannotAnswer(found.problems)
    return found


def answer_as_far_as_it_goes(request: ev.Request) -> Answer:
    """Return the answer without what cannot be reckoned, which stands among its `problems`.

    For a case whose calendar ends too soon, or with a slip in one date: the rest of its dates are as sure as ever. An
    event with a problem of its own is left out, and whatever follows from it. Raises nothing.
    """
    problems = problems_of(request)
    faulty = {problem.event for problem in problems}
    events = [
        event
        for event in request.events
        if event.id not in faulty and (getattr(event, "of", None) or event.id) not in faulty
    ]
    return _Clock(History.of(request, events), list(problems)).run()


@dataclass(slots=True)
class _Clock:
    history: History
    problems: list[Problem]
    opened: list[Opened] = field(default_factory=list)
    totals: dict[str, EventTotals] = field(default_factory=dict)
    warnings: list[EventWarning] = field(default_factory=list)

    def run(self) -> Answer:
        cancellations = self._cancellations()
        by_event = {row.event: row for row in cancellations}
        for event in self.history.events:
            if isinstance(event, (ev.Suspension, ev.PermanentExclusion)):
                self._add_totals(event)
            for key, opener in openers(event, self.history):
                self._open(event, key, opener)
            self.warnings += warnings_of(event, self.history, self.totals.get(event.id), by_event.get(event.id))
        return Answer(
            rule_set=self.history.rule_set_of(self.history.events[-1]) if self.history.events else None,
            totals=self.totals,
            deadlines=tuple(one for one in self.opened if isinstance(one, Deadline)),
            none=tuple(one for one in self.opened if isinstance(one, NotOpened)),
            cancellations=cancellations,
            warnings=tuple(self.warnings),
            problems=tuple(self.problems),
        )

    # Each step, so that what one cannot reckon leaves the others standing

    def _cancellations(self) -> tuple[Cancelling, ...]:
        rows = []
        for event in self.history.events:
            if isinstance(event, ev.Cancellation):
                try:
                    rows.append(self.history.judge(event))
                except NoTermDates as gap:
                    self._cannot(event, gap)
        return tuple(rows)

    def _add_totals(self, event: ev.AnyExclusion) -> None:
        try:
            self.totals[event.id] = self.history.totals_of(event)
        except NoTermDates as gap:
            self._cannot(event, gap)

    def _open(self, event: ev.Event, key: Key, opener: Opener) -> None:
        exclusion = getattr(event, "of", event.id)
        cancelled = self.history.cancelled.get(exclusion)
        found: Opened | NoTermDates
        try:
            found = opener()
        except NoTermDates as gap:
            found = gap
        if cancelled and not isinstance(found, NotOpened):
            because = f"{cancelled.rule}: cancelled with effect from {cancelled.effective_on}"
            found = NotOpened(event.id, key, because)
        if isinstance(found, NoTermDates):
            self._cannot(event, found)
        else:
            self.opened.append(found)

    def _cannot(self, event: ev.Event, gap: NoTermDates) -> None:
        field_of_day = ev.DAY_FIELDS[type(event)]
        if not any((known.event, known.field) == (event.id, field_of_day) for known in self.problems):
            self.problems.append(Problem(event.id, field_of_day, Fault.NO_TERM_DATES, str(gap), gap.on))
