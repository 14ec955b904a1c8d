"""A voided notice counts nowhere: every list, total, figure, duty and threshold is as though it had not been logged."""

import ast
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Pupil
from casework.rules.periods import Period
from casework.selectors.calendar_feed import duties_of
from exclusions.models import Exclusion
from exclusions.school_lines import limits_of
from exclusions.selectors import exclusion_list, exclusion_page, my_work, overlaps, thresholds
from exclusions.selectors.standing import standing_of
from exclusions.services import outcomes, voiding
from reporting.selectors import report_figures
from reporting.selectors.figures import figures
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import TODAY, Place
from tests.factories import exclusions as exclusion_rows

ROOT = Path(__file__).parents[3]

# A question about all notices, or all days: neither narrowed to those that stand, nor about one exclusion's own days.
ASKED = re.compile(
    r"\b(?:Exclusion|SuspendedDay)\.objects\."
    r"(?!(?:visible_to\(by\)\.)?standing\(\)|bulk_create\(|create\(|filter\(exclusion=)"
)

# Where a notice is asked for without `standing()`, and why a voided one belongs there or cannot be there.
MAY_SEE_VOIDED = {
    "exclusions/selectors/exclusion_page.py find": "its own page says that it is voided",
    "exclusions/timeline.py exclusions_of": "the child's page lists it as voided, so that it can be restored",
    "exclusions/selectors/thresholds.py rows": "looks up notices that the query has found standing",
    "exclusions/selectors/exclusion_list.py rows": "loads the page of a list that leaves them out",
    "exclusions/views/owners.py reassign": "gives the cases that were ticked on a list that leaves them out",
    "exclusions/services/duties.py _refresh": "ends the duties of a voided one",
    "exclusions/services/carry_over.py undo": "takes back what a file brought, and refuses where one was voided",
    "exclusions/services/carry_over.py _delete": "takes back what a file brought",
    "exclusions/views/corrections.py restore_notice": "restores a voided one",
    "exclusions/services/voiding.py _held": "voids and restores",
    "exclusions/services/corrections.py correct": "refuses a voided one",
    "exclusions/services/outcomes.py record": "holds one row by its key and version",
    "exclusions/services/outcomes.py withdraw": "holds one row by its key",
    "exclusions/services/provisions.py arrange": "holds one row by its key and version",
    "exclusions/services/steps.py record": "holds one row by its key and version",
    "exclusions/services/steps.py withdraw": "holds one row by its key",
    "exclusions/views/exclusions.py exclusions": "is an empty list",
}


@pytest.fixture
def other(cast: Cast, pupil: Pupil, place: Place) -> Exclusion:
    """A suspension that stands: four days from Monday 19 October 2026."""
    return exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension",
        first_day=date(2026, 10, 19), last_day=date(2026, 10, 22),
    )  # fmt: skip


def everything(by: Any, place: Place, other: Exclusion) -> dict[str, Any]:
    """Return what every selector says of the notices, comparable."""
    watch = thresholds.Watch(by=by, on=TODAY, wanted=thresholds.Wanted())
    listed = exclusion_list.listed(by=by)
    options = exclusion_list.options(by=by, council="999")
    open_duties = my_work.open_duties(by=by, on=TODAY, wanted=my_work.Wanted())
    found = Exclusion.objects.select_related("case__pupil", "school__authority", "home_authority").get(pk=other.pk)
    page = exclusion_page.page(exclusion_page.find(by=by, reference=other.case.reference, on=TODAY), on=TODAY)
    return {
        "list": [
            row.exclusion.pk
            for row in exclusion_list.rows(listed.values_list("pk", flat=True), on=TODAY, options=options)
        ],
        "counts": exclusion_list.counts(listed),
        "my work": my_work.counts(open_duties, on=TODAY),
        "duties": sorted(open_duties.values_list("case", "key")),
        "without education": [duty.case_id for duty in my_work.work(open_duties, on=TODAY).no_education],
        "feed": [(duty.case_id, duty.key) for duty in duties_of(by, on=TODAY)],
        "thresholds": watch.counts(),
        "near": [(row.pupil.pk, row.last.pk, row.term, row.year, row.suspensions) for row in watch.rows(0, 50)],
        "school": limits_of(place.school, by, TODAY),
        "totals": standing_of(found).totals,
        "sixth day": standing_of(found).sixth_day,
        "suspensions this year": page.suspensions_this_year,
        "figures": figures(Period.parse("2026/27"), as_at=TODAY)["indicators"],
        "report": report_figures.gather(Period.parse("2026/27"), as_at=TODAY, published_area="Shropshire"),
    }


def permanent(by: Any, pupil: Pupil, place: Place) -> Exclusion:
    return exclusion_rows.exclusion(pupil=pupil, school=place.school, by=by)


def long_suspension(by: Any, pupil: Pupil, place: Place) -> Exclusion:
    return exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=by, kind="suspension", exam_missed=True,
        first_day=date(2026, 10, 7), last_day=date(2026, 10, 16),
    )  # fmt: skip


@pytest.mark.parametrize("log", [permanent, long_suspension])
def test_voided_notice_changes_nothing_that_is_told_of_the_others(
    log: Callable[..., Exclusion], cast: Cast, pupil: Pupil, place: Place, other: Exclusion
) -> None:
    before = everything(cast.asha, place, other)
    logged = log(cast.asha, pupil, place)
    counted = everything(cast.asha, place, other)
    assert {name for name in before if before[name] != counted[name]} >= {"list", "counts", "figures", "duties"}

    voiding.void(by=cast.asha, at=timezone.now(), exclusion=logged, version=1, because="Logged twice")

    assert everything(cast.asha, place, other) == before
    voiding.restore(by=cast.asha, at=timezone.now(), exclusion=logged, version=2, because="It was right after all")
    assert everything(cast.asha, place, other) == counted


def test_voided_notice_overlaps_nothing(officer: Client, cast: Cast, pupil: Pupil, suspension: Exclusion) -> None:
    copy = Exclusion(case=suspension.case, school=suspension.school, kind="suspension", first_day=suspension.first_day)
    days = standing_of(suspension).days
    assert overlaps.overlaps_of(copy, days)[0].likely_duplicate

    voiding.void(by=cast.asha, at=timezone.now(), exclusion=suspension, version=1, because="Wrong child")

    assert overlaps.overlaps_of(copy, days) == ()
    assert not overlaps.past_the_year(copy, days)


def test_outcome_of_a_voided_notice_counts_in_no_waterfall(cast: Cast, exclusion: Exclusion) -> None:
    outcomes.record(
        by=cast.asha, at=timezone.now(), exclusion=exclusion, version=1, event="averted", on=date(2026, 10, 20), note=""
    )

    voiding.void(by=cast.asha, at=timezone.now(), exclusion=exclusion, version=2, because="Wrong child")

    found = figures(Period.parse("2026/27"), as_at=TODAY)["indicators"]
    assert {found[f"permanent_{word}"]["value"] for word in ("notified", "averted", "open")} == {0}


def test_lists_exports_and_searches_of_the_site_show_no_voided_notice(
    officer: Client, cast: Cast, exclusion: Exclusion
) -> None:
    reference = exclusion.case.reference
    pages = ("/exclusions/", "/exclusions/export.csv", "/my-work/", "/exclusions/thresholds/")
    assert reference in officer.get("/exclusions/").content.decode()

    voiding.void(by=cast.asha, at=timezone.now(), exclusion=exclusion, version=1, because="Wrong child")

    for address in pages:
        response: Any = officer.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert reference.encode() not in body, address


def test_side_panel_of_a_new_notice_leaves_a_voided_one_out(
    officer: Client, cast: Cast, pupil: Pupil, suspension: Exclusion
) -> None:
    voiding.void(by=cast.asha, at=timezone.now(), exclusion=suspension, version=1, because="Wrong child")

    panel = officer.post("/exclusions/log-a-notice/preview/", notice.suspended(pupil)).content.decode()

    assert suspension.case.reference not in panel
    assert "2 days" in panel


def test_every_question_about_notices_leaves_the_voided_out_or_says_why() -> None:
    asked = {
        f"{file.relative_to(ROOT)} {function.name}"
        for app in ("exclusions", "reporting")
        for file in (ROOT / app).rglob("*.py")
        if not {"migrations", "demonstration"} & set(file.parts)
        for function in ast.walk(ast.parse(file.read_text()))
        if isinstance(function, ast.FunctionDef) and ASKED.search(ast.unparse(function))
    }

    assert asked - set(MAY_SEE_VOIDED) == set(), "Ask for standing() ones, or say here why not."
    assert set(MAY_SEE_VOIDED) - asked == set()


def test_child_of_a_voided_notice_sees_it_named_as_voided(officer: Client, cast: Cast, exclusion: Exclusion) -> None:
    voiding.void(by=cast.asha, at=timezone.now(), exclusion=exclusion, version=1, because="Wrong child")

    page = officer.get(f"/pupils/{exclusion.case.pupil.public_id}/").content.decode()

    assert "Voided: Permanent exclusion" in page
