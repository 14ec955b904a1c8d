"""What is done about a child's place at the school that a panel named: recorded step by step, and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casework.models import User
from casework.rules.terms import SocialCare
from casework.selectors.circumstances import known_about
from casework.services import pupils
from panels.models import PlacementStep, Referral
from panels.rules.leaving_roll import why_not_leave
from panels.rules.placement_order import WITH_REASONS, applies, hangs_on, why_not_now, wrong_day
from panels.rules.placement_terms import Step
from panels.selectors.child_facts import year_group
from panels.selectors.leaving_roll import rolls_left
from panels.selectors.placements import Placement, placement_of
from panels.services import referrals


class NoPlacement(Exception):
    """The panel named no school, or named another meanwhile."""


class Stale(Exception):
    """A step was recorded or taken back, or the panel decided anew, meanwhile; `version` is the present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The placement was changed meanwhile.")
        self.version = version


class CannotBeTaken(Exception):
    """The step cannot be recorded now: it is on the file, or answers one that is not; `says` why."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


class WrongDay(Exception):
    """The step cannot be of that day; `says` why."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


class ReasonsWanted(Exception):
    """A refusal has its reasons."""


class YearGroupUnknown(Exception):
    """Nobody has said in which year group the child is, so no roll can hold it."""


class StillOnRoll(Exception):
    """The name may not leave the excluding school's roll yet (R45); `says` why, and `by_day` whether a later day would do."""

    def __init__(self, says: str, *, by_day: bool) -> None:
        super().__init__(says)
        self.says, self.by_day = says, by_day


class FollowedUp(Exception):
    """The placement was followed up, which hangs on its first day: that is taken back first."""


class AlreadyTakenBack(Exception):
    """Somebody has taken it back already."""


class AnsweredBy(Exception):
    """A step that answers this one is on the file, and is taken back first."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.value)
        self.step = step


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it was given; `words` of a refusal are its reasons, of anything else how we know.

    `review_finished` is the word of whoever records it that a review has finished without reinstatement (R45(c)).
    """

    step: Step
    on: date
    words: str = ""
    review_finished: bool = False


def record(*, by: User, at: datetime, on: date, referral: Referral, version: int, taken: Taken) -> PlacementStep:
    """Record a step of a placement; `on` is today, `version` the placement's that the page showed.

    Whoever is put on the roll is put there in the file, and leaves the roll of another school, where R45 allows it. Of a
    school that is told of a direction it is kept whether the child is looked after by then, since that shortens its
    days. Raises NoPlacement, Stale, CannotBeTaken, WrongDay, ReasonsWanted, YearGroupUnknown, StillOnRoll and
    pupils.BeginsThatDay; nothing is saved then.
    """
    with transaction.atomic():
        placement = held(referral, version, on=on)
        if not applies(taken.step, placement.facts):
            raise CannotBeTaken("It does not apply to this school")
        if says := why_not_now(taken.step, placement.facts):
            raise CannotBeTaken(says)
        if says := wrong_day(taken.step, taken.on, placement.facts):
            raise WrongDay(says)
        if taken.step in WITH_REASONS and not taken.words.strip():
            raise ReasonsWanted
        change = _put_on_roll(placement, taken, by=by, on=on) if taken.step is Step.ON_ROLL else None
        row = PlacementStep.objects.create(
            referral=placement.referral,
            school=placement.school,
            step=taken.step.value,
            on=taken.on,
            words=taken.words,
            looked_after=taken.step is Step.DIRECTION_INTENDED and _looked_after(placement, taken.on),
            spell=change.spell if change else None,
            spell_until=change.spell.last_day if change else None,
            ended_spells=_as_kept(change.ended) if change else {},
            recorded_at=at,
            recorded_by=by,
        )
        changed(placement.referral)
        _tell("placement_step_recorded", row, by=by, at=at)
    return row


def take_back(*, by: User, at: datetime, on: date, step: PlacementStep, because: str) -> bool:
    """Take back a step that was recorded in error; it stays in sight with the reason.

    What it did to the roll is undone, unless the roll was changed since: then the roll stays as it is. Return whether it
    was undone. Raises AlreadyTakenBack, AnsweredBy where a later step answers it, and FollowedUp; nothing is saved then.
    """
    with transaction.atomic():
        referral = _locked(step.referral)
        row = PlacementStep.objects.select_for_update().get(pk=step.pk)
        if row.withdrawn_at:
            raise AlreadyTakenBack
        placement = placement_of(referral, on=on)
        if placement and placement.school.pk == row.school_id:
            answer = hangs_on(Step(row.step), placement.facts)
            if answer:
                raise AnsweredBy(answer)
            if row.step == Step.STARTED and any(not each.withdrawn_at for each in placement.found):
                raise FollowedUp
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, by, because
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        undone = _undo_roll(row, by=by)
        changed(referral)
        _tell("placement_step_taken_back", row, by=by, at=at)
    return undone


def held(referral: Referral, version: int, *, on: date) -> Placement:
    """Return a referral's placement, its referral locked; call within a transaction. Raises NoPlacement and Stale."""
    placement = placement_of(_locked(referral), on=on)
    if placement is None:
        raise NoPlacement
    if placement.version != version:
        raise Stale(placement.version)
    return placement


def changed(referral: Referral) -> None:
    """Let the pages that show a referral's placement know that they are out of date."""
    referral.version += 1
    referral.save(update_fields=["version"])


def _locked(referral: Referral) -> Referral:
    found: Referral = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("pupil", "panel", "exclusion__case")
        .get(pk=referral.pk)
    )
    return found


def _looked_after(placement: Placement, day: date) -> bool:
    return known_about(placement.referral.pupil, on=day).value("social_care") == SocialCare.LOOKED_AFTER


def _put_on_roll(placement: Placement, taken: Taken, *, by: User, on: date) -> pupils.RollChange | None:
    """Put the child on the roll and return what that did, None where the child is on it already."""
    referral, first_day = placement.referral, taken.on
    for left in rolls_left(referral.pupil, placement.school, on=first_day, today=on):
        if left.found and (says := why_not_leave(left.found, on=first_day, review_finished=taken.review_finished)):
            by_day = left.found.from_day is not None and first_day < left.found.from_day
            raise StillOnRoll(f"{left.spell.school.name}: {says}", by_day=by_day)
    year = year_group(known_about(referral.pupil, on=first_day), referral.exclusion)
    if year is None:
        raise YearGroupUnknown
    try:
        return pupils.move_to_roll(
            by=by, pupil=referral.pupil, school=placement.school, year_group=year.value, first_day=first_day
        )
    except pupils.AlreadyOnThatRoll:
        # The child never left it, or somebody put it there: the step says what the roll does.
        return None


def _as_kept(ended: Mapping[int, date | None]) -> dict[str, str | None]:
    return {str(spell): last.isoformat() if last else None for spell, last in ended.items()}


def _undo_roll(row: PlacementStep, *, by: User) -> bool:
    if row.spell is None:
        return False
    ended = {int(key): date.fromisoformat(last) if last else None for key, last in row.ended_spells.items()}
    try:
        pupils.undo_move(by=by, spell=row.spell, ended=ended, until=row.spell_until)
    except pupils.RollMoved:
        return False
    return True


def _tell(event: str, row: PlacementStep, *, by: User, at: datetime) -> None:
    said = {"step": row.step, "school": row.school.name, "on": row.on.isoformat()}
    referrals.tell(event, row.referral, by=by, at=at, **said)
