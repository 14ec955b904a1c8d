"""Which deadlines each kind of event may open, and how each is reckoned."""

from collections.abc import Callable
from functools import partial

from exclusions.rules import review
from exclusions.rules import sixth_day as provision
from exclusions.rules.deadlines import Basis, Deadline, Key, NotOpened, Opened
from exclusions.rules.events import (
    AnyExclusion,
    BoardDecisionNotice,
    BoardNotified,
    Event,
    FairAccessAgreed,
    InYearApplication,
    OffSiteDirection,
    PermanentExclusion,
    ReviewApplication,
    ReviewPanelNotice,
    ReviewQuashed,
    ReviewWaived,
    SecondPermanentExclusion,
    Suspension,
)
from exclusions.rules.fair_access import fair_access_allocation, in_year_aim, in_year_must
from exclusions.rules.governors import board_meeting, board_meeting_before_exam
from exclusions.rules.history import History, kind_of
from exclusions.rules.off_site import off_site_notice
from exclusions.rules.preference import preference_suspended_until

Opener = Callable[[], Opened]
"""Reckons one deadline, or says why it did not open. Raises NoTermDates."""

Openers = list[tuple[Key, Opener]]


def openers(event: Event, history: History) -> Openers:
    """Return the deadlines that an event could open, in their order, each with what reckons it.

    An event could open `board_meeting_before_exam` only if it names an examination. Cancellations, meetings and quashed
    exclusions open none: they close or move those of others.
    """
    request = history.request
    basis = Basis(history.rule_set_of(event), request.calendar, request.settings)
    match event:
        case Suspension() | PermanentExclusion():
            return _provision(event, history)
        case BoardNotified():
            return _board(event, history, basis)
        case BoardDecisionNotice() | ReviewWaived() | ReviewApplication() | ReviewPanelNotice():
            return _review(event, history, basis)
        case FairAccessAgreed():
            return [(Key.FAIR_ACCESS_ALLOCATION, partial(fair_access_allocation, event, basis))]
        case InYearApplication():
            return [
                (Key.IN_YEAR_AIM, partial(in_year_aim, event, basis)),
                (Key.IN_YEAR_MUST, partial(in_year_must, event, basis)),
            ]
        case OffSiteDirection():
            return [(Key.OFF_SITE_NOTICE, partial(off_site_notice, event, basis))]
        case SecondPermanentExclusion():
            quashed = _is_quashed(event, history)
            reckoned = partial(preference_suspended_until, event, basis, pupil=request.pupil, quashed=quashed)
            return [(Key.PREFERENCE_SUSPENDED_UNTIL, reckoned)]
        case _:
            return []


def _provision(event: AnyExclusion, history: History) -> Openers:
    request = history.request
    exclusion = provision.Exclusion(
        kind=kind_of(event),
        first_day=event.first_day,
        days=event.days if isinstance(event, Suspension) else (),
        earlier=history.run_up(event),
        sent_home_on=event.sent_home_on,
    )

    def reckoned(rule: Callable[..., provision.SixthDay]) -> Opened:
        found = rule(
            exclusion,
            pupil=request.pupil,
            school=request.school,
            calendar=request.calendar,
            settings=request.settings,
        )
        if found.due is None or found.count is None:
            return NotOpened(event.id, Key(found.key), found.because or "")
        return Deadline(
            event=event.id,
            key=Key(found.key),
            rule=found.rule,
            source=found.source,
            rule_set=found.rule_set,
            duty_holder=found.duty_holder,
            due=found.due,
            other_reading=found.other_reading,
            counted_from=found.count.counted_from,
            count=found.count,
            readings=found.readings,
        )

    return [
        (Key.SIXTH_DAY, partial(reckoned, provision.sixth_day)),
        (Key.LOOKED_AFTER_FIRST_DAY, partial(reckoned, provision.looked_after_first_day)),
    ]


def _board(event: BoardNotified, history: History, basis: Basis) -> Openers:
    exclusion, met_on = history.exclusions[event.of], history.first_board_meeting(event.of)

    def meeting() -> Opened:
        return board_meeting(event, history.bands_of(exclusion, event), basis, met_on=met_on)

    found: Openers = [(Key.BOARD_MEETING, meeting)]
    if event.exam_on:
        before = partial(board_meeting_before_exam, event, event.exam_on, basis, met_on=met_on)
        found.append((Key.BOARD_MEETING_BEFORE_EXAM, before))
    return found


def _review(
    event: BoardDecisionNotice | ReviewWaived | ReviewApplication | ReviewPanelNotice, history: History, basis: Basis
) -> Openers:
    first_day = history.exclusions[event.of].first_day
    found: list[tuple[Key, str, Opener]] = []
    match event:
        case BoardDecisionNotice():
            applied = bool(history.all_after(event.of, ReviewApplication))
            waivers = history.all_after(event.of, ReviewWaived)
            waived_on = waivers[0].on if waivers else None
            removal = partial(
                review.roll_removal_earliest, event, basis, first_day=first_day, applied=applied, waived_on=waived_on
            )
            window = partial(review.review_application, event, basis, first_day=first_day)
            found = [(Key.REVIEW_APPLICATION, "R37", window), (Key.ROLL_REMOVAL_EARLIEST, "R45", removal)]
        case ReviewWaived() if not history.all_after(event.of, BoardDecisionNotice):
            found = [(Key.ROLL_REMOVAL_EARLIEST, "R45", partial(_without_decision, event))]
        case ReviewApplication():
            found = [(Key.REVIEW_HEARING, "R38", partial(review.review_hearing, event, basis))]
        case ReviewPanelNotice():
            found = [(Key.BOARD_RECONSIDERATION, "R42", partial(review.board_reconsideration, event, basis))]
    kind = kind_of(history.exclusions[event.of])
    return [
        (key, partial(NotOpened, event.id, key, because) if because else opener)
        for key, rule, opener in found
        for because in [review.no_review(kind, first_day, rule)]
    ]


def _without_decision(event: ReviewWaived) -> Opened:
    return NotOpened(event.id, Key.ROLL_REMOVAL_EARLIEST, "R45(b): no decision notice of the board")


def _is_quashed(event: SecondPermanentExclusion, history: History) -> bool:
    """Tell whether a review quashed this exclusion, or a permanent one that it comes after."""
    earlier = [
        one.id
        for one in history.exclusions.values()
        if isinstance(one, PermanentExclusion) and one.first_day <= event.took_effect_on
    ]
    return any(history.all_after(of, ReviewQuashed) for of in (event.id, *earlier))
