"""An officer decides on what a panel advised: follows the advice, or departs with a reason; a slip is taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from casework.models import School, User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import AgendaItem, CandidateSchool, ItemRecord, OfficerDecision, Referral
from panels.models.officer_decision import WITHDRAWAL
from panels.rules.advice import Following, officer_lacks
from panels.rules.outcomes import Decided, Lack
from panels.rules.terms import FairAccessDecision, PanelKind
from panels.selectors import referrals as referral_selectors
from panels.selectors.advice import following, waiting_of
from panels.selectors.placing import forbidden
from panels.services import referrals
from panels.services.records import Lacking, keep_links, whose_turn


class MayNot(Exception):
    """The person does not decide on advice, or is out of the item."""


class TiedToSchool(Exception):
    """The officer has a tie to the school that they name, and so may not name it."""


class NotDeclared(Exception):
    """The officer has not said whether they have a tie."""


class NoAdvice(Exception):
    """No advice waits: it was decided on, reopened, or its referral withdrawn."""


class AlreadyTakenBack(Exception):
    """Somebody has taken the decision back already."""


class Followed(Exception):
    """Something followed from the decision, which is taken back first; `what` says what."""

    def __init__(self, what: tuple[Following, ...]) -> None:
        super().__init__("Something followed from the decision.")
        self.what = what


class Stale(Exception):
    """The panel advised anew meanwhile; `version` is that of its present advice."""

    def __init__(self, version: int) -> None:
        super().__init__("The panel advised anew meanwhile.")
        self.version = version


@dataclass(frozen=True, slots=True)
class OfficersWord:
    """What an officer decides; where it follows the advice nothing else is read."""

    follows: bool
    declares_no_tie: bool = False
    outcome: str = ""
    school: School | None = None
    departs_because: str = ""
    starts_on: date | None = None
    review_on: date | None = None
    conditions: tuple[str, ...] = ()
    support: str = ""
    because: str = ""


def decide(
    *, by: User, at: datetime, on: date, referral: Referral, version: int, word: OfficersWord
) -> OfficerDecision:
    """Record what an officer decides on the advice of a panel: it stands on the referral from then on.

    `on` is today, on which a place that is named counts as allocated; `version` that of the advice which was read.
    Raises MayNot, NoAdvice, Stale, NotDeclared, TiedToSchool and records.Lacking; nothing is saved then.
    """
    with transaction.atomic():
        _must_not_be_out(by, referral, on)
        record = _held(referral, version)
        if not word.declares_no_tie:
            raise NotDeclared
        decided = _decided(record, word)
        if what := officer_lacks(decided, PanelKind(referral.panel.kind), follows=word.follows, on=on):
            raise Lacking(what)
        _must_be_lawful(referral, record, word, on)
        # Asked before anything is written: once the decision is in force the record counts as a placement itself.
        suggested = None if word.follows else _turn(referral, record, word)
        row = OfficerDecision.objects.create(
            item=record.item,
            record_version=record.version,
            follows=word.follows,
            declared_no_tie=word.declares_no_tie,
            because="" if word.follows else word.because,
            advised_outcome=record.outcome,
            advised_school=record.school,
            advised_suggested=record.suggested,
            advised_starts_on=record.starts_on,
            advised_review_on=record.review_on,
            advised_departs_because=record.departs_because,
            advised_conditions=record.conditions,
            advised_support=record.support,
            decided_on=on,
            decided_at=at,
            decided_by=by,
        )
        if not word.follows:
            _let_stand(record, word, suggested, by=by, at=at, on=on)
        Referral.objects.filter(pk=referral.pk).update(decided_on=on, outcome=record.outcome)
        keep_links(record.item, referral)
        facts = {"on": on.isoformat(), "outcome": record.outcome, "advised": row.advised_outcome}
        referrals.tell("panel_advice_decided", referral, by=by, at=at, follows="yes" if word.follows else "", **facts)
    return row


def take_back(*, by: User, at: datetime, on: date, decision: OfficerDecision, because: str) -> None:
    """Take back a decision that was a slip: the record holds the advice again, which waits for an officer as before.

    The decision stays in sight with the reason. A school that it brought in stays among those considered: it was
    considered, and whoever has a tie to it stays out. Raises MayNot, AlreadyTakenBack, and Followed where something has
    followed from it; nothing is saved then.
    """
    try:
        with transaction.atomic():
            row = _held_decision(by, decision, on)
            referral, record = row.item.referral, row.item.record
            if what := following(by, row, on=on):
                raise Followed(what)
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, by, because
            row.withdrawn_decision = record.stands[:400]
            row.save(update_fields=WITHDRAWAL)
            record.outcome, record.school, record.suggested = (
                row.advised_outcome, row.advised_school, row.advised_suggested
            )  # fmt: skip
            record.departs_because = row.advised_departs_because
            record.starts_on, record.review_on = row.advised_starts_on, row.advised_review_on
            record.conditions, record.support = row.advised_conditions, row.advised_support
            record.save()
            # Pages that show the placement which this ends are out of date.
            Referral.objects.filter(pk=referral.pk).update(decided_on=None, outcome="", version=F("version") + 1)
            keep_links(row.item, referral)
            facts = {"on": on.isoformat(), "advised": row.advised_outcome}
            referrals.tell("panel_advice_taken_back", referral, by=by, at=at, **facts)
    except IntegrityError:
        # The child was referred to the panel anew meanwhile, and one open referral is enough.
        raise Followed((Following.UNSEEN,)) from None


def _held_decision(by: User, decision: OfficerDecision, on: date) -> Any:
    """Return a decision in force, held as those hold its item and referral who send letters and record steps."""
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=decision.item_id)
    Referral.objects.select_for_update(of=("self",)).get(pk=item.referral_id)
    row = OfficerDecision.objects.select_related(
        "item__referral__panel", "item__referral__exclusion__case", "item__record__school", "advised_school",
        "advised_suggested",
    ).get(pk=decision.pk)  # fmt: skip
    _must_not_be_out(by, row.item.referral, on)
    if row.withdrawn_at:
        raise AlreadyTakenBack
    return row


def _must_not_be_out(by: User, referral: Referral, on: date) -> None:
    """Raise MayNot for whoever decides on no advice, or may not see the referral."""
    if not has_permission(by, Permission.DECIDE_ON_ADVICE):
        raise MayNot
    if _is_out(by, referral, on):
        raise MayNot


def _is_out(by: User, referral: Referral, on: date) -> bool:
    return referral_selectors.find(by, referral.panel, referral.reference, on=on) is None


def _held(referral: Referral, version: int) -> ItemRecord:
    """Return the advice that waits, its item held: whoever reopens it holds the same."""
    found = waiting_of(referral)
    if found is None:
        raise NoAdvice
    AgendaItem.objects.select_for_update(of=("self",)).get(pk=found.item_id)
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    held = waiting_of(referral)
    if held is None:
        raise NoAdvice
    if held.version != version:
        raise Stale(held.version)
    return held


def _decided(record: ItemRecord, word: OfficersWord) -> Decided:
    if word.follows:
        school = record.school.urn if record.school else ""
        return Decided(record.outcome, record.reasons, school, record.starts_on, record.review_on)
    school = word.school.urn if word.school else ""
    return Decided(
        word.outcome, word.because, school, word.starts_on, word.review_on, departs_because=word.departs_because
    )


def _must_be_lawful(referral: Referral, record: ItemRecord, word: OfficersWord, on: date) -> None:
    """Raise Lacking where the child may not be placed so by now, at the part by which the officer says so."""
    outcome, school = (record.outcome, record.school) if word.follows else (word.outcome, word.school)
    what = forbidden(referral, outcome, school, days=(on,))
    if what:
        raise Lacking(tuple(Lack("follows", each.says) for each in what) if word.follows else what)


def _turn(referral: Referral, record: ItemRecord, word: OfficersWord) -> School | None:
    """Return whose turn it is as the officer's page shows it, None where no school is named or none has the turn.

    As of the day of the sitting, among the schools that were considered before the officer named one. Raises Lacking
    where the officer departs from the turn without a reason.
    """
    if word.school is None or word.outcome != FairAccessDecision.SCHOOL_NAMED:
        return None
    said = {"because": word.departs_because, "who": "you depart"}
    return whose_turn(referral, word.school, on=record.item.sitting.on, **said)


def _let_stand(
    record: ItemRecord, word: OfficersWord, suggested: School | None, *, by: User, at: datetime, on: date
) -> None:
    """Let the record hold what the officer decided instead; its history and the decision's row keep the advice.

    A school that is named counts among those considered, and whoever has a tie to it is out: raises TiedToSchool where
    that is the officer.
    """
    referral = record.item.referral
    if referral is None:
        raise NoAdvice
    if word.school:
        said = {"added_at": at, "added_by": by}
        CandidateSchool.objects.get_or_create(referral=referral, school=word.school, taken_off_at=None, defaults=said)
        if _is_out(by, referral, on):
            raise TiedToSchool
    record.suggested = suggested
    record.outcome, record.school, record.departs_because = word.outcome, word.school, word.departs_because
    record.starts_on, record.review_on = word.starts_on, word.review_on
    record.conditions, record.support = list(word.conditions), word.support
    # The version stays: minutes that were drafted or corrected tell of the advice, which is as it was.
    record.save()
