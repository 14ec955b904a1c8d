"""Referrals: who may see which, the lists of a panel, and a referral's own page."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from casework.models import Pupil, User
from casework.rights import has_permission
from casework.roles import Permission
from casework.selectors.circumstances import known_about
from panels.models import AgendaItem, CandidateSchool, ItemRecord, Panel, Referral
from panels.rules.referral import PRIMARY, SECONDARY
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind, SpecialistDecision
from panels.selectors.child_facts import decided_by_specialists, latest_permanent, year_group
from panels.selectors.closed import CHECKED, is_checked, out_of

STATES = {
    "": "To be heard",
    "ready": "Ready to be listed",
    "wanting": "Papers wanting",
    "advised": "Waiting for an officer’s decision",
    "decided": "Decided",
    "withdrawn": "Withdrawn",
    "all": "All",
}


def visible(user: User, panel: Panel, *, on: date, within: QuerySet[Referral] | None = None) -> Any:
    """Return the referrals to a panel that the person may see on a day, of those `within` where it is given.

    Those of council staff who see panels and children, without those that a tie of theirs leads to. Whoever only sits
    on panels sees a referral as an item of a sitting, and never here. The queries do not grow with the referrals.
    """
    found = Referral.objects.filter(panel=panel) if within is None else within
    if not _reads_referrals(user):
        return found.none()
    if not is_checked(user):
        return found
    loaded = list(found.select_related(*CHECKED))
    return found.exclude(pk__in=out_of(user, loaded, panel=panel, on=on))


def find(user: User, panel: Panel, reference: str, *, on: date) -> Referral | None:
    """Return a referral to a panel by its reference, or None where the person may not see it on the day."""
    found: Referral | None = (
        Referral.objects.filter(panel=panel, reference=reference)
        .select_related(*CHECKED, "exclusion__case", "referred_by", "withdrawn_by")
        .prefetch_related("categories")
        .first()
    )
    if found is None or not _reads_referrals(user) or out_of(user, [found], panel=panel, on=on):
        return None
    return found


def sent_on(user: User, pupil: Pupil, *, on: date) -> Referral | None:
    """Return the referral by which a Specialist Placement Panel sent a child on to mainstream, since any exclusion.

    None where its last word was another, or where the person may not see that referral on the day.
    """
    last, exclusion = decided_by_specialists(pupil, on=on), latest_permanent(pupil, on=on)
    if last is None or last.outcome != SpecialistDecision.MAINSTREAM or last.decided_on is None:
        return None
    if exclusion and exclusion.first_day > last.decided_on:
        return None
    return find(user, last.panel, last.reference, on=on)


def followed_by(user: User, sent: Referral, *, on: date) -> Referral | None:
    """Return the referral to a Fair Access Panel that followed the specialists' word; None where none did, or none may be seen."""
    kinds = sorted(kind.value for kind in FAIR_ACCESS_PANELS)
    after = Referral.objects.filter(pupil=sent.pupil, panel__kind__in=kinds, withdrawn_at=None)
    found = after.filter(referred_on__gte=sent.decided_on).select_related("panel").order_by("pk").first()
    return find(user, found.panel, found.reference, on=on) if found else None


def fair_access_panel(pupil: Pupil, *, on: date) -> Panel | None:
    """Return the open Fair Access Panel of a child's phase; None where the year group is not known, or several are open."""
    year = year_group(known_about(pupil, on=on), latest_permanent(pupil, on=on))
    if year not in PRIMARY | SECONDARY:
        return None
    kind = PanelKind.FAIR_ACCESS_PRIMARY if year in PRIMARY else PanelKind.FAIR_ACCESS_SECONDARY
    found = list(Panel.objects.open_on(on).filter(kind=kind.value)[:2])
    return found[0] if len(found) == 1 else None


def candidates(referral: Referral) -> list[CandidateSchool]:
    """Return the schools that may receive the child, the nearest first. One query."""
    rows = CandidateSchool.objects.filter(referral=referral, taken_off_at__isnull=True)
    return list(rows.select_related("school__trust").order_by("miles", "school__name", "pk"))


def listed(user: User, panel: Panel, *, on: date, state: str = "") -> QuerySet[Referral]:
    """Return the referrals to a panel in a state that the person may see, latest first."""
    found = visible(user, panel, on=on)
    advice = ItemRecord.objects.waiting_for_officer().filter(item__referral=OuterRef("pk"))
    narrowed: QuerySet[Referral] = {
        "": found.open_now(),
        "ready": found.open_now().complete().exclude(Exists(advice)),
        "wanting": found.open_now().exclude(pk__in=found.complete().values("pk")),
        "advised": found.filter(Exists(advice)),
        "decided": found.filter(decided_on__isnull=False),
        "withdrawn": found.filter(withdrawn_at__isnull=False),
        "all": found,
    }[state]
    return narrowed.select_related("pupil", "exclusion__school", "exclusion__case").order_by("-referred_on", "-pk")


def to_be_listed(user: User, panel: Panel, *, on: date) -> QuerySet[Referral]:
    """Return the referrals that may be put on an agenda: those that are ready and stand on none to come."""
    return listed(user, panel, on=on, state="ready").exclude(Exists(_to_come(on).filter(referral=OuterRef("pk"))))


def where_listed(user: User, panel: Panel, *, on: date) -> list[AgendaItem]:
    """Return where the open referrals that the person may see are listed: an item of a sitting to come, the next first."""
    rows = _to_come(on).filter(referral__in=listed(user, panel, on=on).values("pk"))
    return list(rows.select_related("referral", "sitting__panel").order_by("sitting__on", "referral__reference"))


def listed_at(referral: Referral, *, on: date) -> AgendaItem | None:
    """Return the item of a sitting to come as which a referral is listed, None where it is not. One query."""
    found: AgendaItem | None = _to_come(on).filter(referral=referral).select_related("sitting__panel").first()
    return found


def _to_come(on: date) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(taken_off_at=None, sitting__cancelled_at=None, sitting__on__gte=on)


def _reads_referrals(user: User) -> bool:
    return all(has_permission(user, each) for each in (Permission.SEE_PANELS, Permission.SEE_PUPILS))
