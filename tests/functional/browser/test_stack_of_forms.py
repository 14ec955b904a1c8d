"""A stack of notification forms on a Monday in October, logged one after the other by keyboard alone."""

import re
import statistics
import time
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from casework.models import Pupil
from exclusions.models import Exclusion
from exclusions.rules.strategies import EFFECT_LABELS, STRATEGY_LABELS
from tests.cast import Cast
from tests.conftest import Place
from tests.factories import casework as rows
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import Keyboard
from tests.paper_forms import PaperForm, stack

KEY, THOUGHT = 0.28, 1.35
"""Seconds for a key struck by somebody who is no typist, and for looking at the next answer on the paper (Card, Moran
and Newell, The Keystroke-Level Model, 1980)."""

TOLD_BY = ("email", "telephone", "letter", "school system")
TRIED = "What the school tried before, and what came of it"


class Typist:
    """Somebody who reads a form and fills in the page, and counts keys and answers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keyboard = Keyboard(page)
        self.answers = 0

    def fill(self, name: str, text: str) -> None:
        if text:
            self.keyboard.tab_to(name, limit=80)
            self.keyboard.type(text)
            self.answers += 1

    def choose(self, name: str, steps: int) -> None:
        """Go to a row of radios, whose chosen one has the focus, and down or up it; none chosen yet takes a space."""
        self.keyboard.tab_to(name, limit=80)
        if steps == 0:
            self.keyboard.press("Space")
        else:
            self.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp", times=abs(steps))
        self.answers += 1

    def child(self, form: PaperForm, school: str) -> None:
        self.keyboard.press("n")
        self.page.wait_for_url("**/exclusions/log-a-notice/")
        expect(self.page.locator("#id_q")).to_be_focused()
        if form.new:
            self._add(form, school)
        else:
            self.keyboard.type(form.find_by)
            self.page.wait_for_selector(".app-option")
            shown = [each.split(",")[0] for each in self.page.locator(".app-option").all_inner_texts()]
            self.keyboard.press("ArrowDown", times=1 + shown.index(f"{form.first_name} {form.last_name}"))
            self.keyboard.press("Enter")
        self.page.wait_for_selector(".app-chosen")
        expect(self.page.locator("[name=kind]:focus")).to_have_count(1)
        self.answers += 1

    def _add(self, form: PaperForm, school: str) -> None:
        self.keyboard.tab_to("Add a child")
        self.keyboard.press("Enter")
        self.page.wait_for_url("**/pupils/add/**")
        self.fill("first_name", form.first_name)
        self.fill("last_name", form.last_name)
        self.fill("date_of_birth", f"{form.born.day}/{form.born.month}/{form.born.year}")
        self.choose("sex", "MF".index(form.sex))
        self.fill("upn", form.upn)
        self.fill("school", school)
        self.fill("year_group", f"Year {form.year}")
        self.fill("on_roll_from", "1/9/2026")
        self.keyboard.press("Enter")

    def notice(self, form: PaperForm) -> None:
        self.choose("kind", ("suspension", "permanent", "lunchtime").index(form.kind))
        self.fill("first_day", short(form.first_day))
        if form.last_day:
            self.fill("last_day", short(form.last_day))
        if form.from_afternoon:
            self.choose("first_session", 1)
        if form.until_midday:
            self.choose("last_session", -1)
        if form.exam:
            self.choose("exam_missed", 1)
        for number, code in enumerate(form.reasons, start=1):
            self.fill(f"reason_{number}", code)
        self.fill("narrative", form.happened)
        if form.tried:
            self.keyboard.tab_to(TRIED)
            self.keyboard.press("Enter")
            for strategy, effect in sorted(form.tried, key=lambda each: list(STRATEGY_LABELS).index(each[0])):
                self.fill(f"tried_{list(STRATEGY_LABELS).index(strategy)}", EFFECT_LABELS[effect])
        self.fill("sen", form.sen)
        self.fill("decided_on", short(form.decided_on))
        self.fill("decided_by", form.decided_by)
        self.fill("council_told", f"{short(form.told_on)} {form.told_time}")
        self.fill("parents_told", short(form.parents_told_on))
        if steps := TOLD_BY.index(form.told_by):
            self.choose("told_by", steps)
        self.keyboard.press("Alt+Enter")
        self.page.wait_for_url("**/check/**")
        expect(self.page.locator(":focus", has_text="Log this notice").last).to_be_focused()
        self.keyboard.press("Enter")
        self.page.wait_for_url(re.compile(r"/exclusions/\d\d-\d{4}/$"))


def short(day: date) -> str:
    """Return a day as people write it on the way past."""
    return f"{day.day}/{day.month}"


def logged(page: Page, form: PaperForm, school: str) -> tuple[int, int, float]:
    """Log one form; return keys, answers, and seconds of the machine's own time."""
    began = time.monotonic()
    typist = Typist(page)
    typist.child(form, school)
    typist.notice(form)
    return typist.keyboard.pressed, typist.answers, time.monotonic() - began


@pytest.mark.parametrize("number", [6, pytest.param(40, marks=pytest.mark.long)])
@pytest.mark.django_db(transaction=True)
def test_stack_of_forms_is_logged_by_keyboard_each_right_and_in_under_two_minutes(
    number: int, visit: Visit, cast: Cast, place: Place, capsys: Any
) -> None:
    forms = stack(number)
    schools = (place.school, place.primary)
    for form in (form for form in forms if not form.new):
        child = rows.PupilFactory.create(
            first_name=form.first_name, last_name=form.last_name, upn=form.upn, date_of_birth=form.born, sex=form.sex,
            home_authority=place.authority,
        )  # fmt: skip
        rows.RollSpellFactory.create(pupil=child, school=schools[form.school], year_group=form.year)
    page = visit(cast.asha, "/my-work/")

    taken = [logged(page, form, schools[form.school].name) for form in forms]

    wrong = [line for form in forms for line in differences(form, schools[form.school].pk)]
    assert not wrong
    assert Exclusion.objects.count() == number
    keys, answers, seconds = (list(column) for column in zip(*taken, strict=True))
    people = [KEY * pressed + THOUGHT * given for pressed, given, _ in taken]
    with capsys.disabled():
        print(
            f"\n{number} forms: median {statistics.median(keys):.0f} keys and {statistics.median(answers):.0f} answers a form, "
            f"most {max(keys)} keys; {statistics.median(seconds):.1f} s of the machine's own; "
            f"reckoned for a person: median {statistics.median(people):.0f} s, longest {max(people):.0f} s"
        )
    assert statistics.median(people) < 120


def differences(form: PaperForm, school: int) -> list[str]:
    """Return each answer on file that is not the form's."""
    pupil = Pupil.objects.get(upn=form.upn)
    found = Exclusion.objects.get(case__pupil=pupil)
    lunchtime = form.kind == "lunchtime"
    expected = {
        "name": (pupil.name, f"{form.first_name} {form.last_name}"),
        "born": (pupil.date_of_birth, form.born),
        "sex": (pupil.sex, form.sex),
        "year": (found.year_group, form.year),
        "school": (found.school_id, school),
        "kind": (found.kind, form.kind),
        "first day": (found.first_day, form.first_day),
        "last day": (found.last_day, form.last_day),
        "first session": (found.first_session, "LUNCH" if lunchtime else "PM" if form.from_afternoon else "AM"),
        "last session": (
            found.last_session,
            "LUNCH" if lunchtime else "" if form.kind == "permanent" else "AM" if form.until_midday else "PM",
        ),
        "exam": (found.exam_missed, form.exam),
        "reasons": (
            tuple(found.exclusion_reasons.order_by("position").values_list("reason__code", flat=True)),
            form.reasons,
        ),
        "happened": (found.narrative, form.happened),
        "SEN": (found.sen, {"": "unknown", "SEN support": "K", "Education": "E"}[form.sen]),
        "decided": ((found.decided_by, found.decided_on), (form.decided_by, form.decided_on)),
        "council told": (
            (found.council_told_on, f"{found.council_told_time:%-H:%M}" if found.council_told_time else ""),
            (form.told_on, form.told_time),
        ),
        "parents told": (found.parents_told_on, form.parents_told_on),
        "told by": (found.told_by, form.told_by),
        "tried": (dict(found.strategies.values_list("strategy", "effect")), dict(form.tried)),
    }
    return [
        f"form {form.number}, {name}: {held!r}, not {said!r}" for name, (held, said) in expected.items() if held != said
    ]
