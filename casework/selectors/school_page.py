"""What a school's page shows of one academic year."""

from datetime import date
from typing import Any

from django.db.models import Q

from casework.models import Closure, HeadcountPart, School, SchoolLink, TermSpell
from casework.rules.periods import AcademicYear
from casework.rules.terms import SEN_LABELS, YEAR_GROUP_LABELS


def school_page(school: School, *, year: AcademicYear, on: date) -> dict[str, Any]:
    """Return the school's term dates of the year (its own, else the authority's), closures, headcounts and contacts.

    Contacts are those of the day, in the order of their roles, and those of before; links are the schools that it
    followed and those that followed it.
    """
    spells = TermSpell.objects.filter(authority=school.authority_id, academic_year=year.label).order_by("first_day")
    own = list(spells.filter(school=school))
    shown = own or list(spells.filter(school__isnull=True))
    closures = Closure.objects.filter(
        Q(school=school) | Q(school__isnull=True), authority=school.authority_id, on__range=(year.first, year.last)
    )
    contacts = list(school.contacts.order_by("role", "-first_day", "pk"))
    links = SchoolLink.objects.filter(Q(predecessor=school) | Q(successor=school)).select_related(
        "predecessor", "successor"
    )
    pairs = list(links.order_by("on", "pk"))
    return {
        "own": bool(own),
        "spells": shown,
        "invented": any(spell.invented for spell in shown),
        "closures": closures.order_by("on"),
        "headcounts": school.headcounts.order_by("-year")[:12],
        "parts": headcount_parts(school),
        "contacts": [each for each in contacts if each.last_day is None or each.last_day >= on],
        "past_contacts": [each for each in contacts if each.last_day is not None and each.last_day < on],
        "predecessors": [link for link in pairs if link.successor_id == school.pk],
        "successors": [link for link in pairs if link.predecessor_id == school.pk],
    }


def headcount_parts(school: School) -> dict[str, Any]:
    """Return the latest January's headcount by year group and SEN: the year, rows of a label and counts by SEN code.

    An empty dictionary where no January is held in parts. A count that was not given is None.
    """
    held = list(HeadcountPart.objects.filter(school=school).order_by("-year"))
    if not held:
        return {}
    year = held[0].year
    counts = {(part.year_group, part.sen): part.headcount for part in held if part.year == year}
    sens = [code for code in (*SEN_LABELS, "") if any(sen == code for _, sen in counts)]
    groups = [code for code in (*YEAR_GROUP_LABELS, "") if any(group == code for group, _ in counts)]
    return {
        "year": year,
        "sens": [SEN_LABELS.get(code, "Not said") for code in sens],
        "rows": [
            {"label": YEAR_GROUP_LABELS.get(group, "Not said"), "counts": [counts.get((group, sen)) for sen in sens]}
            for group in groups
        ],
    }
