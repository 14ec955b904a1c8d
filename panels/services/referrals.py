"""A child is brought to a panel: referred by the routing rule, written up, and withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from casework.models import Pupil, School, TimelineEvent, User
from exclusions.models import Exclusion
from panels.models import AgendaItem, CandidateSchool, Panel, Referral, ReferralCategory
from panels.rules.papers import Paper, wanting
from panels.rules.refusals import Refused
from panels.rules.routing import Accepted, route
from panels.rules.terms import PanelKind, RouteIn
from panels.selectors.advice import waiting_of
from panels.selectors.child_facts import Said, facts_for_routing, latest_permanent, said_of
from panels.selectors.closed import CHECKED, out_of
from panels.selectors.placing import why_not_there
from panels.selectors.terms import terms_on
from panels.services.references import drawn


class MayNotTake(Exception):
    """The panel may not take the child; `refused` says why and which way is lawful instead."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


class AlreadyReferred(Exception):
    """An open referral of the child to the panel stands."""


class MayBeTied(Exception):
    """Whoever refers is out of the item that it would be, or is: a colleague refers the child."""


class NotOpen(Exception):
    """The referral is withdrawn or decided, or the panel is not open."""


class AdviceGiven(Exception):
    """The panel has heard the referral, and its advice waits for the officer: nothing of what it heard is changed."""


class StillListed(Exception):
    """The referral stands on the agenda of a sitting to come."""


class AlreadyCandidate(Exception):
    """The school is considered already."""


class ExcludedTheChild(Exception):
    """The school excluded the child for good; `says` so."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


class Stale(Exception):
    """Somebody changed the referral meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The referral was changed meanwhile.")
        self.version = version


@dataclass(frozen=True, slots=True)
class Considered:
    """A school that may receive the child; `miles` by road from home, `places` free in the child's year group."""

    school: School
    miles: Decimal | None = None
    places: int | None = None
    in_year_group: int | None = None
    parents_wish: bool = False
    note: str = ""
    passed_over: str = ""


def refer(
    *, by: User, at: datetime, on: date, panel: Panel, pupil: Pupil, said: Said, papers_of: Referral | None = None
) -> Referral:  # fmt: skip
    """Bring a child to a panel, if the routing rule lets it take the child.

    `on` is today. What brings an excluded child is the latest permanent exclusion that stands. With `papers_of`, an
    earlier referral of the child, its papers are taken over. Nobody refers a child to an item that they would be out of,
    so that who may not see an open referral is told the same whether there is one or not. Raises NoTerms, NotOpen,
    MayNotTake, MayBeTied, AlreadyReferred and NoCommonList; nothing is saved then.
    """
    if panel.closed_on or panel.opened_on > on:
        raise NotOpen
    must_be_taken(panel, pupil, said, on=on)
    exclusion = latest_permanent(pupil, on=on)
    try:
        with transaction.atomic():
            referral: Referral = Referral.objects.create(
                reference=drawn(),
                panel=panel,
                pupil=pupil,
                exclusion=exclusion,
                route=said.route.value,
                referred_on=on,
                referred_at=at,
                referred_by=by,
                in_year_tried=said.in_year_tried,
                out_of_school_since=said.out_of_school_since,
                place_within_reach=said.place_within_reach,
                suitable_offer_refused=said.suitable_offer_refused,
                **({paper.value: getattr(papers_of, paper.value) for paper in Paper} if papers_of else {}),
            )
            ReferralCategory.objects.bulk_create(
                ReferralCategory(
                    referral=referral, category=each.category.value, evidence=each.text, assessed_on=each.assessed_on
                )
                for each in said.evidence
            )
            tell("referred_to_panel", referral, by=by, at=at)
            if out_of(by, [referral], panel=panel, on=on):
                raise MayBeTied
    except IntegrityError:
        held = list(Referral.objects.open_now().filter(panel=panel, pupil=pupil).select_related(*CHECKED))
        raise (MayBeTied if out_of(by, held, panel=panel, on=on) else AlreadyReferred) from None
    return referral


def must_be_taken(panel: Panel, pupil: Pupil, said: Said, *, on: date) -> Accepted:
    """Return the routing rule's answer for a child on a day. Raises MayNotTake, NoTerms and NoCommonList."""
    found = route(facts_for_routing(pupil, said, on=on), terms_on(panel, on=on))
    if isinstance(found, Refused):
        raise MayNotTake(found)
    return found


def write_papers(*, by: User, referral: Referral, version: int, papers: dict[Paper, str]) -> None:
    """Write the parts of a referral's papers. Raises Stale, NotOpen and AdviceGiven; nothing is saved then."""
    with transaction.atomic():
        held = _not_heard(referral, version)
        for paper, text in papers.items():
            setattr(held, paper.value, text)
        held.version += 1
        held.save(update_fields=[*(paper.value for paper in papers), "version"])


def add_category(*, by: User, referral: Referral, category: str, evidence: str, assessed_on: date) -> None:
    """Say that one of the thirteen categories applies, and what shows it; said again, it is put right.

    Raises NotOpen and AdviceGiven; nothing is saved then.
    """
    with transaction.atomic():
        held = _not_heard(referral)
        ReferralCategory.objects.update_or_create(
            referral=held, category=category, defaults={"evidence": evidence, "assessed_on": assessed_on}
        )


def consider(*, by: User, at: datetime, on: date, referral: Referral, considered: Considered) -> CandidateSchool:
    """Add a school that may receive the child; `on` is today.

    Raises ExcludedTheChild, AlreadyCandidate, NotOpen and AdviceGiven; nothing is saved then.
    """
    if says := why_not_there(referral.pupil, considered.school, on=on):
        raise ExcludedTheChild(says)
    try:
        with transaction.atomic():
            held = _not_heard(referral)
            row: CandidateSchool = CandidateSchool.objects.create(
                referral=held,
                school=considered.school,
                miles=considered.miles,
                places=considered.places,
                in_year_group=considered.in_year_group,
                parents_wish=considered.parents_wish,
                note=considered.note,
                passed_over=considered.passed_over,
                added_at=at,
                added_by=by,
            )
    except IntegrityError:
        raise AlreadyCandidate from None
    return row


def take_off(*, by: User, at: datetime, referral: Referral, candidate: CandidateSchool) -> None:
    """Take a school off those that may receive the child; it stays on file.

    Raises NotOpen, and AdviceGiven, since a school that was advised would else be named of those considered no more, and
    whoever has a tie to it would be let back in; nothing is saved then.
    """
    with transaction.atomic():
        _not_heard(referral)
        CandidateSchool.objects.filter(pk=candidate.pk, taken_off_at__isnull=True).update(
            taken_off_at=at, taken_off_by=by
        )


def withdraw(*, by: User, at: datetime, on: date, referral: Referral, version: int, because: str) -> None:
    """Withdraw a referral with a reason; `on` is today. Raises Stale, NotOpen and StillListed; nothing is saved then."""
    with transaction.atomic():
        held = _held(referral, version)
        if AgendaItem.objects.filter(
            referral=held, taken_off_at=None, sitting__cancelled_at=None, sitting__on__gte=on
        ).exists():
            raise StillListed
        held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = at, by, because
        held.version += 1
        held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because", "version"])
        tell("referral_withdrawn", held, by=by, at=at, because=because)


def wanting_of(referral: Referral, *, candidates: int) -> tuple[str, ...]:
    """Return what is wanting before the referral can be listed, in the order of its papers."""
    papers = {paper.value: getattr(referral, paper.value) for paper in Paper}
    return wanting(papers, kind=PanelKind(referral.panel.kind), candidates=candidates)


def still_taken(referral: Referral, *, on: date) -> Accepted:
    """Ask the routing rule again on a day, with what is known by then. Raises as `must_be_taken`."""
    return must_be_taken(referral.panel, referral.pupil, said_of(referral), on=on)


def tell(event: str, referral: Referral, *, by: User, at: datetime, **data: str) -> None:
    """Write what happened to a referral on the timeline of the case that brings the child, where one does.

    The event holds the referral's reference, by which the timeline keeps it from those who are out of it.
    """
    if referral.exclusion is None:
        return
    kept = {"panel": referral.panel.name, "referral": referral.reference} | data
    TimelineEvent.objects.create(case=referral.exclusion.case, event=event, at=at, by=by, data=kept)


def usual_way(exclusion: Exclusion | None, sent: Referral | None = None) -> RouteIn:
    """Return the way in that is likely: the specialists' word, else an exclusion, where one of them brings the child."""
    if sent:
        return RouteIn.SPECIALIST_PANEL
    return RouteIn.PERMANENT_EXCLUSION if exclusion else RouteIn.MID_YEAR


def _held(referral: Referral, version: int | None) -> Referral:
    held: Referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if version is not None and held.version != version:
        raise Stale(held.version)
    if held.withdrawn_at or held.decided_on:
        raise NotOpen
    return held


def _not_heard(referral: Referral, version: int | None = None) -> Referral:
    held = _held(referral, version)
    if waiting_of(held):
        raise AdviceGiven
    return held
