from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.rules.terms import FairnessModel
from panels.rules.turns.answers import Candidate, Suggestion
from panels.rules.turns.baseline import Baseline, NoScore
from panels.rules.turns.baseline_scores import Profile, Publication, baseline_scores
from panels.rules.turns.departures import DepartureNeedsReason, departure
from panels.rules.turns.ledger import (
    BadLedger,
    Ledger,
    NotASchoolOfThePanel,
    PlacedChild,
    TurnPlacement,
    TurnSchool,
)
from panels.rules.turns.model import TurnModel
from panels.rules.turns.none import NoTurns
from panels.rules.turns.points import BadTariff, Points, UnknownKind, checked_tariff
from panels.rules.turns.rotation import Rotation
from panels.rules.turns.rounding import shown_in_tenths, signed, to_tenths
from panels.rules.turns.weighted import NoRoll, Weighted

FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
ON = date(2025, 11, 17)
SCORES = Publication(FIRST, tuple((100 + place, Fraction(30 + place * 7 % 11, 2)) for place in range(20)))
MODELS: list[TurnModel] = [
    NoTurns(),
    Rotation(),
    Points(Fraction(1), (("excluded", Fraction(1, 2)), ("plan", Fraction(4, 3)))),
    Weighted(),
    Baseline((SCORES,), Fraction(1)),
]
by_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.model.value)
SCHOOLS = tuple(TurnSchool(100 + place, f"School {place}", FIRST, roll=400 + 37 * place) for place in range(20))
TWO = (TurnSchool(101, "Alder", FIRST, roll=100), TurnSchool(102, "Birch", FIRST, roll=100))


def year_of_sixty(model: TurnModel, seed: int) -> Ledger:
    """Place sixty children over a year as a model suggests, some against it, some given back, one school leaving."""
    chance = Random(seed)
    leaver = replace(SCHOOLS[19], left_on=date(2026, 4, 1))
    joiner = replace(SCHOOLS[18], joined_on=date(2026, 1, 5))
    book = Ledger((*SCHOOLS[:18], joiner, leaver), (), FIRST)
    for number in range(60):
        on = FIRST + timedelta(days=5 * number)
        asked = [Candidate(one.urn) for one in chance.sample(book.members(on), 5)]
        suggestion = model.suggest(book, asked, on=on)
        follows = suggestion.urn is not None and chance.random() < 0.8
        urn = suggestion.urn if follows and suggestion.urn else chance.choice(asked).urn
        made = TurnPlacement(
            f"FA-{number:03}",
            urn,
            on,
            PlacedChild(Fraction(chance.randint(1, 9), 3), ("excluded",) if chance.random() < 0.5 else ()),
            suggested=suggestion.urn,
            reason="Nearer to home.",
        )
        if chance.random() < 0.15:
            week = chance.randint(1, 20)
            made = replace(made, ended_on=on + timedelta(weeks=week), ended_in_week=week)
        book = replace(book, placements=(*book.placements, made))
    return book


def rules_total(model: TurnModel, book: Ledger, on: date) -> Fraction:
    """Return what balances must add up to, from the placements alone."""
    kept = [one for one in book.placements if not (one.ended_on and one.ended_on <= on and one.ended_in_week <= 12)]  # type: ignore[operator]
    if model.model in (FairnessModel.NONE, FairnessModel.ROTATION):
        return Fraction(len(kept))
    if model.model is FairnessModel.POINTS:
        return sum((Fraction(3, 2) if one.child.kinds else Fraction(1) for one in kept), Fraction(0))
    if model.model is FairnessModel.BASELINE:
        return sum((one.child.need for one in kept), sum(SCORES.scores().values(), Fraction(0)))
    return Fraction(0)


@by_model
@pytest.mark.parametrize("seed", range(5))
def test_balances_of_a_year_of_sixty_placements_add_up(model: TurnModel, seed: int) -> None:
    book = year_of_sixty(model, seed)

    statement = model.year_statement(book, last=LAST)

    assert len(statement.balances.lines) == 20
    assert statement.places + statement.given_back == 60
    assert sum(line.places for line in statement.balances.lines) == statement.places
    assert statement.balances.total == rules_total(model, book, LAST)
    assert sum(line.balance for line in statement.balances.lines) == statement.balances.total
    assert sum(line.shown for line in statement.balances.lines) == statement.balances.shown_total


@by_model
def test_year_that_follows_the_turn_spreads_places_evenly(model: TurnModel) -> None:
    book = Ledger(SCHOOLS, (), FIRST)
    everybody = [Candidate(one.urn) for one in SCHOOLS]
    for number in range(60):
        on = FIRST + timedelta(days=5 * number)
        urn = model.suggest(book, everybody, on=on).urn or everybody[number % 20].urn
        book = replace(book, placements=(*book.placements, TurnPlacement(f"{number}", urn, on)))

    lines = model.balances(book, on=LAST).lines

    assert max(line.balance for line in lines) - min(line.balance for line in lines) <= (
        Fraction(3, 2) if model.model in (FairnessModel.WEIGHTED, FairnessModel.BASELINE) else 0
    )


@by_model
def test_balances_add_up_on_every_day_of_the_year(model: TurnModel) -> None:
    book = year_of_sixty(model, 7)

    for week in range(52):
        on = FIRST + timedelta(weeks=week)
        made = replace(book, placements=tuple(one for one in book.placements if one.on <= on))
        found = model.balances(book, on=on)
        missing = Fraction(0)
        if isinstance(model, Baseline):
            listed = {line.urn for line in found.lines}
            missing = sum((score for urn, score in SCORES.lines if urn not in listed), Fraction(0))
        assert found.total == rules_total(model, made, on) - missing


@by_model
def test_year_statement_prints_departures_with_reasons_and_no_child(model: TurnModel) -> None:
    kept = TurnPlacement("FA-001", 101, date(2025, 10, 1), suggested=101)
    against = TurnPlacement("FA-002", 102, date(2025, 10, 8), suggested=101, reason="Bus route.")
    later = TurnPlacement("FA-003", 101, date(2025, 10, 9), suggested=102, reason="After the last day.")

    found = model.year_statement(Ledger(TWO, (kept, against, later), FIRST), last=date(2025, 10, 8))

    assert [(one.on, one.chosen, one.suggested, one.reason) for one in found.departures] == [
        (date(2025, 10, 8), 102, 101, "Bus route.")
    ]
    assert (found.first, found.last, found.places, found.given_back) == (FIRST, date(2025, 10, 8), 2, 0)
    assert "FA-00" not in repr(found)


@by_model
def test_school_outside_the_turns_cannot_be_a_candidate(model: TurnModel) -> None:
    book = Ledger((TWO[0], replace(TWO[1], left_on=date(2025, 10, 31))), (), FIRST)

    with pytest.raises(NotASchoolOfThePanel, match="school 102 has no part"):
        model.suggest(book, [Candidate(102)], on=ON)
    with pytest.raises(NotASchoolOfThePanel, match="school 102 has no part"):
        model.what_if(book, PlacedChild(), 102, [Candidate(101)], on=ON)


@by_model
def test_place_given_back_is_told_beside_the_balance(model: TurnModel) -> None:
    failed = TurnPlacement("FA-001", 101, FIRST, PlacedChild(), date(2025, 10, 6), 5)

    line = model.balances(Ledger(TWO, (failed,), FIRST), on=ON).of(101)

    assert line.notes[-1] == "1.0 back: place ended in week 5"
    assert (line.places, line.taken, line.last_placed_on) == (0, Fraction(0), None)


@by_model
def test_answer_for_an_unknown_school_is_an_error(model: TurnModel) -> None:
    with pytest.raises(KeyError, match="999"):
        model.balances(Ledger(TWO, (), FIRST), on=ON).of(999)


def test_working_can_be_read_aloud() -> None:
    placed = TurnPlacement("FA-001", 101, date(2025, 10, 1))
    asked = [Candidate(101), Candidate(102, refused_unlawfully=True)]

    found = Weighted().suggest(Ledger(TWO, (placed,), FIRST), asked, on=ON)
    nobody = Rotation().suggest(Ledger(TWO, (placed,), FIRST), [Candidate(101, "the place is disputed")], on=ON)
    queue = Rotation().suggest(Ledger(TWO, (placed,), FIRST), asked, on=ON)

    assert found.working[1:] == (
        "Birch: balance −0.5, no child placed yet.",
        "Alder: balance +0.5, last placed on 2025-10-01.",
        "By turn the place goes to Birch.",
        "Birch refused without lawful ground: its turn stands, and a direction may be sought.",
    )
    assert nobody.working[1:] == (
        "Alder is passed over and keeps its turn: the place is disputed.",
        "No candidate is left, so no school is suggested.",
    )
    assert queue.working[1:3] == ("Birch: no child placed yet.", "Alder: last turn on 2025-10-01.")


def test_what_if_says_what_the_choice_means() -> None:
    asked = [Candidate(101), Candidate(102)]
    book = Ledger(TWO, (), FIRST)

    found = [Rotation().what_if(book, PlacedChild(), urn, asked, on=ON).says for urn in (101, 102)]

    assert found == [
        "Alder: 0.0 now, +1.0 after. Next by turn.",
        "Birch: 0.0 now, +1.0 after. A reason is needed to choose it.",
    ]
    assert NoTurns().what_if(book, PlacedChild(), 101, asked, on=ON).says == "Alder: 0.0 now, +1.0 after."


def test_what_if_leaves_later_placements_out() -> None:
    later = TurnPlacement("FA-009", 101, date(2025, 12, 1))

    found = Rotation().what_if(Ledger(TWO, (later,), FIRST), PlacedChild(), 101, [Candidate(101)], on=ON)

    assert (found.before, found.after, found.schools) == (Decimal("0.0"), Decimal("1.0"), 2)


def test_departure_needs_a_reason_in_writing() -> None:
    suggested = Suggestion(FairnessModel.ROTATION, 101, (101, 102), ())

    with pytest.raises(DepartureNeedsReason) as raised:
        departure(suggested, chosen=102, reason="  ", on=ON)
    kept = departure(suggested, chosen=102, reason=" Bus route. ", on=ON)

    assert (raised.value.chosen, raised.value.suggested) == (102, 101)
    assert kept
    assert (kept.on, kept.chosen, kept.suggested, kept.reason) == (ON, 102, 101, "Bus route.")
    assert departure(suggested, chosen=101, reason="", on=ON) is None
    assert departure(replace(suggested, urn=None), chosen=102, reason="", on=ON) is None


@pytest.mark.parametrize(
    ("placements", "message"),
    [
        ((TurnPlacement("a", 101, ON), TurnPlacement("a", 101, ON)), "same reference"),
        ((TurnPlacement("a", 101, ON), TurnPlacement("b", 101, FIRST)), "order of their days"),
        ((TurnPlacement("a", 101, ON, ended_on=ON),), "both the day it ended and the week"),
        ((TurnPlacement("a", 101, ON, ended_in_week=2),), "both the day it ended and the week"),
        ((TurnPlacement("a", 101, ON, ended_on=FIRST, ended_in_week=2),), "ended before it began"),
        ((TurnPlacement("a", 101, ON, ended_on=ON, ended_in_week=0),), "ended before it began"),
    ],
)
def test_ledger_that_contradicts_itself_is_refused(placements: tuple[TurnPlacement, ...], message: str) -> None:
    with pytest.raises(BadLedger, match=message):
        Ledger(TWO, placements, FIRST)


def test_ledger_refuses_a_school_twice_and_a_placement_at_none() -> None:
    with pytest.raises(BadLedger, match="same URN"):
        Ledger((TWO[0], TWO[0]), (), FIRST)
    with pytest.raises(NotASchoolOfThePanel) as raised:
        Ledger(TWO, (TurnPlacement("a", 103, ON),), FIRST)
    assert (raised.value.urn, raised.value.on) == (103, ON)


@pytest.mark.parametrize("need", [0.5, Fraction(-1, 2), Decimal("1")])
def test_weight_must_be_exact_and_not_below_nought(need: Fraction) -> None:
    with pytest.raises(BadLedger, match="exact number, nought or more"):
        PlacedChild(need)


def test_tariff_and_scores_must_be_exact_and_each_kind_once() -> None:
    with pytest.raises(BadLedger, match="a kind twice"):
        Points(Fraction(1), (("plan", Fraction(1)), ("plan", Fraction(2))))
    with pytest.raises(BadLedger, match="nought or more"):
        Points(Fraction(-1))
    with pytest.raises(BadLedger, match="two scores"):
        Publication(FIRST, ((101, Fraction(1)), (101, Fraction(2))))
    with pytest.raises(BadLedger, match="exact numbers"):
        Publication(FIRST, ((101, 1.5),))  # type: ignore[arg-type]


def test_models_name_what_they_cannot_read() -> None:
    placed = (TurnPlacement("a", 101, FIRST, PlacedChild(kinds=("stranger",))),)
    without_roll = tuple(replace(one, roll=0) for one in TWO)

    with pytest.raises(UnknownKind) as raised:
        Points(Fraction(1)).balances(Ledger(TWO, placed, FIRST), on=ON)
    with pytest.raises(NoRoll, match="2025-09-01 has a roll"):
        Weighted().balances(Ledger(without_roll, placed, FIRST), on=ON)
    with pytest.raises(NoScore, match="no scores are published for 2025-08-31"):
        Baseline((SCORES,)).balances(Ledger(TWO, (), FIRST), on=date(2025, 8, 31))
    with pytest.raises(NoScore, match="school 102 has no score"):
        Baseline((Publication(FIRST, ((101, Fraction(1)),)),)).balances(Ledger(TWO, (), FIRST), on=ON)
    assert raised.value.kind == "stranger"


def test_points_say_how_they_work() -> None:
    points = Points(Fraction(1), (("permanently excluded", Fraction(1, 2)),))

    assert points.rule_in_words == (
        "1 point for each place; 0.5 points more for: permanently excluded. The school with the fewest points takes the next."
    )


def test_baseline_score_adds_up_seven_ranks() -> None:
    half, third, tenth = Fraction(1, 2), Fraction(1, 3), Fraction(1, 10)
    large = Profile(101, 1200, tenth, tenth, Fraction(105), tenth, tenth, tenth)
    middle = Profile(102, 900, third, half, Fraction(100), tenth, third, third)
    small = Profile(103, 300, half, third, Fraction(95), half, half, half)

    found = baseline_scores([small, large, middle])

    # Ranks, in the order of the pressures: 1 1 1 1 1.5 1 1; 2 2 3 2 1.5 2 2; 3 3 2 3 3 3 3. The mean is 14.
    assert [(one.urn, one.score, one.rank) for one in found] == [
        (101, Fraction(15, 2), 1),
        (102, Fraction(29, 2), 2),
        (103, Fraction(20), 3),
    ]
    assert [one.capacity_index for one in found] == [Fraction(28, 15), Fraction(28, 29), Fraction(7, 10)]
    assert dict(found[1].ranks)["additional language"] == Fraction(3, 2)
    assert dict(found[2].ranks)["free school meals"] == 2


def test_schools_of_one_score_share_a_rank() -> None:
    one = Profile(101, 900, *([Fraction(1, 2)] * 6))

    found = baseline_scores([replace(one, urn=103), one])

    assert [(each.urn, each.score, each.rank) for each in found] == [
        (101, Fraction(21, 2), 1),
        (103, Fraction(21, 2), 1),
    ]
    assert baseline_scores([]) == ()
    with pytest.raises(BadLedger, match="two profiles"):
        baseline_scores([one, one])


@given(st.lists(st.fractions(min_value=-50, max_value=50, max_denominator=999), max_size=40).map(sorted))
def test_shown_numbers_add_up_and_keep_their_order(values: list[Fraction]) -> None:
    shown = shown_in_tenths(values)

    assert sum(shown, Decimal(0)) == to_tenths(sum(values, Fraction(0)))
    assert list(shown) == sorted(shown)
    assert all(abs(Fraction(its) - value) < Fraction(1, 10) for its, value in zip(shown, values, strict=True))


@pytest.mark.parametrize(("value", "said"), [("1.2", "+1.2"), ("-3.0", "−3.0"), ("0.0", "0.0"), ("-0.0", "0.0")])
def test_balance_is_written_with_its_sign(value: str, said: str) -> None:
    assert signed(Decimal(value)) == said


@pytest.mark.parametrize(
    ("each", "more", "is_one"),
    [
        (Fraction(1), (), True),
        (Fraction(0), (Fraction(1, 2),), True),
        (Fraction(20), (Fraction(20),), True),
        (Fraction(0), (), False),
        (Fraction(0), (Fraction(0),), False),
        (Fraction(-1), (), False),
        (Fraction(1), (Fraction(-1, 2),), False),
        (Fraction(21), (), False),
        (Fraction(1), (Fraction(201, 10),), False),
    ],
)
def test_tariff_has_points_from_nought_and_some_above_it(
    each: Fraction, more: tuple[Fraction, ...], is_one: bool
) -> None:
    if is_one:
        checked_tariff(each, more)
    else:
        with pytest.raises(BadTariff):
            checked_tariff(each, more)
