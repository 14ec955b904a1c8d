"""Reasons for an exclusion: the DfE's codes with the days on which each may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exclusions.rules.rule_sets import THREE_REASONS_FROM


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code. `valid_from` and `valid_to` are first days of exclusions, both included.

    `in_use` is off for a code that is listed but that no collection is known to take yet.
    """

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    in_use: bool = True


class ReasonFault(StrEnum):
    """What is wrong with the reasons chosen."""

    NONE = "none chosen"
    TOO_MANY = "too many"
    TWICE = "chosen twice"
    ENDED = "ended"
    NOT_BEGUN = "not begun"
    NOT_IN_USE = "not in use"


@dataclass(frozen=True, slots=True)
class ReasonProblem:
    """A fault in the reasons chosen, the code at fault if one is, and what to do about it."""

    fault: ReasonFault
    code: str | None
    message: str


def reason_valid_on(valid_from: date | None, valid_to: date | None, in_use: bool, on: date) -> bool:
    """Tell whether a code may be used for an exclusion whose first day is `on`."""
    begun = valid_from is None or valid_from <= on
    return in_use and begun and (valid_to is None or on <= valid_to)


def most_reasons(on: date) -> int:
    """Return how many reasons an exclusion may have: three from 1 September 2020, one before."""
    return 3 if on >= THREE_REASONS_FROM else 1


def problems_with_reasons(chosen: Sequence[Reason], on: date) -> tuple[ReasonProblem, ...]:
    """Return what is wrong with the reasons chosen for an exclusion whose first day is `on`.

    Nothing is wrong when the answer is empty. Source: DfE common basic data set; autumn 2020 school
    census (up to three reasons, of equal weight).
    """
    found: list[ReasonProblem] = []
    most = most_reasons(on)
    if not chosen:
        found.append(ReasonProblem(ReasonFault.NONE, None, "Choose at least one reason"))
    if len(chosen) > most:
        message = (
            "Choose one reason: only exclusions from 1 September 2020 may have up to three"
            if most == 1
            else "Choose up to three reasons"
        )
        found.append(ReasonProblem(ReasonFault.TOO_MANY, None, message))
    codes = [reason.code for reason in chosen]
    for place, reason in enumerate(chosen):
        if reason.code in codes[:place]:
            message = f"Reason {reason.code} is chosen twice: choose it once"
            found.append(ReasonProblem(ReasonFault.TWICE, reason.code, message))
        elif not reason_valid_on(reason.valid_from, reason.valid_to, reason.in_use, on):
            found.append(_not_valid(reason, on))
    return tuple(found)


def _not_valid(reason: Reason, on: date) -> ReasonProblem:
    what = f"Reason {reason.code}"
    if reason.valid_to and on > reason.valid_to:
        message = f"{what} ended on {_words(reason.valid_to)}: choose another code"
        return ReasonProblem(ReasonFault.ENDED, reason.code, message)
    if reason.valid_from and on < reason.valid_from:
        message = f"{what} began on {_words(reason.valid_from)}: choose another code"
        return ReasonProblem(ReasonFault.NOT_BEGUN, reason.code, message)
    message = f"{what} is not in use yet: choose another code"
    return ReasonProblem(ReasonFault.NOT_IN_USE, reason.code, message)


def _words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


_2020 = date(2020, 9, 1)

DFE_REASONS = (
    Reason("PP", "Physical assault against a pupil"),
    Reason("PA", "Physical assault against an adult"),
    Reason("VP", "Verbal abuse or threatening behaviour against a pupil"),
    Reason("VA", "Verbal abuse or threatening behaviour against an adult"),
    Reason("OW", "Use or threat of use of an offensive weapon or prohibited item", valid_from=_2020),
    Reason("BU", "Bullying"),
    Reason("RA", "Racist abuse"),
    Reason("LG", "Abuse against sexual orientation and gender identity", valid_from=_2020),
    Reason("DS", "Abuse relating to disability", valid_from=_2020),
    Reason("SM", "Sexual misconduct"),
    Reason("DA", "Drug and alcohol related"),
    Reason("DM", "Damage"),
    Reason("TH", "Theft"),
    Reason("DB", "Persistent or general disruptive behaviour"),
    Reason("MT", "Inappropriate use of social media or online technology", valid_from=_2020),
    Reason(
        "PH",
        "Wilful and repeated transgression of protective measures in place to protect public health",
        valid_from=_2020,
    ),
    Reason("OT", "Other", valid_to=date(2020, 8, 31)),
    Reason("BW", "Found to have brought a weapon or prohibited item into school", in_use=False),
    Reason("TB", "Cyber-bullying or threatening behaviour online", in_use=False),
    Reason("SB", "Harmful sexual behaviour", in_use=False),
    Reason("MB", "Misogynistic behaviour", in_use=False),
    Reason("AB", "Misandry behaviour", in_use=False),
    Reason("DR", "Drug related", in_use=False),
    Reason("AR", "Alcohol related", in_use=False),
    Reason("SR", "Smoking related", in_use=False),
    Reason("VR", "Vape related", in_use=False),
    Reason("LD", "Persistent disruptive behaviour: low-level disruption", in_use=False),
    Reason("CB", "Persistent disruptive behaviour: challenging behaviour", in_use=False),
    Reason("MP", "Use of mobile phone", in_use=False),
    Reason("OS", "Misbehaviour outside of school", in_use=False),
)
"""Every code of section 9.2. The 13 of May 2026 are listed, but no collection takes them yet."""
