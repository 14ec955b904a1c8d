"""The texts that the rules come from, each as a constant with its version and paragraph."""

from dataclasses import dataclass
from datetime import date

GUIDANCE_PAGE = "https://www.gov.uk/government/publications/school-exclusion"


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph of an instrument or of guidance, as it read from `version_on`."""

    instrument: str
    version_on: date
    paragraph: str
    link: str | None = None

    @property
    def citation(self) -> str:
        """The source as it is printed: 'Education Act 1996 s19(3A)'."""
        return f"{self.instrument} {self.paragraph}"


def cite(sources: tuple[Source, ...]) -> str:
    """Return several sources as one line: 'Education Act 1996 s19(3A); guidance para 90'."""
    return "; ".join(source.citation for source in sources)


EDUCATION_ACT_1996_SIXTH_DAY = Source(
    "Education Act 1996",
    date(2007, 9, 1),
    "s19(3A)",
    "https://www.legislation.gov.uk/ukpga/1996/56/section/19",
)
EDUCATION_ACT_1996_SIXTH_DAY_PRU = Source(
    "Education Act 1996",
    date(2007, 9, 1),
    "s19(3A)(b), (3B)",
    "https://www.legislation.gov.uk/ukpga/1996/56/section/19",
)
INSPECTIONS_ACT_2006_SIXTH_DAY = Source(
    "Education and Inspections Act 2006",
    date(2007, 9, 1),
    "s100",
    "https://www.legislation.gov.uk/ukpga/2006/40/section/100",
)
PROVISION_REGULATIONS_SUSPENSION = Source(
    "SI 2007/1870", date(2007, 9, 1), "reg 3", "https://www.legislation.gov.uk/uksi/2007/1870"
)
PROVISION_REGULATIONS_AUTHORITY = Source(
    "SI 2007/1870", date(2007, 9, 1), "reg 4", "https://www.legislation.gov.uk/uksi/2007/1870"
)
PROVISION_REGULATIONS_EXCEPTIONS = Source(
    "SI 2007/1870", date(2007, 9, 1), "reg 5", "https://www.legislation.gov.uk/uksi/2007/1870"
)
CONSECUTIVE_SUSPENSIONS = Source(
    "SI 2014/3216",
    date(2015, 1, 5),
    "(consecutive suspensions)",
    "https://www.legislation.gov.uk/uksi/2014/3216",
)
EXCLUSION_REGULATIONS_CAP = Source(
    "SI 2012/1033",
    date(2012, 9, 1),
    "regs 4, 13, 22",
    "https://www.legislation.gov.uk/uksi/2012/1033",
)
EXCLUSION_REGULATIONS_BANDS = Source(
    "SI 2012/1033",
    date(2012, 9, 1),
    "regs 6, 15, 24",
    "https://www.legislation.gov.uk/uksi/2012/1033",
)
EXCLUSION_REGULATIONS_CANCELLING = Source(
    "SI 2012/1033",
    date(2023, 9, 1),
    "regs 8A, 17A, 26A",
    "https://www.legislation.gov.uk/uksi/2012/1033",
)
REVIEW_SCHEDULE = Source(
    "SI 2012/1033",
    date(2012, 9, 1),
    "Sch 1",
    "https://www.legislation.gov.uk/uksi/2012/1033/schedule/1",
)
REVIEW_SCHEDULE_COVID = Source(
    "SI 2012/1033",
    date(2020, 6, 1),
    "Sch 1 (as it stood for exclusions from June 2020 to September 2021)",
    "https://www.legislation.gov.uk/uksi/2012/1033/schedule/1",
)
REGISTRATION_REGULATIONS_2006 = Source(
    "SI 2006/1751", date(2006, 9, 1), "reg 8", "https://www.legislation.gov.uk/uksi/2006/1751"
)
REGISTRATION_REGULATIONS_2024 = Source(
    "SI 2024/208", date(2024, 8, 19), "reg 9", "https://www.legislation.gov.uk/uksi/2024/208"
)
OFF_SITE_REGULATIONS = Source(
    "SI 2010/1156", date(2010, 9, 1), "reg 3", "https://www.legislation.gov.uk/uksi/2010/1156"
)
ADMISSIONS_CODE_FAIR_ACCESS = Source(
    "School Admissions Code 2021",
    date(2021, 9, 1),
    "paras 3.14 to 3.16",
    "https://www.gov.uk/government/publications/school-admissions-code--2",
)
ADMISSIONS_CODE_IN_YEAR = Source(
    "School Admissions Code 2021",
    date(2021, 9, 1),
    "(in-year applications)",
    "https://www.gov.uk/government/publications/school-admissions-code--2",
)
STANDARDS_ACT_1998_PREFERENCE = Source(
    "School Standards and Framework Act 1998",
    date(1998, 10, 1),
    "s87",
    "https://www.legislation.gov.uk/ukpga/1998/31/section/87",
)
GUIDANCE_RECONSIDERATION = Source("guidance", date(2022, 9, 1), "para 254", GUIDANCE_PAGE)
GUIDANCE_ROLL = Source("guidance", date(2012, 9, 1), "part eight", GUIDANCE_PAGE)
GUIDANCE_SIXTH_DAY = Source("guidance", date(2022, 9, 1), "para 90", GUIDANCE_PAGE)
GUIDANCE_LOOKED_AFTER = Source("guidance", date(2012, 9, 1), "part six", GUIDANCE_PAGE)
