"""The shape of an indicator, and the categories that each breakdown is given in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.rules.terms import KEY_STAGE_LABELS, SEX_LABELS, KeyStage, NcYear, Phase, SenProvision, key_stage

Number = int | float | None

# Given whole, noughts included; a nursery is no school that figures are broken down by unless it has some.
WHOLE: Mapping[str, tuple[str, ...]] = {
    "phase": tuple(phase.value for phase in Phase if phase is not Phase.NURSERY),
    "key_stage": tuple(KEY_STAGE_LABELS),
    "sex": tuple(SEX_LABELS),
    "sen": (*(sen.value for sen in SenProvision), "unknown"),
}
# Given only where there is something to count.
PRESENT = ("year_group", "reason", "early_help", "social_care")


@dataclass(slots=True)
class Tally:
    """A count of children's exclusions, and the same count by each breakdown."""

    total: int = 0
    by: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, count: int, categories: Mapping[str, str]) -> None:
        """Add exclusions that share a category of each breakdown; their key stage follows from the year group."""
        self.total += count
        for breakdown, category in categories.items():
            self.by.setdefault(breakdown, Counter())[category] += count
        if year := categories.get("year_group"):
            self.by.setdefault("key_stage", Counter())[stage_of(year)] += count

    def add_reason(self, code: str | None, count: int) -> None:
        """Add to a reason alone: reasons may add up to more than exclusions, and some have none recorded."""
        if code:
            self.by.setdefault("reason", Counter())[code] += count

    def breakdowns(self) -> dict[str, dict[str, Number]]:
        """Return every breakdown, those of a fixed vocabulary whole."""
        whole: dict[str, dict[str, Number]] = {
            name: {
                **dict.fromkeys(categories, 0),
                **self.by.get(name, {}),
            }
            for name, categories in WHOLE.items()
        }
        return whole | {name: dict(self.by.get(name, {})) for name in PRESENT}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure with what it was worked out from; a rate is per 100, and none where its base is not held."""

    value: Number
    definition: str
    numerator: Number = None
    denominator: Number = None
    by: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the indicator as the `figures` interface gives it."""
        return {
            "value": self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "definition": self.definition,
            "by": {name: dict(categories) for name, categories in self.by.items()},
        }


def stage_of(year_group: str) -> str:
    """Return the key stage of a year group as stored; one that is not known is unknown."""
    try:
        return key_stage(NcYear(year_group)).value
    except ValueError:
        return KeyStage.UNKNOWN.value


def per_100(numerator: int, denominator: int | None) -> float | None:
    """Return a rate per 100 to five decimals, or None without a base."""
    return round(100 * numerator / denominator, 5) if denominator else None


def rate(*, numerators: Mapping[str, int], denominators: Mapping[str, int], definition: str) -> Indicator:
    """Return a rate from counts by phase; a phase without a headcount has no rate and is left out.

    Phases without a headcount (pupils of a referral unit are counted at their main school) stay in the numerator.
    """
    numerator, denominator = sum(numerators.values()), sum(denominators.values()) or None
    return Indicator(
        value=per_100(numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        definition=definition,
        by={"phase": {phase: per_100(numerators.get(phase, 0), base) for phase, base in denominators.items() if base}},
    )
