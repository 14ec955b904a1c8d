"""What the parent's notice of an exclusion must say, as a checklist by date (R12)."""

from dataclasses import dataclass
from datetime import date

from exclusions.rules.notification import NoticeFacts
from exclusions.rules.sources import GUIDANCE_PAGE, Source

REMOTE_MEETINGS_FROM = date(2023, 9, 1)
"""From this day a parent may ask the board, or a review panel, to meet by remote access."""

_2007 = date(2007, 9, 1)
_2012 = date(2012, 9, 1)
_REGULATIONS = "https://www.legislation.gov.uk/uksi/2012/1033"
NOTICE_REGULATIONS = Source("SI 2012/1033", _2012, "regs 5, 14, 23", _REGULATIONS)
REMOTE_AMENDMENT = Source("SI 2023/571", REMOTE_MEETINGS_FROM, "reg 12", "https://www.legislation.gov.uk/uksi/2023/571")
FIRST_FIVE_DAYS_NOTICE = Source(
    "Education and Inspections Act 2006", _2007, "s104", "https://www.legislation.gov.uk/ukpga/2006/40/section/104"
)
PROVISION_NOTICE = Source("SI 2007/1870", _2012, "reg 6", "https://www.legislation.gov.uk/uksi/2007/1870/regulation/6")
NOTICE_GUIDANCE = Source("guidance", _2012, "part five", GUIDANCE_PAGE)


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that the notice must say: a heading to tick, why it is required, and from which first day on."""

    key: str
    wording: str
    because: str
    from_on: date
    source: tuple[Source, ...]


_ALWAYS = (
    Element("period", "How long the exclusion lasts, or that it is permanent", "always", _2012, (NOTICE_REGULATIONS,)),
    Element("reasons", "The reasons for it", "always", _2012, (NOTICE_REGULATIONS,)),
    Element(
        "representations",
        "That the parent may put their views to the governing board, and how the child can take part",
        "always",
        _2012,
        (NOTICE_REGULATIONS,),
    ),
    Element("where to send", "To whom and how those views are sent", "always", _2012, (NOTICE_REGULATIONS,)),
)
_MEETING = "the board must or may have to meet (R15)"
_WHEN_THE_BOARD_MEETS = (
    Element("attend", "That the parent may attend the meeting", _MEETING, _2012, (NOTICE_GUIDANCE,)),
    Element("represented", "That they may be represented there at their own cost", _MEETING, _2012, (NOTICE_GUIDANCE,)),
    Element("friend", "That they may bring a friend", _MEETING, _2012, (NOTICE_GUIDANCE,)),
    Element(
        "remote",
        "That they may ask to meet by remote access, and how to ask",
        _MEETING,
        REMOTE_MEETINGS_FROM,
        (REMOTE_AMENDMENT,),
    ),
)
_AGE = "of compulsory school age"
_COMPULSORY_SCHOOL_AGE = (
    Element(
        "public place days",
        "The days on which the parent must keep the child out of public places in school hours",
        _AGE,
        _2007,
        (FIRST_FIVE_DAYS_NOTICE,),
    ),
    Element(
        "penalty",
        "That a penalty notice or prosecution may follow if they do not",
        _AGE,
        _2007,
        (FIRST_FIVE_DAYS_NOTICE,),
    ),
)
_PROVISION = "education is due from the sixth day (R19 to R21)"
_SIXTH_DAY = (
    Element("provision start", "The day that the education begins", _PROVISION, _2007, (PROVISION_NOTICE,)),
    Element("provision times", "When each day, or session, begins and ends", _PROVISION, _2007, (PROVISION_NOTICE,)),
    Element("provision address", "Where it takes place", _PROVISION, _2007, (PROVISION_NOTICE,)),
    Element("provision contact", "Whom to report to on the first day", _PROVISION, _2007, (PROVISION_NOTICE,)),
)


def contents_of_notice(facts: NoticeFacts, *, sixth_day_due: bool) -> tuple[Element, ...]:
    """Return what the parent's notice must say, in the order of a checklist (R12).

    Judged by the first day of the exclusion. Four things are always said; four more, of the meeting, where R15 has the
    board told at once, the remote one among them from 1 September 2023; for a child of compulsory school age the days
    out of public places and the penalty, and, when education is due from the sixth day, four details of it, which may
    follow later (R11). One element is one tick beside the letter on file.

    Raises nothing. Source: SI 2012/1033 regs 5, 14, 23; SI 2007/1870 reg 6; Education and Inspections Act 2006 s104;
    SI 2023/571 reg 12; guidance, part five, for what the letter says of the meeting.
    """
    found = list(_ALWAYS)
    if facts.needs_the_board:
        found += _WHEN_THE_BOARD_MEETS
    if facts.compulsory_school_age:
        found += _COMPULSORY_SCHOOL_AGE
        if sixth_day_due:
            found += _SIXTH_DAY
    return tuple(element for element in found if element.from_on <= facts.first_day)
