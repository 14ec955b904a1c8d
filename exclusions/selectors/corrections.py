"""What of a notice was put right, as its page tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.models import LocalAuthority, School
from exclusions.models import Correction, Exclusion


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction with its changes: field, value before and value now as stored, places by name."""

    correction: Correction
    changes: tuple[tuple[str, Any, Any], ...]


def corrections_of(exclusion: Exclusion) -> list[CorrectionLine]:
    """Return the corrections of an exclusion, newest first: one query, and one for each kind of place that changed."""
    found = list(exclusion.corrections.select_related("corrected_by").order_by("-pk"))
    schools = _names(School, found, "school")
    authorities = _names(LocalAuthority, found, "home_authority")
    names = {"school": schools, "home_authority": authorities}
    return [
        CorrectionLine(
            each,
            tuple(
                (name, *(names[name].get(value, value) if name in names else value for value in pair))
                for name, pair in each.changes.items()
            ),
        )
        for each in found
    ]


def _names(model: Any, corrections: Iterable[Correction], name: str) -> dict[int, str]:
    wanted = {pk for each in corrections for pk in each.changes.get(name, ())}
    return dict(model.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
