"""Notices logged elsewhere come in with their days and totals; what is wrong is named, and nothing comes twice."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from casework.imports import CannotUndo
from casework.models import Case, Duty, Import, ImportChange, Pupil, Reading, RollSpell, TimelineEvent
from casework.services import imports
from exclusions.models import Exclusion, OutcomeEvent, RecordsWhole, SuspendedDay
from exclusions.selectors.coverage import less_than_the_year
from exclusions.selectors.standing import standing_of
from exclusions.services import duties, voiding
from tests.cast import Cast
from tests.conftest import Place
from tests.factories import exclusions as exclusion_rows
from tests.notice_files import HEADER, as_csv, as_workbook, row

OPTIONS = {"rows": "", "columns": "", "words": "", "whole_from": ""}


def check(cast: Cast, data: bytes, name: str = "notices.csv", **options: str) -> Import:
    at = timezone.now()
    brought = imports.bring(
        by=cast.asha, at=at, kind="notices", file_name=name, content=data, options=OPTIONS | options, ring=False
    )
    imports.check(at=at, row=brought)
    return brought


def carry(cast: Cast, data: bytes, name: str = "notices.csv", **options: str) -> Import:
    brought = check(cast, data, name, **options)
    assert not brought.faults, brought.faults
    imports.apply(by=cast.asha, at=timezone.now(), row=brought)
    brought.refresh_from_db()
    return brought


def everything() -> dict[str, int]:
    models = (Exclusion, SuspendedDay, OutcomeEvent, Case, Pupil, RollSpell, Duty, TimelineEvent, RecordsWhole)
    return {model.__name__: model.objects.count() for model in models}


def loaded() -> Exclusion:
    found: Exclusion = Exclusion.objects.select_related("case__pupil", "school__authority", "home_authority").get()
    return found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_notice_of_a_new_child_comes_in_with_days_reasons_and_circumstances(
    cast: Cast, place: Place, kind: str
) -> None:
    rows = [row(school=place.school.urn, first_session="PM", reason_2="DB", social_care="Child in need")]

    carry(cast, as_csv(rows) if kind == "csv" else as_workbook(rows), f"notices.{kind}")

    held = loaded()
    assert (held.kind, held.first_day, held.last_day) == ("suspension", date(2026, 9, 21), date(2026, 9, 22))
    assert [(day.on.day, day.morning, day.afternoon) for day in held.suspended_days.order_by("on")] == [
        (21, False, True),
        (22, True, True),
    ]
    assert list(held.exclusion_reasons.order_by("position").values_list("reason__code", flat=True)) == ["PP", "DB"]
    assert (held.sen, held.social_care, held.social_worker, held.year_group) == ("K", "child in need", "unknown", "10")
    assert held.circumstance_sources["sen"]["source"] == "Carried over"
    assert held.case.pupil.name == "Ferdinand Oakapple"
    assert held.case.pupil.roll_spells.get().school == place.school
    assert held.case.reference == "26-0001"
    totals = standing_of(held).totals
    assert totals is not None
    assert (totals.term_days, totals.year_days) == (1.5, 1.5)
    assert TimelineEvent.objects.get().event == "notice_carried_over"


def test_child_held_already_is_found_by_upn_and_by_name_and_birthday(cast: Cast, place: Place, pupil: Pupil) -> None:
    by_upn = row(
        school=place.school.urn, upn=pupil.upn, first_name="", last_name="", sex="",
        date_of_birth=pupil.date_of_birth.isoformat(),
    )  # fmt: skip
    by_name = by_upn | {
        "UPN": "", "First name": pupil.first_name.upper(), "Last name": pupil.last_name,
        "First day": "28/09/2026", "Last day": "28/09/2026",
    }  # fmt: skip

    carry(cast, as_csv([by_upn, by_name]))

    assert Pupil.objects.count() == 1
    assert pupil.cases.count() == 2


def test_open_permanent_exclusion_keeps_its_clock_and_an_ended_one_its_outcome(cast: Cast, place: Place) -> None:
    rows = [
        row(
            school=place.school.urn, kind="PEX", first_day="02/11/2026", last_day="", council_told_on="03/11/2026",
        ),
        row(
            school=place.school.urn, kind="perm", first_name="Isolde", sex="F", first_day="07/09/2026", last_day="",
            outcome="upheld", outcome_on="01/10/2026",
        ),
    ]  # fmt: skip

    done = carry(cast, as_csv(rows))

    assert done.counts["Permanent exclusions among them that are open"] == 1
    # The ended one says no day.
    assert done.counts["Notices that do not say when the council was told: their first day stands for it"] == 1
    running, ended = Exclusion.objects.order_by("-first_day")
    assert Duty.objects.get(case=running.case_id, key="sixth_day").due == date(2026, 11, 9)
    assert not Duty.objects.filter(case=ended.case_id).exists()
    assert ended.outcome_events.get().event == "upheld by governors"
    assert running.case.owner == cast.asha


def test_bad_rows_are_named_the_good_ones_taken_and_a_mended_file_doubles_nothing(cast: Cast, place: Place) -> None:
    good = row(school=place.school.urn)
    bad = row(school=place.school.urn, first_name="Isolde", sex="F", first_day="26/09/2026", last_day="28/09/2026")

    first = carry(cast, as_csv([good, bad]))

    assert first.counts["Notices that come in"] == 1
    assert first.plan["lists"][0]["rows"] == [
        ["3", "H (First day)", "That is no school day of this school: check the day, or its term dates."]
    ]
    again = carry(cast, as_csv([good, bad | {"First day": "28/09/2026"}]))
    assert (again.counts["Notices that come in"], again.counts["Held already"]) == (1, 1)
    assert Exclusion.objects.count() == 2
    third = check(cast, as_csv([good, bad | {"First day": "28/09/2026"}]))
    assert third.counts["Held already"] == 2
    assert not third.plan["lists"]


def test_chosen_rows_alone_come_in(cast: Cast, place: Place) -> None:
    rows = [
        row(school=place.school.urn, first_name=name, first_day=f"{day}/09/2026", last_day=f"{day}/09/2026")
        for day, name in ((21, "Ann"), (22, "Ben"), (23, "Cai"), (24, "Dot"))
    ]

    done = carry(cast, as_csv(rows), rows="2-3, 5")

    assert done.counts["Rows left out by choice"] == 1
    assert set(Exclusion.objects.values_list("first_day", flat=True)) == {date(2026, 9, day) for day in (21, 22, 24)}


def test_councils_own_columns_and_words_are_understood(cast: Cast, place: Place) -> None:
    header = ["Their ref" if name == "Last name" else name for name in HEADER]
    data = as_csv([row(school=place.school.urn, kind="Out of school") | {"Their ref": "Oakapple"}], header)

    carry(cast, data, columns="Their ref = Last name", words="out of school = suspension")

    assert loaded().kind == "suspension"


def test_undone_it_leaves_everything_as_it_was(cast: Cast, place: Place, pupil: Pupil) -> None:
    before = everything()
    rows = [row(school=place.school.urn), row(school=place.school.urn, kind="px", first_name="Isolde", last_day="")]
    done = carry(cast, as_csv(rows), whole_from="2026-09-01")
    assert everything() != before

    imports.undo(by=cast.asha, at=timezone.now(), row=done)

    assert everything() == before
    assert ImportChange.objects.filter(of=done).exists(), "What it did stays told."


def test_other_notices_of_the_child_are_reckoned_again_when_it_comes_in_and_when_it_is_undone(
    cast: Cast, place: Place, pupil: Pupil
) -> None:
    later = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha, kind="suspension")
    long_ago = row(
        school=place.school.urn, upn=pupil.upn, date_of_birth=pupil.date_of_birth.isoformat(), first_name="",
        last_name="", first_day="07/09/2026", last_day="28/09/2026",
    )  # fmt: skip
    before = standing_duties(later)

    done = carry(cast, as_csv([long_ago]))

    assert standing_duties(later) > before, "Past 15 days of the term the governors must meet."
    assert reckoned_again(later) == 0
    imports.undo(by=cast.asha, at=timezone.now(), row=done)
    assert standing_duties(later) == before
    assert reckoned_again(later) == 0


def test_what_another_file_moves_is_nobodys_work_and_one_that_had_ended_gets_no_duties(
    cast: Cast, place: Place, pupil: Pupil
) -> None:
    usual = {"school": place.school.urn, "upn": pupil.upn, "date_of_birth": pupil.date_of_birth.isoformat()}
    usual |= {"first_name": "", "last_name": ""}
    first = carry(cast, as_csv([row(**usual, first_day="12/10/2026", last_day="13/10/2026")]))

    carry(cast, as_csv([row(**usual, first_day="07/09/2026", last_day="28/09/2026")]))

    assert not Duty.objects.exists()
    imports.undo(by=cast.asha, at=timezone.now(), row=first)
    assert Exclusion.objects.get().first_day == date(2026, 9, 7)


def standing_duties(exclusion: Exclusion) -> set[str]:
    return set(Duty.objects.filter(case=exclusion.case_id, ended_because="").values_list("key", flat=True))


def reckoned_again(exclusion: Exclusion) -> int:
    return duties.refresh([exclusion.pk], by=None, at=timezone.now(), why={"cause": "carried_over"})


def test_undo_is_refused_where_somebody_has_worked_on_a_notice(cast: Cast, place: Place) -> None:
    done = carry(cast, as_csv([row(school=place.school.urn)]))
    voiding.void(by=cast.asha, at=timezone.now(), exclusion=loaded(), version=1, because="Wrong")

    with pytest.raises(CannotUndo, match="26-0001"):
        imports.undo(by=cast.asha, at=timezone.now(), row=done)

    assert Exclusion.objects.count() == 1


def test_child_whose_record_somebody_read_stays_when_it_is_undone(cast: Cast, place: Place) -> None:
    done = carry(cast, as_csv([row(school=place.school.urn)]))
    child = loaded().case.pupil
    Reading.objects.create(at=timezone.now(), user=cast.asha, pupil=child, surface="pupil", request_id="x")

    imports.undo(by=cast.asha, at=timezone.now(), row=done)

    assert not Exclusion.objects.exists()
    assert list(Pupil.objects.all()) == [child]


def test_plan_names_no_child(cast: Cast, place: Place) -> None:
    checked = check(cast, as_csv([row(school=place.school.urn), row(school="999998")]))

    assert "Oakapple" not in str(checked.plan) + str(checked.faults) + str(checked.counts)


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"upn": "H8001320", "date_of_birth": "03/05/2012"}, "UPN", "13 characters"),
        ({"first_name": "", "upn": ""}, "Last name", "Write the UPN, or the first and the last name."),
        ({"sex": ""}, "Last name", "This child is not held"),
        ({"first_name": "Zephyrin"}, "Last name", "write SAME or NEW"),
    ],
)
def test_child_that_is_not_certain_is_asked_about(
    cast: Cast, place: Place, pupil: Pupil, cells: dict[str, str], column: str, says: str
) -> None:
    usual = {"last_name": pupil.last_name, "date_of_birth": pupil.date_of_birth.isoformat(), "first_name": "Quentin"}

    checked = check(cast, as_csv([row(school=place.school.urn, **(usual | cells))]))

    assert [column in each["column"] and says in each["message"] for each in checked.faults] == [True], checked.faults


@pytest.mark.parametrize(("word", "children"), [("SAME", 1), ("NEW", 2)])
def test_like_child_is_the_same_or_new_as_the_row_says(
    cast: Cast, place: Place, pupil: Pupil, word: str, children: int
) -> None:
    like = row(
        school=place.school.urn, first_name="Zephyrin", last_name=pupil.last_name, child=word,
        date_of_birth=pupil.date_of_birth.isoformat(),
    )  # fmt: skip

    carry(cast, as_csv([like]))

    assert Pupil.objects.count() == children


def test_days_that_another_notice_takes_are_asked_about(
    cast: Cast, place: Place, pupil: Pupil, suspension: Exclusion
) -> None:
    over = row(
        school=place.school.urn, upn=pupil.upn, date_of_birth=pupil.date_of_birth.isoformat(),
        first_name=pupil.first_name, last_name=pupil.last_name, first_day="22/09/2026", last_day="23/09/2026",
    )  # fmt: skip

    checked = check(cast, as_csv([over]))

    assert "out already on one of these days" in checked.faults[0]["message"]


def test_totals_say_so_when_built_on_less_than_the_year(cast: Cast, place: Place, suspension: Exclusion) -> None:
    year = {place.school.pk: date(2026, 9, 1)}
    assert less_than_the_year(year) == {place.school.pk: date(2026, 10, 12)}, "The first notice was logged then."

    carry(cast, as_csv([row(school=place.school.urn)]), whole_from="2026-09-01")

    assert less_than_the_year(year) == {}


def test_command_tells_what_comes_in_and_what_to_mend(
    cast: Cast, place: Place, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notices.csv"
    file.write_bytes(as_csv([row(school=place.school.urn), row(school="999998", first_name="Isolde")]))

    call_command("carry_over", str(file), "--dry-run", "--by", cast.asha.email)
    assert "Notices that come in: 1" in capsys.readouterr().out
    assert not Exclusion.objects.exists()
    call_command("carry_over", str(file), "--by", cast.asha.email)

    assert Exclusion.objects.count() == 1
    told = capsys.readouterr().out
    assert "3 | F (School) | No school with this URN is held" in told
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("carry_over", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="open account"):
        call_command("carry_over", str(file), "--by", "nobody@marchshire.example")
