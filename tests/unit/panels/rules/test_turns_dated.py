"""Turns under terms that change within a year: what a place keeps, and what is said of each version."""

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from panels.rules.terms import DecisionModel, FairnessModel, PanelKind, RouteIn
from panels.rules.turns.baseline_scores import Publication
from panels.rules.turns.dated import child_of, model_of, placed_under, rules_in_words, terms_of_day, weighed
from panels.rules.turns.ledger import BadLedger, Ledger, PlacedChild, TurnPlacement, TurnSchool
from panels.rules.turns.weighted import Weighted
from panels.rules.versions import NoTerms, PanelTerms
from tests.tables.reader import rows
from tests.turn_cases import balances_as_written, placements

FIRST, LAST = date(2026, 9, 1), date(2027, 2, 1)
NEW = date(2027, 1, 1)
SCHOOLS = (TurnSchool(101, "Alder", FIRST, roll=100), TurnSchool(102, "Birch", FIRST, roll=100))
VERSION = re.compile(
    r"(?P<on>[\d-]+):(?P<model>[a-z]+)(=(?P<each>[\d/]+))?(?P<more>(\+[a-z_]+=[\d/]+)*)(/(?P<weeks>\d+))?"
)
POINTS, ROTATION, WEIGHTED = FairnessModel.POINTS, FairnessModel.ROTATION, FairnessModel.WEIGHTED
BASELINE = FairnessModel.BASELINE


def version(from_on: date, fairness: FairnessModel = ROTATION, **changes: object) -> PanelTerms:
    terms = PanelTerms.standard(PanelKind.FAIR_ACCESS_SECONDARY, from_on, DecisionModel.MAJORITY, ())
    return replace(terms, fairness=fairness, **changes)  # type: ignore[arg-type]


def versions(cell: str) -> list[PanelTerms]:
    """Return the terms of a cell: '2026-09-01:points=1+mid_year=1/2' has a tariff, 'rotation/4' four weeks."""
    found = []
    for text in cell.split():
        said = VERSION.fullmatch(text)
        assert said, text
        more = [one.split("=") for one in said["more"].split("+")[1:]]
        found.append(
            version(
                date.fromisoformat(said["on"]),
                FairnessModel(said["model"]),
                place_points=Fraction(said["each"] or 1),
                tariff=tuple((RouteIn(route), Fraction(points)) for route, points in more),
                credit_weeks=int(said["weeks"] or 12),
            )
        )
    return found


def made(one: TurnPlacement, terms: list[PanelTerms]) -> TurnPlacement:
    """Return a placement as the terms of its day price it."""
    its = terms_of_day(terms, one.on)
    route = RouteIn(one.child.kinds[0]) if one.child.kinds else RouteIn.OTHER
    return replace(one, child=placed_under(its, route), credit_weeks=its.credit_weeks)


@pytest.mark.parametrize("row", rows("turns_dated"), ids=lambda row: row["situation"])
def test_place_keeps_what_the_terms_of_its_day_gave_it(row: dict[str, str]) -> None:
    terms, on = versions(row["terms"]), date.fromisoformat(row["on"])
    book = Ledger(SCHOOLS, tuple(made(one, terms) for one in placements(row["places"])), FIRST)

    found = model_of(terms_of_day(terms, on)).balances(book, on=on)

    assert balances_as_written(found) == row["balances"]
    assert sum(line.balance for line in found.lines) == found.total


def test_next_place_is_priced_by_the_terms_of_today() -> None:
    terms = [version(FIRST, POINTS), version(NEW, POINTS, place_points=Fraction(3), tariff=((RouteIn.MID_YEAR, Fraction(1)),))]  # fmt: skip
    book = Ledger(SCHOOLS, (made(TurnPlacement("a", 101, FIRST), terms),), FIRST)

    found = model_of(terms[1]).what_if(book, child_of(terms[1], RouteIn.MID_YEAR), 101, [], on=LAST)

    assert (str(found.before), str(found.after)) == ("1.0", "5.0")
    assert child_of(terms[0], RouteIn.MID_YEAR) == PlacedChild()


def test_place_keeps_its_points_where_points_are_shared_by_roll_from_then_on() -> None:
    terms = [version(FIRST, POINTS, place_points=Fraction(4)), version(NEW, WEIGHTED)]
    book = Ledger(SCHOOLS, (made(TurnPlacement("a", 101, FIRST), terms),), FIRST)

    found = model_of(terms[1]).balances(book, on=LAST)

    assert balances_as_written(found) == "102=-2.0 101=2.0"


@pytest.mark.parametrize("model", [POINTS, WEIGHTED, BASELINE])
def test_tariff_of_the_terms_prices_a_child_under_each_model_that_counts_points(model: FairnessModel) -> None:
    terms = version(FIRST, model, place_points=Fraction(2), tariff=((RouteIn.MID_YEAR, Fraction(1, 2)),))
    of = model_of(terms, [Publication(FIRST, ((101, Fraction(20)), (102, Fraction(30))))])

    assert of.cost(child_of(terms, RouteIn.MID_YEAR)) == Fraction(5, 2)
    assert of.cost(child_of(terms, RouteIn.OTHER)) == 2
    assert "2 points for each place; 0.5 points more for: Moved in the middle of a year" in of.rule_in_words


def test_schools_balance_begins_with_its_published_score() -> None:
    terms = version(FIRST, BASELINE)
    of = model_of(terms, [Publication(FIRST, ((101, Fraction(20)), (102, Fraction(30))))])
    book = Ledger(SCHOOLS, (made(TurnPlacement("a", 101, FIRST), [terms]),), FIRST)

    assert balances_as_written(of.balances(book, on=LAST)) == "101=21.0 102=30.0"


def test_roll_is_weighed_by_the_scores_of_the_day_of_the_place() -> None:
    """What is published later does not share out anew what was placed before."""
    weighed = replace(SCHOOLS[0], need_weights=((NEW, Fraction(3)),))
    one = TurnPlacement("a", 101, FIRST)

    def shares(on: date) -> str:
        book = Ledger((weighed, *SCHOOLS[1:]), (made(replace(one, on=on), [version(FIRST, WEIGHTED)]),), FIRST)
        return balances_as_written(Weighted().balances(book, on=LAST))

    assert shares(NEW - timedelta(days=1)) == "102=-0.5 101=0.5"
    # Three quarters of the weight are the school's own.
    assert shares(NEW) == "102=-0.3 101=0.3"


def test_share_can_be_reckoned_again_from_what_stands_beside_it() -> None:
    published = Publication(FIRST, ((101, Fraction(20)), (102, Fraction(40))))
    schools = weighed(SCHOOLS, [published])
    book = Ledger(schools, (made(TurnPlacement("a", 102, NEW), [version(FIRST, WEIGHTED)]),), FIRST)

    lines = {line.urn: line for line in Weighted().balances(book, on=LAST).lines}

    assert (lines[101].notes, lines[102].notes) == (("roll weighed by 1.50",), ("roll weighed by 0.75",))
    assert lines[101].share == Fraction(150, 225)


def test_without_any_terms_no_place_has_a_price() -> None:
    with pytest.raises(NoTerms):
        terms_of_day([], FIRST)


@pytest.mark.parametrize("points", [0.5, Fraction(-1, 2)])
def test_points_that_a_place_keeps_are_exact_and_not_below_nought(points: Fraction) -> None:
    with pytest.raises(BadLedger, match="points must be an exact number, nought or more"):
        PlacedChild(points=points)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (version(FIRST), version(NEW, casting_vote=True)),
        (version(date(2021, 9, 1), POINTS), version(FIRST)),
        (version(FIRST), version(date(2027, 3, 1), POINTS)),
        (version(FIRST), version(NEW, place_points=Fraction(2))),
    ],
    ids=["counts alike", "changed as the year began", "changes after the last day", "points that do not count"],
)
def test_rule_stands_without_days_where_places_are_counted_alike(before: PanelTerms, after: PanelTerms) -> None:
    assert rules_in_words([after, before], first=FIRST, last=LAST) == (model_of(version(FIRST)).rule_in_words,)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ((POINTS, {}), (POINTS, {"place_points": Fraction(2)}), "A place made then keeps its points."),
        ((ROTATION, {}), (POINTS, {}), "A place made then counts 1 point."),
        ((POINTS, {}), (ROTATION, {}), "A place made then counts as one place, whatever its points were."),
        ((FairnessModel.NONE, {}), (ROTATION, {}), "A place made then counts as one place."),
        (
            (ROTATION, {}),
            (WEIGHTED, {}),
            "A place made then counts 1 point, and is shared by roll as places are now.",
        ),
        (
            (WEIGHTED, {"place_points": Fraction(2)}),
            (BASELINE, {}),
            "A place made then keeps its points.",
        ),
        ((BASELINE, {}), (ROTATION, {}), "A place made then counts as one place, whatever its points were."),
    ],
)
def test_versions_within_a_year_are_told_with_their_days_and_what_counts_how(
    before: tuple[FairnessModel, dict[str, object]], after: tuple[FairnessModel, dict[str, object]], says: str
) -> None:
    old, new = version(date(2021, 9, 1), before[0], **before[1]), version(NEW, after[0], **after[1])

    said = rules_in_words([new, old], first=FIRST, last=LAST)

    assert said == (
        f"From 1 September 2026 to 31 December 2026: {model_of(old).rule_in_words} {says}",
        f"From 1 January 2027: {model_of(new).rule_in_words}",
    )


def test_weeks_that_changed_are_told_of_each_version() -> None:
    terms = [version(FIRST, credit_weeks=0), version(date(2026, 11, 1), credit_weeks=1), version(NEW, credit_weeks=6)]

    said = rules_in_words(terms, first=FIRST, last=LAST)

    assert "A place made then is not given back when it ends. A place made then counts as one place." in said[0]
    assert "given back if it ends within 1 school week." in said[1]
    assert said[2].endswith("A place made then is given back if it ends within 6 school weeks.")


def test_rule_needs_terms_on_the_last_day() -> None:
    with pytest.raises(NoTerms):
        rules_in_words([version(NEW)], first=FIRST, last=date(2026, 12, 31))
