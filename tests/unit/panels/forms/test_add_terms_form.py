"""The form of a version of a panel's terms."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from panels.forms.terms import AddTermsForm, first_terms, next_terms
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, FairnessModel, MemberRole, PanelKind, RouteIn
from panels.rules.versions import PanelTerms

TODAY = date(2026, 11, 4)
SECONDARY = PanelKind.FAIR_ACCESS_SECONDARY


def sent(kind: PanelKind = SECONDARY, **changes: Any) -> AddTermsForm:
    typed: dict[str, Any] = {
        "token": "9a3d2a3e-7f41-4d0f-9b7a-0f6b3f9f2a11", "version": "0", "in_force_from": "1/1/2027",
        "decision_model": "majority", "casting_vote": "on", "fairness": "rotation", "credit_weeks": "12",
        "former_years": "", "routes": ["mid_year"], "quorum_any": "5", "quorum_head": "3",
    } | changes  # fmt: skip
    return AddTermsForm(typed, today=TODAY, kind=kind)


def test_terms_are_what_was_typed() -> None:
    form = sent(looked_after_placed_elsewhere="on", former_years="3")

    assert form.is_valid(), form.errors
    terms = form.terms()
    assert set(terms.quorum) == {Need(5), Need(3, MemberRole.HEAD)}
    assert (terms.decision_model, terms.casting_vote, terms.fairness) == (
        DecisionModel.MAJORITY, True, FairnessModel.ROTATION,
    )  # fmt: skip
    assert (terms.credit_weeks, terms.former_years, terms.routes) == (12, 3, frozenset({RouteIn.MID_YEAR}))
    assert terms.looked_after_placed_elsewhere


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"in_force_from": ""}, "in_force_from", "Enter in force from"),
        ({"in_force_from": "soon"}, "in_force_from", "'soon' is not a day"),
        ({"decision_model": ""}, "decision_model", "Choose who decides"),
        ({"quorum_any": "", "quorum_head": "0"}, "quorum_any", "Say how many make a quorum"),
        ({"quorum_head": "three"}, "quorum_head", "Enter a whole number from 0 to 60"),
        ({"quorum_head": "-1"}, "quorum_head", "Enter a whole number from 0 to 60"),
        ({"routes": []}, "routes", "Tick at least one way in"),
        ({"routes": ["by_lot"]}, "routes", "Choose one from the list"),
        ({"credit_weeks": ""}, "credit_weeks", "Enter the number of weeks"),
        ({"credit_weeks": "79"}, "credit_weeks", "Enter a whole number from 0 to 78"),
        ({"decision_model": "chair"}, "casting_vote", "Only a panel that decides by a majority"),
        ({"version": ""}, "version", "This page is out of date"),
    ],
)
def test_wrong_terms_are_refused_at_their_field(changes: dict[str, Any], field: str, message: str) -> None:
    form = sent(**changes)

    assert not form.is_valid()
    assert str(form.errors[field][0]).startswith(message)


def test_quorum_asks_for_the_seats_of_the_kind_alone() -> None:
    assert "quorum_psychologist" not in sent().fields
    assert "quorum_psychologist" in sent(PanelKind.SPECIALIST_PLACEMENT).fields


def test_first_terms_are_what_is_usual_for_the_kind_and_the_next_are_the_last() -> None:
    usual = first_terms(PanelKind.SPECIALIST_PLACEMENT, opened_on=TODAY)
    rule = PanelTerms.standard(SECONDARY, TODAY, DecisionModel.ADVISES, (Need(3, MemberRole.HEAD), Need(5)))

    again = next_terms(rule, delegation="The director’s", criteria="")

    assert usual["routes"] == ["other", "permanent_exclusion"]
    assert (again["quorum_head"], again["quorum_any"]) == (3, 5)
    assert (again["decision_model"], again["delegation"]) == ("advises", "The director’s")
    assert "in_force_from" not in again


POINTS: dict[str, Any] = {"fairness": "points", "points_each": "1", "points_mid_year": "0.5"}


def test_tariff_of_points_is_what_was_typed_and_comes_back_in_the_next_version() -> None:
    form = sent(**POINTS)

    assert form.is_valid(), form.errors
    terms = form.terms()
    assert (terms.place_points, terms.tariff) == (Decimal(1), {RouteIn.MID_YEAR: Decimal("0.5")})
    rule = PanelTerms(
        SECONDARY, TODAY, DecisionModel.MAJORITY, (Need(3),), fairness=FairnessModel.POINTS,
        place_points=Fraction(1), tariff=((RouteIn.MID_YEAR, Fraction(1, 2)),),
    )  # fmt: skip
    again = next_terms(rule, delegation="", criteria="")
    assert {name: again[name] for name in ("points_each", "points_mid_year")} == {
        "points_each": "1", "points_mid_year": "0.5"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (POINTS | {"points_each": ""}, "points_each", "Enter the points of each place"),
        (POINTS | {"points_each": "0", "points_mid_year": ""}, "points_each", "Give points to each place"),
        (POINTS | {"points_each": "-1"}, "points_each", "Enter points from 0 to 20"),
        (POINTS | {"points_mid_year": "21"}, "points_mid_year", "Enter points from 0 to 20"),
        (POINTS | {"points_mid_year": "0.55"}, "points_mid_year", "Enter points from 0 to 20"),
        (POINTS | {"points_mid_year": "half"}, "points_mid_year", "Enter points from 0 to 20"),
        ({"points_each": "1"}, "points_each", "Only where a place counts points"),
        ({"fairness": "weighted", "points_mid_year": "1"}, "points_each", "Enter the points of each place"),
        ({"fairness": "baseline", "points_each": "0"}, "points_each", "Give points to each place"),
    ],
)
def test_wrong_points_are_refused_at_their_field(changes: dict[str, Any], field: str, message: str) -> None:
    form = sent(**changes)

    assert not form.is_valid()
    assert str(form.errors[field][0]).startswith(message)


def test_panel_that_keeps_no_turns_is_asked_for_no_points() -> None:
    assert not list(AddTermsForm(today=TODAY, kind=PanelKind.SPECIALIST_PLACEMENT).points_fields())
