"""What a child's page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.models import Address, Contact, OtherName, OtherUpn, Pupil, RollSpell, SocialWorker
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
    """A child's history: every entry, newest first; of people, names and numbers those that stand.

    `taken_back` says in words what was withdrawn of these, and why.
    """

    roll_spells: tuple[RollSpell, ...]
    circumstances: tuple[dict[str, Any], ...]
    addresses: tuple[Address, ...]
    contacts: tuple[Contact, ...]
    social_workers: tuple[SocialWorker, ...]
    other_names: tuple[OtherName, ...]
    other_upns: tuple[OtherUpn, ...]
    taken_back: tuple[str, ...]
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
    """Return a child's history, in seven queries and one for each kind of case."""
    entries = pupil.circumstances.order_by("-first_day", "-pk")[:100]
    people = {
        "addresses": tuple(pupil.addresses.order_by("-first_day", "-pk")),
        "contacts": tuple(pupil.contacts.order_by("-first_day", "-pk")),
        "social_workers": tuple(pupil.social_workers.select_related("authority").order_by("-first_day", "-pk")),
        "other_names": tuple(pupil.other_names.order_by("-pk")),
        "other_upns": tuple(pupil.other_upns.order_by("-pk")),
    }
    return PupilPage(
        roll_spells=tuple(pupil.roll_spells.select_related("school").order_by("-first_day")),
        circumstances=tuple(
            {"label": CIRCUMSTANCE_LABELS[row.kind], "value": value_words(row.kind, row.value), "row": row}
            for row in entries
        ),
        taken_back=tuple(_taken_back(people)),
        cases=tuple(
            sorted((line for lines in case_lines for line in lines(pupil)), key=lambda line: line.on, reverse=True)
        ),
        **{name: tuple(row for row in rows if row.withdrawn_at is None) for name, rows in people.items()},
    )


def _taken_back(people: dict[str, tuple[Any, ...]]) -> Iterable[str]:
    nouns = {
        "addresses": "An address",
        "contacts": "A contact",
        "social_workers": "A social worker",
        "other_names": "Another name",
        "other_upns": "Another UPN",
    }
    for name, rows in people.items():
        for row in rows:
            if row.withdrawn_at is not None:
                on = row.withdrawn_at.date()
                yield f"{nouns[name]}, on {on.day} {on:%B %Y}: {row.withdrawn_because}"


def value_words(kind: str, value: str) -> str:
    """Return a circumstance's value as it is shown."""
    return VALUE_LABELS[kind].get(value, "Not known" if value == "unknown" else value)
