"""What education after a permanent exclusion cost, and for how many hours a week."""

from decimal import Decimal

from reporting.demonstration.chance import Chance, pick, share
from reporting.demonstration.totals import COST_OF_2018, LEAST_COST, MOST_COST

FULL_TIME = Decimal(25)
ONLINE_HOURS = Decimal(20)
# From 2018/19 on, what a child cost more each year.
GROWTH = 0.045


def costs_of(year: int, children: int, chance: Chance) -> list[int]:
    """Return a cost in whole pounds for each child of a year; those of 2018/19 add up to what the paper gives.

    One child costs the least and one the most; the others lie near the least, as costs do.
    """
    if children < 3:
        return [LEAST_COST] * children
    total = COST_OF_2018 if year == 2018 else round(COST_OF_2018 / 90 * children * (1 + GROWTH) ** (year - 2018))
    most = (
        MOST_COST
        if year == 2018
        else min(round(MOST_COST * chance.uniform(0.4, 1.1)), (total - LEAST_COST * children) // 2)
    )
    rest = children - 2
    # Nobody between may reach the most, and nobody is below the least.
    weights = [min(chance.expovariate(1), 5) + 0.02 for _ in range(rest)]
    between = share(total - most - LEAST_COST * (children - 1), weights)
    costs = [LEAST_COST, most, *(LEAST_COST + more for more in between)]
    chance.shuffle(costs)
    return costs


def hours_a_week(chance: Chance) -> tuple[Decimal, bool]:
    """Return hours a week and whether they are taught online."""
    kind = pick(chance, {"full time": 78, "online": 16, "building up": 6})
    if kind == "online":
        return ONLINE_HOURS, True
    return (FULL_TIME if kind == "full time" else Decimal("12.5")), False
