"""What to warn of beside the answer: the year's limit, the next band, days that are none, rules not yet checked."""

from collections.abc import Iterator

from exclusions.rules.deadlines import Cancelling, Code, EventTotals, EventWarning
from exclusions.rules.events import Event, PermanentExclusion, Suspension
from exclusions.rules.history import History
from exclusions.rules.totals import FIFTEEN_DAYS, FIVE_DAYS, YEAR_LIMIT, YEAR_NEAR, Totals, Warn


def warnings_of(
    event: Event, history: History, totals: EventTotals | None, cancelling: Cancelling | None
) -> Iterator[EventWarning]:
    """Yield what to warn of about an event, in the order of the codes.

    Rules that were not yet checked against their published text are named once for each event that is judged by them of
    itself, and not again for what follows from it. Source: R3, R6, R28; section 14.
    """
    if totals:
        for warn in totals.totals.warnings:
            yield EventWarning(event.id, Code(warn.value), _of_totals(warn, totals.totals))
    if cancelling and not cancelling.lawful:
        yield EventWarning(event.id, Code.CANCELLATION_UNLAWFUL, cancelling.because)
    if isinstance(event, (Suspension, PermanentExclusion)):
        skipped = history.calendar.skip_reason(event.first_day)
        if skipped:
            message = f"{event.first_day} is no school day ({skipped}): days count from the next one"
            yield EventWarning(event.id, Code.FIRST_DAY_NOT_SCHOOL_DAY, message)
    rule_set = history.rule_set_of(event)
    if not rule_set.checked and not hasattr(event, "of"):
        yield EventWarning(event.id, Code.RULES_UNCHECKED, rule_set.label)


def _of_totals(warn: Warn, totals: Totals) -> str:
    days = totals.year_days
    if warn is Warn.YEAR_CAP:
        return f"{days:g} school days of suspension in the school year: more than {YEAR_LIMIT // 2}"
    if warn is Warn.YEAR_NEAR:
        passed = max(limit for limit in YEAR_NEAR if days * 2 > limit) // 2
        return (
            f"{days:g} school days of suspension in the school year: past {passed}, and {YEAR_LIMIT // 2} is the most"
        )
    term_days = [total.term_days for total in totals.by_term] or [totals.term_days]
    near, limit = next(
        (days, limit // 2) for days in term_days for limit in (FIVE_DAYS, FIFTEEN_DAYS) if limit - 2 < days * 2 <= limit
    )
    return f"{near:g} school days of suspension in the term: a day or less from passing {limit}"
