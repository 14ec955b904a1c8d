"""What goes with a child: shown to the officer as it was advised, and said by the officer who decides otherwise."""

from datetime import date

import pytest
from django.test import Client

from casework.models import School
from panels.models import ItemRecord, OfficerDecision, Referral
from tests.conftest import TODAY
from tests.factories.advice import at, decide, otherwise
from tests.integration.panels.words import words
from tests.page_form import filled

ADVISED = {
    "conditions": ["named_adult", "phased_start"],
    "support": "A taxi until Easter",
    "review_on": date(2027, 1, 12),
    "departs_because": "Siblings are there",
    "dissent": "One head would wait.",
}


@pytest.fixture
def referral(advised: Referral) -> Referral:
    ItemRecord.objects.update(**ADVISED)
    return advised


def letters(client: Client, referral: Referral) -> list[str]:
    rows = client.get(f"/panels/{referral.panel.code}/sittings/{TODAY}/letters/").context["rows"]
    return [filled(client, row["cells"][0]["href"])["body"] for row in rows]


def minutes(client: Client, referral: Referral) -> str:
    return words(client.get(f"/panels/{referral.panel.code}/sittings/{TODAY}/minutes/"))


@pytest.mark.parametrize("tail", ["", "decide/"])
def test_officer_reads_the_whole_advice(tail: str, manager: Client, referral: Referral) -> None:
    page = words(manager.get(at(referral, tail)))

    for each in (
        "School named: Receiving School, from 16 November 2026.",
        "Out of turn, because: Siblings are there.",
        "Review on 12 January 2027.",
        "Support: Named adult; Phased start; A taxi until Easter.",
        "Works well in small groups.",
        "One head would wait.",
    ):
        assert each in page


def test_following_keeps_what_the_panel_advised(manager: Client, clerk: Client, referral: Referral) -> None:
    decide(manager, referral, follows="follows")

    found = letters(clerk, referral)
    assert len(found) == 2
    assert all("Named adult; Phased start; A taxi until Easter" in each for each in found)


def test_departure_sends_out_only_what_the_officer_names(
    manager: Client, clerk: Client, referral: Referral, other: School
) -> None:
    decide(manager, referral, **otherwise(other, conditions=["outreach"], support="A bus pass"))

    for each in letters(clerk, referral):
        assert "Outreach; A bus pass" in each
        assert "taxi" not in each
        assert "Named adult" not in each
    assert "Support: Named adult; Phased start; A taxi until Easter." in minutes(clerk, referral)


def test_departure_that_names_no_support_sends_none_and_is_taken_back_whole(
    manager: Client, clerk: Client, referral: Referral, other: School
) -> None:
    decide(manager, referral, **otherwise(other))

    assert not any("Support that goes" in each for each in letters(clerk, referral))
    row = OfficerDecision.objects.get()
    assert (row.advised_conditions, row.advised_support) == (ADVISED["conditions"], ADVISED["support"])

    back = at(referral, f"decisions/{row.pk}/take-back/")
    assert manager.post(back, filled(manager, back, because="The wrong school")).status_code == 302
    record = ItemRecord.objects.get()
    assert (record.conditions, record.support) == (ADVISED["conditions"], ADVISED["support"])


def test_officers_review_and_reason_for_leaving_the_turn_stand_where_the_decision_is_told(
    manager: Client, clerk: Client, referral: Referral, other: School
) -> None:
    decide(manager, referral, **otherwise(other))
    # Only the specialists' officer is asked for a review.
    ItemRecord.objects.update(review_on=date(2027, 3, 2))

    for page in (words(clerk.get(at(referral))), minutes(clerk, referral)):
        assert "from 23 November 2026. Out of turn, because: Nearer. Review on 2 March 2027. Support: none." in page
        assert "Review on 12 January 2027." in page
        assert "Support: Named adult; Phased start; A taxi until Easter." in page
