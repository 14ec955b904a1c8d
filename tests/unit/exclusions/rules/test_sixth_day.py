from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.rules.terms import NcYear
from exclusions.rules.readings import Ambiguity, Setting
from exclusions.rules.rule_sets import NoRuleSet
from exclusions.rules.runs import run_before
from exclusions.rules.sixth_day import (
    Exclusion,
    PupilFacts,
    SchoolFacts,
    exception_of,
    looked_after_first_day,
    sixth_day,
)
from exclusions.rules.sources import cite
from exclusions.rules.terms import DutyHolder, Kind, SchoolKind
from exclusions.rules.totals import SuspendedDay, days_from_length
from tests.tables.reader import calendar, day, rows

PUPIL = PupilFacts(home_authority="998")
SCHOOL = SchoolFacts(authority="999", kind=SchoolKind.MAINTAINED)


def days_of_kind(kind: Kind, first_day: date, length: str, on: SchoolCalendar) -> tuple[SuspendedDay, ...]:
    if kind is Kind.LUNCHTIME:
        return lunchtimes(first_day, int(length), on)
    return days_from_length(first_day, float(length), on) if length else ()


def lunchtimes(first_day: date, number: int, on: SchoolCalendar) -> tuple[SuspendedDay, ...]:
    return tuple(SuspendedDay(d.on, lunchtime=True) for d in days_from_length(first_day, number, on))


def earlier_days(text: str, on: SchoolCalendar) -> tuple[SuspendedDay, ...]:
    found: list[SuspendedDay] = []
    for each in text.split():
        first_day, length = each.split(":")
        kind = Kind.LUNCHTIME if length.endswith("L") else Kind.SUSPENSION
        found += days_of_kind(kind, date.fromisoformat(first_day), length.rstrip("L"), on)
    return tuple(found)


def settings_of(text: str) -> dict[Ambiguity, Setting]:
    pairs = (pair.split("=") for pair in text.replace("reading ", "reading_").split())
    return {Ambiguity(name): Setting(value.replace("_", " ")) for name, value in pairs}


@pytest.mark.parametrize("row", rows("sixth_day"), ids=lambda row: row["situation"])
def test_sixth_day_of_each_situation_is_as_the_table_says(row: dict[str, str]) -> None:
    school_calendar = calendar(row["calendar"])
    kind, first_day = Kind(row["kind"]), date.fromisoformat(row["first_day"])
    pupil = replace(
        PUPIL,
        nc_year=NcYear(row["nc_year"]),
        last_public_exam_on=day(row["last_public_exam_on"]),
        compulsory_school_age_ends_on=day(row["age_ends_on"]),
    )

    answer = sixth_day(
        Exclusion(
            kind,
            first_day,
            days_of_kind(kind, first_day, row["length"], school_calendar),
            earlier_days(row["earlier"], school_calendar),
            day(row["sent_home_on"]),
        ),
        pupil=pupil,
        school=SchoolFacts("999", SchoolKind(row["school_kind"])),
        calendar=school_calendar,
        settings=settings_of(row["settings"]),
    )

    assert (answer.due, answer.other_reading) == (day(row["due"]), day(row["other_reading"]))
    assert (answer.duty_holder, answer.rule) == (row["duty_holder"], row["rule"])
    assert (answer.because or "") == row["because"]
    assert not row["also_among_readings"] or day(row["also_among_readings"]) in {r.due for r in answer.readings}


def permanent(first_day: date) -> Exclusion:
    return Exclusion(Kind.PERMANENT, first_day)


def test_sixth_day_of_a_permanent_exclusion_carries_working_source_and_rules() -> None:
    answer = sixth_day(permanent(date(2025, 10, 14)), pupil=PUPIL, school=SCHOOL, calendar=calendar("A"))

    assert answer.count
    assert (answer.count.counted_from, len(answer.count.working)) == (date(2025, 10, 14), 8)
    assert [(r.ambiguity, r.reading, r.due, r.in_force) for r in answer.readings] == [
        ("AMB-1", 1, date(2025, 10, 21), True),
        ("AMB-1", 2, date(2025, 10, 22), True),
    ]
    assert answer.readings[1].count.working[0].on == date(2025, 10, 15)
    assert cite(answer.source) == "Education Act 1996 s19(3A); guidance para 90"
    assert (answer.rule_set.code, answer.authority) == ("2024-08", "998")


def test_sixth_day_before_para_90_does_not_cite_it() -> None:
    answer = sixth_day(permanent(date(2022, 6, 13)), pupil=PUPIL, school=SCHOOL, calendar=calendar("2022"))

    assert cite(answer.source) == "Education Act 1996 s19(3A); SI 2007/1870 reg 4"


@pytest.mark.parametrize(("kind", "authority"), [(SchoolKind.PRU, "999"), (SchoolKind.ACADEMY, None)])
def test_sixth_day_of_a_suspension_names_an_authority_only_for_a_pru(kind: SchoolKind, authority: str | None) -> None:
    days = days_from_length(date(2025, 9, 8), 8, calendar("A"))
    school = SchoolFacts("999", kind)

    answer = sixth_day(
        Exclusion(Kind.SUSPENSION, date(2025, 9, 8), days), pupil=PUPIL, school=school, calendar=calendar("A")
    )

    assert answer.authority == authority


def test_sixth_day_beyond_the_calendar_is_no_term_dates() -> None:
    with pytest.raises(NoTermDates):
        sixth_day(permanent(date(2026, 7, 20)), pupil=PUPIL, school=SCHOOL, calendar=calendar("A"))


def test_sixth_day_before_the_duty_existed_has_no_rules() -> None:
    with pytest.raises(NoRuleSet):
        sixth_day(permanent(date(2007, 8, 31)), pupil=PUPIL, school=SCHOOL, calendar=calendar("A"))


def test_suspension_with_a_day_back_inside_it_is_two_runs() -> None:
    days = [d for d in days_from_length(date(2025, 9, 8), 10, calendar("A")) if d.on != date(2025, 9, 12)]

    answer = sixth_day(
        Exclusion(Kind.SUSPENSION, date(2025, 9, 8), tuple(days)),
        pupil=PUPIL,
        school=SCHOOL,
        calendar=calendar("A"),
    )

    assert answer.because == "R19: not more than five consecutive school days"


@pytest.mark.parametrize(
    ("pupil", "because"),
    [
        (replace(PUPIL, hours_capped_by_plan=True), "R23(b)"),
        (replace(PUPIL, compulsory_school_age=False), "R23(c)"),
        (replace(PUPIL, nc_year=NcYear.Y11, last_public_exam_on=date(2026, 6, 17)), "R23(a)"),
    ],
)
def test_exception_of_each_sort_frees_the_exclusion(pupil: PupilFacts, because: str) -> None:
    answer = sixth_day(permanent(date(2026, 6, 22)), pupil=pupil, school=SCHOOL, calendar=calendar("A"))

    assert answer.due is None
    assert answer.because
    assert answer.because.startswith(because)


def test_exception_without_any_ground_is_none() -> None:
    assert exception_of(PUPIL, date(2026, 6, 22)) is None


def test_run_that_reaches_before_the_calendar_is_no_term_dates() -> None:
    with pytest.raises(NoTermDates):
        run_before(date(2025, 9, 3), [SuspendedDay(date(2025, 7, 18), afternoon=True)], calendar("A"))


def looked_after(exclusion: Exclusion, pupil: PupilFacts) -> tuple[date | None, DutyHolder, str | None]:
    answer = looked_after_first_day(exclusion, pupil=pupil, school=SCHOOL, calendar=calendar("A"))
    return answer.due, answer.duty_holder, answer.because


@pytest.mark.parametrize(
    ("kind", "length", "expected"),
    [
        (Kind.PERMANENT, 0, (date(2025, 9, 15), DutyHolder.HOME_AUTHORITY, None)),
        (Kind.SUSPENSION, 2, (date(2025, 9, 15), DutyHolder.BOARD, None)),
        (Kind.SUSPENSION, 1, (None, DutyHolder.BOARD, "R22: the suspension is over by the day after its first")),
    ],
)
def test_looked_after_child_should_have_education_from_the_next_school_day(
    kind: Kind, length: int, expected: tuple[date | None, DutyHolder, str | None]
) -> None:
    first_day = date(2025, 9, 12)
    days = days_from_length(first_day, length, calendar("A")) if length else ()

    assert looked_after(Exclusion(kind, first_day, days), replace(PUPIL, looked_after=True)) == expected


def test_child_not_looked_after_has_no_first_day_duty() -> None:
    expected = (None, DutyHolder.HOME_AUTHORITY, "R22: not looked after")

    assert looked_after(permanent(date(2025, 9, 12)), PUPIL) == expected


open_days = st.sampled_from(calendar("A").school_days_between(date(2025, 9, 3), date(2026, 2, 13)))


@settings(max_examples=200, deadline=None)
@given(first_day=open_days, shut=open_days, kind=st.sampled_from([Kind.SUSPENSION, Kind.PERMANENT]))
def test_closing_a_day_never_brings_day_six_forward(first_day: date, shut: date, kind: Kind) -> None:
    dues = []
    for closed in (frozenset(), frozenset({shut})):
        school_calendar = replace(calendar("A"), closed=calendar("A").closed | closed)
        days = days_from_length(first_day, 7, school_calendar) if kind is Kind.SUSPENSION else ()
        answer = sixth_day(Exclusion(kind, first_day, days), pupil=PUPIL, school=SCHOOL, calendar=school_calendar)
        assert answer.due
        dues.append((answer.due, answer.other_reading or answer.due))

    assert dues[0][0] <= dues[1][0]
    assert dues[0][1] <= dues[1][1]


@pytest.mark.parametrize(
    ("name", "first_day", "joined"),
    [("2014-15", date(2015, 1, 5), True), ("2014-15", date(2014, 12, 1), False), ("A", date(2025, 9, 8), True)],
)
def test_sixth_day_of_a_suspension_cites_the_joining_only_since_it_is_law(
    name: str, first_day: date, joined: bool
) -> None:
    days = days_from_length(first_day, 6, calendar(name))

    answer = sixth_day(Exclusion(Kind.SUSPENSION, first_day, days), pupil=PUPIL, school=SCHOOL, calendar=calendar(name))

    assert ("SI 2014/3216" in cite(answer.source)) is joined


def test_sixth_day_of_a_permanent_exclusion_cites_para_90_from_its_first_day() -> None:
    answer = sixth_day(permanent(date(2022, 9, 1)), pupil=PUPIL, school=SCHOOL, calendar=calendar("2022-24"))

    assert cite(answer.source) == "Education Act 1996 s19(3A); guidance para 90"


def test_answer_without_a_duty_carries_no_date_and_no_count() -> None:
    pupil = replace(PUPIL, compulsory_school_age_ends_on=date(2026, 6, 10))

    answer = sixth_day(permanent(date(2026, 6, 8)), pupil=pupil, school=SCHOOL, calendar=calendar("A"))

    assert (answer.due, answer.other_reading, answer.count, answer.readings) == (None, None, None, ())
    assert answer.because == "R23(c): compulsory school age ends before the sixth day"


def test_looked_after_childs_first_day_names_rule_source_authority_and_readings() -> None:
    exclusion = Exclusion(Kind.PERMANENT, date(2025, 9, 12), sent_home_on=date(2025, 9, 10))

    answer = looked_after_first_day(
        exclusion,
        pupil=replace(PUPIL, looked_after=True),
        school=SCHOOL,
        calendar=calendar("A"),
        settings={Ambiguity.SENT_HOME_PART_WAY: Setting.BOTH},
    )

    assert (answer.due, answer.other_reading) == (date(2025, 9, 11), date(2025, 9, 15))
    assert (answer.rule, cite(answer.source), answer.rule_set.code) == ("R22", "guidance part six", "2024-08")
    assert (answer.duty_holder, answer.authority) == (DutyHolder.HOME_AUTHORITY, "998")
    assert [(each.reading, each.due) for each in answer.readings] == [(1, date(2025, 9, 11)), (2, date(2025, 9, 15))]


def test_looked_after_child_suspended_from_a_unit_is_its_authoritys_to_provide_for() -> None:
    days = days_from_length(date(2025, 9, 8), 3, calendar("A"))

    answer = looked_after_first_day(
        Exclusion(Kind.SUSPENSION, date(2025, 9, 8), days),
        pupil=replace(PUPIL, looked_after=True),
        school=SchoolFacts("999", SchoolKind.PRU),
        calendar=calendar("A"),
    )

    assert (answer.duty_holder, answer.authority) == (DutyHolder.MAINTAINING_AUTHORITY, "999")
