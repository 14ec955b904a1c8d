import json
import re
from pathlib import Path
from typing import Any

import pytest

from exclusions.clock_json import Refused, respond
from exclusions.clock_json.read import request_of
from tests.tables.reader import rows

INTERFACE = Path(__file__).parents[2] / "fixtures" / "clock" / "interface.json"


def interface() -> Any:
    return json.loads(INTERFACE.read_bytes())


def changed(request: Any, path: str, text: str) -> Any:
    """Return the request with the value at a path replaced, added or taken away."""
    *way, last = re.findall(r"[^.\[\]]+", path)
    place = request
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    key: Any = int(last) if isinstance(place, list) else last.replace("\\n", "\n")
    if text == "(gone)":
        del place[key]
    elif isinstance(place, list) and key == len(place):
        place.append(json.loads(text))
    else:
        place[key] = json.loads(text)
    return request


def faults_of(body: bytes) -> list[str]:
    try:
        respond(body)
    except Refused as refused:
        return [f"{fault.path}: {fault.code}" for fault in refused.faults]
    return []


@pytest.mark.parametrize("row", rows("clock_errors"), ids=lambda row: row["situation"])
def test_faults_of_each_request_are_as_the_table_says(row: dict[str, str]) -> None:
    request = changed(interface(), row["changed"], row["to"])

    assert " | ".join(faults_of(json.dumps(request).encode())) == row["faults"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "is not JSON: Expecting value at line 1, column 1"),
        (b"{", "is not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        (b"{}x", "is not JSON: Extra data at line 1, column 3"),
        (b"\xff\xfe{}", "is not UTF-8: byte 1 cannot be read"),
        ("{}".encode("utf-16"), "is not UTF-8: byte 1 cannot be read"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"a": ' * 100_000, "is nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "holds a number with too many digits"),
        (b'{"pupil": {}, "pupil": {}}', "holds the key 'pupil' twice in one object"),
        (b"[]", "a list is not an object"),
        (b"null", "null is not an object"),
        (b"1e999", "inf is not an object"),
    ],
)
def test_text_that_is_no_request_is_one_fault_of_the_whole(body: bytes, message: str) -> None:
    with pytest.raises(Refused) as caught:
        respond(body)

    assert str(caught.value) == f"request: {message}"


def test_request_may_begin_with_a_mark_of_its_encoding() -> None:
    assert respond(b"\xef\xbb\xbf" + INTERFACE.read_bytes()) == respond(INTERFACE.read_bytes())


def test_every_fault_is_told_in_the_order_of_the_text() -> None:
    request = interface() | {"zz": 1}
    request["calendar"]["closed"] = ["x"]
    request["pupil"] = {}
    request["events"][0]["days"] = 0.25
    request["events"][3]["method"] = None

    assert faults_of(json.dumps(request).encode()) == [
        "zz: unknown_key",
        "calendar.closed[0]: bad_value",
        "pupil.home_authority: missing_key",
        "events[0].days: not_half_days",
        "events[3].method: bad_value",
    ]


def test_suspension_beyond_the_calendar_hides_no_fault_of_another_event() -> None:
    request = interface()
    request["events"][0]["first_day"] = "2025-12-15"
    request["events"][2]["of"] = "e9"
    request["events"][3]["on"] = "2025-10-01"

    assert faults_of(json.dumps(request).encode()) == [
        "events[0].first_day: no_term_dates",
        "events[2].of: unknown_event",
        "events[3].on: before_cause",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("x" * 100, f"'{'x' * 59}... is not a date: write it like 2025-10-14"),
        ("a\nb", "'a\\nb' is not a date: write it like 2025-10-14"),
        (10**50, f"{10**50} is not a date: write it like 2025-10-14"),
        ({"a": 1}, "an object is not a date: write it like 2025-10-14"),
    ],
)
def test_message_repeats_what_was_written_on_one_short_line(value: Any, shown: str) -> None:
    request = interface()
    request["events"][1]["first_day"] = value

    with pytest.raises(Refused) as caught:
        respond(json.dumps(request).encode())

    assert str(caught.value) == f"events[1].first_day: {shown}"


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("events[2].of", '"e9"', "events[2].of: no event has the id 'e9'"),
        ("events[3].of", '"e3"', "events[3].of: 'e3' is not a suspension or a permanent exclusion"),
        (
            "events[1].sent_home_on",
            '"2025-10-15"',
            "events[1].sent_home_on: 2025-10-15 is after the first day, 2025-10-14",
        ),
        ("events[1].first_day", '"2027-08-20"', "events[1].first_day: no term dates for 2027-08-20"),
        ("events[0].first_day", '"2025-12-15"', "events[0].first_day: no term dates for 2025-12-20"),
        (
            "events[3].on",
            '"2025-10-13"',
            "events[3].on: 2025-10-13 is before the first day of the permanent exclusion, 2025-10-14",
        ),
        (
            "calendar.terms[1]",
            '["2025-12-19", "2025-11-04"]',
            "calendar.terms[1]: the spell that begins on 2025-12-19 ends before it, on 2025-11-04",
        ),
        ("calendar.terms_in_year", "0", "calendar.terms_in_year: 0 is not a whole number of at least 1"),
        ("school.kind", '"free"', "school.kind: 'free' is not one of maintained, academy, pru, special"),
        ("pupil.home_authority", '""', "pupil.home_authority: is empty"),
        ("pupil.name", '"x"', "pupil.name: is not a key of a pupil"),
        ("events[1].days", "3", "events[1].days: is not a key of a permanent exclusion"),
        ("events[0].days", "0", "events[0].days: 0 is not a number of school days above nought"),
    ],
)
def test_line_of_a_fault_says_where_it_is_and_what_is_wrong(path: str, value: str, line: str) -> None:
    with pytest.raises(Refused) as caught:
        respond(json.dumps(changed(interface(), path, value)).encode())

    assert str(caught.value).splitlines()[0] == line


def test_line_of_a_day_before_the_rules_says_when_they_begin() -> None:
    request = interface()
    request["events"] = [{"id": "e1", "type": "second_permanent_exclusion", "took_effect_on": "2007-08-31"}]
    line = "events[0].took_effect_on: no rules are held for 2007-08-31: they begin on 2007-09-01"

    for day, wanted in (
        ("2007-08-31", line),
        ("9998-01-01", "events[0].took_effect_on: 9998-01-01 is too far ahead to reckon two years from"),
    ):
        request["events"][0]["took_effect_on"] = day
        with pytest.raises(Refused) as caught:
            respond(json.dumps(request).encode())
        assert str(caught.value) == wanted


def test_more_events_than_any_child_has_are_refused() -> None:
    request = interface()
    request["events"] = [{"id": str(n), "type": "fair_access_agreed", "on": "2025-10-14"} for n in range(201)]

    assert faults_of(json.dumps(request).encode()) == ["events: bad_value"]
    request["events"].pop()
    assert faults_of(json.dumps(request).encode()) == []


def test_sessions_become_the_days_of_a_suspension() -> None:
    request = interface()
    request["events"] = [
        {
            "id": "e1",
            "type": "suspension",
            "first_day": "2025-09-08",
            "sessions": [
                {"on": "2025-09-09", "session": "LUNCH"},
                {"on": "2025-09-08", "session": "PM"},
                {"on": "2025-09-08", "session": "PM"},
            ],
        }
    ]

    (event,) = request_of(json.dumps(request).encode()).request.events

    days = [(day.on.day, day.morning, day.afternoon, day.lunchtime) for day in event.days]  # type: ignore[union-attr]
    assert days == [(8, False, True, False), (9, False, False, True)]


def test_session_on_a_snow_day_stands_only_where_the_closure_counts() -> None:
    request = interface()
    sessions = [{"on": "2025-11-20", "session": "AM"}]
    request["events"] = [{"id": "e1", "type": "suspension", "first_day": "2025-11-20", "sessions": sessions}]

    assert faults_of(json.dumps(request).encode()) == ["events[0].sessions[0].on: bad_value"]
    request["settings"] = {"AMB-5": "reading 2"}
    assert faults_of(json.dumps(request).encode()) == []


def test_ids_and_names_come_back_as_they_were_written() -> None:
    request = interface()
    request["events"] = [{"id": "é “1”", "type": "fair_access_agreed", "on": "2025-10-14"}]

    text = respond(json.dumps(request).encode())

    assert '"event": "é “1”"' in text
    assert text.endswith("}\n")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
