from datetime import date

import pytest

from casework.rules.periods import AcademicYear, Term
from casework.rules.term_dates import (
    BadDates,
    Inset,
    TermDates,
    YearDates,
    as_lines,
    check_dates,
    copied,
    read_dates,
    terms_left_out,
)

YEAR = AcademicYear(2026)
PASTED = """Autumn 3 Sep 2026 - 23 Oct 2026
Autumn 2 Nov 2026 - 18 Dec 2026
Spring 5 Jan 2027 - 12 Feb 2027
Spring 22 Feb 2027 - 25 Mar 2027
Summer 12 Apr 2027 - 28 May 2027
Summer 7 Jun 2027 - 21 Jul 2027
INSET 3 Sep 2026 Staff training"""


def year() -> YearDates:
    return read_dates(PASTED, year=YEAR)


@pytest.mark.parametrize(
    "line",
    [
        "Autumn 3 Sep 2026 - 23 Oct 2026",
        "autumn term: Thursday 3 September 2026 to Friday 23 October 2026",
        "Autumn term 1\t03/09/2026\t23/10/2026",
        "Autumn,2026-09-03,2026-10-23",
        "Autumn 3/9 – 23/10",
        "Term 1: 3 September until 23 October",
        "  Autumn half term 3.9.2026 - 23.10.2026".replace(".", "/"),
        "Autumn\t2026-09-03\t2026-10-23\t",
    ],
)
def test_line_is_read_in_each_way_that_people_paste(line: str) -> None:
    assert read_dates(line, year=YEAR).spells == (TermDates(Term.AUTUMN, date(2026, 9, 3), date(2026, 10, 23), 1),)


@pytest.mark.parametrize(
    ("line", "inset"),
    [
        ("INSET 3 Sep 2026 Staff training", Inset(date(2026, 9, 3), "Staff training", 1)),
        ("inset day: 3/9", Inset(date(2026, 9, 3), "INSET", 1)),
        ("Staff training\t2026-09-03", Inset(date(2026, 9, 3), "INSET", 1)),
    ],
)
def test_inset_day_is_read_with_its_reason(line: str, inset: Inset) -> None:
    assert read_dates(f"{line}\n{PASTED}", year=YEAR).insets[0] == inset


def test_heading_and_empty_lines_are_passed_over_and_numbers_are_kept() -> None:
    dates = read_dates("Term\tFirst day\tLast day\n\nAutumn\t3/9/2026\t23/10/2026", year=YEAR)

    assert [each.line for each in dates.spells] == [3]


def test_whole_year_passes_its_checks() -> None:
    check_dates(year(), year=YEAR, ends_before=date(2026, 7, 21), begins_after=date(2027, 9, 2))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Enter the terms, one in a line, such as Autumn 3 Sep 2026 - 23 Oct 2026."),
        ("Winter 3 Sep - 23 Oct", "Line 1: Begin the line with Autumn, Spring, Summer, Term 1 to Term 6, or INSET."),
        ("Autumn 3 Sep 2026", "Line 1: Write the first and the last day, such as 3 Sep 2026 - 23 Oct 2026."),
        (
            "Autumn 3 Sep - 23 Oct - 1 Nov",
            "Line 1: Write the first and the last day, such as 3 Sep 2026 - 23 Oct 2026.",
        ),
        ("INSET soon", "Line 1: Write the day after INSET, such as INSET 2 Sep 2026."),
    ],
)
def test_line_that_cannot_be_read_is_named(text: str, fault: str) -> None:
    with pytest.raises(BadDates) as refused:
        read_dates(text, year=YEAR)

    assert str(refused.value.faults[0]) == fault


def test_each_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(BadDates) as refused:
        read_dates(
            PASTED.replace("12 Feb", "31 Feb").replace("Friday", "").replace("28 May", "Friday 29 May"), year=YEAR
        )

    assert [fault.line for fault in refused.value.faults] == [3, 5]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("23 Oct", "1 Sep", "Line 1: The term ends on 1 September 2026, before it begins on 3 September 2026."),
        (
            "2 Nov",
            "20 Oct",
            "Line 2: The term that begins on 20 October 2026 begins before the one to 23 October 2026 has ended.",
        ),
        (
            "Spring 22 Feb 2027 - 25 Mar 2027\n",
            "",
            "Line 4: From 13 February 2027 to 11 April 2027 are 58 days in no term, and 50 are the most: a term is missing.",
        ),
        ("21 Jul 2027", "21 Aug 2027", "Line 6: 21 August 2027 is not in the school year 2026/27."),
        (
            "INSET 3 Sep",
            "INSET 5 Sep",
            "Line 7: 5 September 2026 is in no term, or at a weekend: leave out the INSET day.",
        ),
        (
            "INSET 3 Sep",
            "INSET 28 Oct",
            "Line 7: 28 October 2026 is in no term, or at a weekend: leave out the INSET day.",
        ),
        (
            "INSET 3 Sep",
            "INSET 3 Sep\nINSET 3 Sep",
            "Line 8: The INSET day 3 September 2026 stands in an earlier line too.",
        ),
        (
            "3 Sep 2026 - 23 Oct",
            "28 Sep 2026 - 23 Oct",
            "Line 1: From 22 July 2026 to 27 September 2026 are 68 days in no term, and 50 are the most: a term is missing.",
        ),
        (
            "7 Jun 2027 - 21 Jul",
            "7 Jun 2027 - 1 Jul",
            "From 2 July 2027 to 1 September 2027 are 62 days in no term, and 50 are the most: a term is missing.",
        ),
    ],
)
def test_calendar_that_contradicts_itself_or_leaves_a_gap_is_refused_with_its_days(
    old: str, new: str, fault: str
) -> None:
    dates = read_dates(PASTED.replace(old, new, 1), year=YEAR)

    with pytest.raises(BadDates) as refused:
        check_dates(dates, year=YEAR, ends_before=date(2026, 7, 21), begins_after=date(2027, 9, 2))

    assert fault in [str(each) for each in refused.value.faults]


@pytest.mark.parametrize(
    ("names", "faults"),
    [
        (
            "Autumn Spring Summer Autumn Summer Summer",
            [
                "Line 4: Autumn from 22 February 2027 comes after summer from 5 January 2027, in line 3: the terms run"
                " autumn, spring, summer."
            ],
        ),
        (
            "Spring Autumn Autumn Spring Summer Spring",
            [
                "Line 2: Autumn from 2 November 2026 comes after spring from 3 September 2026, in line 1: the terms run"
                " autumn, spring, summer.",
                "Line 3: Autumn from 5 January 2027 comes after spring from 3 September 2026, in line 1: the terms run"
                " autumn, spring, summer.",
                "Line 6: Spring from 7 June 2027 comes after summer from 12 April 2027, in line 5: the terms run"
                " autumn, spring, summer.",
            ],
        ),
        ("Term1 Term2 Term3 Term4 Term5 Term6", []),
        ("Autumn Autumn Autumn Autumn Spring Spring", []),
        ("Autumn Autumn Autumn Summer Summer Summer", []),
        ("Spring Spring Spring Spring Spring Spring", []),
    ],
)
def test_terms_run_autumn_spring_summer_however_many_spells_each_has(names: str, faults: list[str]) -> None:
    lines = PASTED.splitlines()[:6]
    text = "\n".join(f"{name} {line.partition(' ')[2]}" for name, line in zip(names.split(), lines, strict=True))
    dates = read_dates(text, year=YEAR)

    assert faults_of(dates) == faults


def faults_of(dates: YearDates) -> list[str]:
    try:
        check_dates(dates, year=YEAR, ends_before=None, begins_after=None)
    except BadDates as refused:
        return [str(each) for each in refused.faults]
    return []


@pytest.mark.parametrize(
    ("lines", "terms_in_year", "left_out"),
    [
        (PASTED, 3, ()),
        ("Autumn 3 Sep 2026 - 23 Oct 2026", 3, (Term.SPRING, Term.SUMMER)),
        ("Autumn 3 Sep 2026 - 23 Oct 2026\nSummer 7 Jun 2027 - 21 Jul 2027", 3, (Term.SPRING,)),
        ("Autumn 3 Sep 2026 - 23 Oct 2026\nSummer 7 Jun 2027 - 21 Jul 2027", 2, ()),
        ("Autumn 3 Sep 2026 - 23 Oct 2026", 2, (Term.SPRING, Term.SUMMER)),
    ],
)
def test_terms_left_out_are_told(lines: str, terms_in_year: int, left_out: tuple[Term, ...]) -> None:
    assert terms_left_out(read_dates(lines, year=YEAR), terms_in_year=terms_in_year) == left_out


def test_gap_of_exactly_fifty_days_is_a_holiday() -> None:
    dates = read_dates(PASTED, year=YEAR)

    check_dates(dates, year=YEAR, ends_before=date(2026, 7, 14), begins_after=None)
    with pytest.raises(BadDates):
        check_dates(dates, year=YEAR, ends_before=date(2026, 7, 13), begins_after=None)


def test_last_year_is_copied_by_weeks_and_moves_with_easter() -> None:
    spells = copied(year().spells, to=AcademicYear(2027))

    assert [(each.first, each.last) for each in spells] == [
        (date(2027, 9, 2), date(2027, 10, 22)),
        (date(2027, 11, 1), date(2027, 12, 17)),
        (date(2028, 1, 4), date(2028, 2, 11)),
        # Easter Monday is 29 March 2027 and 17 April 2028: three weeks later of the same weekday.
        (date(2028, 2, 21), date(2028, 4, 13)),
        (date(2028, 5, 1), date(2028, 5, 26)),
        (date(2028, 6, 5), date(2028, 7, 19)),
    ]
    check_dates(YearDates(spells), year=AcademicYear(2027), ends_before=None, begins_after=None)


def test_copy_does_not_slip_into_august() -> None:
    spells = copied((TermDates(Term.AUTUMN, date(2026, 9, 1), date(2026, 10, 23)),), to=AcademicYear(2027))

    assert spells[0].first == date(2027, 9, 7)


def test_what_is_written_as_lines_reads_the_same() -> None:
    written = as_lines(year())

    assert as_lines(read_dates(written, year=YEAR)) == written
    assert "INSET 3 September 2026 Staff training" in written


def test_a_paste_that_is_far_too_long_is_refused() -> None:
    with pytest.raises(BadDates, match="200 lines"):
        read_dates("\n" * 300, year=YEAR)
