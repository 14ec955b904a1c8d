"""Downloads of the register of schools for tests: the real header, invented rows."""

import csv
import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

HEADER_FILE = Path(__file__).parent / "fixtures" / "gias" / "header.csv"


@cache
def header() -> tuple[str, ...]:
    """Return the 140 names of the download of 18 September 2023."""
    return tuple(next(csv.reader([HEADER_FILE.read_text(encoding="cp1252")])))


def a_school(urn: str, name: str, **changes: str) -> dict[str, str]:
    """Return the cells of one school: an open community secondary of authority 999, with some changed.

    A key may be written short: `trust`, `trust_name`, `type`, `status`, `phase`, `opened`, `closed`, `number`, `la`.
    """
    short = {
        "la": "LA (code)",
        "la_name": "LA (name)",
        "number": "EstablishmentNumber",
        "type": "TypeOfEstablishment (code)",
        "status": "EstablishmentStatus (code)",
        "phase": "PhaseOfEducation (code)",
        "opened": "OpenDate",
        "closed": "CloseDate",
        "trust": "Trusts (code)",
        "trust_name": "Trusts (name)",
        "telephone": "TelephoneNum",
        "low": "StatutoryLowAge",
        "high": "StatutoryHighAge",
    }
    cells = {
        "URN": urn,
        "EstablishmentName": name,
        "LA (code)": "999",
        "LA (name)": "Marchshire",
        "EstablishmentNumber": f"4{int(urn) % 1000:03}" if urn.isdecimal() else "4001",
        "TypeOfEstablishment (code)": "01",
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentStatus (code)": "1",
        "EstablishmentStatus (name)": "Open",
        "PhaseOfEducation (code)": "4",
        "PhaseOfEducation (name)": "Secondary",
        "OpenDate": "01-09-1990",
        "GSSLACode (name)": "E09999999",
        "TelephoneNum": "01632960123",
        "Town": "Marchbridge",
    }
    return cells | {short.get(key, key): value for key, value in changes.items()}


def download(
    schools: Iterable[dict[str, str]],
    *,
    columns: Iterable[str] | None = None,
    encoding: str = "cp1252",
    elsewhere: str = "",
) -> bytes:
    """Return the bytes of a download; `elsewhere` stands in each column that no school of it speaks of."""
    names = list(columns or header())
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval=elsewhere, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(schools)
    return out.getvalue().encode(encoding)


def links(rows: Iterable[tuple[str, str, str]]) -> bytes:
    """Return the bytes of the register's file of links."""
    lines = [f'{urn},{link},"A school",{kind},01-09-2025' for urn, link, kind in rows]
    return "\r\n".join(["URN,LinkURN,LinkName,LinkType,LinkEstablishedDate", *lines]).encode("cp1252")
