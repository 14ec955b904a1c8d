from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from exclusions.rules.notice_contents import contents_of_notice
from exclusions.rules.notification import (
    NoticeFacts,
    Pace,
    Telling,
    Told,
    details_of_provision,
    lag,
    must_be_told,
    parent_written,
    sen_team_told,
)
from exclusions.rules.sources import cite
from exclusions.rules.terms import Kind
from tests.tables.reader import calendar, day, rows

LONDON = ZoneInfo("Europe/London")
COLUMNS = {
    Told.PARENT: "parent",
    Told.BOARD: "board",
    Told.MAINTAINING_AUTHORITY: "authority",
    Told.HOME_AUTHORITY: "home",
    Told.SOCIAL_WORKER: "social_worker",
    Told.VIRTUAL_SCHOOL_HEAD: "virtual_school_head",
}


def facts_of(row: dict[str, str]) -> NoticeFacts:
    child_has = row.get("child_has", "")
    return NoticeFacts(
        Kind(row["kind"]),
        date.fromisoformat(row["first_day"]),
        day(row.get("decided_on", "")),
        int(row["term_half_days"]),
        loses_exam=row["loses_exam"] == "yes",
        looked_after="looked after" in child_has,
        social_worker="social worker" in child_has,
        compulsory_school_age="too young" not in child_has,
        authority="999",
        home_authority=row.get("home_authority", "999"),
    )


def words(telling: Telling) -> str:
    return telling.due.isoformat() if telling.due else telling.pace


@pytest.mark.parametrize("row", rows("notification"), ids=lambda row: row["situation"])
def test_everybody_is_told_when_the_table_says(row: dict[str, str]) -> None:
    facts = facts_of(row)

    told = must_be_told(facts)

    # The examination of R17 is told to the board a second time: the table's column is that of R15.
    found = {COLUMNS[telling.told]: words(telling) for telling in told if telling.rule != "R17"}
    assert found == {column: row[column] for column in COLUMNS.values()}
    assert all(telling.source and telling.because for telling in told)


@pytest.mark.parametrize("row", rows("notification"), ids=lambda row: row["situation"])
def test_parent_has_the_written_notice_when_the_table_says(row: dict[str, str]) -> None:
    on = "2022" if row["first_day"] < "2023" else "A"

    written = parent_written(facts_of(row), calendar=calendar(on))

    assert f"{written.due}{' afternoon' if written.by_end_of_afternoon else ''}" == row["written_by"]


@pytest.mark.parametrize("row", rows("details_of_provision"), ids=lambda row: row["situation"])
def test_details_of_provision_are_due_when_the_table_says(row: dict[str, str]) -> None:
    found = details_of_provision(
        starts_at=datetime.fromisoformat(row["starts_at"]).replace(tzinfo=LONDON),
        sixth_day=date.fromisoformat(row["sixth_day"]),
        parent_agrees=row["parent_agrees"] == "yes",
    )

    assert (f"{found.latest:%Y-%m-%dT%H:%M}" if found.latest else "waived") == row["latest"]


def test_details_of_provision_at_a_moment_without_time_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        details_of_provision(
            starts_at=datetime(2025, 9, 15, 9),  # noqa: DTZ001
            sixth_day=date(2025, 9, 15),
            parent_agrees=False,
        )


@pytest.mark.parametrize("row", rows("notice_lag"), ids=lambda row: row["situation"])
def test_lag_of_a_notice_is_in_school_days(row: dict[str, str]) -> None:
    found = lag(
        decided_on=date.fromisoformat(row["decided_on"]),
        told_on=date.fromisoformat(row["told_on"]),
        calendar=calendar(row["calendar"]),
    )

    assert found.school_days == int(row["school_days"])
    assert sum(looked_at.skipped is None for looked_at in found.working) == abs(found.school_days)


@pytest.mark.parametrize("row", rows("notice_contents"), ids=lambda row: row["situation"])
def test_contents_of_a_notice_are_those_of_the_table(row: dict[str, str]) -> None:
    facts = NoticeFacts(
        Kind(row["kind"]),
        date.fromisoformat(row["first_day"]),
        term_half_days=int(row["term_half_days"]),
        loses_exam=row["loses_exam"] == "yes",
        compulsory_school_age=row["compulsory_school_age"] == "yes",
    )

    elements = contents_of_notice(facts, sixth_day_due=row["sixth_day_due"] == "yes")

    assert "; ".join(element.key for element in elements) == row["elements"]
    assert all(element.wording and element.because and element.source for element in elements)


def test_authority_is_named_with_the_law_of_the_day() -> None:
    facts = NoticeFacts(Kind.PERMANENT, date(2025, 10, 14), authority="999", home_authority="998")

    told = {telling.told: telling for telling in must_be_told(facts)}

    assert (told[Told.MAINTAINING_AUTHORITY].authority, told[Told.HOME_AUTHORITY].authority) == ("999", "998")
    assert cite(told[Told.MAINTAINING_AUTHORITY].source) == "SI 2012/1033 regs 5, 14(1)(a), 23 as amended"
    assert told[Told.PARENT].rule_set.code == "2024-08"


@pytest.mark.parametrize(("has_plan", "due"), [(True, date(2025, 10, 15)), (False, None)])
def test_sen_team_hears_of_a_child_with_a_plan_the_day_the_authority_does(has_plan: bool, due: date | None) -> None:
    facts = NoticeFacts(Kind.PERMANENT, date(2025, 10, 14), has_plan=has_plan)

    assert sen_team_told(facts, authority_told_on=date(2025, 10, 15)).due == due


@pytest.mark.parametrize(("loses_exam", "pace"), [(True, Pace.AT_ONCE), (False, Pace.NEVER)])
def test_board_hears_of_the_examination_with_the_notice(loses_exam: bool, pace: Pace) -> None:
    facts = NoticeFacts(Kind.SUSPENSION, date(2026, 5, 11), loses_exam=loses_exam)

    assert [telling.pace for telling in must_be_told(facts) if telling.rule == "R17"] == [pace]
