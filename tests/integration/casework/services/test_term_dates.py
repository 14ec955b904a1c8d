"""Setting a year's dates for the authority or for many schools, and undoing it."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.imports import CannotUndo
from casework.models import CalendarChange, Closure, Import, Job, LocalAuthority, Pupil, School, TermSpell
from casework.rules.periods import AcademicYear
from casework.rules.term_dates import BadDates, YearDates, read_dates
from casework.selectors import term_dates as selectors
from casework.selectors.calendars import calendar_of
from casework.services import jobs, term_dates
from casework.services.term_dates import Scope
from exclusions.services import duties
from tests.cast import Cast
from tests.conftest import NOW, Place
from tests.factories import exclusions as exclusion_rows
from tests.factories.casework import ClosureFactory, SchoolFactory
from tests.queries import asked

pytestmark = pytest.mark.django_db
YEAR = AcademicYear(2026)
# The county's, but half term is a week later.
LINES = """Autumn 2 Sep 2026 - 30 Oct 2026
Autumn 9 Nov 2026 - 18 Dec 2026
Spring 4 Jan 2027 - 12 Feb 2027
Spring 22 Feb 2027 - 26 Mar 2027
Summer 12 Apr 2027 - 28 May 2027
Summer 7 Jun 2027 - 21 Jul 2027"""


def dates(lines: str = LINES) -> YearDates:
    return read_dates(lines, year=YEAR)


def put(cast: Cast, place: Place, scope: Scope, lines: str = LINES) -> list[Job]:
    return term_dates.set_year(
        by=cast.administrator, at=NOW, authority=place.authority, year=YEAR, dates=dates(lines), scope=scope
    )


def held(school: School | None, authority: LocalAuthority) -> list[tuple[date, date]]:
    found = TermSpell.objects.filter(authority=authority, school=school, academic_year=YEAR.label)
    return list(found.order_by("first_day").values_list("first_day", "last_day"))


def test_the_authoritys_dates_are_replaced_and_other_years_are_kept(cast: Cast, place: Place) -> None:
    others = TermSpell.objects.exclude(academic_year=YEAR.label).count()

    put(cast, place, Scope("The authority"))

    assert held(None, place.authority)[0] == (date(2026, 9, 2), date(2026, 10, 30))
    assert len(held(None, place.authority)) == 6
    assert TermSpell.objects.exclude(academic_year=YEAR.label).count() == others
    assert calendar_of(place.school).is_school_day(date(2026, 10, 28))
    change = CalendarChange.objects.get()
    assert (change.what, change.school, change.reason) == ("term dates", None, "The authority")


def test_chosen_schools_get_dates_of_their_own_and_the_rest_keep_theirs(cast: Cast, place: Place) -> None:
    before = held(None, place.authority)

    put(cast, place, Scope("Two schools", (place.school, place.primary)))

    assert held(place.school, place.authority) == held(place.primary, place.authority)
    assert held(place.school, place.authority)[0][1] == date(2026, 10, 30)
    assert held(None, place.authority) == before
    assert set(CalendarChange.objects.values_list("school", flat=True)) == {place.school.pk, place.primary.pk}


def test_everybody_follows_the_authority_again(cast: Cast, place: Place) -> None:
    put(cast, place, Scope("One school", (place.school,)))

    put(cast, place, Scope("Every school", (place.school, place.primary), everybody=True))

    assert held(place.school, place.authority) == []
    assert held(None, place.authority)[0][1] == date(2026, 10, 30)


def test_inset_days_replace_planned_closures_and_leave_closures_on_the_day(cast: Cast, place: Place) -> None:
    ClosureFactory.create(on=date(2026, 9, 2), school=place.school)
    snow = ClosureFactory.create(on=date(2026, 9, 8), school=place.school, kind="unplanned closure", reason="Snow")

    put(cast, place, Scope("One", (place.school,)), f"{LINES}\nINSET 3 Sep\nINSET 8 Sep")

    assert set(Closure.objects.values_list("on", "kind")) == {
        (date(2026, 9, 3), "closed"),
        (snow.on, "unplanned closure"),
    }


def test_planned_closures_stay_where_no_inset_day_is_given(cast: Cast, place: Place) -> None:
    ClosureFactory.create(on=date(2026, 9, 2), school=place.school)

    put(cast, place, Scope("One", (place.school,)))

    assert Closure.objects.count() == 1


def test_same_dates_again_change_nothing(cast: Cast, place: Place) -> None:
    put(cast, place, Scope("The authority"), f"{LINES}\nINSET 3 Sep")
    changes = CalendarChange.objects.count()

    put(cast, place, Scope("The authority"), f"{LINES}\nINSET 3 Sep")

    assert CalendarChange.objects.count() == changes
    assert Import.objects.count() == 1


def test_undo_brings_back_dates_and_closures(cast: Cast, place: Place) -> None:
    ClosureFactory.create(authority=place.authority, on=date(2026, 9, 2))
    before = held(None, place.authority)
    put(cast, place, Scope("The authority"), f"{LINES}\nINSET 3 Sep")

    term_dates.undo(by=cast.administrator, at=NOW, row=Import.objects.get())

    assert held(None, place.authority) == before
    assert list(Closure.objects.values_list("on", flat=True)) == [date(2026, 9, 2)]
    assert CalendarChange.objects.latest("pk").reason == "Undone: The authority"
    with pytest.raises(CannotUndo, match="undone already"):
        term_dates.undo(by=cast.administrator, at=NOW, row=Import.objects.get())


def test_undo_is_refused_after_a_later_change(cast: Cast, place: Place) -> None:
    put(cast, place, Scope("First"))
    first = Import.objects.get()
    put(cast, place, Scope("Second"), LINES.replace("30 Oct", "29 Oct"))

    with pytest.raises(CannotUndo, match="changed after"):
        term_dates.undo(by=cast.administrator, at=NOW, row=first)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("9 Nov", "28 Oct", "begins before"),
        ("4 Jan 2027 - 12 Feb", "12 Feb 2027 - 4 Jan", "before it begins"),
        ("Summer 12 Apr 2027 - 28 May 2027\n", "", "in no term"),
        ("2 Sep 2026", "20 Sep 2026", "From 22 July 2026 to 19 September 2026 are 60 days"),
    ],
)
def test_calendar_that_contradicts_itself_is_refused_and_nothing_is_saved(
    cast: Cast, place: Place, old: str, new: str, says: str
) -> None:
    before = held(None, place.authority)

    with pytest.raises(BadDates, match=says):
        put(cast, place, Scope("The authority"), LINES.replace(old, new, 1))

    assert held(None, place.authority) == before
    assert not CalendarChange.objects.exists()


def test_open_duties_move_with_the_dates_and_their_case_says_why(cast: Cast, pupil: Pupil, place: Place) -> None:
    exclusion = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha, first_day=date(2026, 10, 19))
    with transaction.atomic():
        duties.refresh([exclusion.pk], by=None, at=NOW, why={"cause": "logged"})
    before = exclusion.case.duties.get(key="sixth_day").due

    for job in put(cast, place, Scope("The authority")):
        jobs.run(job_id=job.pk)

    assert (before, exclusion.case.duties.get(key="sixth_day").due) == (date(2026, 11, 2), date(2026, 10, 26))
    told = [event.data["why"].get("what") for event in exclusion.case.timeline.filter(event="duty_moved")]
    assert "Term dates changed" in told


def test_schools_without_dates_are_those_that_neither_they_nor_the_authority_have(cast: Cast, place: Place) -> None:
    far = AcademicYear(2031)
    TermSpell.objects.create(
        authority=place.authority, school=place.school, academic_year=far.label, term="autumn",
        first_day=date(2031, 9, 2), last_day=date(2031, 10, 20),
    )  # fmt: skip

    assert list(selectors.without_dates(place.authority, far)) == [place.primary]
    assert list(selectors.with_own_dates(place.authority, far)) == [place.school]
    assert not selectors.without_dates(place.authority, YEAR).exists()


def test_a_hundred_and_fifty_schools_cost_as_many_queries_as_five(cast: Cast, place: Place) -> None:
    counts = []
    for number in (5, 150):
        schools = tuple(SchoolFactory.create_batch(number, authority=place.authority))
        with CaptureQueriesContext(connection) as captured:
            put(cast, place, Scope("Many", schools))
        work = [sql for sql in asked(captured) if "casework_job" not in sql]
        counts.append(len(work))

    assert counts[0] == counts[1]
