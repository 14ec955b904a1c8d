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
    DORMANT = "not used for 60 days, and warned of 30 days ago"


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


def warning_key(account: int, use: datetime) -> str:
    """Return what the warning of an account last used at a moment is known by, so that it is written once."""
    return f"dormant {account} {use.timestamp()}"


def suspended_from(use: datetime, *, warned: datetime | None) -> datetime | None:
    """Return when an account last used at `use` is suspended: at 60 days, and never before 30 days after the warning.

    `warned` is when the warning of it was sent; None until it was, and then nothing is suspended.
    """
    return max(use + SUSPEND_AFTER, warned + WARN_AFTER) if warned else None


def dormancy(use: LastUse, *, at: datetime, warned: datetime | None) -> Dormancy:
    """Return where an account stands: the 30th and the 60th day are reached when as many times 24 hours have passed.

    `warned` is when the warning since the last use was sent, None where it was not.
    """
    suspended = suspended_from(use.moment, warned=warned)
    if suspended and at >= suspended:
        return Dormancy.DORMANT
    return Dormancy.UNUSED if at - use.moment >= WARN_AFTER else Dormancy.IN_USE
