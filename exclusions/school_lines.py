"""What a school's page tells of its children's exclusions, to those who may see them."""

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from casework.models import School, User
from casework.registry import SchoolLine, register_school_lines
from casework.rights import has_permission
from casework.roles import Permission


def register() -> None:
    """Hand the line of limits to the page of a school."""
    register_school_lines(limits_of)


def limits_of(school: School, by: User, on: date) -> list[SchoolLine]:
    """Return the line of how many children of the school are near each limit; none for who may not see exclusions."""
    from exclusions.rules.thresholds import Limit
    from exclusions.selectors.thresholds import Wanted, Watch

    if not (has_permission(by, Permission.SEE_EXCLUSIONS) and has_permission(by, Permission.SEE_PUPILS)):
        return []
    counts = Watch(by=by, on=on, wanted=Wanted(urn=school.urn)).counts()
    told = (
        (counts.five, "near or past 5 days this term", Limit.FIVE),
        (counts.fifteen, "near or past 15 this term", Limit.FIFTEEN),
        (counts.year, "past 30 of 45 this year", Limit.YEAR),
        (counts.exam, "with an exam or test lost", Limit.EXAM),
        (counts.repeated, "with repeated short suspensions", Limit.REPEATED),
    )
    links = tuple(
        (f"{number} {words}", f"{reverse('exclusions:thresholds')}?{urlencode({'limit': limit, 'school': school.urn})}")
        for number, words, limit in told
        if number
    )
    return [SchoolLine("Children near a limit of suspension", links, "none")]
