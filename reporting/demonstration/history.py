"""What the permanent exclusions of past years must come to, year by year."""

from datetime import date

from reporting.demonstration.chance import Chance
from reporting.demonstration.costs import costs_of
from reporting.demonstration.permanent import Plan
from reporting.demonstration.totals import PHASES, waterfall_of

PRIMARY_AVERTED = 0.3
OLDER = (10, 11)

# The autumn 2020 audit, a row a child: year index, sex, SEN, early help, social care, reasons. Each column adds up to
# what was published; how the columns fall together is invented. Children with early help alone are "current".
AUDIT = (
    (2, "M", "K", "current", "early help only", ("PA",)),
    (8, "M", "N", "previous", "closed", ("PP",)),
    (8, "M", "E", "unknown", "child in need", ("PA",)),
    (8, "F", "N", "unknown", "closed", ("VA",)),
    (9, "M", "N", "previous", "closed", ("DA",)),
    (9, "M", "K", "previous", "closed", ("PP",)),
    (9, "M", "N", "being triaged", "under assessment", ("OW",)),
    (9, "F", "N", "unknown", "closed", ("VP",)),
    (9, "M", "E", "current", "early help only", ("PA", "VA")),
    (10, "M", "N", "unknown", "closed", ("DA",)),
    (10, "M", "N", "previous", "closed", ("PP",)),
    (10, "M", "K", "previous", "closed", ("DB",)),
    (10, "F", "N", "unknown", "looked after", ("DA",)),
    (10, "M", "N", "being triaged", "closed", ("VA",)),
    (10, "M", "N", "unknown", "protection plan", ("PP",)),
    (11, "M", "N", "previous", "closed", ("DA",)),
    (11, "M", "K", "unknown", "closed", ("DB",)),
    (11, "M", "N", "unknown", "closed", ("VA",)),
    (11, "F", "N", "current", "early help only", ("MT",)),
    (11, "M", "E", "previous", "looked after", ("SM",)),
    (11, "M", "N", "unknown", "closed", ("OW", "VP")),
    (11, "M", "N", "being triaged", "unknown", ("DA",)),
    (11, "M", "K", "previous", "closed", ("PP",)),
    (11, "M", "N", "unknown", "child in need", ("DA",)),
)
AUDIT_DAYS = (date(2020, 9, 8), date(2020, 12, 16))


def plans_of(year: int, chance: Chance) -> list[Plan]:
    """Return the permanent exclusions of a past academic year, with an outcome and a cost each."""
    plans = _of_2020(chance) if year == 2020 else _of_any(year, chance)
    completed = [plan for plan in plans if plan.outcome == "completed"]
    for plan, cost in zip(completed, costs_of(year, len(completed), chance), strict=True):
        plan.cost = cost
        # Most begin on the sixth school day; some sooner, some a few days late.
        plan.starts_after = chance.choice((3, 4, 5, 5, 5, 5, 5, 6, 7, 9))
    return plans


def _of_any(year: int, chance: Chance) -> list[Plan]:
    waterfall = waterfall_of(year)
    first, last = date(year, 9, 5), date(year + 1, 6, 24)
    if year == 2019:
        # The paper's number runs to March 2020, when schools shut.
        last = date(2020, 3, 6)
    if year == 2021:
        first = date(2021, 9, 7)
    plans = [
        Plan(year, phase, "completed", first, last)
        for phase, count in zip(PHASES, waterfall.completed, strict=True)
        for _ in range(count)
    ]
    return plans + _not_completed(year, first, last, chance)


def _of_2020(chance: Chance) -> list[Plan]:
    audited = [
        Plan(
            2020, "primary" if index < 7 else "secondary", "completed", *AUDIT_DAYS, index=index, sex=sex,
            reasons=reasons, fixed={"sen": sen, "early_help": early_help, "social_care": social_care},
        )
        for index, sex, sen, early_help, social_care, reasons in AUDIT
    ]  # fmt: skip
    # Schools were open to most children again from 8 March 2021.
    first, last = date(2021, 3, 10), date(2021, 6, 18)
    # Nineteen of the 43 were in key stage 4: fifteen of them in the audit.
    later = [("primary", index) for index in (3, 4, 6)]
    later += [("secondary", index) for index in (7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9, 9, 10, 10, 10, 11)]
    completed = [Plan(2020, phase, "completed", first, last, index=index) for phase, index in later]
    return audited + completed + _not_completed(2020, date(2020, 9, 8), last, chance)


def _not_completed(year: int, first: date, last: date, chance: Chance) -> list[Plan]:
    waterfall = waterfall_of(year)
    plans = [
        Plan(year, "primary" if chance.random() < PRIMARY_AVERTED else "secondary", outcome, first, last)
        for outcome, count in (("averted", waterfall.averted), ("rescinded", waterfall.rescinded))
        for _ in range(count)
    ]
    return plans + [Plan(year, "secondary", "overturned", first, last) for _ in range(waterfall.overturned)]
