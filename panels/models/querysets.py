from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from casework.rights import has_permission
from casework.roles import Permission
from panels.rules.papers import Paper
from panels.rules.terms import FAIR_ACCESS_PANELS

if TYPE_CHECKING:
    from casework.models import User

SEE_EVERY_PANEL = (Permission.SEE_PANELS, Permission.PREPARE_PANELS, Permission.SET_PANELS)


class PanelQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Keep the panels that the person may see on the day.

        Every one for council staff whose work they are; for whoever sits on panels, those open on the day of which a
        membership of theirs stands on that very day.
        """
        if any(has_permission(user, permission) for permission in SEE_EVERY_PANEL):
            return self
        if not has_permission(user, Permission.SIT_ON_PANELS):
            return self.none()
        from panels.models.membership import Membership

        theirs = Membership.objects.filter(panel=OuterRef("pk"), person=user).standing(on=on)
        return self.open_on(on).filter(Exists(theirs))

    def open_on(self, on: date) -> Self:
        """Keep the panels that are open on the day; the last day of one that closes is included."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on), opened_on__lte=on)


class MembershipQuerySet(models.QuerySet[Any]):
    def standing(self, *, on: date) -> Self:
        """Keep the memberships that stand on the day; the first and the last day are included."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), first_day__lte=on)

    def not_ended_by(self, day: date) -> Self:
        """Keep the memberships that stand on some day after the one given, whether they have begun or not."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gt=day, last_day__gte=F("first_day")))


class ConnectionQuerySet(models.QuerySet[Any]):
    def holding(self, *, on: date) -> Self:
        """Keep the connections that hold on the day; without a first day they held always."""
        return self.filter(
            Q(first_day__isnull=True) | Q(first_day__lte=on), Q(last_day__isnull=True) | Q(last_day__gte=on)
        )


class ReferralQuerySet(models.QuerySet[Any]):
    def open_now(self) -> Self:
        """Keep the referrals that are neither withdrawn nor decided."""
        return self.filter(withdrawn_at__isnull=True, decided_on__isnull=True)

    def complete(self) -> Self:
        """Keep the referrals of which nothing is wanting: `papers.wanting`, asked of the database."""
        from panels.models.referral import CandidateSchool

        written = Q()
        for paper in Paper:
            written &= Q(**{f"{paper.value}__regex": r"\S"})
        considered = CandidateSchool.objects.filter(referral=OuterRef("pk"), taken_off_at__isnull=True)
        names_a_school = Q(panel__kind__in=sorted(kind.value for kind in FAIR_ACCESS_PANELS))
        return self.filter(written).filter(~names_a_school | Exists(considered))


class OfficerDecisionQuerySet(models.QuerySet[Any]):
    def in_force(self) -> Self:
        """Keep the decisions that were not taken back: an item has one at most."""
        return self.filter(withdrawn_at__isnull=True)


class ItemRecordQuerySet(models.QuerySet[Any]):
    def with_officer(self) -> Self:
        """Load what officers decided on the advice, in force and taken back, for `ItemRecord.officer`. One query more."""
        from panels.models.officer_decision import OfficerDecision

        loaded = OfficerDecision.objects.select_related("decided_by", "advised_school", "withdrawn_by").order_by("pk")
        return self.select_related("item").prefetch_related(models.Prefetch("item__officer_decisions", loaded))

    def decided(self) -> Self:
        """Keep what is recorded and decides: of advice, that on which an officer has decided."""
        return self.filter(Q(is_advice=False) | Q(_officer_decided()), recorded_at__isnull=False)

    def waiting_for_officer(self) -> Self:
        """Keep the advice on which no officer has decided, of items that stand and referrals that are open."""
        return self.filter(
            ~_officer_decided(), is_advice=True, recorded_at__isnull=False, item__taken_off_at=None,
            item__referral__withdrawn_at=None, item__referral__decided_on=None,
        )  # fmt: skip


def _officer_decided() -> Exists:
    from panels.models.officer_decision import OfficerDecision

    return Exists(OfficerDecision.objects.in_force().filter(item=OuterRef("item")))


class SittingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Keep the sittings that the person may know of on a day; what is on their agendas is asked of each.

        Those of every panel for council staff who see panels and children; for whoever sits on panels, those of days
        on which a seat of theirs stands, of panels on which one stands today.
        """
        if all(has_permission(user, each) for each in (Permission.SEE_PANELS, Permission.SEE_PUPILS)):
            return self
        if not has_permission(user, Permission.SIT_ON_PANELS):
            return self.none()
        from panels.models.membership import Membership
        from panels.models.panel import Panel

        theirs = Membership.objects.filter(panel=OuterRef("panel"), person=user, first_day__lte=OuterRef("on"))
        sat = theirs.filter(Q(last_day__isnull=True) | Q(last_day__gte=OuterRef("on")))
        return self.filter(Exists(sat), panel__in=Panel.objects.visible_to(user, on=on))
