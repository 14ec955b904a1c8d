"""The register of schools (GIAS) as its download writes it: codes, days, and what they mean here.

Source: edubasealldata as downloaded on 18 September 2023, 140 columns. Columns come and go between downloads, so every
one is found by its name.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from casework.rules.terms import Phase

URN, NAME, NUMBER = "URN", "EstablishmentName", "EstablishmentNumber"
AUTHORITY, AUTHORITY_NAME, AUTHORITY_GSS = "LA (code)", "LA (name)", "GSSLACode (name)"
TYPE, STATUS, PHASE = "TypeOfEstablishment (code)", "EstablishmentStatus (code)", "PhaseOfEducation (code)"
OPENED, CLOSED, WHY_CLOSED = "OpenDate", "CloseDate", "ReasonEstablishmentClosed (name)"
TRUST, TRUST_NAME, TELEPHONE = "Trusts (code)", "Trusts (name)", "TelephoneNum"
LOW_AGE, HIGH_AGE = "StatutoryLowAge", "StatutoryHighAge"
NEEDED = (URN, NAME, NUMBER, AUTHORITY, AUTHORITY_NAME, TYPE, STATUS, PHASE, OPENED, CLOSED, TRUST, TRUST_NAME)
KEPT = (*NEEDED, AUTHORITY_GSS, WHY_CLOSED, TELEPHONE, LOW_AGE, HIGH_AGE)

# Where the register holds no opening date, the school was open before the register began.
BEFORE_THE_REGISTER = date(1900, 1, 1)

KIND_OF_TYPE: Mapping[str, str] = {
    **dict.fromkeys(("01", "02", "03", "05", "15"), "maintained"),
    **dict.fromkeys(("07", "08", "12"), "special"),
    **dict.fromkeys(("06", "28", "33", "34", "35", "36", "38", "40", "41", "42", "43", "44"), "academy"),
    "14": "pru",
    **dict.fromkeys(("10", "11"), "other"),
}
# Colleges, universities, children's centres, schools overseas and in Wales, and the like.
LEFT_OUT = frozenset(
    ("18", "24", "25", "26", "27", "29", "30", "31", "32", "37", "39", "45", "46", "47", "48", "49", "56", "57")
)
_SPECIAL = frozenset(("07", "08", "10", "12", "33", "36", "44"))
_ALTERNATIVE = frozenset(("14", "38", "42", "43"))
_PHASE_OF_CODE: Mapping[str, Phase] = {
    "1": Phase.NURSERY,
    "2": Phase.PRIMARY,
    "3": Phase.PRIMARY,
    "4": Phase.SECONDARY,
    "5": Phase.SECONDARY,
    "7": Phase.ALL_THROUGH,
}
_CLOSED_STATUS, _PROPOSED_STATUS = "2", "4"
_DAY = re.compile(r"(\d{2})[-/](\d{2})[-/](\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Cells(Protocol):
    """A row of the download: text by the name of its column, "" where it has none."""

    def get(self, column: str) -> str:
        """Return the cell's text."""
        ...


class Wrong(Exception):
    """A cell of the register that cannot be understood; `column` is its column."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """A school as the register tells of it, in our words; days are ISO text."""

    urn: str
    authority: str
    establishment_number: str
    name: str
    phase: str
    kind: str
    establishment_type: str
    trust: str | None
    opened_on: str
    closed_on: str | None
    telephone: str

    def fields(self) -> dict[str, Any]:
        """Return the facts by name."""
        return asdict(self)


def is_taken(row: Cells) -> bool:
    """Tell whether a row is of a school that we hold: not proposed only, and of a type that teaches pupils of age."""
    return row.get(STATUS) != _PROPOSED_STATUS and row.get(TYPE) not in LEFT_OUT and row.get(PHASE) != "6"


def closed_without_day(row: Cells) -> bool:
    """Tell whether the register says that the school closed and not when: so it is of long ago."""
    return row.get(STATUS) == _CLOSED_STATUS and not row.get(CLOSED)


def school_facts(row: Cells) -> SchoolFacts:
    """Return what a row says of a school. Raises Wrong for the first cell that cannot be understood."""
    kind = KIND_OF_TYPE.get(_matching(row, TYPE, r"\d{2}", "must be two digits"))
    if kind is None:
        raise Wrong(TYPE, "This type of establishment is not known.")
    if row.get(STATUS) not in {"1", "2", "3"}:
        raise Wrong(STATUS, "The status must be 1, 2, 3 or 4.")
    opened = day_of(row, OPENED) or BEFORE_THE_REGISTER
    # A school that is still open has no last day yet: a date ahead is a plan.
    closed = day_of(row, CLOSED) if row.get(STATUS) == _CLOSED_STATUS else None
    if closed and closed < opened:
        raise Wrong(CLOSED, "The school closed before it opened.")
    name = row.get(NAME)
    if not name or len(name) > 150:
        raise Wrong(NAME, "A school must have a name, of 150 characters at most.")
    trust = _matching(row, TRUST, r"\d{1,10}", "must be a number") if kind == "academy" and row.get(TRUST) else None
    return SchoolFacts(
        urn=urn_of(row, URN),
        authority=_matching(row, AUTHORITY, r"\d{3}", "must be three digits"),
        establishment_number=_matching(row, NUMBER, r"\d{4}|", "must be four digits"),
        name=name,
        phase=_phase(row, kind),
        kind=kind,
        establishment_type=row.get(TYPE),
        trust=trust,
        opened_on=opened.isoformat(),
        closed_on=closed.isoformat() if closed else None,
        telephone=re.sub(r"[^\d+ ]", "", row.get(TELEPHONE))[:20].strip(),
    )


def urn_of(row: Cells, column: str) -> str:
    """Return the six digits of a URN. Raises Wrong."""
    return _matching(row, column, r"[1-9]\d{5}", "must be six digits")


def day_of(row: Cells, column: str) -> date | None:
    """Return a day written 31-08-2024, or as a workbook types it; None where there is none. Raises Wrong."""
    text = row.get(column)
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Wrong(column, "This is no day: days are written 31-08-2024.")


def _matching(row: Cells, column: str, pattern: str, must: str) -> str:
    text = row.get(column)
    if not re.fullmatch(pattern, text, re.ASCII):
        raise Wrong(column, f"The cell {must}.")
    return text


def _phase(row: Cells, kind: str) -> str:
    code = row.get(TYPE)
    if code in _SPECIAL:
        return Phase.SPECIAL.value
    if code in _ALTERNATIVE:
        return Phase.ALTERNATIVE_PROVISION.value
    if code == "15":
        return Phase.NURSERY.value
    phase = _PHASE_OF_CODE.get(row.get(PHASE))
    if phase is not None:
        return phase.value
    if row.get(PHASE) not in {"", "0"}:
        raise Wrong(PHASE, "This phase of education is not known.")
    return _phase_of_ages(row).value


def _phase_of_ages(row: Cells) -> Phase:
    """Return the phase of a school that the register gives none, as it gives independent schools none."""
    low, high = row.get(LOW_AGE), row.get(HIGH_AGE)
    if high.isdecimal() and int(high) <= 11:
        return Phase.PRIMARY
    if low.isdecimal() and int(low) >= 10:
        return Phase.SECONDARY
    return Phase.ALL_THROUGH
