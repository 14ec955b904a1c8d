"""The indicators of an academic year or a term, as others read them."""

from datetime import date
from typing import Any

from casework.rules.periods import Period
from reporting.selectors.dfe_figures import NotPublished, dfe_indicators
from reporting.selectors.local_figures import local_indicators

__all__ = ["BASES", "NotPublished", "figures"]

BASES = ("local", "dfe")


def figures(period: Period, *, as_at: date, basis: str = "local") -> dict[str, Any]:
    """Return the indicators of a period on one basis, ready to be written as JSON.

    `local` counts the council's cases as they stood at the end of `as_at`; `dfe` gives the published series as
    imported, whatever the cases say. The number of queries does not depend on the number of cases.

    Raises NotPublished where the `dfe` basis holds nothing for the period, ValueError for another basis.
    """
    if basis not in BASES:
        raise ValueError(f"'{basis}' is not a basis. Write local or dfe.")
    indicators = dfe_indicators(period) if basis == "dfe" else local_indicators(period, as_at=as_at)
    return {
        "period": period.key,
        "basis": basis,
        "as_at": as_at.isoformat(),
        "indicators": {key: indicator.as_dict() for key, indicator in indicators.items()},
    }
