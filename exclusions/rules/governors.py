"""When the governing board must meet on an exclusion (R28, R29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from exclusions.rules import sources
from exclusions.rules.deadlines import Basis, Deadline, Duty, Key, NotOpened, Opened
from exclusions.rules.events import BoardNotified
from exclusions.rules.letters import STRADDLING, school_days_after_letter, school_days_before
from exclusions.rules.readings import readings_in_force
from exclusions.rules.terms import DutyHolder
from exclusions.rules.totals import Band

MEETING = Duty(Key.BOARD_MEETING, "R28", (sources.EXCLUSION_REGULATIONS_BANDS,), DutyHolder.BOARD)
BEFORE_EXAM = Duty(Key.BOARD_MEETING_BEFORE_EXAM, "R28", (sources.EXCLUSION_REGULATIONS_BANDS,), DutyHolder.BOARD)

DAYS_OF_BAND: Mapping[Band, int] = {
    Band.UP_TO_FIFTEEN: 50,
    Band.OVER_FIFTEEN: 15,
    Band.PERMANENT: 15,
    Band.LOSES_EXAM: 15,
}
"""School days within which a board that must meet must do so. The pandemic's 25 and 60 of 2020 are no part of it:
they applied only where 15 and 50 were not practicable, which nothing in a request can say."""

NO_MEETING: Mapping[Band, str] = {
    Band.UP_TO_FIVE: "R28: five days or fewer in the term, no meeting required",
    Band.UP_TO_FIFTEEN_UNCONTESTED: "R28: more than five and up to fifteen days in the term, no representations made",
}


@dataclass(frozen=True, slots=True)
class Bands:
    """The band of an exclusion on each reading of AMB-6; the two differ only for days over the end of a term."""

    reading_1: Band
    reading_2: Band


def board_meeting(event: BoardNotified, bands: Bands, basis: Basis, *, met_on: date | None = None) -> Opened:
    """Return the last day on which the board must meet, or why it need not (R28).

    15 school days after the day it received notice, 50 where more than five and up to fifteen days of the term are lost
    and representations are made (D3). A permanent exclusion and a lost examination always need a meeting. Where the
    readings of AMB-6 in force give two bands of which only one needs a meeting, that one decides.

    Raises NoTermDates. Source: SI 2012/1033 regs 6, 15 and 24.
    """
    bands_by_reading = {1: bands.reading_1, 2: bands.reading_2}
    in_force = readings_in_force(STRADDLING, basis.settings)
    limits = [days for reading in in_force if (days := DAYS_OF_BAND.get(bands_by_reading[reading]))]
    if not limits:
        return NotOpened(event.id, Key.BOARD_MEETING, NO_MEETING[bands_by_reading[in_force[0]]])
    first, second = (DAYS_OF_BAND.get(band, limits[0]) for band in bands_by_reading.values())
    span = school_days_after_letter(
        event.on, first, n_by_term_of_decision=second if second != first else None, basis=basis
    )
    return MEETING.falls_due(event.id, basis, span, met_on=met_on)


def board_meeting_before_exam(
    event: BoardNotified, exam_on: date, basis: Basis, *, met_on: date | None = None
) -> Deadline:
    """Return the last school day before the examination that an exclusion loses (R28, band X).

    The board should meet by then as far as reasonably practicable. Raises NoTermDates. Source: SI 2012/1033 regs 6, 15
    and 24.
    """
    return BEFORE_EXAM.falls_due(event.id, basis, school_days_before(exam_on, 1, basis), met_on=met_on)
