"""Makes requests of the calculator at random: sound ones over 20 school years, and ones with something wrong in them."""

import copy
import re
from datetime import date, timedelta
from random import Random
from typing import Any

from casework.rules.periods import easter_monday

FIRST_YEAR, LAST_YEAR = 2008, 2027
ISO = re.compile(r"[12]\d{3}-\d{2}-\d{2}", re.ASCII)
METHODS = ("hand", "first_class", "email")


def monday_on_or_after(day: date) -> date:
    return day + timedelta((7 - day.weekday()) % 7)


def bank_holidays(year: int) -> list[date]:
    """Near enough to England's for counting by; nobody reads these as the law."""
    easter = easter_monday(year)
    may = monday_on_or_after(date(year, 5, 1))
    spring = monday_on_or_after(date(year, 5, 25))
    august = monday_on_or_after(date(year, 8, 25))
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    return [*fixed, easter - timedelta(3), easter, may, spring, august]


def school_year(rng: Random, year: int) -> list[tuple[date, date]]:
    """The six spells of a school year that begins in `year`."""
    half = monday_on_or_after(date(year, 10, 18)) + timedelta(7 * rng.randint(0, 1))
    spring_half = monday_on_or_after(date(year + 1, 2, 8)) + timedelta(7 * rng.randint(0, 1))
    easter = easter_monday(year + 1)
    before_easter = easter - timedelta(rng.choice([3, 4, 10, 17]))
    after_easter = before_easter + timedelta(rng.randint(15, 19))
    whitsun = monday_on_or_after(date(year + 1, 5, 25))
    return [
        (date(year, 9, rng.randint(1, 7)), half - timedelta(rng.randint(3, 5))),
        (half + timedelta(rng.randint(7, 15)), date(year, 12, rng.randint(17, 22))),
        (date(year + 1, 1, rng.randint(3, 7)), spring_half - timedelta(3)),
        (spring_half + timedelta(rng.randint(5, 8)), before_easter),
        (after_easter, whitsun - timedelta(rng.randint(1, 3))),
        (whitsun + timedelta(7), date(year + 1, 7, rng.randint(17, 26))),
    ]


def calendar(rng: Random, year: int, years: int) -> dict[str, Any]:
    spells = [spell for each in range(year, year + years) for spell in school_year(rng, each)]
    days = [first + timedelta(rng.randint(0, 60)) for first, _ in spells]
    found: dict[str, Any] = {
        "terms": [[str(first), str(last)] for first, last in spells],
        "bank_holidays": sorted(str(day) for each in range(year, year + years + 1) for day in bank_holidays(each)),
        "closed": sorted({str(day) for day in rng.sample(days, 3)}),
    }
    if rng.random() < 0.4:
        snow = spells[rng.randint(0, 5)][0] + timedelta(rng.randint(0, 40))
        found["unplanned_closures"] = [str(snow + timedelta(n)) for n in range(rng.randint(1, 3))]
    shape = rng.random()
    if shape < 0.2:
        found["terms_in_year"] = 6
    elif shape < 0.4:
        found["terms_of"] = ["autumn", "autumn", "spring", "spring", "summer", "summer"] * years
    elif shape < 0.5:
        found |= {"terms_in_year": 2, "terms_of": ["winter", "winter", "winter", "light", "light", "light"] * years}
    return found


def sessions(rng: Random, first: date, closed: set[str], spell: tuple[date, date]) -> list[dict[str, str]]:
    found = []
    for n in range(rng.randint(1, 14)):
        day = first + timedelta(n)
        if day.weekday() < 5 and str(day) not in closed and spell[0] <= day <= spell[1]:
            parts = rng.choice([["AM"], ["PM"], ["LUNCH"], ["AM", "PM"], ["AM", "PM", "LUNCH"]])
            found += [{"on": str(day), "session": part} for part in parts]
    return found


def exclusions(rng: Random, found: dict[str, Any]) -> list[dict[str, Any]]:
    """Up to four suspensions and a permanent exclusion, often running into each other."""
    spells = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in found["terms"][:-3]]
    shut = {*found["bank_holidays"], *found["closed"], *found.get("unplanned_closures", ())}
    spell = rng.choice(spells)
    day = spell[0] + timedelta(rng.randint(0, (spell[1] - spell[0]).days))
    events: list[dict[str, Any]] = []
    for number in range(rng.randint(0, 4)):
        event: dict[str, Any] = {"id": f"s{number}", "type": "suspension", "first_day": str(day)}
        here = next((one for one in spells if one[0] <= day <= one[1]), None)
        parts = sessions(rng, day, shut, here) if here and rng.random() < 0.3 else []
        if parts:
            event["sessions"] = parts
        else:
            event["days"] = rng.choice([0.5, 1, 1.5, 2, 3, 4, 5, 5.5, 6, 8, 10, 15, 16, 22.5])
        dress(rng, event, day, spells[0][0])
        events.append(event)
        length = event.get("days", 3)
        day += timedelta(rng.choice([int(length * 1.4), int(length * 1.4) + 1, 5, 14, 40]))
        day = min(day, spells[-1][1])
    if not events or rng.random() < 0.6:
        event = {"id": "p", "type": "permanent_exclusion", "first_day": str(day)}
        dress(rng, event, day, spells[0][0])
        events.append(event)
    return events


def dress(rng: Random, event: dict[str, Any], day: date, earliest: date) -> None:
    if rng.random() < 0.15:
        event["sent_home_on"] = str(max(day - timedelta(rng.randint(0, 12)), earliest))
    if rng.random() < 0.15:
        event["decided_on"] = str(max(day - timedelta(rng.randint(0, 25)), earliest))
    if rng.random() < 0.3:
        event["school"] = rng.choice(["X", "Y"])


def following(rng: Random, of: dict[str, Any]) -> list[dict[str, Any]]:
    """What may follow from an exclusion, each step on the day of the one before or later."""
    id_, day = of["id"], date.fromisoformat(of["first_day"])
    found: list[dict[str, Any]] = []

    def add(kind: str, after: int, **more: Any) -> None:
        nonlocal day
        day += timedelta(rng.randint(0, after))
        found.append({"id": f"{id_}-{kind}", "type": kind, "of": id_, "on": str(day), **more})

    if rng.random() < 0.8:
        add("board_notified", 5, representations=rng.random() < 0.5)
        if rng.random() < 0.2:
            found[-1]["exam_on"] = str(day + timedelta(rng.randint(1, 40)))
    if rng.random() < 0.5:
        add("board_met", 20)
    if rng.random() < 0.6:
        add("board_decision_notice", 5, method=rng.choice(METHODS))
        if rng.random() < 0.3:
            add("review_waived", 30)
        if rng.random() < 0.5:
            add("review_application", 20, method=rng.choice(METHODS))
            if rng.random() < 0.6:
                add("review_panel_notice", 20, method=rng.choice(METHODS))
    if rng.random() < 0.2:
        back = date.fromisoformat(of["first_day"]) + timedelta(rng.randint(0, 15))
        found.append({"id": f"{id_}-c", "type": "cancellation", "of": id_, "effective_on": str(back)})
    return found


def alone(rng: Random, day: date) -> list[dict[str, Any]]:
    kinds = {
        "fair_access_agreed": "on",
        "in_year_application": "on",
        "off_site_direction": "first_day",
        "second_permanent_exclusion": "took_effect_on",
    }
    chosen = [kind for kind in kinds if rng.random() < 0.3]
    return [{"id": kind, "type": kind, kinds[kind]: str(day + timedelta(rng.randint(5, 60)))} for kind in chosen]


def sound_request(rng: Random) -> dict[str, Any]:
    """Return a request with nothing wrong in its shape; a date of it may still lead outside the calendar."""
    year = rng.randint(FIRST_YEAR, LAST_YEAR)
    found = calendar(rng, year, 2)
    events = exclusions(rng, found)
    for event in list(events):
        events += following(rng, event)
    events += alone(rng, date.fromisoformat(events[0]["first_day"]))
    quashable = [
        event["id"] for event in events if event["type"] in {"permanent_exclusion", "second_permanent_exclusion"}
    ]
    if quashable and rng.random() < 0.2:
        events.append({"id": "q", "type": "review_quashed", "of": rng.choice(quashable), "on": f"{year + 3}-01-10"})
    rng.shuffle(events)
    pupil: dict[str, Any] = {"home_authority": "998", "looked_after": rng.random() < 0.3}
    pupil["nc_year"] = rng.choice([None, "R", 5, 9, 11, "11"])
    if rng.random() < 0.2:
        pupil["last_public_exam_on"] = f"{year + 1}-06-{rng.randint(10, 30)}"
    if rng.random() < 0.2:
        pupil["compulsory_school_age_ends_on"] = f"{year + 1}-06-{rng.randint(24, 30)}"
    if rng.random() < 0.05:
        pupil["compulsory_school_age"] = False
    return {
        "calendar": found,
        "settings": settings(rng),
        "pupil": pupil,
        "school": {"authority": "999", "kind": rng.choice(["maintained", "academy", "pru", "special"])},
        "events": events,
    }


def settings(rng: Random) -> dict[str, str]:
    if rng.random() < 0.4:
        return {}
    names = rng.sample([f"AMB-{number}" for number in range(1, 13)], rng.randint(1, 5))
    return {name: rng.choice(["reading 1", "reading 2", "both"]) for name in names}


ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 0.25, 1e999, 10**30, "", " ", "x", "2025-02-30", "2025-13-01", "20251014", "\ud800"),
    *([], {}, [[]], [None], {"a": 1}, "0001-01-01", "9999-12-31", "2025-10-14", "both", "e1", 3.5, "\n", "é" * 300),
)


def broken_request(rng: Random) -> Any:
    """Return a request with up to four things in it put out of order, put in or taken away."""
    whole: Any = copy.deepcopy(sound_request(rng))
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        whole = _broken(rng, whole)
    return whole


def _broken(rng: Random, whole: Any) -> Any:
    place, key = whole, None
    parent: Any = None
    while isinstance(place, (dict, list)) and place and (parent is None or rng.random() < 0.75):
        parent, key = place, rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
        place = parent[key]
    if parent is None or rng.random() < 0.02:
        return rng.choice(ODD)
    what = rng.random()
    if isinstance(place, str) and ISO.fullmatch(place) and place not in ODD and what < 0.6:
        parent[key] = str(date.fromisoformat(place) + timedelta(rng.choice([-800, -90, -20, -3, 3, 20, 90, 800])))
    elif what < 0.7:
        parent[key] = rng.choice(ODD)
    elif what < 0.85:
        del parent[key]
    elif isinstance(parent, dict):
        parent[rng.choice(["id", "on", "days", "sessions", "method", "zz\n", "\udfff", "type"])] = rng.choice(ODD)
    else:
        parent.append(rng.choice([rng.choice(ODD), copy.deepcopy(rng.choice(parent))]))
    return whole
