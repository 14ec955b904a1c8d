"""The twelve questions on which the law can be read in two ways, in words: what the administrator chooses between."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from exclusions.rules.readings import DEFAULT_SETTINGS, Ambiguity, Setting


@dataclass(frozen=True, slots=True)
class Question:
    """One ambiguity: a short name, the question, each reading with where it comes from, and the rules it bears on."""

    ambiguity: Ambiguity
    name: str
    question: str
    reading_1: str
    reading_2: str
    rules: tuple[str, ...]

    @property
    def default(self) -> Setting:
        """The readings that are in force until somebody chooses others."""
        return DEFAULT_SETTINGS[self.ambiguity]


_QUESTIONS = (
    Question(
        Ambiguity.SIXTH_DAY_OF_PERMANENT,
        "Sixth day of a permanent exclusion",
        "By which day must a permanently excluded child be in education?",
        "By the sixth school day, the first day out being day 1 (regulations of 2007; guidance to 2022)",
        "By the sixth school day after the first day out, one day later (guidance from September 2022, para 90)",
        ("R21",),
    ),
    Question(
        Ambiguity.SENT_HOME_PART_WAY,
        "Sent home part-way through a day",
        "Is a day on which the child was sent home part-way the first day of the exclusion?",
        "Yes, any part of a day counts as day 1",
        "No, unless the child was out before the afternoon session (practice before 2012)",
        ("R19", "R20", "R21", "R22"),
    ),
    Question(
        Ambiguity.SUSPENSION_THEN_PERMANENT,
        "Suspension running into a permanent exclusion",
        "Does the count to the sixth day begin again when a permanent exclusion follows a suspension with no gap?",
        "It begins again: only suspensions are joined to each other (regulations as amended in 2015)",
        "It runs on from the suspension, since the child has not been back",
        ("R21",),
    ),
    Question(
        Ambiguity.NOTICE_ON_NON_SCHOOL_DAY,
        "Notice on a day without school",
        "When is a notice given that reaches the board or the parent on a day without school?",
        "That same day, and the next school day is day 1",
        "On the next school day, and day 1 is the one after",
        ("R28", "R37", "R42"),
    ),
    Question(
        Ambiguity.UNPLANNED_CLOSURE,
        "Unplanned closure",
        "Is a day on which the school had to close, for snow or heating, a school day?",
        "No, because no session was held",
        "Yes, because it was timetabled",
        ("R19", "R20", "R21", "R22", "R28", "R37", "R38", "R42"),
    ),
    Question(
        Ambiguity.STRADDLING_TERMS,
        "Suspension over two terms",
        "To which term do the days of a suspension belong that runs over the end of a term?",
        "Each day to the term that it falls in",
        "All of them to the term in which it was decided",
        ("R28",),
    ),
    Question(
        Ambiguity.COMPLETE_WEEKS,
        "Complete weeks of funding",
        "Does the relevant date itself count when complete weeks are counted for the money that follows a child?",
        "Yes, it is the first day of the first week",
        "No, counting begins the day after",
        ("R68", "R70"),
    ),
    Question(
        Ambiguity.END_OF_SCHOOL_YEAR,
        "End of the school year for a leaver's funding",
        "On which day does the school year end for a child who would have left the school that summer?",
        "31 August",
        "The last school day of the summer term",
        ("R68",),
    ),
    Question(
        Ambiguity.FAIR_ACCESS_DAY_ZERO,
        "Start of the fair access count",
        "From which day do the 20 school days of the fair access protocol run?",
        "From the day it is agreed that the child comes under the protocol",
        "From the day of the referral, or on which the application was refused",
        ("R54",),
    ),
    Question(
        Ambiguity.OVERTURNED_DAYS,
        "Days out before a permanent exclusion is overturned",
        "Do days out under a permanent exclusion that the board overturns use up the 45 days of the year?",
        "No, the limit is on suspensions only",
        "Yes, as they do when an exclusion is cancelled",
        ("R3",),
    ),
    Question(
        Ambiguity.WHOSE_CALENDAR,
        "Whose calendar at a unit",
        "Whose school days count while the child attends a unit but is still on the excluding school’s roll?",
        "The excluding school’s, for every step of the process",
        "The unit’s",
        ("R24", "R28", "R37", "R38", "R42"),
    ),
    Question(
        Ambiguity.NOTICE_BY_EMAIL,
        "Notice by email",
        "When is a notice given that is sent by email?",
        "The day it is sent, or the next school day when sent after the school closes or on a day without school",
        "Only when it is opened or acknowledged",
        ("R37", "R42"),
    ),
)

QUESTIONS: Mapping[Ambiguity, Question] = MappingProxyType({one.ambiguity: one for one in _QUESTIONS})

SETTING_LABELS: Mapping[str, str] = {
    "reading 1": "First reading",
    "reading 2": "Second reading",
    "both": "Both, and show both dates",
}

AMBIGUITY_NAMES: Mapping[str, str] = {ambiguity.value: question.name for ambiguity, question in QUESTIONS.items()}
