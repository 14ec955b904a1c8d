"""Which rules an exclusion is judged by: those in force on its first day (section 14)."""

from dataclasses import dataclass
from datetime import date

CONSECUTIVE_SUSPENSIONS_JOINED_FROM = date(2015, 1, 5)
"""From this day back-to-back suspensions are one run for day six (SI 2014/3216)."""

PARA_90_FROM = date(2022, 9, 1)
"""From this edition the guidance words day six of a permanent exclusion its own way (AMB-1)."""

REVIEWS_FROM = date(2012, 9, 1)
"""From this day review panels take the place of appeal panels."""

CANCELLING_IN_GUIDANCE_FROM = date(2022, 9, 1)
"""From this edition the guidance says that a head may cancel while the board has not reviewed (R7)."""

CANCELLING_FROM = date(2023, 9, 1)
"""From this day a head has an express power to cancel (SI 2023/571)."""

COVID_FIRST, COVID_LAST = date(2020, 6, 1), date(2021, 9, 24)
"""First days of exclusions, both included, for which a review may be applied for within 25 school days."""

ADMISSIONS_CODE_2021_FROM = date(2021, 9, 1)
"""From this day the Admissions Code has national limits for fair access and in-year applications."""

REGISTRATION_2024_FROM = date(2024, 8, 19)
"""From this day names leave the roll under the registration regulations of 2024."""

THREE_REASONS_FROM = date(2020, 9, 1)
"""From this day an exclusion may have up to three reasons; before it, one."""


class NoRuleSet(LookupError):
    """The sixth-day duty did not exist on the day `on`: it began on 1 September 2007."""

    def __init__(self, on: date) -> None:
        super().__init__(f"no rules are held for {on.isoformat()}: they begin on 2007-09-01")
        self.on = on


@dataclass(frozen=True, slots=True, order=True)
class RuleSet:
    """The rules in force from a day until the next set. Unchecked: the text was not yet read."""

    in_force_from: date
    code: str
    label: str
    checked: bool = True


RULE_SETS = (
    RuleSet(date(2007, 9, 1), "2007-09", "Rules of September 2007: the sixth-day duty"),
    RuleSet(date(2012, 9, 1), "2012-09", "Rules of September 2012: independent review panels"),
    RuleSet(date(2015, 1, 5), "2015-01", "Rules of January 2015: consecutive suspensions add up"),
    RuleSet(date(2017, 9, 1), "2017-09", "Rules of September 2017: guidance restated"),
    RuleSet(date(2020, 6, 1), "2020-06", "Rules of June 2020: longer limits during the pandemic"),
    RuleSet(date(2020, 9, 25), "2020-09", "Rules of September 2020: 25 days to apply for review"),
    RuleSet(date(2021, 9, 25), "2021-09", "Rules of September 2021: 15 days to apply for review"),
    RuleSet(date(2022, 9, 1), "2022-09", "Rules of September 2022: every suspension is notified"),
    RuleSet(date(2023, 9, 1), "2023-09", "Rules of September 2023: statutory cancellation"),
    RuleSet(date(2024, 8, 19), "2024-08", "Rules of August 2024: new registration regulations"),
    RuleSet(
        date(2026, 7, 26),
        "2026-07",
        "Rules of July 2026: not yet checked against the published guidance",
        checked=False,
    ),
)


def rule_set_on(first_day: date) -> RuleSet:
    """Return the rules in force on the first day of an exclusion.

    Raises NoRuleSet for a first day before 1 September 2007.
    """
    in_force = [rules for rules in RULE_SETS if rules.in_force_from <= first_day]
    if not in_force:
        raise NoRuleSet(first_day)
    return in_force[-1]
