"""Limits that run when a child with an education, health and care plan must be placed anew (R60 to R63).

A permanent exclusion neither ends nor amends a plan; the school stays named until the authority amends it. Heads should
avoid excluding such a child permanently, and a review comes first; neither has a date. All limits are calendar days or
weeks (D6), school holidays included.
"""

from dataclasses import dataclass
from datetime import date

from exclusions.rules.calendar_days import days_after, weeks_after
from exclusions.rules.sources import Source
from exclusions.rules.terms import DutyHolder

PLANS_FROM = date(2014, 9, 1)
"""From this day children have education, health and care plans."""

_REGULATIONS = "https://www.legislation.gov.uk/uksi/2014/1530"
CONSULTATION = Source(
    "SEN code of practice",
    PLANS_FROM,
    "chapter 9",
    "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25",
)
REPRESENTATIONS = Source("SI 2014/1530", PLANS_FROM, "reg 22", _REGULATIONS)
REVIEW_DECISION = Source("SI 2014/1530", PLANS_FROM, "reg 20", _REGULATIONS)
FINAL_PLAN = Source("SI 2014/1530", PLANS_FROM, "reg 22", _REGULATIONS)

REPLY_DAYS = 15
REPRESENTATION_DAYS = 15
DECISION_WEEKS = 4
FINAL_WEEKS_AFTER_NOTICE = 8
FINAL_WEEKS_AFTER_MEETING = 12


class BeforePlans(LookupError):
    """The day `on` lies before there were education, health and care plans."""

    def __init__(self, on: date) -> None:
        super().__init__(f"no education, health and care plans on {on.isoformat()}: they begin on 2014-09-01")
        self.on = on


@dataclass(frozen=True, slots=True)
class PlanLimit:
    """One limit: the last day, or for `at_least` the first day on which the time has run out; and how it was reckoned."""

    key: str
    due: date
    counted_from: date
    working: str
    duty_holder: DutyHolder
    source: tuple[Source, ...]
    at_least: bool = False
    rule: str = "R62"


def consultation_reply(consulted_on: date) -> PlanLimit:
    """Return the last day for a school's reply to the authority's consultation (R62).

    Fifteen calendar days after the day it was sent (D6). Raises BeforePlans. Source: SEN code of practice, chapter 9.
    """
    _check(consulted_on)
    return PlanLimit(
        "consultation_reply",
        days_after(consulted_on, REPLY_DAYS),
        consulted_on,
        "15 calendar days",
        DutyHolder.BOARD,
        (CONSULTATION,),
    )


def representations(sent_on: date) -> PlanLimit:
    """Return the day until which a parent may at least speak to a draft plan or a proposed amendment (R62).

    Fifteen calendar days after the day it was sent (D6); the authority may give longer, never less. Raises BeforePlans.
    Source: SI 2014/1530 reg 22.
    """
    _check(sent_on)
    return PlanLimit(
        "representations",
        days_after(sent_on, REPRESENTATION_DAYS),
        sent_on,
        "at least 15 calendar days",
        DutyHolder.PARENT,
        (REPRESENTATIONS,),
        at_least=True,
    )


def review_decision(meeting_on: date) -> PlanLimit:
    """Return the last day for the authority's decision after a review meeting (R62).

    Four weeks after the meeting (D6). Raises BeforePlans. Source: SI 2014/1530 reg 20.
    """
    _check(meeting_on)
    return PlanLimit(
        "review_decision",
        weeks_after(meeting_on, DECISION_WEEKS),
        meeting_on,
        "4 weeks after the meeting",
        DutyHolder.HOME_AUTHORITY,
        (REVIEW_DECISION,),
    )


def final_plan(*, amendment_notice_on: date, meeting_on: date | None = None) -> PlanLimit:
    """Return the last day for the amended final plan (R62).

    Eight weeks after the notice of amendment, and twelve weeks after the review meeting if there was one: the earlier
    (D6). Raises BeforePlans, and ValueError for a notice before the meeting. Source: SI 2014/1530 reg 22.
    """
    _check(amendment_notice_on)
    if meeting_on and amendment_notice_on < meeting_on:
        raise ValueError("The notice of amendment lies before the review meeting.")
    by_notice = weeks_after(amendment_notice_on, FINAL_WEEKS_AFTER_NOTICE)
    by_meeting = weeks_after(meeting_on, FINAL_WEEKS_AFTER_MEETING) if meeting_on else None
    if meeting_on and by_meeting and by_meeting < by_notice:
        due, start, working = by_meeting, meeting_on, "12 weeks after the meeting"
    else:
        due, start, working = by_notice, amendment_notice_on, "8 weeks after the notice of amendment"
    return PlanLimit("final_plan", due, start, working, DutyHolder.HOME_AUTHORITY, (FINAL_PLAN,))


def _check(on: date) -> None:
    if on < PLANS_FROM:
        raise BeforePlans(on)
