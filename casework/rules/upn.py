"""Unique pupil numbers: their check letter, and what to tell somebody who typed one wrongly.

Source: government data standard for the UPN, version 2.0. A permanent UPN is a check letter, the
authority (3 digits), the establishment (4), the year it was given (2) and a serial number (3); a
temporary one ends in two digits and a letter.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a UPN in the order of their values, 0 to 22: there is no I, O or S."""

_SHAPE = re.compile(rf"[{LETTERS}]\d{{11}}[\d{LETTERS}]", re.ASCII)

_LISTED_AUTHORITIES = (
    *((1, 5), (201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373)),
    *((380, 384), (390, 394), (420, 420), (660, 681), (701, 708), (800, 803), (805, 808)),
    *((810, 813), (815, 816), (820, 823), (825, 826), (830, 831), (835, 841), (845, 846)),
    *((850, 852), (855, 857), (860, 861), (865, 896), (908, 909), (916, 916), (919, 919)),
    *((921, 921), (925, 926), (928, 929), (931, 931), (933, 933), (935, 938), (940, 943)),
    (999, 999),
)
"""Authority codes seen in UPNs, as ranges with both ends, and 999, the dummy authority of tests."""


class UpnFault(StrEnum):
    """What is wrong with a UPN."""

    LENGTH = "length"
    CHARACTERS = "characters"
    AUTHORITY = "authority"
    CHECK_LETTER = "check letter"


@dataclass(frozen=True, slots=True)
class UpnProblem:
    """A fault in a UPN and a sentence that says what to do about it."""

    fault: UpnFault
    message: str


def normalise(text: str) -> str:
    """Return a UPN as it is stored: capitals, without spaces."""
    return "".join(text.split()).upper()


def check_letter(body: str) -> str:
    """Return the check letter for characters 2 to 13 of a UPN.

    Each character's value (a letter counts its place in `LETTERS`) is multiplied by its position;
    the sum modulo 23 is the place of the check letter. Raises ValueError for anything but eleven
    digits and a last digit or letter.
    """
    if not _SHAPE.fullmatch("A" + body):
        raise ValueError(f"'{body}' is not the body of a UPN: eleven digits, then one more or a letter")
    values = (LETTERS.index(c) if c in LETTERS else int(c) for c in body)
    total = sum(position * value for position, value in enumerate(values, start=2))
    return LETTERS[total % 23]


def validate(upn: str) -> UpnProblem | None:
    """Return what is wrong with a UPN, or None for a good one, permanent or temporary.

    Spaces and small letters are forgiven. An authority that is only unlisted is no fault, since
    closed authorities live on inside old UPNs: see `has_unlisted_authority`.
    """
    upn = normalise(upn)
    if len(upn) != 13:
        return UpnProblem(
            UpnFault.LENGTH,
            f"A UPN has 13 characters and this one has {len(upn)}. Check it against the school's record",
        )
    if not _SHAPE.fullmatch(upn):
        return UpnProblem(
            UpnFault.CHARACTERS,
            "A UPN is a letter and 12 digits; only a temporary one ends in a letter, and I, O and "
            "S are never used. Check it against the school's record",
        )
    if upn[1:4] == "000":
        return UpnProblem(
            UpnFault.AUTHORITY,
            "No authority has the code 000, the second to fourth characters of this UPN. Check it "
            "against the school's record",
        )
    if check_letter(upn[1:]) != upn[0]:
        return UpnProblem(
            UpnFault.CHECK_LETTER,
            "The first letter does not match the rest of the UPN. Check it against the school's record",
        )
    return None


def is_temporary(upn: str) -> bool:
    """Tell whether a UPN is temporary: it ends in a letter. The UPN is taken to be valid."""
    return normalise(upn)[-1:] in set(LETTERS)


def has_unlisted_authority(upn: str) -> bool:
    """Tell whether the authority in a UPN is on no list: worth a warning, never a refusal."""
    code = int(normalise(upn)[1:4])
    return not any(first <= code <= last for first, last in _LISTED_AUTHORITIES)


def make_upn(la: str, establishment: str, year: int, serial: int | str) -> str:
    """Return the UPN of an authority's school, a year of allocation and a serial number.

    `year` may be written in two digits or four. A whole-number serial gives a permanent UPN; two
    digits and a letter ('00A') give a temporary one. Raises ValueError for parts that do not fit.
    """
    end = f"{serial:03d}" if isinstance(serial, int) else serial.upper()
    body = f"{la}{establishment}{year % 100:02d}{end}"
    return check_letter(body) + body
