"""Adding versions of a panel's terms, which are never changed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from panels.models import Panel, QuorumNeed, TermsOfReference
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, MemberRole, RouteIn
from panels.services import terms as service
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories import panels as rows


def add(cast: Cast, panel: Panel, *, version: int, in_force_from: date, **changes: Any) -> TermsOfReference:
    return service.add(
        by=cast.administrator, at=NOW, on=TODAY, panel=panel, version=version, in_force_from=in_force_from,
        terms=rows.laid_down(**changes),
    )  # fmt: skip


def test_first_version_may_be_of_a_day_that_is_past_and_the_next_may_not(cast: Cast, fap: Panel) -> None:
    first = add(cast, fap, version=0, in_force_from=fap.opened_on)

    with pytest.raises(service.BeforeToday):
        add(cast, fap, version=1, in_force_from=TODAY - timedelta(days=1))
    add(cast, fap, version=1, in_force_from=TODAY)

    assert sorted(first.quorum_needs.values_list("role", "number")) == [("", 5), ("head", 3)]
    assert fap.terms.count() == 2


def test_two_versions_of_one_day_are_refused_by_the_service_and_by_the_table(cast: Cast, fap: Panel) -> None:
    row = add(cast, fap, version=0, in_force_from=TODAY)

    with pytest.raises(service.SameDay):
        add(cast, fap, version=1, in_force_from=TODAY)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"quorum": ()}, service.NoQuorum),
        ({"quorum": (Need(0, MemberRole.HEAD),)}, service.NoQuorum),
        ({"quorum": (Need(1, MemberRole.PSYCHOLOGIST),)}, service.NoSuchSeat),
        ({"routes": frozenset()}, service.NoWayIn),
        ({"decision_model": DecisionModel.CHAIR}, service.CastingVoteWithoutMajority),
    ],
)
def test_terms_that_make_no_sense_are_refused(
    changes: dict[str, Any], error: type[Exception], cast: Cast, fap: Panel
) -> None:
    with pytest.raises(error):
        add(cast, fap, version=0, in_force_from=TODAY, **changes)
    assert not TermsOfReference.objects.exists()


def test_terms_before_the_panel_opens_or_after_its_last_day_is_set_are_refused(cast: Cast, fap: Panel) -> None:
    with pytest.raises(service.BeforeOpening):
        add(cast, fap, version=0, in_force_from=fap.opened_on - timedelta(days=1))
    Panel.objects.update(closed_on=TODAY)
    with pytest.raises(service.PanelClosed):
        add(cast, fap, version=0, in_force_from=TODAY)


def test_version_added_meanwhile_is_noticed(cast: Cast, fap: Panel) -> None:
    add(cast, fap, version=0, in_force_from=TODAY)

    with pytest.raises(service.ChangedMeanwhile) as meanwhile:
        add(cast, fap, version=0, in_force_from=TODAY + timedelta(days=7))
    assert meanwhile.value.version == 1


@pytest.mark.parametrize("model", [TermsOfReference, QuorumNeed])
def test_version_can_be_neither_changed_nor_deleted(model: Any, cast: Cast, fap: Panel) -> None:
    add(cast, fap, version=0, in_force_from=TODAY)
    changed = {"credit_weeks": 3} if model is TermsOfReference else {"number": 1}

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


@pytest.mark.parametrize(
    "wrong", [{"casting_vote": True, "decision_model": "chair"}, {"routes": []}, {"in_force_from": None}]
)
def test_table_itself_refuses_terms_that_make_no_sense(wrong: dict[str, Any], cast: Cast, fap: Panel) -> None:
    facts = {
        "panel": fap, "in_force_from": TODAY, "decision_model": "majority", "fairness_model": "none",
        "routes": ["other"], "added_at": NOW, "added_by": cast.administrator,
    } | wrong  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        TermsOfReference.objects.create(**facts)


@pytest.mark.parametrize(
    "wrong",
    [
        {"place_points": Decimal(-1)},
        {"place_points": Decimal(21)},
        {"place_points": Decimal(0)},
        {"tariff": {RouteIn.MID_YEAR: Decimal(-1)}},
    ],
)
def test_points_that_are_no_tariff_are_refused(wrong: dict[str, Any], cast: Cast, fap: Panel) -> None:
    with pytest.raises(service.WrongTariff):
        add(cast, fap, version=0, in_force_from=TODAY, **wrong)
    assert not TermsOfReference.objects.exists()
