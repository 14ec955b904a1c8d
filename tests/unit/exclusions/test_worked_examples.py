"""Every worked example of the rule book as a request through the command, whole answers compared."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.tables.reader import rows

CLOCK = Path(__file__).parents[2] / "fixtures" / "clock"
EXAMPLES = sorted(path for path in (CLOCK / "examples").glob("*.json") if not path.name.endswith(".answer.json"))


def ask(path: Path) -> str:
    out = StringIO()
    call_command("clock", str(path), stdout=out)
    return out.getvalue()


def answer_of(name: str) -> Any:
    return json.loads(ask(CLOCK / "examples" / f"{name}.json"))


@pytest.mark.parametrize("path", [*EXAMPLES, CLOCK / "interface.json"], ids=lambda path: path.stem)
def test_answer_to_each_example_is_the_one_on_file_to_the_letter(path: Path) -> None:
    assert ask(path) == path.with_suffix(".answer.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", rows("worked_examples"), ids=lambda row: f"{row['request']} {row['key']}")
def test_each_date_of_the_worked_examples_is_as_the_rule_book_says(row: dict[str, str]) -> None:
    answer = answer_of(row["request"])

    if row["because"]:
        wanted = {"event": row["event"], "key": row["key"], "because": row["because"]}
        assert wanted in answer["none"]
        return
    found = next(each for each in answer["deadlines"] if (each["event"], each["key"]) == (row["event"], row["key"]))
    assert (found["due"], found.get("other_reading", "")) == (row["due"], row["other_reading"])
    assert found.get("deemed_given_on", "") == row["deemed_given_on"]
    also = {reading["due"] for reading in found["readings"]} - {row["due"], row["other_reading"]}
    assert also == set(filter(None, row["also_among_readings"].split("; ")))


@pytest.mark.parametrize("row", rows("worked_totals"), ids=lambda row: f"{row['request']} {row['event']}")
def test_totals_of_the_worked_examples_are_as_the_rule_book_says(row: dict[str, str]) -> None:
    answer = answer_of(row["request"])
    found = answer["totals"]["by_event"][row["event"]]

    by_term = "; ".join(f"{each['term']} {each['term_days']} {each['band']}" for each in found.get("by_term", ()))
    warnings = "; ".join(each["code"] for each in answer["warnings"] if each["event"] == row["event"])
    assert (found["term_days"], found["year_days"]) == (float(row["term_days"]), float(row["year_days"]))
    assert (found["band"], by_term, warnings) == (row["band"], row["by_term"], row["warnings"])
    assert (found.get("last_day", ""), found.get("return_on", "")) == (row["last_day"], row["return_on"])


@pytest.mark.parametrize(
    ("name", "lawful", "days_served", "year_days_with"),
    [("30i-45-days", True, 5.0, 45.0), ("30i-46-days", False, 6.0, 46.0)],
)
def test_example_30i_allows_forty_five_days_and_not_forty_six(
    name: str, lawful: bool, days_served: float, year_days_with: float
) -> None:
    (row,) = answer_of(name)["cancellations"]

    assert (row["lawful"], row["days_served"], row["year_days_with"]) == (lawful, days_served, year_days_with)
    assert (row["event"], row["of"], row["rule"]) == ("e5", "e4", "R6")


def test_answer_of_the_interface_is_the_one_pictured_there() -> None:
    answer = json.loads(ask(CLOCK / "interface.json"))

    assert answer["rule_set"] == "2024-08"
    assert answer["totals"]["by_event"] == {
        "e1": {
            "term_days": 8.0,
            "year_days": 8.0,
            "band": "2n",
            "year_days_left": 37.0,
            "last_day": "2025-09-17",
            "return_on": "2025-09-18",
        },
        "e2": {"term_days": 8.0, "year_days": 8.0, "band": "4", "year_days_left": 37.0},
    }
    pictured = [
        ("e1", "sixth_day", "2025-09-15", "board", "R19"),
        ("e2", "sixth_day", "2025-10-21", "home_authority", "R21"),
        ("e3", "board_meeting", "2025-11-12", "board", "R28"),
        ("e4", "review_application", "2025-12-04", "parent", "R37"),
        ("e4", "roll_removal_earliest", "2025-12-05", "board", "R45"),
    ]
    keys = ("event", "key", "due", "duty_holder", "rule")
    assert [tuple(each[key] for key in keys) for each in answer["deadlines"]] == pictured
    sixth = answer["deadlines"][1]
    assert (sixth["other_reading"], sixth["rule_set"]) == ("2025-10-22", "2024-08")
    assert (sixth["source"], sixth["counted_from"]) == ("Education Act 1996 s19(3A); guidance para 90", "2025-10-14")
    assert sixth["working"][0] == {"on": "2025-10-14", "count": 1}
    assert {"on": "2025-10-18", "skipped": "weekend"} in sixth["working"]
    assert sixth["readings"] == [
        {"ambiguity": "AMB-1", "reading": 1, "due": "2025-10-21"},
        {"ambiguity": "AMB-1", "reading": 2, "due": "2025-10-22"},
    ]
    assert answer["none"] == [
        {"event": "e1", "key": "looked_after_first_day", "because": "R22: not looked after"},
        {"event": "e2", "key": "looked_after_first_day", "because": "R22: not looked after"},
    ]
    assert (answer["cancellations"], answer["warnings"]) == ([], [])
