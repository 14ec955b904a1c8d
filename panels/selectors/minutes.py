"""Minutes as one person may read them: those of the items of their own agenda, and of no other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from casework.models import User
from panels.models import ItemMinutes, ItemRecord, Membership, Sitting
from panels.rules.advice import WAITS
from panels.rules.minutes import Captured, Part, approver, drafted
from panels.rules.outcomes import support_in_words
from panels.selectors import sittings
from panels.selectors.advice import officer_in_words
from panels.selectors.in_the_room import is_clerk, presides
from panels.selectors.sittings import Agenda, Expected, SeenItem

# What must be loaded of a record before its minutes are drafted, with what its officer decided.
LOADED = ("school", "presided_by")


@dataclass(frozen=True, slots=True)
class MinutesOfItem:
    """The minutes of one item as one person reads them.

    `parts` are empty where they may not be read: nothing is recorded, or the draft is for others to approve.
    `officer_said` is what an officer made of the panel's advice, or that it waits; empty where the panel decides, and where
    the parts may not be read. `approved` is the version that stands; `is_draft` tells that what is shown is not it yet. `version` tells one state
    of record and minutes from every other.
    """

    seen: SeenItem
    is_recorded: bool
    parts: Mapping[Part, str]
    approved: ItemMinutes | None
    latest: ItemMinutes | None
    record_version: int
    is_draft: bool
    may_correct: bool
    officer_said: str
    may_approve: bool

    @property
    def version(self) -> int:
        """Grows with each writing of the record or of the minutes."""
        return self.record_version + (self.latest.version if self.latest else 0)

    @property
    def title(self) -> str:
        """The reference of the referral, or what the business is."""
        item = self.seen.item
        return item.referral.reference if item.referral else item.title


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a sitting as one person reads them, with those who have a seat on its day."""

    agenda: Agenda
    members: tuple[Expected, ...]
    items: tuple[MinutesOfItem, ...]

    def of(self, number: int) -> MinutesOfItem | None:
        """Return those of an item by its primary key, or None where the person sees no such item."""
        return next((one for one in self.items if one.seen.item.pk == number), None)

    @property
    def may_preside(self) -> bool:
        """Tell whether the person has the seat of somebody who presides, and so may have minutes to approve."""
        return presides(self.agenda.seat)

    @property
    def to_approve(self) -> tuple[MinutesOfItem, ...]:
        """Those that wait for the person to approve them."""
        return tuple(one for one in self.items if one.may_approve)


def has_minutes(sitting: Sitting, *, on: date) -> bool:
    """Tell whether a sitting can have minutes on a day: from its own day on, unless it is cancelled."""
    return sitting.cancelled_at is None and sitting.on <= on


def minutes_of(user: User, sitting: Sitting, *, on: date) -> Minutes | None:
    """Return the minutes of a sitting as a person reads them on a day, or None where it has none for them yet.

    The clerk and whoever approves read drafts; everybody else what is approved. The queries do not grow with the items.
    """
    agenda = sittings.agenda_of(user, sitting, on=on)
    if not has_minutes(sitting, on=on) or agenda.must_declare:
        return None
    keys = [one.item.pk for one in agenda.items]
    records = ItemRecord.objects.filter(item__in=keys, recorded_at__isnull=False)
    by_item = {row.item_id: row for row in records.select_related(*LOADED).with_officer()}
    versions: dict[int, list[ItemMinutes]] = {}
    for row in ItemMinutes.objects.filter(item__in=keys).select_related("approved_by").order_by("item", "number"):
        versions.setdefault(row.item_id, []).append(row)
    theirs = _theirs_to_approve(user, agenda, by_item, on=on)
    clerk = is_clerk(user, agenda.seat)
    items = tuple(
        _one(
            seen,
            by_item.get(seen.item.pk),
            versions.get(seen.item.pk, []),
            clerk=clerk,
            approves=seen.item.pk in theirs,
        )
        for seen in agenda.items
    )
    return Minutes(agenda, tuple(sittings.expected(sitting)), items)


def versions_of(one: MinutesOfItem, *, approved_only: bool) -> list[ItemMinutes]:
    """Return the versions of the minutes of an item, the latest first. One query."""
    rows = ItemMinutes.objects.filter(item=one.seen.item).select_related("written_by", "approved_by")
    return list((rows.filter(approved_at__isnull=False) if approved_only else rows).order_by("-number"))


def written_in(row: ItemMinutes) -> dict[Part, str]:
    """Return the parts of a version of minutes."""
    return {part: getattr(row, part.value) for part in Part}


def _one(
    seen: SeenItem, record: ItemRecord | None, versions: list[ItemMinutes], *, clerk: bool, approves: bool
) -> MinutesOfItem:
    latest = versions[-1] if versions else None
    approved = next((row for row in reversed(versions) if row.approved_at), None)
    waits = record is not None and (latest is None or latest.approved_at is None)
    is_draft = waits and (clerk or approves)
    if is_draft and record is not None:
        is_of_record = latest is not None and latest.record_version == record.version
        parts = written_in(latest) if latest and is_of_record else drafted(captured(record))
    else:
        parts = written_in(approved) if approved else {}
    return MinutesOfItem(
        seen,
        is_recorded=record is not None,
        parts=parts,
        approved=approved,
        latest=latest,
        record_version=record.version if record else 0,
        is_draft=is_draft,
        may_correct=clerk and record is not None,
        may_approve=approves and waits,
        officer_said=_officer_said(record) if record and parts else "",
    )


def _officer_said(record: ItemRecord) -> str:
    if not record.is_advice:
        return ""
    row = record.officer
    return officer_in_words(row, record) if row else f"{WAITS}."


def captured(record: ItemRecord) -> Captured:
    """Return what was recorded of an item in words, of advice what was advised; needs LOADED."""
    officer = record.officer
    school = officer.advised_school if officer else record.school
    support = (officer.advised_conditions, officer.advised_support) if officer else (record.conditions, record.support)
    return Captured(
        presided=record.presided_by.name if record.presided_by else "",
        quorum_said=record.quorum_said,
        number_out=record.number_out,
        discussion=record.discussion,
        departs_because=officer.advised_departs_because if officer else record.departs_because,
        outcome=officer.get_advised_outcome_display() if officer else record.get_outcome_display(),
        is_advice=record.is_advice,
        school=school.name if school else "",
        starts_on=officer.advised_starts_on if officer else record.starts_on,
        review_on=officer.advised_review_on if officer else record.review_on,
        cost_seen=record.get_cost_seen_display().lower(),
        support=support_in_words(*support),
        decided_how=record.decided_how,
        reasons=record.reasons,
        dissent=record.dissent,
        actions=record.actions,
    )


def _theirs_to_approve(user: User, agenda: Agenda, records: Mapping[int, ItemRecord], *, on: date) -> Collection[int]:
    """Return the items whose minutes the person approves, by primary key."""
    sitting = agenda.sitting
    if not presides(agenda.seat):
        return ()
    seats = Membership.objects.filter(panel=sitting.panel_id).standing(on=sitting.on).select_related("person")
    presiding = [row for row in seats if presides(row)]
    still = set(
        Membership.objects.filter(panel=sitting.panel_id, person__in=[row.person_id for row in presiding])
        .standing(on=on)
        .values_list("person_id", flat=True)
    )
    people = [
        row.person
        for row in sorted(presiding, key=lambda row: (row.role != "chair", row.vice_chair_order or 0))
        if row.person_id in still
    ]
    standing = [str(person.pk) for person in people]
    items = [one.item for one in agenda.items if one.item.pk in records]
    found = sittings.conflicts_at(sitting, items, people, on=on)
    theirs = set()
    for item in items:
        presided = records[item.pk].presided_by_id
        out = found[item.referral_id].out if item.referral_id else frozenset[str]()
        if approver(str(presided) if presided else None, standing, out=out) == str(user.pk):
            theirs.add(item.pk)
    return theirs
