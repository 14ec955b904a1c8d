"""Adding a version of a panel's terms, and the page of each version."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from panels.models import Panel, TermsOfReference
from tests.cast import Cast
from tests.conftest import TODAY
from tests.factories import panels as rows
from tests.page_form import errors, filled

HERE = "/panels/fap-secondary/"
ADD = f"{HERE}terms/add/"
TYPED = {"decision_model": "majority", "casting_vote": "on", "quorum_head": "3", "fairness": "rotation"}


def sent(client: Client, **typed: Any) -> dict[str, Any]:
    form = filled(client, ADD, **typed)
    # A box that is not ticked is not sent, nor is a number that is not typed.
    return {name: value for name, value in form.items() if value is not False and value is not None}


def test_first_version_is_offered_as_is_usual_and_added_once(administrator: Client, fap: Panel, cast: Cast) -> None:
    page = administrator.get(ADD)
    typed = sent(administrator, **TYPED)

    for _ in range(2):
        assert administrator.post(ADD, typed).headers["Location"] == HERE

    row = TermsOfReference.objects.get()
    assert page.context["form"]["in_force_from"].value() == "1/9/2021"
    assert (row.in_force_from, row.credit_weeks, row.former_years) == (date(2021, 9, 1), 12, None)
    assert row.routes == ["managed_move_failed", "mid_year", "out_of_school", "specialist_panel"]
    assert row.looked_after_placed_elsewhere
    assert (row.added_by, row.quorum_needs.get().number) == (cast.administrator, 3)
    for name in ("TermsOfReferenceEvent", "QuorumNeedEvent"):
        event = apps.get_model("panels", name).objects.get()
        assert event.pgh_context.metadata["user"] == cast.administrator.pk


def test_next_version_begins_with_the_last_and_changes_nothing_of_it(
    administrator: Client, fap: Panel, cast: Cast
) -> None:
    first = rows.terms(fap, by=cast.administrator, delegation="The director’s own.")

    administrator.post(ADD, sent(administrator, in_force_from="1/1/2027", credit_weeks="6"))

    second = fap.terms.latest("in_force_from")
    first.refresh_from_db()
    assert (first.credit_weeks, second.credit_weeks, second.delegation) == (12, 6, "The director’s own.")
    assert sorted(second.quorum_needs.values_list("role", "number")) == [("", 5), ("head", 3)]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"in_force_from": "yesterday"}, "in_force_from", "Choose today or a later day"),
        ({"in_force_from": "1/9/2021"}, "in_force_from", "Another version is in force from that day"),
        ({"in_force_from": "1/8/2021"}, "in_force_from", "Choose the panel’s first day or a later one"),
        ({"in_force_from": ""}, "in_force_from", "Enter in force from"),
        ({"in_force_from": "today", "quorum_head": "", "quorum_any": ""}, "quorum_any", "Say how many make a quorum"),
        ({"in_force_from": "today", "decision_model": "advises"}, "casting_vote", "Only a panel that decides by"),
        ({"in_force_from": "today", "routes": []}, "routes", "Tick at least one way in"),
    ],
)
def test_wrong_version_is_refused_at_its_field_and_what_was_typed_is_kept(
    changes: dict[str, Any], field: str, message: str, administrator: Client, fap: Panel, cast: Cast
) -> None:
    rows.terms(fap, by=cast.administrator)

    answer = administrator.post(ADD, sent(administrator, **({"criteria": "Nearest first."} | changes)))

    assert errors(answer)[field].startswith(message)
    assert "Nearest first." in answer.content.decode()
    assert fap.terms.count() == 1


def test_version_added_meanwhile_is_noticed_and_a_second_try_succeeds(
    administrator: Client, fap: Panel, cast: Cast
) -> None:
    typed = sent(administrator, in_force_from="1/1/2027", **TYPED)
    rows.terms(fap, by=cast.administrator)

    answer = administrator.post(ADD, typed)

    assert "Somebody else changed these terms" in answer.content.decode()
    again = typed | {"version": answer.context["form"]["version"].value()}
    assert administrator.post(ADD, again).headers["Location"] == HERE


def test_terms_of_a_panel_that_closes_are_no_longer_changed(administrator: Client, fap: Panel) -> None:
    Panel.objects.update(closed_on=TODAY)

    assert "This panel has a last day" in errors(administrator.post(ADD, sent(administrator, **TYPED)))["__all__"]


def test_each_version_has_a_page_of_its_own(clerk: Client, fap: Panel, cast: Cast) -> None:
    rows.terms(fap, by=cast.administrator, former_years=1)
    rows.terms(fap, by=cast.administrator, from_=TODAY + timedelta(days=1), casting_vote=False)

    first = clerk.get(f"{HERE}terms/2021-09-01/").content.decode()
    second = clerk.get(f"{HERE}terms/2026-11-05/").content.decode()

    assert "Terms from 1 September 2021 to 4 November 2026" in first
    assert "In force today" in first
    assert "For 1 year after it ended" in first
    assert "Nothing is decided" in second
    assert "In force today" not in second
    assert clerk.get(f"{HERE}terms/2026-11-06/").status_code == 404
