"""What is to be done: overdue, due today, later this week, later; and who has no education today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from casework.models import Draft, Duty, User
from casework.rules.calendar import SchoolCalendar
from casework.selectors.calendars import calendars_of

A_GROUP = 15
"""Duties of one group that the first page shows; the group's own page has the rest."""

SIDE_ROWS = 6
EDUCATION = ("looked_after_first_day", "sixth_day")
GROUPS = ("overdue", "today", "week", "later")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters: whose cases (a person, None for everybody's; `nobodys` for those without an owner), what, where."""

    owner: int | None = None
    nobodys: bool = False
    key: str = ""
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many duties of each group, children without education, and cases with something open."""

    overdue: int
    today: int
    week: int
    later: int
    no_education: int
    cases: int


@dataclass(frozen=True, slots=True)
class Work:
    """The rows of the groups in their order, with the calendars of their schools by primary key."""

    groups: Mapping[str, list[Duty]]
    no_education: list[Duty]
    calendars: Mapping[int, SchoolCalendar]


def end_of_week(on: date) -> date:
    """Return the Sunday that ends the week of a day."""
    return on + timedelta(days=6 - on.weekday())


def open_duties(*, by: User, on: date, wanted: Wanted) -> QuerySet[Duty]:
    """Return the open duties that the person may see and asked for."""
    found = Duty.objects.visible_to(by).open_on(on)
    if wanted.nobodys:
        found = found.filter(case__owner__isnull=True)
    elif wanted.owner is not None:
        found = found.filter(case__owner=wanted.owner)
    # The school sets work on days 1 to 5 and nobody is asked to chase it: it stands on the case, and here when asked.
    found = found.filter(key=wanted.key) if wanted.key else found.exclude(key="first_five_days")
    if wanted.phase:
        found = found.filter(case__exclusion__school__phase=wanted.phase)
    return found


def group_of(duties: QuerySet[Duty], group: str, *, on: date) -> QuerySet[Duty]:
    """Keep one group: overdue, due today on either reading, due later this week, or later still."""
    week = end_of_week(on)
    if group == "overdue":
        duties = duties.filter(other_due__lt=on)
    elif group == "today":
        duties = duties.filter(due__lte=on, other_due__gte=on)
    elif group == "week":
        duties = duties.filter(due__gt=on, due__lte=week)
    else:
        duties = duties.filter(due__gt=week)
    return duties.order_by("due", "case_id", "pk")


def counts(duties: QuerySet[Duty], *, on: date) -> Counts:
    """Return the numbers above the list, in one query."""
    week = end_of_week(on)
    found = duties.order_by().aggregate(
        overdue=Count("pk", filter=Q(other_due__lt=on)),
        today=Count("pk", filter=Q(due__lte=on, other_due__gte=on)),
        week=Count("pk", filter=Q(due__gt=on, due__lte=week)),
        later=Count("pk", filter=Q(due__gt=week)),
        no_education=Count("case", filter=Q(key__in=EDUCATION, opened_on__lte=on), distinct=True),
        cases=Count("case", distinct=True),
    )
    return Counts(**found)


def work(duties: QuerySet[Duty], *, on: date, groups: tuple[str, ...] = ("overdue", "today", "week")) -> Work:
    """Return the first rows of each group and of those without education, in five queries however many there are."""
    # Each part is short because it follows an index; what is arranged for a day to come has an index of its own.
    parts = [
        group_of(part, group, on=on).values_list("pk", flat=True)[:A_GROUP]
        for group in groups
        for part in (duties.filter(met_on__isnull=True), duties.filter(met_on__gt=on))
    ]
    rows = loaded(Duty.objects.filter(pk__in=parts[0].union(*parts[1:], all=True)))
    found: dict[str, list[Duty]] = {group: [] for group in groups}
    for duty in rows.order_by("due", "case_id", "pk"):
        if len(found[_group(duty, on)]) < A_GROUP:
            found[_group(duty, on)].append(duty)
    without = _without_education(duties, on=on)
    return Work(found, without, calendars([*without, *(duty for group in found.values() for duty in group)]))


def _without_education(duties: QuerySet[Duty], *, on: date) -> list[Duty]:
    """Return one duty for each child who is out of school and whose education has not begun, the longest out first.

    For a looked-after child that is the first day's duty while it is open, else day six's.
    """
    first = (
        duties.filter(key__in=EDUCATION, opened_on__lte=on)
        .order_by("opened_on", "case_id", "key")
        .values("pk")[: 2 * SIDE_ROWS]
    )
    rows = loaded(Duty.objects.filter(pk__in=first)).order_by("opened_on", "case_id", "key")
    return list({duty.case_id: duty for duty in reversed(rows)}.values())[::-1][:SIDE_ROWS]


def loaded(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return the duties with what a row shows of the child and the school."""
    return duties.select_related("case__pupil", "case__exclusion__school")


def calendars(duties: list[Duty]) -> dict[int, SchoolCalendar]:
    """Return the calendars of the schools of some duties, in three queries."""
    schools = {duty.case.exclusion.school_id: duty.case.exclusion.school for duty in duties}
    return calendars_of(list(schools.values())) if schools else {}


def officers() -> list[User]:
    """Return everybody who may own a case and whose account is open, by name."""
    return list(
        User.objects.filter(is_active=True, role__in=("eas_officer", "inclusion_officer")).order_by("name")[:200]
    )


def drafts(*, of: User) -> list[Draft]:
    """Return what the person began and has not sent, newest first."""
    return list(Draft.objects.filter(user=of).order_by("-kept_at")[:SIDE_ROWS])


def _group(duty: Duty, on: date) -> str:
    if duty.other_due < on:
        return "overdue"
    if duty.due <= on:
        return "today"
    return "week" if duty.due <= end_of_week(on) else "later"


def by_case(duties: list[Duty]) -> list[list[Duty]]:
    """Return the duties with those of one case together, in the order in which the first of each is due."""
    cases: dict[int, list[Duty]] = {}
    for duty in duties:
        cases.setdefault(duty.case_id, []).append(duty)
    return list(cases.values())
