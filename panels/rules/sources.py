"""The texts that the rules of panels come from, besides those of `exclusions.rules.sources`."""

from datetime import date

from exclusions.rules.sources import Source

PLAN_NAMING = Source(
    "Children and Families Act 2014",
    date(2014, 9, 1),
    "ss38 to 43",
    "https://www.legislation.gov.uk/ukpga/2014/6/part/3",
)
FAIR_ACCESS_DIRECTION = Source(
    "School Standards and Framework Act 1998",
    date(1998, 10, 1),
    "ss96 and 97",
    "https://www.legislation.gov.uk/ukpga/1998/31/section/96",
)


def terms_of_reference(in_force_from: date, paragraph: str) -> Source:
    """Return a paragraph of a panel's own terms, in the version in force from a day: paragraphs have names, no numbers.

    Source: itself.
    """
    return Source("Terms of reference", in_force_from, f"({paragraph})")
