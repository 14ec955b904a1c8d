from datetime import date

import pytest

from exclusions.rules.readings import Ambiguity, readings_in_force
from exclusions.rules.rule_sets import NoRuleSet, rule_set_on
from tests.tables.reader import rows


@pytest.mark.parametrize("row", rows("rule_sets"), ids=lambda row: row["first_day"])
def test_rule_set_on_each_day_is_the_one_in_force(row: dict[str, str]) -> None:
    rules = rule_set_on(date.fromisoformat(row["first_day"]))

    assert (rules.code, rules.checked) == (row["code"], row["checked"] == "yes")


def test_rule_set_of_july_2026_says_that_it_is_not_checked() -> None:
    label = rule_set_on(date(2026, 9, 1)).label

    assert label == "Rules of July 2026: not yet checked against the published guidance"


def test_rule_set_before_the_duty_is_refused() -> None:
    with pytest.raises(NoRuleSet, match="no rules are held for 2007-08-31") as caught:
        rule_set_on(date(2007, 8, 31))
    assert caught.value.on == date(2007, 8, 31)


def test_both_readings_are_in_force_by_default_for_three_ambiguities_only() -> None:
    both = {ambiguity for ambiguity in Ambiguity if readings_in_force(ambiguity, {}) == (1, 2)}

    assert both == {"AMB-1", "AMB-3", "AMB-10"}
