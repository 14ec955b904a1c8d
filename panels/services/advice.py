"""An officer decides on what a panel advised: follows the advice, or departs from it with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casework.models import School, User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import AgendaItem, CandidateSchool, ItemRecord, OfficerDecision, Referral
from panels.rules.advice import officer_lacks
from panels.rules.outcomes import Decided, Lack
from panels.rules.terms import FairAccessDecision, PanelKind
from panels.selectors import referrals as referral_selectors
from panels.selectors.advice import waiting_of
from panels.selectors.placing import forbidden
from panels.services import referrals
from panels.services.records import Lacking, keep_links, whose_turn


class MayNot(Exception):
    """The person does not decide on advice, or is out of the item."""


class NoAdvice(Exception):
    """No advice waits: it was decided on, reopened, or its referral withdrawn."""


class Stale(Exception):
    """The panel advised anew meanwhile; `version` is that of its present advice."""

    def __init__(self, version: int) -> None:
        super().__init__("The panel advised anew meanwhile.")
        self.version = version


@dataclass(frozen=True, slots=True)
class OfficersWord:
    """What an officer decides; where it follows the advice nothing else is read."""

    follows: bool
    outcome: str = ""
    school: School | None = None
    departs_because: str = ""
    starts_on: date | None = None
    review_on: date | None = None
    because: str = ""


def decide(
    *, by: User, at: datetime, on: date, referral: Referral, version: int, word: OfficersWord
) -> OfficerDecision:
    """Record what an officer decides on the advice of a panel: it stands on the referral from then on.

    `on` is today, on which a place that is named counts as allocated; `version` that of the advice which was read.
    Raises MayNot, NoAdvice, Stale and records.Lacking; nothing is saved then.
    """
    with transaction.atomic():
        _must_not_be_out(by, referral, on)
        record = _held(referral, version)
        decided = _decided(record, word)
        if what := officer_lacks(decided, PanelKind(referral.panel.kind), follows=word.follows, on=on):
            raise Lacking(what)
        _must_be_lawful(referral, record, word, on)
        row = OfficerDecision.objects.create(
            item=record.item,
            record_version=record.version,
            follows=word.follows,
            because="" if word.follows else word.because,
            advised_outcome=record.outcome,
            advised_school=record.school,
            advised_starts_on=record.starts_on,
            advised_review_on=record.review_on,
            advised_departs_because=record.departs_because,
            decided_on=on,
            decided_at=at,
            decided_by=by,
        )
        if not word.follows:
            _let_stand(record, word, by=by, at=at, on=on)
        Referral.objects.filter(pk=referral.pk).update(decided_on=on, outcome=record.outcome)
        keep_links(record.item, referral)
        facts = {"on": on.isoformat(), "outcome": record.outcome, "advised": row.advised_outcome}
        referrals.tell("panel_advice_decided", referral, by=by, at=at, follows="yes" if word.follows else "", **facts)
    return row


def _must_not_be_out(by: User, referral: Referral, on: date) -> None:
    """Raise MayNot for whoever decides on no advice, or may not see the referral."""
    if not has_permission(by, Permission.DECIDE_ON_ADVICE):
        raise MayNot
    if referral_selectors.find(by, referral.panel, referral.reference, on=on) is None:
        raise MayNot


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
    return Decided(word.outcome, word.because, word.school.urn if word.school else "", word.starts_on, word.review_on)


def _must_be_lawful(referral: Referral, record: ItemRecord, word: OfficersWord, on: date) -> None:
    """Raise Lacking where the child may not be placed so by now, at the part by which the officer says so."""
    outcome, school = (record.outcome, record.school) if word.follows else (word.outcome, word.school)
    what = forbidden(referral, outcome, school, days=(on,))
    if what:
        raise Lacking(tuple(Lack("follows", each.says) for each in what) if word.follows else what)


def _let_stand(record: ItemRecord, word: OfficersWord, *, by: User, at: datetime, on: date) -> None:
    """Let the record hold what the officer decided instead; its history and the decision's row keep the advice.

    A school that is named counts among those considered, and whoever has a tie to it is out: raises MayNot where that
    is the officer, and Lacking where it departs from the turn without its reason.
    """
    referral = record.item.referral
    if referral is None:
        raise NoAdvice
    if word.school:
        said = {"added_at": at, "added_by": by}
        CandidateSchool.objects.get_or_create(referral=referral, school=word.school, taken_off_at=None, defaults=said)
        _must_not_be_out(by, referral, on)
    record.suggested = None
    if word.school and word.outcome == FairAccessDecision.SCHOOL_NAMED:
        record.suggested = whose_turn(referral, word.school, because=word.departs_because, on=record.item.sitting.on)
    record.outcome, record.school, record.departs_because = word.outcome, word.school, word.departs_because
    record.starts_on, record.review_on = word.starts_on, word.review_on
    # The version stays: minutes that were drafted or corrected tell of the advice, which is as it was.
    record.save()
