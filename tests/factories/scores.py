"""Published scores of a panel's schools for tests, written as the services write them."""

from datetime import UTC, date, datetime

from casework.models import CensusHeadcount, School, User
from panels.models import Panel, ScorePublication
from panels.rules.terms import PanelKind
from panels.rules.turns.pressures import COLUMNS, read_pressures
from panels.selectors.turns import schools_of
from panels.services import scores as services

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def counted(school: School, headcount: int = 800, year: int = 2026) -> None:
    """Write a January headcount of a school, which a score needs."""
    CensusHeadcount.objects.get_or_create(school=school, year=year, defaults={"headcount": headcount})


def pasted(panel: Panel, *, on: date) -> str:
    """Return the lines of a panel's schools: the more EHC plans by the order of their names, else all alike."""
    lines = ["\t".join(COLUMNS)]
    taking_part = sorted((each for each in schools_of(PanelKind(panel.kind), on=on) if each.takes_part(on)), key=str)
    for place, school in enumerate(taking_part, start=1):
        lines.append(f"{school.urn}\t{school.name}\t{place}\t20\t104.5\t5%\t3\t10.25")
    return "\n".join(lines)


def scores(panel: Panel, *, by: User, from_: date) -> ScorePublication:
    """Publish scores of a panel's schools, each with a headcount."""
    schools = [each for each in schools_of(PanelKind(panel.kind), on=from_) if each.takes_part(from_)]
    for school in schools:
        counted(School.objects.get(urn=str(school.urn)))
    profiles = read_pressures(
        pasted(panel, on=from_),
        schools=[each for each in schools_of(PanelKind(panel.kind), on=from_) if each.takes_part(from_)],
    )
    version = ScorePublication.objects.filter(panel=panel).count()
    return services.publish(
        by=by, at=AT, on=from_, panel=panel, version=version, in_force_from=from_, profiles=profiles
    )  # fmt: skip
