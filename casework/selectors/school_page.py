"""What a school's page shows of one academic year."""

from typing import Any

from django.db.models import Q

from casework.models import Closure, School, TermSpell
from casework.rules.periods import AcademicYear


def school_page(school: School, *, year: AcademicYear) -> dict[str, Any]:
    """Return the school's term dates of the year (its own, else the authority's), closures and headcounts."""
    spells = TermSpell.objects.filter(authority=school.authority_id, academic_year=year.label).order_by("first_day")
    own = list(spells.filter(school=school))
    shown = own or list(spells.filter(school__isnull=True))
    closures = Closure.objects.filter(
        Q(school=school) | Q(school__isnull=True), authority=school.authority_id, on__range=(year.first, year.last)
    )
    return {
        "own": bool(own),
        "spells": shown,
        "invented": any(spell.invented for spell in shown),
        "closures": closures.order_by("on"),
        "headcounts": school.headcounts.order_by("-year")[:12],
    }
