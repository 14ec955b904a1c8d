"""When a permanently excluded child's name may leave the excluding school's roll, so that another may hold it (R45)."""

from dataclasses import dataclass
from datetime import date

from exclusions.rules.sources import GUIDANCE_ROLL, REGISTRATION_REGULATIONS_2024, Source

ROLL = (GUIDANCE_ROLL, REGISTRATION_REGULATIONS_2024)


@dataclass(frozen=True, slots=True)
class RollFacts:
    """What the file tells of leaving the roll of a school that excluded a child for good, all local dates.

    `earliest` is the first day on which the name may leave by the duty of R45, `latest` the same on the later reading;
    both are None where there is none, and `because` then says why as the duty does. `decided` tells that the governors'
    decision letter is on the file, `applied_on` when a review was applied for, and `reconsidered_on` when the governors
    reconsidered after it. Whoever was reinstated is excluded no more, and has no such facts.
    """

    earliest: date | None = None
    latest: date | None = None
    because: str = ""
    decided: bool = False
    applied_on: date | None = None
    reconsidered_on: date | None = None
    source: tuple[Source, ...] = ROLL


@dataclass(frozen=True, slots=True)
class MayLeave:
    """Whether and from when the name may leave, in words.

    `from_day` is the first day, None where there is none yet. `asks` tells that a review was applied for and that the
    file does not tell whether it has finished, so that whoever records it must say. `warns` is the later reading.
    """

    from_day: date | None
    asks: bool
    says: str
    warns: str = ""
    source: tuple[Source, ...] = ROLL


def may_leave(facts: RollFacts) -> MayLeave:
    """Return from when the name may leave the roll (R45).

    From the day after the 15 school days in which a review may be applied for (a), or the day on which the parent says
    in writing that none will be (b). Once one is applied for, not before it has finished without reinstatement (c): on
    the day on which the governors have reconsidered, and where the file holds no such day only on the word of whoever
    records it, since a review that upheld the decision or was given up leaves no step.

    Source: guidance part eight; SI 2024/208 reg 9, before 19 August 2024 SI 2006/1751 reg 8.
    """
    if facts.applied_on and facts.reconsidered_on:
        says = f"It may leave from {_said(facts.reconsidered_on)}: the governors reconsidered after the review (R45(c))"
        return MayLeave(facts.reconsidered_on, False, says, source=facts.source)
    if facts.applied_on:
        says = (
            f"A review was applied for on {_said(facts.applied_on)}, and the file does not tell that it has finished. "
            "The name may leave only once it has, without reinstatement (R45(c))"
        )
        return MayLeave(facts.applied_on, True, says, source=facts.source)
    if not facts.decided:
        says = (
            "It may not leave yet: the governors’ decision letter is not on the file, and the 15 school days in which "
            "a review may be applied for begin with it (R45)"
        )
        return MayLeave(None, False, says, source=facts.source)
    if facts.earliest is None:
        return MayLeave(
            None, False, f"It may not leave yet: {facts.because or 'no term dates reach so far'}", "", facts.source
        )
    says = f"It may leave from {_said(facts.earliest)}, and not before (R45)"
    later = facts.latest and facts.latest > facts.earliest
    warns = (
        f"On the other reading of the law it may leave only from {_said(facts.latest)}"
        if later and facts.latest
        else ""
    )
    return MayLeave(facts.earliest, False, says, warns, facts.source)


def why_not_leave(found: MayLeave, *, on: date, review_finished: bool) -> str:
    """Return why the name may not leave on a day, empty if it may. `review_finished` is the word of whoever records it.

    Source: as `may_leave`.
    """
    if found.from_day is None or (found.asks and not review_finished) or on < found.from_day:
        return found.says
    return ""


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
