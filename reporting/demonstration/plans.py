"""The invented county's plans: four papers of the kinds that councils print, who holds their roles, what leads said."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from casework.models import User
from casework.rules.periods import AcademicYear
from wsoa.models import ActionPlace, Measure, Plan, Role
from wsoa.rules.indicators import PERMANENT_EHC, REPEAT_SEN_SUPPORT, SUSPENSION_RATE_EHC
from wsoa.rules.plan_file import read_plan
from wsoa.rules.terms import LEAD
from wsoa.selectors.indicators import counted
from wsoa.services import actions, roles, rounds
from wsoa.services import measures as measure_services
from wsoa.services.measures import Understood
from wsoa.services.plans import bring_plan_in

FILES = Path(__file__).parent / "plan_files"
NAMES = ("written_statement", "send_action_plan", "improvement_plan", "recommendations_tracker")
# Who holds the roles of the Written Statement. The one with an account leads by it.
HOLDERS = (
    ("DCS", "Philippa Garrowby", ""),
    ("DoP", "Hector Lowdale", ""),
    ("DoT", "Imelda Strake", ""),
    ("DoPH", "Dr Anselm Croft", ""),
    ("NO", "Lettice Farrow", ""),
    ("DCO", "Rosalind Teague", ""),
    ("EAS M'ger", "Ruth Ellerby", "ruth"),
    ("CC", "Barnaby Quist", ""),
    ("HoVS", "Perpetua Lunn", ""),
    ("PEP", "Ottilie Brandreth", ""),
    ("SALT SM", "Verity Onslow", ""),
    ("PACC", "Marta Quillfeather", "marta"),
    ("SEND Service M'ger", "Gideon Harcastle", ""),
)
# Who leads for the other plans, one to a role in the order of their titles. Every eighth of these roles stands vacant.
FIRST_NAMES = (
    "Alma",
    "Bevis",
    "Cosima",
    "Dunstan",
    "Esme",
    "Fabian",
    "Greta",
    "Hugo",
    "Isolde",
    "Jonty",
    "Keziah",
    "Lorcan",
)
LAST_NAMES = ("Amberley", "Bostock", "Calder", "Dunmore", "Easterby")
VACANT = 8
FIRST_HELD = date(2021, 9, 1)
# Of the roles that are held, every sixth was looked at too long ago.
REVIEWED, TOO_LONG_AGO = 120, 230
# Of each priority of the Written Statement, how many actions their leads say are done.
DONE = {"1": 14, "2": 9, "3": 8, "4": 9, "5": 6, "6": 8}
HALF_DONE = 3
ROUNDS, SIX_WEEKS = 9, 42
# Suspensions per 100 children with a statement or a plan, as the Department published it.
ENGLAND_RATE, ENGLAND = Decimal("15.94"), "England, 2016/17, statement or EHC plan"
# By priority and place of the measure: which way is better, baseline, target, readings six weeks apart.
ENTERED = {
    ("1", 1): ("up", 48, 63, (50, 53, 57, 60)),
    ("1", 3): ("up", 52, 70, (55, 56, 58)),
    ("1", 4): ("up", 61, 70, (66, 71)),
}


def bring_plans_in(*, today: date, users: Mapping[str, User]) -> int:
    """Bring the four plans in, give roles to their holders, and say what is done; return how many plans."""
    at = datetime(today.year, today.month, today.day, 7, tzinfo=UTC)
    for name in NAMES:
        file = read_plan(json.loads((FILES / f"{name}.json").read_text(encoding="utf-8")))
        bring_plan_in(by=users["marta"], at=at, file=file)
    for code, holder, account in HOLDERS:
        role = Role.objects.get(code=code)
        roles.give_role(
            by=users["ruth"], role=role, version=role.version, first_day=FIRST_HELD, name=holder,
            person=users.get(account), email="" if account else _address(holder),
        )  # fmt: skip
    _give_the_others(by=users["ruth"])
    _review(by=users["ruth"], today=today)
    _hold_rounds(at=at, today=today, by=users["marta"], approved_by=users["ruth"])
    _bind(by=users["marta"], today=today)
    _enter(by=users["marta"], at=at, today=today)
    return len(NAMES)


def _give_the_others(*, by: User) -> None:
    leading = Role.objects.filter(actions__part=LEAD, holders=None).distinct().order_by("title", "pk")
    for number, role in enumerate(leading):
        if number % VACANT == 0:
            continue
        name = f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {LAST_NAMES[number % len(LAST_NAMES)]}"
        roles.give_role(
            by=by, role=role, version=role.version, first_day=FIRST_HELD, name=name, email=_address(name)
        )  # fmt: skip


def _review(*, by: User, today: date) -> None:
    """Say that each role which is held was looked at and left as it is."""
    for number, role in enumerate(Role.objects.exclude(holders=None).order_by("pk"), start=1):
        on = today - timedelta(days=REVIEWED if number % 6 else TOO_LONG_AGO)
        at = datetime.combine(on, time(10), tzinfo=UTC)
        roles.review_role(by=by, at=at, on=on, role=role, version=role.version)


def _address(name: str) -> str:
    first, last = name.lower().split()[-2:]
    return f"{first}.{last}@partners.example"


def _bind(*, by: User, today: date) -> None:
    """Bind the measures of the sixth priority to the cases, and keep what they read a month ago."""
    last_year = AcademicYear.of(today).previous()
    ends = AcademicYear.of(today).last
    repeats = counted(REPEAT_SEN_SUPPORT, on=last_year.first).value or Decimal(0)
    facts = (
        Understood(
            direction="down", target=Decimal(0), due=date(2021, 9, 1), indicator=PERMANENT_EHC, since=date(2021, 9, 1)
        ),
        Understood(
            direction="down", baseline=Decimal("42.5"), baseline_on=last_year.first, target=ENGLAND_RATE,
            target_note=ENGLAND, due=ends, indicator=SUSPENSION_RATE_EHC,
        ),
        Understood(
            direction="down", baseline=repeats, baseline_on=last_year.first, target=repeats * 7 / 10, due=ends,
            indicator=REPEAT_SEN_SUPPORT,
        ),
    )  # fmt: skip
    measures = Measure.objects.filter(priority__plan__code="written-statement", priority__reference="6")
    for measure, understood in zip(measures.order_by("position"), facts, strict=True):
        measure_services.understand(by=by, measure=measure, version=measure.version, facts=understood)
    then = today - timedelta(days=28)
    measure_services.keep_readings(at=datetime(then.year, then.month, then.day, 5, tzinfo=UTC), on=then)


def _enter(*, by: User, at: datetime, today: date) -> None:
    """Enter readings of measures that no case can give: satisfaction, waits, health checks."""
    for (reference, position), (direction, baseline, target, values) in ENTERED.items():
        measure = Measure.objects.get(
            priority__plan__code="written-statement", priority__reference=reference, position=position
        )
        begins = today - timedelta(days=400)
        understood = Understood(
            direction=direction, baseline=Decimal(baseline), baseline_on=begins, target=Decimal(target),
            due=AcademicYear.of(today).last,
        )  # fmt: skip
        measure_services.understand(by=by, measure=measure, version=measure.version, facts=understood)
        for number, value in enumerate(values):
            on = today - timedelta(days=42 * (len(values) - number))
            measure_services.read(
                by=by, at=at, measure=measure, on=on, value=Decimal(value), evidence="Survey of parents and carers, file EV-14"
            )  # fmt: skip


def _hold_rounds(*, at: datetime, today: date, by: User, approved_by: User) -> None:
    """Hold nine rounds of the Written Statement, six weeks apart; in each, leads say what is done since the last."""
    plan = Plan.objects.get(code="written-statement")
    places = list(
        ActionPlace.objects.filter(priority__plan=plan)
        .select_related("action", "priority")
        .order_by("priority", "position")
    )
    for number in range(ROUNDS):
        on = today - timedelta(days=SIX_WEEKS * (ROUNDS - number) - 8)
        held = rounds.open_round(by=by, plan=plan, on=on, due=on + timedelta(days=7))
        for place in places:
            done = DONE[place.priority.reference]
            # The first actions of a priority are done first, as many in each round as in the next.
            if place.position <= done and (place.position - 1) * ROUNDS // done == number:
                actions.say(by=by, at=at, action=place.action, on=on + timedelta(days=3), text="Done", per_cent=100)
            elif place.position % HALF_DONE == number % HALF_DONE and place.position > done:
                actions.say(
                    by=by,
                    at=at,
                    action=place.action,
                    on=on + timedelta(days=4),
                    text="Under way",
                    per_cent=50,
                    behind=True,
                )
        held = rounds.close_round(by=by, round_=held, version=held.version, on=on + timedelta(days=7))
        at = datetime.combine(on + timedelta(days=8), time(10), tzinfo=UTC)
        rounds.lock_round(by=approved_by, at=at, round_=held, version=held.version)
