"""What every installation needs before its first case: authorities, calendars and reason codes."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

import casework
from casework.models import BankHoliday, Closure, LocalAuthority, TermSpell
from casework.rules.periods import AcademicYear
from exclusions.models import ReasonCode
from exclusions.rules.reasons import DFE_REASONS
from reporting.data.term_pattern import bank_holidays, invented_terms

CASEWORK_DATA = Path(casework.__file__).parent / "data"
FIRST_YEAR = AcademicYear(2015)

# The stems of the columns that count each reason in the Department's published files.
PUBLISHED_STEMS = {
    "PP": "physical_pupils", "PA": "physical_adult", "VP": "verbal_pupil", "VA": "verbal_adult",
    "OW": "offensive_weapon", "BU": "bullying", "RA": "racist_abuse", "LG": "abuse_sex_gender",
    "DS": "abuse_disability", "SM": "sexual_misconduct", "DA": "drug_alcohol", "DM": "damage", "TH": "theft",
    "DB": "persistent_disruptive", "MT": "media_technology", "PH": "public_health", "OT": "other",
}  # fmt: skip


@transaction.atomic
def load_reference_data(*, today: date) -> dict[str, int]:
    """Add what is missing of authorities, bank holidays, reason codes and the council's default term dates.

    Nothing that is already there is changed, since an administrator may have corrected it. Term dates reach to the end
    of the academic year after `today`'s; years without a published list are marked invented. Returns rows added.
    """
    years = _years(today)
    added = {
        "authorities": _add_authorities(),
        "bank_holidays": _add_bank_holidays(years),
        "reason_codes": _add_reason_codes(),
    }
    council = LocalAuthority.objects.get(code=settings.COUNCIL_AUTHORITY_CODE)
    added["term_spells"] = _add_term_dates(council, years)
    return added


def term_spells_of(year: AcademicYear) -> tuple[list[tuple[str, date, date]], list[date], bool]:
    """Return a year's default spells, its days for staff alone, and whether the spells are invented."""
    for held in _read("term_dates.json")["years"]:
        if held["academic_year"] == year.label:
            spells = [spell for term in held["terms"] for spell in _spells_of_term(term)]
            return spells, [date.fromisoformat(day) for day in held["staff_days"]], held["invented"]
    return invented_terms(year), [], True


def _years(today: date) -> list[AcademicYear]:
    last = AcademicYear.of(today).first_year + 1
    return [AcademicYear(year) for year in range(FIRST_YEAR.first_year, last + 1)]


def _read(name: str) -> Any:
    return json.loads((CASEWORK_DATA / name).read_text())


def _spells_of_term(term: dict[str, Any]) -> list[tuple[str, date, date]]:
    off_from, off_to = (date.fromisoformat(day) for day in term["half_term"])
    first, last = date.fromisoformat(term["first_day"]), date.fromisoformat(term["last_day"])
    return [
        (term["term"], first, off_from - timedelta(days=3)),
        (term["term"], off_to + timedelta(days=3), last),
    ]


def _add_authorities() -> int:
    known = set(LocalAuthority.objects.values_list("code", flat=True))
    listed = _read("authorities.json")["authorities"]
    rows = [LocalAuthority(**row) for row in listed]
    if settings.COUNCIL_AUTHORITY_CODE not in {row["code"] for row in listed}:
        rows.append(LocalAuthority(code=settings.COUNCIL_AUTHORITY_CODE, name=settings.COUNCIL_NAME, nation="england"))
    return len(LocalAuthority.objects.bulk_create(row for row in rows if row.code not in known))


def _add_bank_holidays(years: list[AcademicYear]) -> int:
    known = set(BankHoliday.objects.values_list("on", flat=True))
    held = _read("bank_holidays.json")
    rows = [
        BankHoliday(
            on=date.fromisoformat(day["on"]),
            name=day["name"],
            source=held["source"] if day["status"] == "sourced" else "Computed from the rules",
        )
        for day in held["days"]
    ]
    listed = {row.on.year for row in rows}
    for year in range(years[0].first_year, years[-1].first_year + 2):
        if year not in listed:
            rows += [
                BankHoliday(on=on, name=name, source="Computed from the rules") for on, name in bank_holidays(year)
            ]
    return len(BankHoliday.objects.bulk_create(row for row in rows if row.on not in known))


def _add_reason_codes() -> int:
    known = set(ReasonCode.objects.values_list("code", flat=True))
    return len(
        ReasonCode.objects.bulk_create(
            ReasonCode(
                code=reason.code,
                label=reason.label,
                published_stem=PUBLISHED_STEMS.get(reason.code, ""),
                valid_from=reason.valid_from,
                valid_to=reason.valid_to,
                in_use=reason.in_use,
            )
            for reason in DFE_REASONS
            if reason.code not in known
        )
    )


def _add_term_dates(council: LocalAuthority, years: list[AcademicYear]) -> int:
    mine = TermSpell.objects.filter(authority=council, school__isnull=True)
    known = set(mine.values_list("academic_year", flat=True))
    spells: list[TermSpell] = []
    closures: list[Closure] = []
    for year in years:
        if year.label in known:
            continue
        days, staff_days, invented = term_spells_of(year)
        spells += [
            TermSpell(
                authority=council,
                academic_year=year.label,
                term=term,
                first_day=first,
                last_day=last,
                invented=invented,
            )
            for term, first, last in days
        ]
        closures += [
            Closure(
                authority=council,
                on=on,
                kind="closed",
                reason="Staff training",
                declared_by=settings.COUNCIL_NAME,
                declared_at=datetime(year.first_year, 7, 1, 9, tzinfo=UTC),
            )
            for on in staff_days
        ]
    Closure.objects.bulk_create(closures, ignore_conflicts=True)
    return len(TermSpell.objects.bulk_create(spells))
