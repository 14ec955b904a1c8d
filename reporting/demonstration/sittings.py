"""The invented county's sittings: the specialists sit today, the heads soon."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.models import User
from panels.models import Panel, Referral
from panels.services import agendas, sittings

# A Tuesday at least this many days ahead.
AHEAD, TUESDAY = 6, 1
PLACE = "County Hall, room 2"


def call_sittings(*, today: date, users: Mapping[str, User]) -> int:
    """Call a sitting of each panel, the specialists' for today, and list whoever is ready; return how many sittings."""
    by = users["asha"]
    at = datetime.combine(today, time(9, 45), tzinfo=ZoneInfo("Europe/London"))
    soonest = today + timedelta(days=AHEAD)
    on = soonest + timedelta(days=(TUESDAY - soonest.weekday()) % 7)
    panels = list(Panel.objects.order_by("code"))
    for panel in panels:
        sitting = sittings.call(
            by=by, at=at, today=today, panel=panel, on=today if panel.code == "spp" else on, starts_at=time(10, 0), place=PLACE
        )  # fmt: skip
        for referral in Referral.objects.filter(panel=panel).open_now().complete().order_by("pk"):
            agendas.list_referral(by=by, at=at, today=today, sitting=sitting, referral=referral, minutes=10)
        agendas.add_business(by=by, at=at, today=today, sitting=sitting, title="Actions of the last sitting", minutes=5)
    return len(panels)
