"""Advice of panels that advise an officer: which waits, and what an officer made of it."""

from collections.abc import Collection

from panels.models import ItemRecord, OfficerDecision, Referral
from panels.rules.advice import OfficerSaid, in_words


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
    """Return what an officer decided of a referral, None where none did. One query."""
    rows = OfficerDecision.objects.filter(item__referral=referral, item__taken_off_at=None)
    return (
        rows.select_related("advised_school", "decided_by", "item__record__school", "item__sitting")
        .order_by("pk")
        .last()
    )


def officer_in_words(row: OfficerDecision, record: ItemRecord) -> str:
    """Return who decided on the advice, when, and what; needs `decided_by` and the record's `school` loaded."""
    said = OfficerSaid(row.decided_by.name, row.decided_on, row.follows, record.stands, row.because)
    return in_words(said)
