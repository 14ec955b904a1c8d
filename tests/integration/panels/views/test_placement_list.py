"""A panel's placements in a list: which it shows, in what order, and that it does not grow with what is done with."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Pupil, RollSpell, School
from panels.models import ItemRecord, Panel, PlacementStep, Referral
from panels.selectors import placements as placement_selectors
from tests.cast import Cast
from tests.conftest import NOW, TODAY, Place
from tests.factories import placements as placement_rows
from tests.integration.panels.views.test_placement_pages import ASKED, receiving, referral
from tests.integration.panels.words import words
from tests.queries import asked

__all__ = ["receiving", "referral"]


@pytest.mark.parametrize(
    ("show", "steps", "stands"),
    [
        ("", {}, True),
        ("late", {}, True),
        ("waiting", {}, False),
        ("waiting", {"asked": ASKED}, True),
        ("waiting", {"asked": ASKED, "accepted": date(2026, 10, 16)}, False),
        ("refused", {"asked": ASKED}, False),
        ("refused", {"asked": ASKED, "refused": date(2026, 10, 16)}, True),
        ("refused", {"asked": ASKED, "refused": date(2026, 10, 16), "accepted": date(2026, 10, 20)}, False),
        ("back", {"asked": ASKED, "refused": date(2026, 10, 16)}, False),
        ("back", {"asked": ASKED, "refused": date(2026, 10, 16), "adjudicator_not_upheld": date(2026, 10, 30)}, True),
        ("", {"asked": ASKED, "refused": date(2026, 10, 16), "adjudicator_not_upheld": date(2026, 10, 30)}, True),
        ("late", {"asked": ASKED, "started": date(2026, 11, 2)}, True),
        (
            "late",
            {"asked": ASKED, "accepted": ASKED, "on_roll": date(2026, 11, 2), "started": date(2026, 11, 2)},
            False,
        ),
        ("started", {}, False),
        ("started", {"started": date(2026, 11, 2)}, True),
        ("", {"started": date(2026, 11, 2)}, False),
        ("all", {"started": date(2026, 11, 2)}, True),
        ("nonsense", {}, True),
    ],
)
def test_list_shows_the_placements_that_the_address_asks_for(
    clerk: Client, referral: Referral, receiving: School, cast: Cast, show: str, steps: dict[str, date], stands: bool
) -> None:
    for kind, on in steps.items():
        placement_rows.step(referral, receiving, kind, on, by=cast.asha)

    page = words(clerk.get(f"/panels/fap-secondary/placements/?show={show}"))

    assert (referral.reference in page) == stands
    if not stands:
        assert "Show those under way" in page or "No placement is under way" in page


def test_list_asks_as_much_for_five_hundred_placements_as_for_five_and_works_out_no_more_than_it_shows(
    clerk: Client, fap: Panel, referral: Referral, receiving: School, cast: Cast, place: Place,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    worked_out: list[int] = []
    work_out = placement_selectors._placement

    def noted(of: Referral, *rest: Any) -> placement_selectors.Placement:
        worked_out.append(of.pk)
        return work_out(of, *rest)

    monkeypatch.setattr(placement_selectors, "_placement", noted)

    def counted(show: str) -> tuple[int, int]:
        worked_out.clear()
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(f"/panels/fap-secondary/placements/?show={show}").status_code == 200
        return len(asked(captured)), len(worked_out)

    shows = ("", "late", "started", "all")
    many(fap, 5, first=1, by=cast, school=receiving, place=place)
    done_with(fap, 5, first=100, by=cast, school=receiving, place=place)
    counted("")
    few = {show: counted(show) for show in shows}
    done_with(fap, 495, first=105, by=cast, school=receiving, place=place)

    for show in shows:
        queries, number = counted(show)
        assert queries == few[show][0], show
        # What is done with is worked out for the page that shows it, and for no other.
        assert number <= few[show][1] + 50, show
    assert counted("")[1] == few[""][1]


def many(panel: Panel, number: int, *, first: int, by: Cast, school: School, place: Place) -> list[Referral]:
    """Have a panel name a school for so many children; the school was asked and has not replied."""
    letters = "BCDFGHJKMN"
    found = []
    for each in range(first, first + number):
        pupil = Pupil.objects.create(
            first_name="Barnaby", last_name=f"Oxtoby{each}", date_of_birth=date(2013, 1, 1), sex="M",
            home_authority=place.authority,
        )  # fmt: skip
        last = "".join(letters[int(digit)] for digit in f"{each:03d}")
        made = Referral.objects.create(
            reference=f"99{last}2", panel=panel, pupil=pupil, route="mid_year",
            referred_on=TODAY, referred_at=NOW, referred_by=by.asha,
        )  # fmt: skip
        placement_rows.placed(made, school, by=by.asha)
        placement_rows.step(made, school, "asked", ASKED, by=by.asha)
        found.append(made)
    return found


def done_with(panel: Panel, number: int, *, first: int, by: Cast, school: School, place: Place) -> None:
    """Have a panel name a school for so many children who are there, with nothing left to do today."""
    made = many(panel, number, first=first, by=by, school=school, place=place)
    days = {"accepted": date(2026, 10, 16), "on_roll": date(2026, 11, 2), "started": date(2026, 11, 2)}
    for each in made:
        for kind, on in days.items():
            placement_rows.step(each, school, kind, on, by=by.asha)


def test_late_placements_stand_first(
    clerk: Client, fap: Panel, referral: Referral, receiving: School, cast: Cast, place: Place
) -> None:
    many(fap, 1, first=1, by=cast, school=receiving, place=place)
    ItemRecord.objects.filter(item__referral__reference="99BBC2").update(starts_on=TODAY + timedelta(days=9))
    PlacementStep.objects.all().delete()

    shown = clerk.get("/panels/fap-secondary/placements/").context["rows"]

    assert [row["cells"][0]["text"] for row in shown] == ["7KQ4M2", "99BBC2"]
    assert shown[0]["cells"][5]["tag"] == {"text": "2 school days late", "classes": "govuk-tag--red"}


@pytest.mark.parametrize("show", ["", "late", "all"])
def test_step_at_a_school_that_another_has_taken_the_place_of_counts_for_nothing(
    clerk: Client, referral: Referral, receiving: School, cast: Cast, place: Place, show: str
) -> None:
    placement_rows.step(referral, receiving, "started", date(2026, 11, 2), by=cast.asha)
    ItemRecord.objects.update(school=place.primary)

    assert referral.reference in words(clerk.get(f"/panels/fap-secondary/placements/?show={show}"))


def test_placement_that_went_back_is_under_way_until_the_child_comes_to_a_panel_again(
    clerk: Client, referral: Referral, receiving: School, cast: Cast
) -> None:
    for kind in ("asked", "refused", "direction_intended", "to_adjudicator", "adjudicator_not_upheld"):
        placement_rows.step(referral, receiving, kind, ASKED, by=cast.asha)
    here = "/panels/fap-secondary/placements/"
    assert "Back to the panel" in words(clerk.get(here)).split("<tbody")[1]

    Referral.objects.create(
        reference="7KQ4M3", panel=referral.panel, pupil=referral.pupil, route="mid_year", referred_on=TODAY,
        referred_at=NOW, referred_by=cast.asha,
    )  # fmt: skip

    assert referral.reference not in words(clerk.get(here))
    assert referral.reference in words(clerk.get(f"{here}?show=all"))


def test_roll_that_nobody_recorded_meets_the_stage_in_the_list_too(
    clerk: Client, referral: Referral, receiving: School, cast: Cast
) -> None:
    for kind, on in {"accepted": ASKED, "asked": ASKED, "started": date(2026, 11, 2)}.items():
        placement_rows.step(referral, receiving, kind, on, by=cast.asha)
    here = "/panels/fap-secondary/placements/?show=late"
    assert referral.reference in words(clerk.get(here))

    RollSpell.objects.create(pupil=referral.pupil, school=receiving, year_group="9", first_day=date(2026, 11, 2))

    assert referral.reference not in words(clerk.get(here))
