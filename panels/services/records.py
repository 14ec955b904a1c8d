"""What is written of an item in the room: kept as it is typed, recorded when the panel has decided, reopened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from casework.models import School, User
from panels.models import (
    AgendaItem,
    Attendance,
    CandidateSchool,
    ItemMinutes,
    ItemRecord,
    OfficerDecision,
    Referral,
    Sitting,
)
from panels.rules.actions import days_that_cannot_be
from panels.rules.advice import is_advice
from panels.rules.decisions import Recordable, Records, Voting, recordable
from panels.rules.decisions import Room as VotingRoom
from panels.rules.outcomes import CostSeen, Decided, Lack, is_final, lacks
from panels.rules.terms import WITHOUT_A_VOTE, DecisionModel, FairAccessDecision, MemberRole, PanelKind
from panels.rules.turns.departures import DepartureNeedsReason, departure
from panels.selectors.in_the_room import Running, number_left, running
from panels.selectors.item_links import as_kept, from_kept, item_links, together
from panels.selectors.placing import forbidden
from panels.selectors.turns import choices_of
from panels.services import referrals
from panels.services.actions import keep_actions


class MayNot(Exception):
    """The person does not run the sitting, or is out of the item, or does not preside over it and is not the clerk."""


class AlreadyRecorded(Exception):
    """The item is recorded: it is reopened first."""


class NotRecorded(Exception):
    """The item is not recorded, so that there is nothing to reopen, or the child was referred to the panel anew."""


class DayPast(NotRecorded):
    """The day of the sitting is past, on which alone an item is reopened."""


class MinutesApproved(Exception):
    """The minutes of the item are approved: they are corrected instead, with a reason."""


class OfficerDecided(Exception):
    """An officer has decided on the advice: what stands is no longer the panel's to write."""


class Lacking(Exception):
    """Something is wanting of the decision; `what` says where."""

    def __init__(self, what: tuple[Lack, ...]) -> None:
        super().__init__("Something is wanting of the decision.")
        self.what = what


class NotDecided(Exception):
    """By the panel's terms nothing may be recorded; `because` can be read out."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


class Stale(Exception):
    """Somebody else wrote of the item meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The item was written of meanwhile.")
        self.version = version


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on the screen of an item: everything may be empty while it is kept, and not when it is recorded."""

    discussion: str = ""
    outcome: str = ""
    school: School | None = None
    departs_because: str = ""
    starts_on: date | None = None
    review_on: date | None = None
    cost_seen: str = ""
    conditions: tuple[str, ...] = ()
    support: str = ""
    reasons: str = ""
    dissent: str = ""
    actions: str = ""
    agreed: str = ""
    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0


def keep(
    *, by: User, at: datetime, on: date, sitting: Sitting, item: int, version: int, written: Written,
    present: Collection[int],
) -> ItemRecord:  # fmt: skip
    """Keep what is typed of an item, and who is in the room; `version` is 0 where nothing was kept before.

    Raises MayNot, AlreadyRecorded and Stale; nothing is saved then.
    """
    with transaction.atomic():
        run = _run(by, sitting, item, on)
        _mark(by, at, run, present)
        return _write(by, at, run.seen.item, version, written)


def record(
    *, by: User, at: datetime, on: date, sitting: Sitting, item: int, version: int, written: Written,
    present: Collection[int],
) -> ItemRecord:  # fmt: skip
    """Record what the panel decided of an item, with the quorum and who presided, counted now.

    A decision that ends the referral stands on it; one that wants more information leaves it open. Whether the panel may
    place the child is asked of the day of the sitting and of today, `on`. Raises MayNot, AlreadyRecorded, Stale, Lacking, NotDecided and BadVotes; nothing is saved then.
    """
    with transaction.atomic():
        before = _run(by, sitting, item, on)
        _mark(by, at, before, present)
        run = _run(by, sitting, item, on)
        # Before anything is asked of what was sent: of a recorded item nothing of it can be put right.
        if run.record and run.record.recorded_at:
            raise AlreadyRecorded
        if not run.may_record:
            raise MayNot
        if run.seen.item.referral and (
            what := forbidden(run.seen.item.referral, written.outcome, written.school, days=(sitting.on, on))
        ):
            raise Lacking(what)
        run = _with_ties_to_the_school(by, at, on, run, written)
        held = _write(by, at, run.seen.item, version, written)
        _days_can_be(written.actions, sitting.on)
        found = _decided(run, written)
        held.suggested = _suggested(run, written)
        held.recorded_at, held.recorded_by = at, by
        held.presided_by_id = (
            int(run.room.presiding.member) if run.room.presiding and run.room.presiding.member else None
        )
        held.quorum_said = run.room.quorum.says[:300] if run.room.quorum else ""
        held.decided_how = found.because[:300] if found else ""
        held.is_advice = is_advice(found, written.outcome)
        held.number_out = number_left(run, since=held.begun_at)
        held.save()
        names = {
            one.membership.person_id: one.person.name
            for one in run.members
            if str(one.membership.person_id) not in run.room.out
        }
        keep_actions(at=at, item=run.seen.item, text=written.actions, sat_on=sitting.on, names=names)
        if referral := run.seen.item.referral:
            _stands(by, at, run, referral, written.outcome, found)
        return held


def reopen(*, by: User, at: datetime, on: date, sitting: Sitting, item: int) -> None:
    """Make a recorded item a draft again, on the day of the sitting; its history keeps what was recorded.

    Raises MayNot, and as `must_be_reopenable`; nothing is saved then.
    """
    try:
        with transaction.atomic():
            run = _run(by, sitting, item, on)
            if not run.may_record:
                raise MayNot
            # Held by the item, as those are who approve its minutes.
            AgendaItem.objects.select_for_update(of=("self",)).get(pk=run.seen.item.pk)
            held = ItemRecord.objects.filter(item=run.seen.item.pk).first()
            held = must_be_reopenable(held, sitting, on=on)
            held.recorded_at = held.recorded_by = None
            held.version += 1
            held.save()
            if referral := run.seen.item.referral:
                Referral.objects.filter(pk=referral.pk).update(decided_on=None, outcome="")
                referrals.tell("panel_item_reopened", referral, by=by, at=at, on=sitting.on.isoformat())
    except IntegrityError:
        # Another referral of the child to the panel was opened since.
        raise NotRecorded from None


def must_be_reopenable(held: ItemRecord | None, sitting: Sitting, *, on: date) -> ItemRecord:
    """Return the record of an item that may be reopened on a day, whoever asks.

    Raises NotRecorded, DayPast, MinutesApproved and OfficerDecided.
    """
    if held is None or held.recorded_at is None:
        raise NotRecorded
    if on != sitting.on:
        raise DayPast
    if ItemMinutes.objects.filter(item=held.item_id, approved_at__isnull=False).exists():
        raise MinutesApproved
    if OfficerDecision.objects.in_force().filter(item=held.item_id).exists():
        raise OfficerDecided
    return held


def _run(by: User, sitting: Sitting, item: int, on: date) -> Running:
    found = running(by, sitting, item, on=on)
    if found is None:
        raise MayNot
    return found


def _mark(by: User, at: datetime, run: Running, present: Collection[int]) -> None:
    """Keep who is in the room, where that has changed."""
    for one in run.members:
        is_here = one.membership.person_id in present
        if is_here != one.present:
            said = {"present": is_here, "said_at": at, "said_by": by}
            Attendance.objects.update_or_create(sitting=run.agenda.sitting, person=one.person, defaults=said)


def _with_ties_to_the_school(by: User, at: datetime, on: date, run: Running, written: Written) -> Running:
    """Return the item as it stands once the school that is named counts among those considered.

    Whoever has a tie to it is out from then on, also where nobody thought of it before the sitting. Raises Lacking
    where that is the person, at the school, and where somebody it puts out is still in the room.
    """
    referral, school = run.seen.item.referral, written.school
    if referral is None or school is None:
        return run
    said = {"added_at": at, "added_by": by}
    CandidateSchool.objects.get_or_create(referral=referral, school=school, taken_off_at=None, defaults=said)
    tied = f"a tie to {school.name} is found. Whoever has one leaves before it is named"
    try:
        now = _run(by, run.agenda.sitting, run.seen.item.pk, on)
    except MayNot:
        raise Lacking((Lack("school", f"{by.name}: {tied}, and somebody else records it"),)) from None
    if not now.may_record:
        raise MayNot
    newly = now.room.out - run.room.out
    still = [one.person.name for one in now.members if one.present and str(one.membership.person_id) in newly]
    if still:
        raise Lacking((Lack("present", f"{', '.join(still)}: {tied}: take them off those present, and record again"),))
    return now


def _write(by: User, at: datetime, item: AgendaItem, version: int, written: Written) -> ItemRecord:
    # Held by the item, so that two who begin at once do not both write the first.
    AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    held = ItemRecord.objects.filter(item=item).first()
    if held is None:
        held = ItemRecord(item=item, begun_at=at, version=0)
    if held.version != version:
        raise Stale(held.version)
    if held.recorded_at:
        raise AlreadyRecorded
    for name in Written.__dataclass_fields__:
        value = getattr(written, name)
        setattr(held, name, list(value) if name == "conditions" else value)
    held.kept_at, held.kept_by = at, by
    held.version += 1
    held.save()
    return held


def _decided(run: Running, written: Written) -> Recordable | None:
    """Return whose decision it is and how, None of business. Raises Lacking, NotDecided and BadVotes."""
    referral = run.seen.item.referral
    if referral is None:
        return None
    decided = Decided(
        outcome=written.outcome,
        reasons=written.reasons,
        school=written.school.urn if written.school else "",
        starts_on=written.starts_on,
        review_on=written.review_on,
        cost_seen=CostSeen(written.cost_seen) if written.cost_seen else None,
        departs_because=written.departs_because,
    )
    if what := lacks(decided, PanelKind(referral.panel.kind), on=run.agenda.sitting.on):
        raise Lacking(what)
    if run.terms is None or run.room.quorum is None or run.room.presiding is None:
        raise NotDecided("No terms of the panel are in force on this day.")
    found = recordable(
        run.terms.decision_model,
        _voting(written),
        VotingRoom(run.room.quorum.is_met, run.room.presiding.member, _voters(run)),
        casting_vote=run.terms.casting_vote,
        source=run.terms.source("decisions"),
        is_final=is_final(written.outcome),
    )
    if not found.may_be_recorded:
        raise NotDecided(found.because)
    if found.carried is False:
        raise NotDecided(f"{found.because} Write down what the panel decides instead.")
    return found


def _days_can_be(actions: str, sat_on: date) -> None:
    """Raise Lacking for a line whose day cannot be: it would stand among the actions without a day, and never be late."""
    if wrong := days_that_cannot_be(actions, sat_on=sat_on):
        raise Lacking(tuple(Lack("actions", says) for says in wrong))


def _suggested(run: Running, written: Written) -> School | None:
    referral = run.seen.item.referral
    if referral is None or written.outcome != FairAccessDecision.SCHOOL_NAMED or written.school is None:
        return None
    return whose_turn(referral, written.school, because=written.departs_because, on=run.agenda.sitting.on)


def whose_turn(
    referral: Referral, named: School, *, because: str, on: date, who: str = "the panel departs"
) -> School | None:
    """Return the school whose turn it is on a day when another may be named, None where there is none.

    Raises Lacking where the school that is named departs from the turn and `because` is empty; `who` is said to depart.
    """
    choices = choices_of(referral, on=on)
    if choices is None:
        return None
    try:
        departure(choices.suggestion, chosen=int(named.urn), reason=because, on=on)
    except DepartureNeedsReason as departs:
        turn = next(each.school for each, _ in choices.lines if int(each.school.urn) == departs.suggested)
        raise Lacking((Lack("departs_because", f"Write why {who} from the turn of {turn.name}"),)) from None
    urn = choices.suggestion.urn
    return next((each.school for each, _ in choices.lines if int(each.school.urn) == urn), None)


def _voting(written: Written) -> Voting:
    if written.agreed == "everyone":
        return Voting(agreed=True, presider_says=True)
    if written.agreed == "chair":
        return Voting(presider_says=True)
    return Voting(written.votes_for, written.votes_against, written.abstained)


def _voters(run: Running) -> int:
    return sum(
        one.present
        and str(one.membership.person_id) not in run.room.out
        and MemberRole(one.membership.role) not in WITHOUT_A_VOTE
        for one in run.members
    )


def _stands(by: User, at: datetime, run: Running, referral: Referral, outcome: str, found: Recordable | None) -> None:
    """Let a decision stand on its referral, and keep what the item had to do with when it was taken."""
    keep_links(run.seen.item, referral)
    day = run.agenda.sitting.on
    if found and found.records is Records.DECISION and is_final(outcome):
        Referral.objects.filter(pk=referral.pk).update(decided_on=day, outcome=outcome)
    event = "panel_advised" if is_advice(found, outcome) else "panel_decided"
    referrals.tell(event, referral, by=by, at=at, on=day.isoformat(), outcome=outcome)


def keep_links(item: AgendaItem, referral: Referral) -> None:
    """Keep what an item has to do with by now, beside what it had when it was listed."""
    links = together(from_kept(referral.reference, item.links), item_links([referral])[referral.pk])
    AgendaItem.objects.filter(pk=item.pk).update(links=as_kept(links))


def chair_decides(run: Running) -> bool:
    """Tell whether by the panel's terms the chair decides, and the others advise."""
    return run.terms is not None and run.terms.decision_model is DecisionModel.CHAIR
