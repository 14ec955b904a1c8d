"""The pages of term dates: shown, set for many schools at once, undone; bank holidays."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import BankHoliday, CalendarChange, Closure, Import, School, TermSpell, Trust
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories.casework import SchoolFactory
from tests.notice_form import errors
from tests.queries import asked
from tests.workbooks import workbook

HERE = "/term-dates/2026-27/"
SET = f"{HERE}set/"
LINES = """Autumn 2 Sep 2026 - 30 Oct 2026
Autumn 9 Nov 2026 - 18 Dec 2026
Spring 4 Jan 2027 - 12 Feb 2027
Spring 22 Feb 2027 - 26 Mar 2027
Summer 12 Apr 2027 - 28 May 2027
Summer 7 Jun 2027 - 21 Jul 2027
INSET 3 Sep 2026 Training"""


@pytest.fixture
def administrator(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.administrator)


def typed(client: Client, **changes: Any) -> dict[str, Any]:
    token = str(client.get(SET).context["form"]["token"].value())
    return {"token": token, "lines": LINES, "whom": "authority", "step": "check"} | changes


def saved(client: Client, **changes: Any) -> Any:
    """Check the dates and then save them, as a person does."""
    answers = typed(client, **changes)
    shown = client.post(SET, answers)
    assert "The dates as they were understood" in shown.content.decode(), errors(shown)
    form = shown.context["form"]
    answers.pop("file", None)
    return client.post(SET, answers | {"step": "save", "checked": form.data["checked"], "lines": form.data["lines"]})


def own(school: School) -> list[date]:
    found = TermSpell.objects.filter(school=school, academic_year="2026/27").order_by("first_day")
    return list(found.values_list("first_day", flat=True))


def test_dates_are_shown_for_checking_and_saved_only_then(administrator: Client, place: Place) -> None:
    shown = administrator.post(SET, typed(administrator))

    assert "Fri 30 Oct 2026" in shown.content.decode()
    assert not CalendarChange.objects.exists()

    answer = saved(administrator)

    assert answer.headers["Location"] == HERE
    page = administrator.get(HERE).content.decode()
    assert "Fri 30 Oct 2026" in page
    assert "Training" in page
    assert Closure.objects.get().on == date(2026, 9, 3)


def test_year_with_one_term_alone_is_saved_only_after_a_warning(administrator: Client, place: Place) -> None:
    TermSpell.objects.exclude(academic_year="2026/27").delete()
    warning = "No spring or summer term is given."
    answers = typed(administrator, lines="Autumn 2 Sep 2026 - 18 Dec 2026")

    whole = administrator.post(SET, typed(administrator)).content.decode()
    warned = administrator.post(SET, answers)
    answer = administrator.post(SET, answers | {"step": "save", "checked": warned.context["form"].data["checked"]})

    assert warning in warned.content.decode()
    assert "term is given." not in whole
    assert answer.headers["Location"] == HERE


def test_dates_changed_after_the_check_are_shown_again_and_not_saved(administrator: Client, place: Place) -> None:
    answers = typed(administrator)
    checked = administrator.post(SET, answers).context["form"].data["checked"]

    again = administrator.post(
        SET, answers | {"step": "save", "checked": checked, "lines": LINES.replace("30 Oct", "29 Oct")}
    )

    assert "Thu 29 Oct 2026" in again.content.decode()
    assert not CalendarChange.objects.exists()


def test_second_click_sets_them_once(administrator: Client, place: Place) -> None:
    answers = typed(administrator)
    checked = administrator.post(SET, answers).context["form"].data["checked"]

    for _ in range(2):
        assert administrator.post(SET, answers | {"step": "save", "checked": checked}).status_code == 302

    assert CalendarChange.objects.count() == 1


@pytest.mark.parametrize("whom", ["trust", "phase", "chosen"])
def test_dates_are_applied_to_many_schools_at_once(administrator: Client, place: Place, whom: str) -> None:
    trust = Trust.objects.create(group_id="2044", name="Three Becks")
    theirs = SchoolFactory.create_batch(3, authority=place.authority, trust=trust, phase="special")
    closed = SchoolFactory.create(authority=place.authority, trust=trust, phase="special", closed_on=date(2020, 8, 31))

    saved(
        administrator,
        whom=whom,
        trust=trust.pk,
        phase="special",
        schools=[school.urn for school in theirs],
    )

    assert all(own(school)[0] == date(2026, 9, 2) for school in theirs)
    assert not own(closed)
    assert not own(place.school)


def test_inset_day_whose_line_is_deleted_is_shown_and_taken_away(administrator: Client, place: Place) -> None:
    saved(administrator)
    offered = administrator.get(SET).context["form"]
    lines = "\n".join(line for line in offered["lines"].value().splitlines() if not line.startswith("INSET"))
    without = {"lines": lines, "prefilled": offered["prefilled"].value()}

    shown = administrator.post(SET, typed(administrator, **without)).content.decode()
    assert "<b>INSET days taken away:</b> Thu 3 Sep 2026" in shown
    assert Closure.objects.exists()

    answers = typed(administrator, **without)
    checked = administrator.post(SET, answers).context["form"].data["checked"]
    for _ in range(2):
        assert administrator.post(SET, answers | {"step": "save", "checked": checked}).headers["Location"] == HERE
    assert not Closure.objects.exists()


def test_schools_own_inset_day_is_taken_away_from_its_dates(administrator: Client, place: Place) -> None:
    saved(administrator, whom="chosen", schools=[place.primary.urn])
    assert f"{SET}?school={place.primary.urn}" in administrator.get(HERE).content.decode()
    offered = administrator.get(f"{SET}?school={place.primary.urn}").context["form"]
    assert offered["schools"].value() == [place.primary.urn]
    assert "INSET 3 September 2026" in offered["lines"].value()

    saved(
        administrator,
        lines=LINES.replace("INSET 3 Sep 2026 Training", ""),
        whom="chosen",
        schools=[place.primary.urn],
        prefilled=offered["prefilled"].value(),
    )

    assert not Closure.objects.exists()


def test_inset_days_of_many_schools_stay_and_the_check_says_so(administrator: Client, place: Place) -> None:
    saved(administrator, whom="chosen", schools=[place.primary.urn])
    many: dict[str, Any] = {
        "lines": LINES.replace("INSET 3 Sep 2026 Training", ""),
        "whom": "chosen",
        "schools": [place.primary.urn, place.school.urn],
        "prefilled": "authority",
    }

    shown = administrator.post(SET, typed(administrator, **many)).content.decode()
    saved(administrator, **many)

    assert "<b>INSET days held that stay:</b> Thu 3 Sep 2026" in shown
    assert Closure.objects.get().school == place.primary


def test_schools_with_dates_of_their_own_are_said(administrator: Client, place: Place) -> None:
    saved(administrator, whom="chosen", schools=[place.primary.urn])

    for whom, words in [
        ("authority", "which they keep: Underhill Primary School"),
        ("everybody", "which are taken away: Underhill Primary School"),
        ("phase", "which are replaced: Underhill Primary School"),
    ]:
        shown = administrator.post(SET, typed(administrator, whom=whom, phase="primary")).content.decode()
        assert words in shown
    assert "Underhill Primary School" in administrator.get(HERE).content.decode()


def test_last_year_is_copied_for_checking(administrator: Client, place: Place) -> None:
    form = administrator.get("/term-dates/2027-28/set/?copy=1").context["form"]

    assert form["lines"].value().startswith("Autumn 1 September 2027 - ")
    assert TermSpell.objects.filter(academic_year="2027/28", first_day=date(2027, 9, 1)).count() == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_year_is_taken_from_a_file(administrator: Client, place: Place, kind: str) -> None:
    rows: list[list[Any]] = [
        ["Term", "First day", "Last day", "Reason"],
        ["Autumn", date(2026, 9, 2), date(2026, 10, 30), None],
        ["Autumn", date(2026, 11, 9), date(2026, 12, 18), None],
        ["Spring", date(2027, 1, 4), date(2027, 2, 12), None],
        ["Spring", date(2027, 2, 22), date(2027, 3, 26), None],
        ["Summer", date(2027, 4, 12), date(2027, 5, 28), None],
        ["Summer", date(2027, 6, 7), date(2027, 7, 21), None],
        ["INSET", date(2026, 9, 3), None, "Training"],
    ]
    text = "\r\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    content = workbook(rows) if kind == "xlsx" else text.encode()

    saved(administrator, lines="", file=SimpleUploadedFile(f"terms.{kind}", content))

    assert TermSpell.objects.get(academic_year="2026/27", first_day=date(2026, 11, 9)).last_day == date(2026, 12, 18)
    assert Closure.objects.get().reason == "Training"


SPOILT: list[tuple[str, dict[str, Any], str, str]] = [
    ("nothing", {"lines": ""}, "lines", "Enter the terms"),
    ("a line without a term", {"lines": "Winter 1 Sep - 2 Oct"}, "lines", "Line 1: Begin the line with Autumn"),
    ("a day that is none", {"lines": LINES.replace("30 Oct", "32 Oct")}, "lines", "Line 1: "),
    ("the wrong weekday", {"lines": LINES.replace("30 Oct", "Monday 30 Oct")}, "lines", "Line 1: 30 October 2026 is a Friday"),
    ("terms that overlap", {"lines": LINES.replace("9 Nov", "29 Oct")}, "lines", "Line 2: The term that begins on 29 October"),
    ("a term that ends before it begins", {"lines": LINES.replace("18 Dec", "1 Nov")}, "lines", "Line 2: The term ends on 1 November"),
    ("terms in the wrong order", {"lines": LINES.replace("Summer 12 Apr", "Autumn 12 Apr")}, "lines", "Line 5: Autumn from 12 April 2027 comes after spring from 4 January 2027, in line 3"),
    ("a term that is missing", {"lines": LINES.replace("Spring 22 Feb 2027 - 26 Mar 2027\n", "")}, "lines", "Line 4: From 13 February 2027 to 11 April 2027 are 58 days"),
    ("a summer that is too long", {"lines": LINES.replace("2 Sep 2026", "21 Sep 2026")}, "lines", "Line 1: From 22 July 2026 to 20 September 2026 are 61 days"),
    ("another year", {"lines": LINES.replace("2026", "2016")}, "lines", "is not in the school year 2026/27"),
    ("an INSET day in a holiday", {"lines": LINES.replace("INSET 3 Sep", "INSET 3 Nov")}, "lines", "Line 7: 3 November 2026 is in no term"),
    ("no trust chosen", {"whom": "trust"}, "trust", "Choose the trust"),
    ("no phase chosen", {"whom": "phase"}, "phase", "Choose the phase"),
    ("a phase without schools", {"whom": "phase", "phase": "nursery"}, "phase", "No school of this choice"),
    ("no school chosen", {"whom": "chosen"}, "schools", "Choose at least one school"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "field", "says"), SPOILT, ids=[case[0] for case in SPOILT])
def test_spoilt_dates_are_refused_with_the_line_and_the_days(
    administrator: Client, place: Place, what: str, changes: dict[str, Any], field: str, says: str
) -> None:
    answer = administrator.post(SET, typed(administrator, **changes))

    assert says in errors(answer)[field]
    assert answer.context["form"]["lines"].value() == changes.get("lines", LINES)
    assert not CalendarChange.objects.exists()


FILES: list[tuple[str, str, bytes, str]] = [
    ("a column that is missing", "a.csv", b"Term,First day\nAutumn,2026-09-02\n", "Row 1: The column “Last day” is missing"),
    ("a term without its first day", "a.csv", b"Term,First day,Last day\nAutumn,,2026-10-30\n", "Row 2, column B (First day)"),
    ("a term without its last day", "a.csv", b"Term,First day,Last day\nAutumn,2026-09-02,\n", "Row 2, column C (Last day)"),
    ("an unknown term", "a.csv", b"Term,First day,Last day\nWinter,2026-09-02,2026-10-30\n", "Row 2, column A (Term)"),
    ("a PDF of the dates", "a.pdf", b"%PDF-1.7", "a PDF, not a table"),
    ("an empty file", "a.csv", b"", "The file is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "content", "says"), FILES, ids=[case[0] for case in FILES])
def test_spoilt_file_of_dates_is_refused_by_row_and_column(
    administrator: Client, place: Place, what: str, name: str, content: bytes, says: str
) -> None:
    answer = administrator.post(SET, typed(administrator, lines="", file=SimpleUploadedFile(name, content)))

    assert says in errors(answer)["file"]


def test_change_is_undone_from_the_page_and_refused_after_a_later_one(administrator: Client, place: Place) -> None:
    before = set(TermSpell.objects.values_list("first_day", "last_day"))
    saved(administrator)
    first = Import.objects.get()
    saved(administrator, lines=LINES.replace("30 Oct", "29 Oct"))

    refused = administrator.post(f"{HERE}undo/{first.public_id}/", follow=True).content.decode()
    assert "changed after the import" in refused
    administrator.post(f"{HERE}undo/{Import.objects.latest('pk').public_id}/")
    administrator.post(f"{HERE}undo/{first.public_id}/")

    assert set(TermSpell.objects.values_list("first_day", "last_day")) == before
    assert administrator.get(HERE).content.decode().count("Undone ") == 2


def test_schools_with_no_calendar_are_listed_for_this_year_and_the_next(administrator: Client, place: Place) -> None:
    TermSpell.objects.filter(academic_year="2027/28").delete()

    page = administrator.get(HERE).content.decode()

    assert "No term dates are held for 2 schools in 2027/28." in page
    assert "Underhill Primary School" in page


def test_page_keeps_its_queries_at_five_and_five_hundred_schools(administrator: Client, place: Place) -> None:
    # The council's name is then kept by the process.
    administrator.get("/account/")
    counts = []
    for more in (5, 495):
        schools = SchoolFactory.create_batch(more, authority=place.authority)
        TermSpell.objects.bulk_create(
            TermSpell(
                authority=place.authority, school=school, academic_year="2026/27", term="autumn",
                first_day=date(2026, 9, 2), last_day=date(2026, 10, 20),
            )
            for school in schools
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            administrator.get(HERE)
        counts.append(len(asked(captured)))

    assert counts[0] == counts[1]


def test_officer_reads_term_dates_and_sets_none(officer: Client, place: Place) -> None:
    page = officer.get(HERE).content.decode()

    assert "Set dates" not in page
    assert officer.get(SET).status_code == 404


def test_bank_holiday_is_added_once_and_taken_back(administrator: Client, place: Place) -> None:
    page = administrator.get("/term-dates/bank-holidays/")
    answers = {"token": str(page.context["form"]["token"].value()), "on": "14/6/2027", "name": "Jubilee"}

    for _ in range(2):
        administrator.post("/term-dates/bank-holidays/", answers)
    assert BankHoliday.objects.get(on=date(2027, 6, 14)).source == "Added by Administrator"
    assert CalendarChange.objects.get().get_what_display() == "Bank holiday changed"

    administrator.post("/term-dates/bank-holidays/2027-06-14/take-back/")
    assert not BankHoliday.objects.filter(on=date(2027, 6, 14)).exists()


def test_bank_holiday_of_the_published_list_stays(administrator: Client, place: Place) -> None:
    held = BankHoliday.objects.filter(on__year=2027)[0]

    answer = administrator.post(f"/term-dates/bank-holidays/{held.on}/take-back/", follow=True)

    assert "published list, and stays" in answer.content.decode()
    assert BankHoliday.objects.filter(pk=held.pk).exists()


@pytest.mark.parametrize(
    ("on", "says"), [("14/6/1999", "Check the year"), ("14/6/2101", "Check the year"), ("13/6/2027", "at a weekend")]
)
def test_bank_holiday_of_no_held_year_or_at_a_weekend_is_refused(
    administrator: Client, place: Place, on: str, says: str
) -> None:
    token = str(administrator.get("/term-dates/bank-holidays/").context["form"]["token"].value())

    answer = administrator.post("/term-dates/bank-holidays/", {"token": token, "on": on, "name": "Jubilee"})

    assert says in errors(answer)["on"]


def test_bank_holiday_held_already_is_said(administrator: Client, place: Place) -> None:
    held = BankHoliday.objects.filter(on__year=2027)[0]
    token = str(administrator.get("/term-dates/bank-holidays/").context["form"]["token"].value())

    answer = administrator.post(
        "/term-dates/bank-holidays/", {"token": token, "on": held.on.strftime("%d/%m/%Y"), "name": "Again"}
    )

    assert "is held already" in errors(answer)["on"]
