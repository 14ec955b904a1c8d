"""Whether a placement lasts: when it is followed up, what was found, and how many of a kind are still there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.rules.calendar import SchoolCalendar
from casework.rules.duties import DutyDates, Stands, State, stands
from exclusions.rules.calendar_days import weeks_after
from panels.rules.placement_terms import ENDED, FOLLOW_UP_WEEKS, FollowUp


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at a follow-up, on which day; `ended_on` is the last day at the school where it is over."""

    on: date
    outcome: FollowUp
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One follow-up, so many calendar weeks after the first day: its day, what was found, and where it stands."""

    weeks: int
    due: date
    stands: Stands
    found: Found | None
    working: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A placement that began: the decision that made it, its first day, and what was found by week."""

    outcome: str
    started_on: date
    found: Mapping[int, Found] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """Of `followed` placements by one decision, how many were still there after so many weeks."""

    outcome: str
    weeks: int
    followed: int
    there: int


def follow_ups(placed: Followed, calendar: SchoolCalendar, *, on: date) -> tuple[FollowUpLine, ...]:
    """Return the follow-ups of a placement as they stand on a day.

    Each is due on the same weekday so many weeks after the first day at the school. Those after the one at which it
    was over are ended. Raises nothing. Source: a local rule, the law has none.
    """
    over = min((weeks for weeks, found in placed.found.items() if found.outcome in ENDED), default=None)
    lines = []
    for weeks in FOLLOW_UP_WEEKS:
        found = placed.found.get(weeks)
        due = weeks_after(placed.started_on, weeks)
        because = "The placement is over" if over is not None and weeks > over else ""
        dates = DutyDates(due, due, met_on=found.on if found else None, ended_because=because)
        first = _said(placed.started_on)
        lines.append(
            FollowUpLine(
                weeks,
                due,
                stands(dates, on=on, calendar=calendar),
                found,
                f"{weeks} weeks after the first day, {first}",
            )
        )
    return tuple(lines)


def ended_on(found: Iterable[Found]) -> date | None:
    """Return the last day at the school by what the follow-ups found, None where it is not over. Source: themselves."""
    return min((each.ended_on for each in found if each.ended_on), default=None)


def shares(placements: Iterable[Followed], *, on: date) -> tuple[Share, ...]:
    """Return, by decision and weeks, how many placements lasted of those whose weeks have passed and are known.

    One that was over at an earlier follow-up is known not to be there. A placement whose weeks have not passed counts
    in none, so that what fails soon does not weigh more than what lasts. Without any that is known there is no row.

    Source: the follow-ups themselves.
    """
    counted: dict[tuple[str, int], list[bool]] = {}
    for each in placements:
        over = min((weeks for weeks, found in each.found.items() if found.outcome in ENDED), default=None)
        for weeks in FOLLOW_UP_WEEKS:
            if weeks_after(each.started_on, weeks) > on:
                continue
            if weeks in each.found:
                counted.setdefault((each.outcome, weeks), []).append(each.found[weeks].outcome is FollowUp.THERE)
            elif over is not None and over < weeks:
                counted.setdefault((each.outcome, weeks), []).append(False)
    return tuple(Share(outcome, weeks, len(those), sum(those)) for (outcome, weeks), those in sorted(counted.items()))


def may_be_followed_up(lines: Iterable[FollowUpLine]) -> tuple[int, ...]:
    """Return the weeks whose follow-up may be recorded: those that are due or late, and the next to come.

    The next may be recorded early, since a placement may be over before its weeks have passed. Source: as `follow_ups`.
    """
    ready, ahead = [], []
    for each in lines:
        if each.stands.state in (State.DUE, State.LATE):
            ready.append(each.weeks)
        elif each.stands.state is State.COMING:
            ahead.append(each.weeks)
    return (*ready, *ahead[:1])


def why_not_follow_up(lines: Collection[FollowUpLine], weeks: int) -> str:
    """Return why a follow-up may not be recorded now, as a sentence without its stop; empty if it may.

    Without lines the child has had no first day. Source: as `follow_ups`.
    """
    if weeks in may_be_followed_up(lines):
        return ""
    line = next((each for each in lines if each.weeks == weeks), None)
    if line is None:
        return "The child has had no first day at the school: record that first"
    if line.found:
        return "It is recorded already"
    if line.stands.state is State.ENDED:
        over = next(each for each in lines if each.found and each.found.outcome in ENDED)
        return f"The placement is over, as the follow-up after {over.weeks} weeks found"
    first = next(each for each in lines if each.weeks in may_be_followed_up(lines))
    return f"First record the follow-up after {first.weeks} weeks, which comes before it"


def wrong_follow_up(
    line: FollowUpLine, found: Found, *, started_on: date, lines: Collection[FollowUpLine] = ()
) -> tuple[str, str] | None:
    """Return which day of a finding does not fit, `on` or `ended_on`, and why; None if both do.

    That a child is there after so many weeks can be found only once they have passed; that it is over, at any time.
    `lines` are all the follow-ups, of which none that is recorded may say otherwise. Source: as `follow_ups`.
    """
    if found.on < started_on:
        return "on", "It cannot come before the first day at the school"
    if found.outcome not in ENDED:
        if found.on < line.due:
            return "on", f"{line.weeks} weeks have not passed by this day"
        return _contradicts(line, found, lines)
    if found.ended_on is None:
        return "ended_on", "Enter the last day at the school"
    if not started_on <= found.ended_on <= found.on:
        return "ended_on", "The last day must lie between the first day at the school and the day of the follow-up"
    return _contradicts(line, found, lines)


def _contradicts(line: FollowUpLine, found: Found, lines: Collection[FollowUpLine]) -> tuple[str, str] | None:
    """Return what of a finding another follow-up contradicts: a child on the roll after the last day, or two last days.

    On the last day itself the child was there still.
    """
    for each in lines:
        weeks, other = each.weeks, each.found
        if other is None or weeks == line.weeks:
            continue
        take_back = f"If that is wrong, take back the follow-up after {weeks} weeks first"
        says = f"The follow-up after {weeks} weeks"
        if other.ended_on and found.ended_on and found.ended_on != other.ended_on:
            return "ended_on", f"{says} gave {_said(other.ended_on)} as the last day at the school. {take_back}"
        if other.ended_on and not found.ended_on and found.on > other.ended_on:
            return "on", f"{says} gave {_said(other.ended_on)} as the last day at the school. {take_back}"
        if found.ended_on and not other.ended_on and other.on > found.ended_on:
            return "ended_on", f"{says} found the child on the roll on {_said(other.on)}. {take_back}"
    return None


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
