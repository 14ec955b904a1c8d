"""The invented county's referrals: excluded children brought to the Specialist Placement Panel, some written up."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from casework.models import User
from exclusions.models import Exclusion
from panels.models import Panel
from panels.rules.papers import Paper
from panels.rules.terms import RouteIn
from panels.selectors.child_facts import Said
from panels.services import referrals

MOST = 8
# Every third referral waits for its papers.
WAITING = 3
PAPERS = {
    Paper.SUMMARY: "Permanently excluded this year after several suspensions. Works well in small groups.",
    Paper.TRIED: "A mentor for two terms, a planning meeting in the spring, respite for six weeks. The first two helped.",
    Paper.CHILD_VIEW: "Wants a fresh start, and to keep art.",
    Paper.PARENT_VIEW: "Wish for a school within a bus ride of home. Would like to see two before they say which.",
    Paper.NEEDS: "One named adult, small tutor group, short tasks with a clear end.",
    Paper.RISK: "A plan is agreed with the family, and nothing has changed since.",
}


def refer_children(*, today: date, users: Mapping[str, User]) -> int:
    """Refer the children whose permanent exclusion is open to the specialists, as on a day; return how many."""
    by = users["asha"]
    at = datetime.combine(today, time(9, 30), tzinfo=ZoneInfo("Europe/London"))
    panel = Panel.objects.get(code="spp")
    found = Exclusion.objects.standing().that_came_to(["open"], as_at=today)
    made = 0
    for exclusion in found.filter(first_day__lte=today).select_related("case__pupil").order_by("-first_day", "pk"):
        if made == MOST:
            break
        said = Said(RouteIn.PERMANENT_EXCLUSION)
        try:
            referral = referrals.refer(by=by, at=at, on=today, panel=panel, pupil=exclusion.case.pupil, said=said)
        except (referrals.MayNotTake, referrals.AlreadyReferred):
            continue
        made += 1
        if made % WAITING:
            referrals.write_papers(by=by, referral=referral, version=1, papers=PAPERS)
    return made
