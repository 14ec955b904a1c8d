from dataclasses import replace
from datetime import date

import pytest

from casework.rules.terms import NcYear
from exclusions.rules import events as ev
from exclusions.rules.deadlines import Deadline
from exclusions.rules.preference import last_day_of_two_years
from exclusions.rules.sources import cite
from exclusions.rules.terms import DutyHolder
from tests.clock_cases import PUPIL, also, ask, cells, found
from tests.tables.reader import rows


@pytest.mark.parametrize("row", rows("places"), ids=lambda row: row["situation"])
def test_place_of_each_situation_is_due_as_the_table_says(row: dict[str, str]) -> None:
    kind = ev.FairAccessAgreed if row["key"] == "fair_access_allocation" else ev.InYearApplication

    place = found(ask(row, [kind("e", date.fromisoformat(row["on"]))]), row["key"])

    assert place
    assert place.event == "e"
    assert cells(place) == (row["due"], row["other_reading"], row["because"])
    assert not also(place) or row["source"] == "AMB-5"
    if isinstance(place, Deadline):
        assert place.duty_holder == row["duty_holder"]
        assert place.rule == ("R54" if row["key"] == "fair_access_allocation" else "R55")
        assert cite(place.source).startswith("School Admissions Code 2021")
        assert (str(place.counted_from), place.deemed_given_on) == (row["on"], None)
        assert place.working[-1].count == {"fair_access_allocation": 20, "in_year_aim": 10}.get(row["key"], 15)


@pytest.mark.parametrize("row", rows("off_site_notices"), ids=lambda row: row["situation"])
def test_off_site_notice_of_each_situation_is_due_as_the_table_says(row: dict[str, str]) -> None:
    first_day = date.fromisoformat(row["first_day"])

    notice = found(ask(row, [ev.OffSiteDirection("e", first_day)]), "off_site_notice")

    assert isinstance(notice, Deadline)
    assert cells(notice) == (row["due"], row["other_reading"], "")
    assert (notice.rule, notice.duty_holder, cite(notice.source)) == ("R48", DutyHolder.BOARD, "SI 2010/1156 reg 3")
    assert (notice.counted_from, notice.working[-1].count, notice.working[-1].on) == (first_day, 2, notice.due)


def test_off_site_notice_shows_both_readings_of_a_closure() -> None:
    row = {"calendar": "A with snow", "settings": ""}

    assert also(found(ask(row, [ev.OffSiteDirection("e", date(2025, 11, 24))]), "off_site_notice")) == "2025-11-20"


@pytest.mark.parametrize("row", rows("preference"), ids=lambda row: row["situation"])
def test_preference_of_each_situation_is_as_the_table_says(row: dict[str, str]) -> None:
    took_effect_on = date.fromisoformat(row["took_effect_on"])
    pupil = replace(
        PUPIL,
        compulsory_school_age=row["compulsory_school_age"] == "yes",
        nc_year=NcYear(row["nc_year"]) if row["nc_year"] else None,
    )
    events: list[ev.Event] = [
        ev.PermanentExclusion("p0", date(2025, 9, 8)),
        ev.PermanentExclusion("p", date(2026, 1, 14)),
        ev.PermanentExclusion("p9", date(2026, 6, 15)),
        ev.SecondPermanentExclusion("e", took_effect_on),
    ]
    if row["quashed"]:
        events.append(ev.ReviewQuashed("q", date(2026, 7, 1), row["quashed"]))

    until = found(ask({"calendar": "A+B"}, events, pupil), "preference_suspended_until")

    assert until
    assert until.event == "e"
    assert cells(until) == (row["due"], "", row["because"])
    if isinstance(until, Deadline):
        assert (until.rule, until.duty_holder) == ("R57", DutyHolder.ADMISSION_AUTHORITY)
        assert cite(until.source) == "School Standards and Framework Act 1998 s87"
        assert (until.counted_from, until.working, until.readings) == (took_effect_on, (), ())


def test_two_years_from_the_end_of_time_cannot_be_reckoned() -> None:
    assert last_day_of_two_years(date(9997, 12, 31)) == date(9999, 12, 30)
    with pytest.raises(ValueError, match="year 10000 is out of range"):
        last_day_of_two_years(date(9998, 1, 1))
