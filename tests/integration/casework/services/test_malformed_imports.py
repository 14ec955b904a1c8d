"""Spoilt files of schools, links and headcounts: each answered by row and column, and nothing half-saved.

What a spoilt table as such is answered stands in tests/unit/casework/uploads/test_malformed_tables.py.
"""

import pytest

from casework.models import CensusHeadcount, HeadcountPart, ImportChange, LocalAuthority, School, SchoolLink, Trust
from casework.rules.gias import NEEDED
from casework.services import imports
from tests.cast import Cast
from tests.conftest import NOW
from tests.factories.casework import SchoolFactory
from tests.gias_files import a_school, download, header, links

pytestmark = pytest.mark.django_db
GOOD = a_school("150001", "Good School")
OTHER = a_school("150002", "Other School")


def bad(**changes: str) -> bytes:
    """Return a download whose third row is spoilt."""
    return download([GOOD, OTHER | a_school("150002", "Other School", **changes)])


def heads(*rows: str, header: str = "URN,Year,Year group,SEN,Headcount") -> bytes:
    return "\r\n".join([header, *rows]).encode()


WITHOUT = [name for name in header() if name != "CloseDate"]
CUT_OFF = download([GOOD, OTHER])[:-200]
GIAS: list[tuple[str, bytes, int | None, str, str]] = [
    # what is wrong, the file, row, column, words of the answer
    ("a letter in a URN", bad(URN="15000A"), 3, "A (URN)", "must be six digits"),
    ("a URN too short", bad(URN="15000"), 3, "A (URN)", "must be six digits"),
    ("a URN of zeros", bad(URN="000000"), 3, "A (URN)", "must be six digits"),
    ("no URN", bad(URN=""), 3, "A (URN)", "must be six digits"),
    ("a URN in digits of another script", download([GOOD, a_school("٣٤٥٦٧٨", "x")], encoding="utf-8"), 3, "A (URN)", "must be six digits"),
    ("the same URN twice", download([GOOD, OTHER, GOOD]), 4, "A (URN)", "Row 2 has the same URN"),
    ("no name", bad(EstablishmentName=""), 3, "E (EstablishmentName)", "must have a name"),
    ("a name too long", bad(EstablishmentName="x" * 151), 3, "E (EstablishmentName)", "150 characters"),
    ("a name of blanks", bad(EstablishmentName="   "), 3, "E (EstablishmentName)", "must have a name"),
    ("a number of three digits", bad(number="401"), 3, "D (EstablishmentNumber)", "must be four digits"),
    ("a type that lost its zero", bad(type="1"), 3, "F (TypeOfEstablishment (code))", "must be two digits"),
    ("an unknown type", bad(type="99"), 3, "F (TypeOfEstablishment (code))", "is not known"),
    ("a type in words", bad(type="Community"), 3, "F (TypeOfEstablishment (code))", "must be two digits"),
    ("an unknown phase", bad(phase="9"), 3, "R (PhaseOfEducation (code))", "is not known"),
    ("an unknown status", bad(status="7"), 3, "J (EstablishmentStatus (code))", "must be 1, 2, 3 or 4"),
    ("no status", bad(status=""), 3, "J (EstablishmentStatus (code))", "must be 1, 2, 3 or 4"),
    ("a day that is none", bad(opened="31-02-2020"), 3, "N (OpenDate)", "This is no day"),
    ("a day the American way", bad(opened="09-31-2020"), 3, "N (OpenDate)", "This is no day"),
    ("a day in words", bad(opened="1 Sept 2020"), 3, "N (OpenDate)", "This is no day"),
    ("a day as a number", bad(opened="43831"), 3, "N (OpenDate)", "This is no day"),
    ("closed before it opened", bad(status="2", closed="01-01-1980"), 3, "Q (CloseDate)", "closed before it opened"),
    ("a closing day that is none", bad(status="2", closed="never"), 3, "Q (CloseDate)", "This is no day"),
    ("a trust in words", bad(type="34", trust="Three Becks"), 3, "AT (Trusts (code))", "must be a number"),
    ("no school of the authorities chosen", download([GOOD | {"LA (code)": "203"}]), None, "", "which authorities were chosen"),
    ("a column that is missing", download([GOOD], columns=WITHOUT), 1, "", "“CloseDate” is missing"),
    ("a column that is named twice", download([GOOD], columns=[*NEEDED, "URN"]), 1, "M (URN)", "Column A has the same name"),
    ("a file cut off", CUT_OFF, 3, "H (EstablishmentTypeGroup (code))", "the first that is missing"),
    ("the file of links instead", links([("1", "2", "Successor")]), 1, "", "“EstablishmentName” is missing"),
    ("a web page of the register", b"<!DOCTYPE html><title>GIAS</title>", None, "", "web page"),
    ("the archive as it is downloaded", b"PK\x03\x04" + b"\0" * 60, None, "", "give it its right name"),
]  # fmt: skip
LINKS: list[tuple[str, bytes, int | None, str, str]] = [
    ("a link to itself", links([("150001", "150001", "Successor")]), 2, "B (LinkURN)", "cannot follow itself"),
    ("a link to no URN", links([("150001", "15", "Successor")]), 2, "B (LinkURN)", "must be six digits"),
    ("a link without its kind", b"URN,LinkURN\n150001,150002\n", 1, "", "“LinkType” is missing"),
]
HEADCOUNTS: list[tuple[str, bytes, int | None, str, str]] = [
    ("a school not held", heads("199999,2026,,,210"), 2, "A (URN)", "No school with this URN"),
    ("a year of two digits", heads("800100,26,,,210"), 2, "B (Year)", "calendar year of the January"),
    ("a school year", heads("800100,2025/26,,,210"), 2, "B (Year)", "calendar year of the January"),
    ("a headcount with a fraction", heads("800100,2026,,,210.5"), 2, "E (Headcount)", "whole number"),
    ("a headcount below nothing", heads("800100,2026,,,-4"), 2, "E (Headcount)", "whole number"),
    ("a headcount in words", heads("800100,2026,,,many"), 2, "E (Headcount)", "whole number"),
    ("a headcount of half a county", heads("800100,2026,,,210000"), 2, "E (Headcount)", "whole number"),
    ("a headcount protected by the publisher", heads("800100,2026,,,c"), 2, "E (Headcount)", "whole number"),
    ("an unknown year group", heads("800100,2026,15,,3"), 2, "C (Year group)", "not known"),
    ("an unknown SEN code", heads("800100,2026,9,S,3"), 2, "D (SEN)", "Write N, K or E"),
    ("the same part twice", heads("800100,2026,9,K,3", "800100,2026,Year 9,k,4"), 3, "A (URN)", "earlier row too"),
    ("the same total twice", heads("800100,2026,,,3", "800100,2026,,,3"), 3, "A (URN)", "earlier row too"),
    ("parts that do not add up", heads("800100,2026,9,K,3", "800100,2026,,,4"), 3, "E (Headcount)", "add up to 3"),
    ("another phase than is held", heads("800100,2026,Primary,4", header="URN,Year,Phase,Headcount"), 2, "C (Phase)", "held as secondary"),
    ("no headcount at all", b"URN,Year\n800100,2026\n", 1, "", "“Headcount” is missing"),
]  # fmt: skip
CASES = (
    [("gias", "edubasealldata.csv", *case) for case in GIAS]
    + [("gias-links", "links.csv", *case) for case in LINKS]
    + [("headcounts", "census.csv", *case) for case in HEADCOUNTS]
)


@pytest.fixture
def held(cast: Cast) -> School:
    school: School = SchoolFactory.create(urn="800100")
    return school


@pytest.mark.parametrize(
    ("kind", "name", "what", "data", "row", "column", "says"), CASES, ids=[f"{case[0]}: {case[2]}" for case in CASES]
)
def test_a_spoilt_file_is_answered_by_row_and_column_and_saves_nothing(
    cast: Cast, held: School, kind: str, name: str, what: str, data: bytes, row: int | None, column: str, says: str
) -> None:
    was = counted()
    brought = imports.bring(by=cast.administrator, at=NOW, kind=kind, file_name=name, content=data, options={})

    imports.check(at=NOW, row=brought)

    assert brought.state == "refused"
    fault = brought.faults[0]
    assert (fault["row"], fault["column"]) == (row, column), fault
    assert says in fault["message"]
    with pytest.raises(imports.NotReady):
        imports.apply(by=cast.administrator, at=NOW, row=brought)
    assert counted() == was


def counted() -> list[int]:
    tables = (School, Trust, LocalAuthority, SchoolLink, CensusHeadcount, HeadcountPart, ImportChange)
    return [table.objects.count() for table in tables]


def test_there_are_as_many_kinds_of_spoilt_file_as_were_promised() -> None:
    from tests.unit.casework.uploads.test_malformed_tables import CASES as OF_TABLES

    assert len({case[2] for case in CASES}) >= 30
    assert len({case[2] for case in CASES} | {case[0] for case in OF_TABLES}) >= 60
