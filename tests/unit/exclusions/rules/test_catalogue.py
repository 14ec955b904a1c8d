import inspect

import pytest

from exclusions.management.commands.rules_pages import BASE_DIR, named, pages
from exclusions.rules.ambiguities import QUESTIONS, SETTING_LABELS
from exclusions.rules.catalogue import WITHOUT_DATE, NoSuchRule, Rule, Status, rule, rules
from exclusions.rules.readings import Ambiguity, Setting

RULES = tuple(rules())


def test_every_rule_is_in_the_catalogue_or_names_nothing_to_compute() -> None:
    wanted = [f"R{number}" for number in (*range(1, 64), *range(68, 72))]
    wanted += [f"D{number}" for number in range(1, 10)] + [ambiguity.value for ambiguity in Ambiguity]

    held = [each.ref for each in RULES] + [each.ref for each in WITHOUT_DATE]

    assert sorted(held) == sorted(wanted)


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.ref)
def test_rule_names_functions_and_tables_that_exist(each: Rule) -> None:
    assert all(inspect.getdoc(named(dotted)) for dotted in each.functions)
    assert all((BASE_DIR / "tests" / "tables" / f"{table}.csv").is_file() for table in each.tables)
    assert each.functions
    assert each.tables
    assert each.sources
    assert each.in_force_until is None or each.in_force_from <= each.in_force_until


def test_name_that_stands_for_nothing_is_an_error() -> None:
    with pytest.raises(ImportError):
        named("nowhere.nothing")
    with pytest.raises(AttributeError):
        named("exclusions.rules.money.nothing")


def test_rule_is_found_by_its_reference() -> None:
    assert rule("R62").status is Status.TO_BE_CHECKED
    assert rule("R3").status is Status.CONFIRMED
    with pytest.raises(NoSuchRule):
        rule("R10")


def test_every_ambiguity_has_its_question_and_every_setting_its_words() -> None:
    assert list(QUESTIONS) == list(Ambiguity)
    assert list(SETTING_LABELS) == [setting.value for setting in Setting]


def test_pages_of_the_rules_are_current() -> None:
    folder = BASE_DIR / "docs" / "rules"

    written = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.md")}

    wanted = pages()
    stale = sorted(name for name in wanted.keys() | written.keys() if wanted.get(name) != written.get(name))
    assert not stale, "Run `manage.py rules_pages` and commit docs/rules."
