"""Every rule that names a date, a total or a threshold: what it is called, since when it holds, where it is computed.

The pages of `docs/rules/` are written from here and from the functions' own docstrings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exclusions.rules.sources import Source


class Status(StrEnum):
    """Whether the source text was read."""

    CONFIRMED = "confirmed"
    TO_BE_CHECKED = "to be checked"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    `functions` are dotted names, `tables` names of files of `tests/tables/` without their ending. `in_force_until` is
    the last day, None while it holds. `to_check` says what was written from memory, or not seen in the text.
    """

    ref: str
    name: str
    sources: tuple[Source, ...]
    in_force_from: date
    functions: tuple[str, ...]
    tables: tuple[str, ...]
    to_check: str = ""
    in_force_until: date | None = None

    @property
    def status(self) -> Status:
        """Confirmed, unless something is left to check."""
        return Status.TO_BE_CHECKED if self.to_check else Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class WithoutDate:
    """A rule that names no date, total or threshold, and where the product records what it asks for."""

    ref: str
    name: str
    recorded: str


class NoSuchRule(LookupError):
    """The catalogue has no rule of that reference."""


def rules() -> Iterator[Rule]:
    """Yield every rule of the catalogue: R1 to R71 in order, then the conventions D1 to D9 and AMB-1 to AMB-12."""
    from exclusions.rules.catalogue_conventions import AMBIGUITIES, CONVENTIONS
    from exclusions.rules.catalogue_exclusion import EXCLUSION_RULES
    from exclusions.rules.catalogue_review import REVIEW_RULES

    yield from EXCLUSION_RULES
    yield from REVIEW_RULES
    yield from CONVENTIONS
    yield from AMBIGUITIES


def rule(ref: str) -> Rule:
    """Return the rule of a reference: 'R28', 'D3' or 'AMB-1'. Raises NoSuchRule."""
    for found in rules():
        if found.ref == ref:
            return found
    raise NoSuchRule(ref)


WITHOUT_DATE = (
    WithoutDate(
        "R1", "Only two lawful kinds", "the notice: kind, who decided and in which capacity, first and last day"
    ),
    WithoutDate("R4", "No extension or conversion", "a further exclusion is a notice of its own, linked as following"),
    WithoutDate("R5", "Grounds for a permanent exclusion", "the narrative of the notice: both limbs of the test"),
    WithoutDate("R8", "Informal exclusion is unlawful", "no notice is logged; the child's notes say what was alleged"),
    WithoutDate("R10", "Internal isolation is no exclusion", "not recorded as an exclusion, and adds no days"),
    WithoutDate("R25", "Exclusion across a border", "both authorities on the notice: the school's and the home one"),
    WithoutDate("R26", "Full-time has no number of hours", "hours a week of each provision"),
    WithoutDate(
        "R32", "Lateness does not undo a decision", "the duty shows when it was met, and by how many days late"
    ),
    WithoutDate("R34", "Outcomes before the board", "outcome events of the exclusion"),
    WithoutDate("R35", "What the decision letter says", "the letter on file, and the last date it prints beside ours"),
    WithoutDate("R36", "Who arranges the review", "the duty's holder: the authority, or the academy's trust"),
    WithoutDate("R41", "What a panel can decide", "outcome events of the exclusion"),
    WithoutDate("R44", "Note on the record", "outcome events of the exclusion, with a note"),
    WithoutDate("R46", "Outcome categories of reviews", "outcome events of the exclusion, counted by reports"),
    WithoutDate("R49", "Managed move", "roll spells of the child: the school left and the school joined"),
    WithoutDate("R50", "Looked-after children at risk", "circumstances of the child and the review on file"),
    WithoutDate("R51", "What the board watches", "figures by characteristic in the reports"),
    WithoutDate("R52", "Duty to have a protocol", "the protocol is the authority's; the product holds cases under it"),
    WithoutDate("R58", "Preference under fair access", "the parent's wishes, in the referral"),
    WithoutDate("R59", "Infant class size", "the category of the placement; no number is computed"),
    WithoutDate("R60", "Avoid excluding a child with a plan", "SEN circumstances, frozen on the first day"),
    WithoutDate("R61", "An exclusion does not end a plan", "SEN circumstances, and the authority that keeps the plan"),
    WithoutDate("R63", "No silent placement", "hours a week of each provision beside the plan's"),
)
"""Rules R1 to R63 that are not in the catalogue, since there is nothing to compute."""
