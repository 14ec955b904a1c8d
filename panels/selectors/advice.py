"""Advice of panels that advise an officer: which waits, and what an officer made of it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils import timezone

from casework.models import RollSpell, User
from panels.models import (
    DecisionLetter,
    ItemRecord,
    OfficerDecision,
    PlacementFollowUp,
    PlacementStep,
    Referral,
)
from panels.rules.advice import Following, OfficerSaid, in_words, rest, taken_back_in_words
from panels.rules.outcomes import support_in_words
from panels.rules.terms import FAIR_ACCESS_PANELS
from panels.selectors.referrals import find


def waiting_of(referral: Referral) -> ItemRecord | None:
    """Return the advice on a referral on which no officer has decided, None where there is none. One query."""
    found: ItemRecord | None = (
        ItemRecord.objects.waiting_for_officer()
        .filter(item__referral=referral)
        .select_related("school", "item__sitting__panel")
        .order_by("pk")
        .last()
    )
    return found


def waiting_among(referrals: Collection[Referral]) -> set[int]:
    """Return the referrals whose advice waits for an officer, by primary key. One query."""
    rows = ItemRecord.objects.waiting_for_officer().filter(item__referral__in=[each.pk for each in referrals])
    return {key for key in rows.values_list("item__referral", flat=True) if key is not None}


def decided_of(referral: Referral) -> OfficerDecision | None:
    """Return what an officer decided of a referral and stands, None where none did. One query."""
    rows = OfficerDecision.objects.in_force().filter(item__referral=referral, item__taken_off_at=None)
    return (
        rows.select_related("advised_school", "decided_by", "item__record__school", "item__sitting")
        .order_by("pk")
        .last()
    )


def decision_of(referral: Referral, number: int) -> OfficerDecision | None:
    """Return what an officer decided of a referral by its primary key, taken back or not. One query."""
    rows = OfficerDecision.objects.filter(item__referral=referral, item__taken_off_at=None, pk=number)
    return rows.select_related(
        "decided_by", "advised_school", "item__record__school", "item__sitting", "item__referral"
    ).first()


def officer_in_words(row: OfficerDecision, record: ItemRecord) -> str:
    """Return who decided on the advice, when, and what; needs `decided_by` and the record's `school` loaded."""
    return in_words(_said(row, record.stands, rest_in_words(record)))


def advised_rest_in_words(row: OfficerDecision) -> tuple[str, ...]:
    """Return what the panel had advised beside outcome, school and first day, as `rest_in_words`."""
    return rest(
        departs_because=row.advised_departs_because,
        review_on=row.advised_review_on,
        support=support_in_words(row.advised_conditions, row.advised_support),
    )


def rest_in_words(record: ItemRecord) -> tuple[str, ...]:
    """Return what a record says beside outcome, school and first day: why out of turn, the review, the support."""
    return rest(
        departs_because=record.departs_because,
        review_on=record.review_on,
        support=support_in_words(record.conditions, record.support),
    )


def before_in_words(row: OfficerDecision) -> str:
    """Return a decision that was taken back: what it was, by whom it was taken back, when and why."""
    if row.withdrawn_at is None or row.withdrawn_by is None:
        return ""
    day = timezone.localtime(row.withdrawn_at).date()
    said = _said(row, row.withdrawn_decision)
    return taken_back_in_words(said, by=row.withdrawn_by.name, on=day, because=row.withdrawn_because)


def _said(row: OfficerDecision, decided: str, more: tuple[str, ...] = ()) -> OfficerSaid:
    who = (row.decided_by.name, row.decided_on, row.follows)
    return OfficerSaid(*who, decided, row.because, row.declared_no_tie, more)


def taken_back_of(referral: Referral) -> list[OfficerDecision]:
    """Return what officers decided of a referral and took back, the first first. One query."""
    rows = OfficerDecision.objects.filter(item__referral=referral, item__taken_off_at=None, withdrawn_at__isnull=False)
    return list(rows.select_related("decided_by", "withdrawn_by").order_by("pk"))


def following(user: User, row: OfficerDecision, *, on: date) -> tuple[Following, ...]:
    """Return what followed from a decision on advice, in the order in which it is taken back; empty if nothing did.

    Minutes tell of the advice, which stays, and so follow from nothing here. Of a referral that the person may not see
    it is said only that there is something. At most six queries; needs `item__referral` and `item__record` loaded.
    """
    referral, school = row.item.referral, row.item.record.school_id
    if referral is None:
        return ()
    letters = DecisionLetter.objects.filter(item=row.item_id, sent_at__gte=row.decided_at)
    found = [Following.LETTER] if letters.exists() else []
    at_school = {"referral": referral, "school": school, "withdrawn_at": None, "recorded_at__gte": row.decided_at}
    if school and PlacementFollowUp.objects.filter(**at_school).exists():
        found.append(Following.FOLLOW_UP)
    if school and PlacementStep.objects.filter(**at_school).exists():
        found.append(Following.STEP)
    elif school and RollSpell.objects.filter(
        pupil=referral.pupil_id, school=school, first_day__gte=row.decided_on
    ).exists():  # fmt: skip
        found.append(Following.ROLL)
    later = Referral.objects.filter(pupil=referral.pupil_id, referred_at__gte=row.decided_at, withdrawn_at=None)
    kinds = sorted(kind.value for kind in FAIR_ACCESS_PANELS)
    hangs = later.exclude(pk=referral.pk).filter(Q(panel=referral.panel_id) | Q(panel__kind__in=kinds))
    for each in hangs.select_related("panel").order_by("pk")[:1]:
        seen = find(user, each.panel, each.reference, on=on)
        found.append(Following.REFERRAL if seen else Following.UNSEEN)
    return tuple(found)
