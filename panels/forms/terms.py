from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceBoxes, ChoiceRadios, DayField
from panels.rules.quorum import Need
from panels.rules.seats import SEATS_OF
from panels.rules.terms import (
    DECISION_MODEL_LABELS,
    FAIR_ACCESS_PANELS,
    FAIRNESS_MODEL_LABELS,
    MEMBER_ROLE_PLURALS,
    ROUTE_IN_LABELS,
    DecisionModel,
    FairnessModel,
    MemberRole,
    PanelKind,
    RouteIn,
)
from panels.rules.terms_in_words import fairness_in_words
from panels.rules.turns.dated import BY_POINTS
from panels.rules.turns.ledger import CREDIT_WEEKS
from panels.rules.turns.points import MOST_POINTS
from panels.rules.versions import ROUTES_OF, PanelTerms
from panels.services.terms import Terms

ANY = "quorum_any"
EACH_PLACE = "points_each"


def _number(label: str, *, least: int = 0, most: int = 60, help_text: str = "", required: bool = False) -> forms.Field:
    wrong = f"Enter a whole number from {least} to {most}"
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        help_text=help_text,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-3"}),
    )


def _points(label: str) -> forms.DecimalField:
    wrong = f"Enter points from 0 to {MOST_POINTS}, such as 1 or 0.5"
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=MOST_POINTS,
        decimal_places=1,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits", "max_whole_digits"), wrong
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal", "class": "govuk-input--width-3"}),
    )


class AddTermsForm(GovukForm, IdempotencyMixin, VersionMixin):
    """A version of a panel's terms: one number of the quorum for each seat that the kind of panel has."""

    in_force_from = DayField(label="In force from", help_text="For example 1/1, or today")
    decision_model = forms.ChoiceField(
        label="Who decides", choices=list(DECISION_MODEL_LABELS.items()), widget=ChoiceRadios(row=False)
    )
    casting_vote = forms.BooleanField(label="Whoever presides has a casting vote", required=False)
    fairness = forms.ChoiceField(
        label="How places are shared out",
        choices=list(FAIRNESS_MODEL_LABELS.items()),
        widget=ChoiceRadios(row=False, hints={model.value: fairness_in_words(model) for model in FairnessModel}),
    )
    credit_weeks = _number(
        "Weeks within which a place that ends is given back", most=78, required=True, help_text="School weeks"
    )
    former_years = _number(
        "Years for which a former post is a tie", most=40, help_text="Calendar years. Empty: for ever"
    )
    reply_within = _number(
        "School days in which a school replies",
        least=1,
        help_text="From the day on which it is asked to admit a child. The law has no figure. Empty: the terms name none",
    )
    routes = forms.MultipleChoiceField(
        label="Ways in",
        choices=list(ROUTE_IN_LABELS.items()),
        widget=ChoiceBoxes(),
        error_messages={"required": "Tick at least one way in"},
    )
    looked_after_placed_elsewhere = forms.BooleanField(
        label="Looked-after children are placed another way, not by this panel", required=False
    )
    pseudonymised = forms.BooleanField(label="Members see a child’s reference, not the name", required=False)
    delegation = forms.CharField(
        label="Delegation",
        help_text="What the panel may decide in whose name",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    criteria = forms.CharField(
        label="Criteria",
        help_text="What the panel judges by",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, kind: PanelKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields[ANY] = _number("Members of any role")
        for role in MemberRole:
            if role in SEATS_OF[kind]:
                plural = MEMBER_ROLE_PLURALS[role][1]
                self.fields[quorum_field(role)] = _number(plural[0].upper() + plural[1:])
        # Only a Fair Access Panel keeps turns.
        if kind in FAIR_ACCESS_PANELS:
            self.fields[EACH_PLACE] = _points("Points of each place")
            for route in RouteIn:
                self.fields[points_field(route)] = _points(f"{ROUTE_IN_LABELS[route]}: points more")
        cast(Any, self.fields["credit_weeks"]).error_messages["required"] = "Enter the number of weeks"

    def quorum_fields(self) -> Iterator[BoundField]:
        """Yield the fields of the quorum."""
        return (self[name] for name in self.fields if name.startswith("quorum_"))

    def points_fields(self) -> Iterator[BoundField]:
        """Yield the fields of the tariff of points."""
        return (self[name] for name in self.fields if name.startswith("points_"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_points()
        wrong = any(name.startswith("quorum_") for name in self.errors)
        if not wrong and not self._needs():
            self.add_error(ANY, "Say how many make a quorum: of any role, or of one of the roles")
        if data.get("casting_vote") and data.get("decision_model") not in (None, DecisionModel.MAJORITY.value):
            self.add_error(
                "casting_vote", "Only a panel that decides by a majority has a casting vote: leave this empty"
            )
        return data

    def terms(self) -> Terms:
        """Return what was laid down."""
        data = self.cleaned_data
        return Terms(
            decision_model=DecisionModel(data["decision_model"]),
            quorum=self._needs(),
            routes=frozenset(RouteIn(route) for route in data["routes"]),
            casting_vote=data["casting_vote"],
            fairness=FairnessModel(data["fairness"]),
            credit_weeks=data["credit_weeks"],
            former_years=data["former_years"],
            reply_within=data["reply_within"],
            **self._tariff(),
            looked_after_placed_elsewhere=data["looked_after_placed_elsewhere"],
            pseudonymised=data["pseudonymised"],
            delegation=data["delegation"],
            criteria=data["criteria"],
        )

    def _clean_points(self) -> None:
        """Ask for points where places are shared out by them, and for none anywhere else."""
        data = self.cleaned_data
        if "fairness" not in data or any(name.startswith("points_") for name in self.errors):
            return
        typed = {name: points for name, points in data.items() if name.startswith("points_") and points is not None}
        if FairnessModel(data["fairness"]) not in BY_POINTS:
            for name in typed:
                self.add_error(name, "Only where a place counts points: leave this empty")
        elif EACH_PLACE not in self.fields or not (typed or data["fairness"] == FairnessModel.POINTS.value):
            return
        elif EACH_PLACE not in typed:
            self.add_error(EACH_PLACE, "Enter the points of each place")
        elif not any(typed.values()):
            self.add_error(EACH_PLACE, "Give points to each place, or to a way in: else no place would count")

    def _tariff(self) -> dict[str, Any]:
        """Return the points of each place, and those that ways in add; nothing where none were asked for."""
        data = self.cleaned_data
        if data.get(EACH_PLACE) is None:
            return {}
        more = {route: data.get(points_field(route)) for route in RouteIn}
        return {"place_points": data[EACH_PLACE], "tariff": {route: points for route, points in more.items() if points}}

    def _needs(self) -> tuple[Need, ...]:
        found = [Need(self.cleaned_data[ANY])] if self.cleaned_data.get(ANY) else []
        for role in MemberRole:
            if number := self.cleaned_data.get(quorum_field(role)):
                found.append(Need(number, role))
        return tuple(found)


def quorum_field(role: MemberRole | None) -> str:
    """Return the name of the field for a number of a role, or of any members."""
    return f"quorum_{role.value}" if role else ANY


def points_field(route: RouteIn) -> str:
    """Return the name of the field for the points that a way in adds."""
    return f"points_{route.value}"


def first_terms(kind: PanelKind, *, opened_on: date) -> dict[str, Any]:
    """Return what the form shows for a panel without terms: what is usual for its kind."""
    return {
        "in_force_from": opened_on,
        "routes": sorted(route.value for route in ROUTES_OF[kind]),
        "credit_weeks": CREDIT_WEEKS,
        "looked_after_placed_elsewhere": True,
        "fairness": FairnessModel.NONE.value,
    }


def next_terms(rule: PanelTerms, *, delegation: str, criteria: str) -> dict[str, Any]:
    """Return what the form shows for the next version: the last one, but for its day."""
    return {
        "decision_model": rule.decision_model.value,
        "casting_vote": rule.casting_vote,
        "fairness": rule.fairness.value,
        "credit_weeks": rule.credit_weeks,
        "former_years": rule.former_years,
        "reply_within": rule.reply_within,
        "routes": sorted(route.value for route in rule.routes),
        "looked_after_placed_elsewhere": rule.looked_after_placed_elsewhere,
        "pseudonymised": rule.pseudonymised,
        "delegation": delegation,
        "criteria": criteria,
        **{quorum_field(need.role): need.number for need in rule.quorum},
        **_points_of(rule),
    }


def _points_of(rule: PanelTerms) -> dict[str, Any]:
    if rule.fairness not in BY_POINTS:
        return {}
    points = {EACH_PLACE: rule.place_points} | {points_field(route): more for route, more in rule.tariff}
    return {name: f"{float(each):g}" for name, each in points.items()}
