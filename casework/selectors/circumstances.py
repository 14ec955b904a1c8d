"""What was known of a child on a day. The one question that a frozen notice, a page and a figure all ask."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casework.models import Circumstance, Pupil, RollSpell
from casework.models.pupil import CIRCUMSTANCE_LABELS

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """One circumstance as it stood on a day, who said so, since when it was so, and since when we have known."""

    kind: str
    value: str
    source: str
    since: date | None
    known_on: date | None


@dataclass(frozen=True, slots=True)
class AsAt:
    """What the council knew of one child on one day. Unknown is a value, and is not no."""

    on: date
    circumstances: dict[str, Known]
    roll_spell: RollSpell | None

    def value(self, kind: str) -> str:
        """Return the value of a circumstance, `unknown` where nobody had said."""
        return self.circumstances[kind].value


def known_about(pupil: Pupil, *, on: date, known_by: date | None = None) -> AsAt:
    """Return what was so of the child on the day, as the council knew it by `known_by` (by now when left out).

    Of two entries for the same day the one known last stands. Two queries.
    """
    spanning = Q(first_day__lte=on) & (Q(last_day__isnull=True) | Q(last_day__gte=on))
    rows = Circumstance.objects.standing().filter(spanning, pupil=pupil)
    if known_by is not None:
        rows = rows.filter(known_on__lte=known_by)
    found = {
        row.kind: Known(row.kind, row.value, row.source, row.first_day, row.known_on)
        for row in rows.order_by("known_on", "pk")
    }
    spell = (
        RollSpell.objects.filter(spanning, pupil=pupil)
        .exclude(enrolment_status="S")
        .select_related("school__authority", "school__trust")
        .order_by("-first_day")
        .first()
    )
    return AsAt(
        on=on,
        circumstances={kind: found.get(kind) or Known(kind, UNKNOWN, "", None, None) for kind in CIRCUMSTANCE_LABELS},
        roll_spell=spell,
    )
