"""Whose cases are whose: by the school's rule, by hand, and for a colleague who is away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.models import Case, Duty, HandedCase, HandedSchool, Handover, School, SchoolOwner, TimelineEvent, User
from casework.rules.periods import AcademicYear


class MayNotOwn(Exception):
    """The colleague's account is closed or not opened yet, or their role owns no cases."""


class MayNotHaveBack(MayNotOwn):
    """The colleague to whom cases or schools would go back may own nothing now."""

    def __init__(self, owner: User) -> None:
        super().__init__(f"User {owner.pk} may own nothing now.")
        self.owner = owner


class NothingToGive(Exception):
    """There is no case to give: all are the colleague's already, or none is open."""


class GivenBackAlready(Exception):
    """The cases were given back before."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many cases went to somebody, and the new notices of how many schools."""

    cases: int
    schools: int


OWNING = frozenset({"eas_officer", "inclusion_officer", "manager"})
"""The roles whose people may own a case."""


def owner_for(*, school: School, logged_by: User, on: date) -> User:
    """Return who owns a new notice of a school: by the rule of the day, else whoever logs it."""
    rule = (
        SchoolOwner.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), school=school, first_day__lte=on)
        .select_related("owner")
        .order_by("-first_day")
        .first()
    )
    if rule is None or not may_own(rule.owner, on=on):
        return logged_by
    owner: User = rule.owner
    return owner


def may_own(user: User, *, on: date) -> bool:
    """Tell whether a person may own cases on a day: never who was invited and has not opened the account."""
    opened = user.has_usable_password()
    return user.is_active and opened and user.role in OWNING and not user.access_ended(on=on)


def give(
    *, by: User, at: datetime, cases: Collection[Case], to: User, reason: str = "", given_from: User | None = None
) -> Handover:
    """Give cases to a colleague in one step; each case's timeline tells it.

    Raises MayNotOwn, and NothingToGive when every case is theirs already; nothing is saved then.
    """
    return _give(by=by, at=at, cases=cases, schools=(), to=to, reason=reason, given_from=given_from)


def give_all(*, by: User, at: datetime, of: User, to: User, reason: str, with_schools: bool) -> Handover:
    """Give a colleague every case of another on which there is something to do, or that began this school year.

    With `with_schools` the new notices of that colleague's schools go to the same person from the day on. Raises
    MayNotOwn, and NothingToGive where there is neither case nor school; nothing is saved then.
    """
    with transaction.atomic():
        schools: list[School] = []
        if with_schools:
            rules = SchoolOwner.objects.select_for_update(of=("self",)).filter(owner=of, last_day__isnull=True)
            schools = [rule.school for rule in rules.select_related("school")]
        cases = list(cases_to_give(of, on=timezone.localtime(at).date()))
        return _give(by=by, at=at, cases=cases, schools=schools, to=to, reason=reason, given_from=of)


def _give(
    *, by: User, at: datetime, cases: Collection[Case], schools: Collection[School], to: User, reason: str,
    given_from: User | None,
) -> Handover:  # fmt: skip
    on = timezone.localtime(at).date()
    if not may_own(to, on=on):
        raise MayNotOwn
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).filter(pk__in=[case.pk for case in cases])
        others = [case for case in held.select_related("owner").order_by("pk") if case.owner_id != to.pk]
        if not others and not schools:
            raise NothingToGive
        handover = Handover.objects.create(
            given_by=by, given_from=given_from, given_to=to, reason=reason, at=at, with_schools=bool(schools)
        )
        HandedCase.objects.bulk_create(
            HandedCase(handover=handover, case=case, owner_before=case.owner) for case in others
        )
        _move(others, to, by=by, at=at, reason=reason)
        HandedSchool.objects.bulk_create(HandedSchool(handover=handover, school=school) for school in schools)
        for school in schools:
            set_school_owner(by=by, on=on, school=school, owner=to)
    return handover


def cases_to_give(of: User, *, on: date) -> QuerySet[Case]:
    """Return the cases of a person on which there is something to do, or that began in the school year of the day."""
    began = timezone.make_aware(datetime.combine(AcademicYear.of(on).first, time.min))
    to_do = Duty.objects.to_do(on).filter(case__owner=of).values("case")
    return Case.objects.filter(Q(pk__in=to_do) | Q(opened_at__gte=began), owner=of)


def give_back(*, by: User, at: datetime, handover: Handover) -> Moved:
    """Give the cases of a handover back to who owned them, but for those that have moved on since; return how many.

    Schools that were given with them go back to the colleague, but for those that have another owner since. Raises
    GivenBackAlready, and MayNotHaveBack where somebody to whom something would go may own nothing now; nothing is
    saved then.
    """
    on = timezone.localtime(at).date()
    with transaction.atomic():
        taken = Handover.objects.filter(pk=handover.pk, given_back_at__isnull=True).update(
            given_back_at=at, given_back_by=by
        )
        if not taken:
            raise GivenBackAlready
        rows = HandedCase.objects.filter(handover=handover, case__owner=handover.given_to).select_related(
            "case__owner", "owner_before"
        )
        by_owner: dict[User | None, list[Case]] = {}
        for row in rows:
            by_owner.setdefault(row.owner_before, []).append(row.case)
        handed = HandedSchool.objects.filter(handover=handover).values("school")
        rules = SchoolOwner.objects.filter(owner=handover.given_to, last_day__isnull=True, school__in=handed)
        schools = [rule.school for rule in rules.select_related("school")]
        for owner in (*by_owner, *([handover.given_from] if schools else [])):
            if owner is not None and not may_own(owner, on=on):
                raise MayNotHaveBack(owner)
        for owner, cases in by_owner.items():
            _move(cases, owner, by=by, at=at, reason="given back")
        for school in schools:
            set_school_owner(by=by, on=on, school=school, owner=handover.given_from)
    return Moved(cases=sum(map(len, by_owner.values())), schools=len(schools))


def set_school_owner(*, by: User, on: date, school: School, owner: User | None) -> None:
    """Say who owns the new notices of a school from a day on; nobody leaves them to whoever logs them.

    Raises MayNotOwn; nothing is saved then.
    """
    if owner is not None and not may_own(owner, on=on):
        raise MayNotOwn
    with transaction.atomic():
        held = SchoolOwner.objects.select_for_update().filter(school=school, last_day__isnull=True).first()
        if held is not None:
            if held.owner_id == (owner and owner.pk):
                return
            if held.first_day >= on:
                held.delete()
            else:
                held.last_day = on - timedelta(days=1)
                held.save(update_fields=["last_day"])
        if owner is not None:
            SchoolOwner.objects.create(school=school, owner=owner, first_day=on)


def _move(cases: Collection[Case], to: User | None, *, by: User, at: datetime, reason: str) -> None:
    TimelineEvent.objects.bulk_create(
        TimelineEvent(
            case=case,
            event="owner_changed",
            at=at,
            by=by,
            data={"from": case.owner.name if case.owner else "", "to": to.name if to else "", "reason": reason},
        )
        for case in cases
    )
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(owner=to)
