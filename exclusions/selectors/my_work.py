"""What is to be done: overdue, due today, later this week, later; and who has no education today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Window
from django.utils import timezone

from casework.models import Duty, User
from casework.rules.calendar import SchoolCalendar
from casework.selectors.calendars import calendars_of
from casework.selectors.people import NEVER_OPENED
from exclusions.models import Exclusion

A_GROUP = 15
"""Duties of one group that the first page shows; the group's own page has the rest."""

SIDE_ROWS = 6
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
    """How many duties of each group, of how many cases; and children out of school whose day six runs without education."""

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
    """Return the duties to do that the person may see and asked for; what is arranged needs nobody any more."""
    found = Duty.objects.visible_to(by).to_do(on)
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
    # Due today is put in the order of the later reading, which an index has; the earlier one is past or today for all.
    return duties.order_by("other_due" if group == "today" else "due", "case_id", "pk")


def counts(duties: QuerySet[Duty], *, on: date) -> Counts:
    """Return the numbers above the list, in one query."""
    week = end_of_week(on)
    found = duties.order_by().aggregate(
        overdue=Count("pk", filter=Q(other_due__lt=on)),
        today=Count("pk", filter=Q(due__lte=on, other_due__gte=on)),
        week=Count("pk", filter=Q(due__gt=on, due__lte=week)),
        later=Count("pk", filter=Q(due__gt=week)),
        no_education=Count("pk", filter=Q(key="sixth_day", opened_on__lte=on)),
        cases=Count("case", distinct=True),
    )
    return Counts(**found)


def work(duties: QuerySet[Duty], *, on: date, groups: tuple[str, ...] = ("overdue", "today", "week")) -> Work:
    """Return the first rows of each group and of those without education, in five queries however many there are."""
    parts = [group_of(duties, group, on=on).values_list("pk", flat=True)[:A_GROUP] for group in groups]
    rows = loaded(Duty.objects.filter(pk__in=parts[0].union(*parts[1:], all=True)))
    found: dict[str, list[Duty]] = {group: [] for group in groups}
    for duty in rows.order_by("due", "case_id", "pk"):
        found[_group(duty, on)].append(duty)
    without = _without_education(duties, on=on)
    return Work(found, without, calendars([*without, *(duty for group in found.values() for duty in group)]))


def _without_education(duties: QuerySet[Duty], *, on: date) -> list[Duty]:
    """Return the day-six duty of each child who is out of school and has no education, the longest out first."""
    running = duties.filter(key="sixth_day", opened_on__lte=on).order_by("opened_on", "case_id")
    first = running.values("pk")[:SIDE_ROWS]
    return list(loaded(Duty.objects.filter(pk__in=first)).order_by("opened_on", "case_id"))


def loaded(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return the duties with what a row shows of the child and the school, and no more."""
    return duties.select_related("case__pupil", "case__exclusion__school").only(
        "key", "opened_on", "due", "other_due", "lapses_on", "met_on", "evidence",
        "case__reference", "case__pupil__first_name", "case__pupil__last_name",
        "case__exclusion__year_group", "case__exclusion__first_day", "case__exclusion__social_care",
        "case__exclusion__school__name", "case__exclusion__school__authority",
        "case__exclusion__school__terms_in_year",
    )  # fmt: skip


def calendars(duties: list[Duty]) -> dict[int, SchoolCalendar]:
    """Return the calendars of the schools of some duties, in three queries."""
    schools = {duty.case.exclusion.school_id: duty.case.exclusion.school for duty in duties}
    return calendars_of(list(schools.values())) if schools else {}


@dataclass(frozen=True, slots=True)
class NewNotices:
    """How many notices were logged from a day on, and the first few of them, newest first; they name no child."""

    total: int
    rows: list[Exclusion]


def new_notices(*, by: User, wanted: Wanted, since: date) -> NewNotices:
    """Return the notices logged from a day on that the person may see and asked for, in one query."""
    found = Exclusion.objects.visible_to(by).standing().filter(logged_at__gte=midnight(since))
    if wanted.nobodys:
        found = found.filter(case__owner__isnull=True)
    elif wanted.owner is not None:
        found = found.filter(case__owner=wanted.owner)
    if wanted.phase:
        found = found.filter(school__phase=wanted.phase)
    rows = list(
        found.select_related("case", "school")
        .annotate(total=Window(Count("pk")))
        .order_by("-logged_at", "-pk")[:SIDE_ROWS]
    )
    return NewNotices(rows[0].total if rows else 0, rows)


def midnight(day: date) -> datetime:
    """Return the moment at which a day began, since indexes hold moments."""
    return timezone.make_aware(datetime.combine(day, time.min))


def officers() -> dict[int, str]:
    """Return the name of everybody who may own a case and has opened their account, by primary key, in order of name."""
    held = User.objects.filter(is_active=True, role__in=("eas_officer", "inclusion_officer")).exclude(NEVER_OPENED)
    return dict(held.order_by("name").values_list("pk", "name")[:200])


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
