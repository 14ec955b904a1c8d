"""Turns under terms that change: a place keeps what the terms of its day gave it, and each version says its days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from panels.rules.terms import ROUTE_IN_LABELS, FairnessModel, RouteIn
from panels.rules.turns.baseline import Baseline
from panels.rules.turns.baseline_scores import Publication
from panels.rules.turns.ledger import ONE, PlacedChild, TurnSchool
from panels.rules.turns.model import TurnModel
from panels.rules.turns.none import NoTurns
from panels.rules.turns.points import Points
from panels.rules.turns.rotation import Rotation
from panels.rules.turns.rounding import to_hundredths
from panels.rules.turns.weighted import Weighted
from panels.rules.versions import NoTerms, PanelTerms, in_force

STANDARD: Mapping[FairnessModel, TurnModel] = {
    FairnessModel.NONE: NoTurns(),
    FairnessModel.ROTATION: Rotation(),
    FairnessModel.POINTS: Points(each=ONE),
    FairnessModel.WEIGHTED: Weighted(),
    FairnessModel.BASELINE: Baseline(publications=()),
}


BY_POINTS = frozenset({FairnessModel.POINTS, FairnessModel.WEIGHTED, FairnessModel.BASELINE})
"""The models in which a place counts the points of the terms' tariff; in the others each counts as one place."""


def model_of(terms: PanelTerms, publications: Sequence[Publication] = ()) -> TurnModel:
    """Return the way in which terms share places out, with the terms' own tariff, whose kinds are the ways in.

    `publications` are the scores of the panel's schools. Source: the panel's terms.
    """
    each, tariff = terms.place_points, tuple((ROUTE_IN_LABELS[route], points) for route, points in terms.tariff)
    if terms.fairness is FairnessModel.POINTS:
        return Points(each, tariff)
    if terms.fairness is FairnessModel.WEIGHTED:
        return Weighted(each, tariff)
    if terms.fairness is FairnessModel.BASELINE:
        return Baseline(tuple(publications), each=each, tariff=tariff)
    return STANDARD[terms.fairness]


def weighed(schools: Sequence[TurnSchool], publications: Sequence[Publication]) -> tuple[TurnSchool, ...]:
    """Return schools whose rolls are weighed by the capacity index of each publication, from its day on.

    It is the index to two decimals, as it is published, so that every school can reckon its share itself. A school that a publication leaves out weighs 1 while it is in force. Source: the protocol's scores.
    """
    indices = [
        (each.from_on, {urn: Fraction(to_hundredths(index)) for urn, index in each.capacity().items()})
        for each in publications
    ]
    return tuple(
        replace(school, need_weights=tuple((day, index.get(school.urn, ONE)) for day, index in indices))
        for school in schools
    )


def child_of(terms: PanelTerms, route: RouteIn) -> PlacedChild:
    """Return what the tariff of terms knows of a child who is not placed: its points, and the way in where that adds some.

    Source: the panel's terms.
    """
    more = dict(terms.tariff)
    kinds = (ROUTE_IN_LABELS[route],) if route in more else ()
    if terms.fairness not in BY_POINTS:
        return PlacedChild(kinds=kinds)
    return PlacedChild(Fraction(terms.place_points + more.get(route, 0)), kinds)


def placed_under(terms: PanelTerms, route: RouteIn) -> PlacedChild:
    """Return a child placed while terms were in force: with its points under them, one where they had no points.

    Source: the panel's terms, under which what was decided stays.
    """
    child = child_of(terms, route)
    return replace(child, points=child.need)


def terms_of_day(versions: Sequence[PanelTerms], on: date) -> PanelTerms:
    """Return the version in force on a day, the first for a day before it. Raises NoTerms without any. Source: itself."""
    try:
        return in_force(versions, on=on)
    except NoTerms:
        if not versions:
            raise
        return min(versions, key=lambda version: version.in_force_from)


def rules_in_words(versions: Sequence[PanelTerms], *, first: date, last: date) -> tuple[str, ...]:
    """Return how places are counted from a day to a day, both included: one text for each way, with its days.

    Versions that share places out alike are one way; where there is only one it stands without days. `versions` are in
    any order. Raises NoTerms where none is in force on the last day. Source: the panel's terms.
    """
    now = in_force(versions, on=last)
    spells: list[tuple[date, PanelTerms]] = []
    for each in sorted(versions, key=lambda version: version.in_force_from):
        if each.in_force_from > last:
            continue
        if spells and each.in_force_from <= first:
            spells.clear()
        if not spells or _counts(each) != _counts(spells[-1][1]):
            spells.append((max(first, each.in_force_from), each))
    if len(spells) == 1:
        return (model_of(now).rule_in_words,)
    weeks_differ = len({each.credit_weeks for _, each in spells}) > 1
    ends = [begun - timedelta(days=1) for begun, _ in spells[1:]]
    said = []
    for (begun, each), end in zip(spells, [*ends, None], strict=True):
        days = f"From {_said(begun)} to {_said(end)}" if end else f"From {_said(begun)}"
        words = [f"{days}: {model_of(each).rule_in_words}"]
        words += [_given_back(each.credit_weeks)] if weeks_differ else []
        words += [_counts_now(each, now)] if end else []
        said.append(" ".join(words))
    return tuple(said)


def _counts(terms: PanelTerms) -> tuple[FairnessModel, Fraction, frozenset[tuple[RouteIn, Fraction]], int]:
    by_points = terms.fairness in BY_POINTS
    tariff = frozenset(terms.tariff) if by_points else frozenset()
    return terms.fairness, terms.place_points if by_points else ONE, tariff, terms.credit_weeks


def _given_back(weeks: int) -> str:
    if not weeks:
        return "A place made then is not given back when it ends."
    return f"A place made then is given back if it ends within {weeks} school week{'' if weeks == 1 else 's'}."


def _counts_now(then: PanelTerms, now: PanelTerms) -> str:
    """Return what a place made under earlier terms counts under those of the last day."""
    if now.fairness in BY_POINTS:
        said = "keeps its points" if then.fairness in BY_POINTS else "counts 1 point"
        shared = ", and is shared by roll as places are now" if now.fairness is FairnessModel.WEIGHTED else ""
        return f"A place made then {said}{shared}."
    return "A place made then counts as one place" + (
        ", whatever its points were." if then.fairness in BY_POINTS else "."
    )


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
