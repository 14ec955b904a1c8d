from datetime import date
from fractions import Fraction

import pytest

from exclusions.rules.sources import cite
from panels.rules.turns.baseline import Baseline
from panels.rules.turns.baseline_scores import Publication
from panels.rules.turns.model import TurnModel
from panels.rules.turns.none import NoTurns
from panels.rules.turns.points import Points
from panels.rules.turns.rotation import Rotation
from panels.rules.turns.weighted import Weighted
from tests.tables.reader import rows
from tests.turn_cases import balances_as_written, candidates, child, ledger, tariff


def publications(cell: str) -> tuple[Publication, ...]:
    """Return the scores of a cell: '2025-09-01:101=10+102=31/3', one word for each time they were published."""
    published = []
    for word in cell.split():
        from_on, scores = word.split(":")
        pairs = [one.split("=") for one in scores.split("+")]
        lines = tuple((int(urn), Fraction(score)) for urn, score in pairs)
        published.append(Publication(date.fromisoformat(from_on), lines))
    return tuple(published)


def check(model: TurnModel, row: dict[str, str]) -> None:
    """Lay every answer of a model beside its row."""
    book, on, asked = ledger(row), date.fromisoformat(row["on"]), candidates(row["candidates"])

    balances = model.balances(book, on=on)
    suggestion = model.suggest(book, asked, on=on)
    what_if = model.what_if(book, child(row["child"]), int(row["choice"]), asked, on=on)

    assert balances_as_written(balances) == row["balances"]
    assert str(balances.shown_total) == row["total"]
    assert sum(line.shown for line in balances.lines) == balances.shown_total
    assert " ".join(map(str, suggestion.order)) == row["order"]
    assert str(suggestion.urn or "") == row["suggested"]
    assert (str(what_if.before), str(what_if.after)) == (row["before"], row["after"])
    assert (f"{what_if.place_now}>{what_if.place_after}" if what_if.place_now else "") == row["places"]
    assert what_if.needs_reason == (row["departs"] == "yes")
    assert what_if.is_suggested == (row["suggested"] == row["choice"])
    assert suggestion.working[0] == model.rule_in_words
    assert all(sentence.endswith(".") for sentence in suggestion.working)
    assert cite(balances.source) == "School Admissions Code 2021 paras 3.14 to 3.16"


@pytest.mark.parametrize("row", rows("turns_none"), ids=lambda row: row["situation"])
def test_panel_without_turns_answers_as_the_table_says(row: dict[str, str]) -> None:
    check(NoTurns(), row)


@pytest.mark.parametrize("row", rows("turns_rotation"), ids=lambda row: row["situation"])
def test_rotation_answers_as_the_table_says(row: dict[str, str]) -> None:
    check(Rotation(), row)


@pytest.mark.parametrize("row", rows("turns_points"), ids=lambda row: row["situation"])
def test_points_answer_as_the_table_says(row: dict[str, str]) -> None:
    check(Points(*tariff(row["tariff"])), row)


@pytest.mark.parametrize("row", rows("turns_weighted"), ids=lambda row: row["situation"])
def test_share_by_roll_and_need_answers_as_the_table_says(row: dict[str, str]) -> None:
    check(Weighted(), row)


@pytest.mark.parametrize("row", rows("turns_baseline"), ids=lambda row: row["situation"])
def test_baseline_score_answers_as_the_table_says(row: dict[str, str]) -> None:
    check(Baseline(publications(row["scores"]), Fraction(row["step"])), row)


@pytest.mark.parametrize("model", ["none", "rotation", "points", "weighted", "baseline"])
def test_every_model_has_at_least_twenty_rows_each_with_its_reason(model: str) -> None:
    table = rows(f"turns_{model}")

    assert len(table) >= 20
    assert all(row["why"] for row in table)
    assert len({row["situation"] for row in table}) == len(table)
