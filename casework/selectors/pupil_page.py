"""What a child's page shows."""

from dataclasses import dataclass
from typing import Any

from casework.models import Address, Circumstance, Pupil, RollSpell
from casework.models.pupil import CIRCUMSTANCE_LABELS
from casework.registry import CaseLine, case_lines
from casework.rules.terms import (
    EARLY_HELP_LABELS,
    SEN_LABELS,
    SEN_NEED_LABELS,
    SOCIAL_CARE_LABELS,
    YES_NO_UNKNOWN_LABELS,
)
from casework.selectors.circumstances import AsAt

VALUE_LABELS = {
    "sen": SEN_LABELS,
    "sen_need": SEN_NEED_LABELS,
    "early_help": EARLY_HELP_LABELS,
    "social_care": SOCIAL_CARE_LABELS,
    "social_worker": YES_NO_UNKNOWN_LABELS,
    "free_school_meals": YES_NO_UNKNOWN_LABELS,
}


@dataclass(frozen=True, slots=True)
class PupilPage:
    """A child's history: every entry, newest first."""

    roll_spells: tuple[RollSpell, ...]
    circumstances: tuple[dict[str, Any], ...]
    addresses: tuple[Address, ...]
    cases: tuple[CaseLine, ...]

    def circumstances_as_at(self, as_at: AsAt) -> list[dict[str, Any]]:
        """Return each circumstance on the day in words, with how it is known."""
        return [
            {
                "label": CIRCUMSTANCE_LABELS[kind],
                "value": value_words(kind, known.value),
                "known": known,
                "unknown": known.value == "unknown",
            }
            for kind, known in as_at.circumstances.items()
        ]


def pupil_page(pupil: Pupil) -> PupilPage:
    """Return a child's history, in three queries and one for each kind of case."""
    entries = Circumstance.objects.filter(pupil=pupil).order_by("-first_day", "-pk")[:100]
    return PupilPage(
        roll_spells=tuple(pupil.roll_spells.select_related("school").order_by("-first_day")),
        circumstances=tuple(
            {"label": CIRCUMSTANCE_LABELS[row.kind], "value": value_words(row.kind, row.value), "row": row}
            for row in entries
        ),
        addresses=tuple(pupil.addresses.order_by("-first_day")),
        cases=tuple(
            sorted((line for lines in case_lines for line in lines(pupil)), key=lambda line: line.on, reverse=True)
        ),
    )


def value_words(kind: str, value: str) -> str:
    """Return a circumstance's value as it is shown."""
    return VALUE_LABELS[kind].get(value, "Not known" if value == "unknown" else value)
