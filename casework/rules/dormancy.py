"""When an account that is not used is warned of, and when it is suspended. The council's own rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WARN_AFTER = timedelta(days=30)
SUSPEND_AFTER = timedelta(days=60)


class Dormancy(StrEnum):
    """Where an account stands by the days since it was last used."""

    IN_USE = "in use"
    UNUSED = "not used for 30 days"
    DORMANT = "not used for 60 days"


@dataclass(frozen=True, slots=True)
class LastUse:
    """The moments of an account that count as use: it was opened, somebody signed in, it was taken up again."""

    opened: datetime
    signed_in: datetime | None = None
    resumed: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The latest of them, from which the days are counted."""
        return max(moment for moment in (self.opened, self.signed_in, self.resumed) if moment is not None)


def dormancy(use: LastUse, *, at: datetime) -> Dormancy:
    """Return where an account stands: the 30th and the 60th day are reached when as many times 24 hours have passed."""
    unused = at - use.moment
    if unused >= SUSPEND_AFTER:
        return Dormancy.DORMANT
    return Dormancy.UNUSED if unused >= WARN_AFTER else Dormancy.IN_USE
