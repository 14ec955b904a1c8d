"""The scores of a panel's schools: those in force on a day, every publication, and who has none."""

from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from panels.models import Panel, SchoolScore, ScorePublication
from panels.rules.turns.baseline_scores import Publication


def publications(panel: Panel) -> QuerySet[ScorePublication]:
    """Return a panel's publications of scores, latest first. One query."""
    found: QuerySet[ScorePublication] = (
        ScorePublication.objects.filter(panel=panel).select_related("published_by").order_by("-in_force_from")
    )
    return found


def lines_of(publication: ScorePublication) -> list[SchoolScore]:
    """Return the scores of a publication, the lowest first. One query."""
    rows = SchoolScore.objects.filter(publication=publication).select_related("school")
    return list(rows.order_by("rank", "school__name", "pk"))


def in_force(panel: Panel, *, on: date) -> ScorePublication | None:
    """Return the scores in force on a day, None before the first. One query."""
    return publications(panel).filter(in_force_from__lte=on).first()


def published_since(panel: Panel, *, first: date, on: date) -> tuple[Publication, ...]:
    """Return what was in force on some day from the first to the other, earliest first, for the rules. Two queries."""
    begun = list(publications(panel).filter(in_force_from__lte=on))
    wanted = [
        row for row, after in zip(begun, [None, *begun], strict=False) if not after or after.in_force_from > first
    ]
    rows = SchoolScore.objects.filter(publication__in=wanted).order_by("school__urn")
    scores: dict[int, list[tuple[int, Fraction]]] = {}
    for publication, urn, score in rows.values_list("publication_id", "school__urn", "score"):
        scores.setdefault(publication, []).append((int(urn), Fraction(score)))
    return tuple(Publication(row.in_force_from, tuple(scores.get(row.pk, ()))) for row in reversed(wanted))
