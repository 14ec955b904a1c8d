"""The totals that the demonstration reproduces, by the first calendar year of the academic year.

Those to 2023/24 are the Department's for the published area: `reporting/data/published` holds them, and a test lays
these beside them. Where a phase was not printed it is what the others leave of the total; the special schools of
2017/18 follow from one permanent exclusion at 0.21882 per 100 pupils, which only 457 pupils give. Later years are
invented.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhaseTotals:
    """One phase in one year: pupils in January, suspensions, and pupils suspended at a school at least once."""

    headcount: int
    suspensions: int
    one_or_more: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Permanent exclusions of one year: completed by phase (primary, secondary, special), and the other outcomes."""

    completed: tuple[int, int, int]
    averted: int = 0
    rescinded: int = 0
    overturned: int = 0


PHASES = ("primary", "secondary", "special")
LAST_PUBLISHED = 2023

_BY_YEAR = {
    2015: ((21682, 199, 119), (15879, 975, 546), (461, 52, 19)),
    2016: ((22162, 292, 127), (15964, 1375, 654), (457, 73, 27)),
    2017: ((22521, 298, 118), (15975, 1505, 720), (457, 71, 24)),
    2018: ((22707, 254, 113), (15996, 1642, 801), (471, 48, 19)),
    2019: ((22770, 235, 102), (16119, 1363, 666), (476, 96, 28)),
    2020: ((22637, 195, 110), (16295, 1619, 827), (483, 30, 18)),
    2021: ((22806, 314, 153), (16370, 2782, 1106), (454, 107, 38)),
    2022: ((22861, 399, 170), (16582, 3785, 1275), (501, 138, 45)),
    2023: ((22538, 458, 200), (16569, 4534, 1383), (546, 173, 62)),
    # Invented from here on.
    2024: ((22410, 470, 205), (16680, 4560, 1395), (600, 175, 64)),
    2025: ((22290, 455, 198), (16780, 4540, 1390), (640, 178, 66)),
}

_WATERFALLS = {
    # The council's paper gives one number a year to 2019/20, and the waterfall of 2020/21.
    2015: Waterfall((10, 34, 0)),
    2016: Waterfall((9, 39, 2)),
    2017: Waterfall((16, 56, 1)),
    2018: Waterfall((12, 78, 0)),
    2019: Waterfall((5, 39, 0)),
    2020: Waterfall((4, 39, 0), averted=24, rescinded=7, overturned=1),
    # Invented from here on: the Department's total and a local gap like that of the years before.
    2021: Waterfall((5, 55, 2), averted=27, rescinded=7, overturned=1),
    2022: Waterfall((19, 65, 3), averted=33, rescinded=9, overturned=2),
    2023: Waterfall((7, 60, 1), averted=38, rescinded=8, overturned=1),
    2024: Waterfall((8, 57, 1), averted=41, rescinded=9, overturned=2),
    2025: Waterfall((8, 60, 2), averted=44, rescinded=10, overturned=1),
}
FIRST, LAST = min(_BY_YEAR), max(_BY_YEAR)


def totals_of(year: int) -> dict[str, PhaseTotals]:
    """Return a year's totals by phase; years after the last invented one are like it."""
    return {phase: PhaseTotals(*row) for phase, row in zip(PHASES, _BY_YEAR[min(year, LAST)], strict=True)}


def waterfall_of(year: int) -> Waterfall:
    """Return what came of a year's permanent exclusions; years after the last invented one are like it."""
    return _WATERFALLS[min(year, LAST)]


# What education for the permanently excluded cost: of 2018/19 as the paper gives it, of other years invented.
COST_OF_2018 = 302_473
LEAST_COST, MOST_COST = 2_200, 39_200
