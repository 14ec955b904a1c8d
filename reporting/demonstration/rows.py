"""The story as rows, keys and all, ready to be copied in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from casework.models import (
    Address,
    Case,
    Circumstance,
    LocalAuthority,
    Pupil,
    ReferenceSeries,
    RollSpell,
    TimelineEvent,
    User,
)
from casework.rules.periods import AcademicYear
from exclusions.models import (
    Exclusion,
    ExclusionReason,
    OutcomeEvent,
    Provider,
    Provision,
    ReasonCode,
    SuspendedDay,
)
from exclusions.rules.rule_sets import rule_set_on
from reporting.demonstration.chance import Chance
from reporting.demonstration.children import Child
from reporting.demonstration.circumstances import KINDS, UNKNOWN, Fact, facts_of, on_the_day
from reporting.demonstration.copying import copy_in, look_over, next_key
from reporting.demonstration.notices import Notice
from reporting.demonstration.story import Story
from reporting.demonstration.words import PLACE_BEGINNINGS, STREETS

LONDON = ZoneInfo("Europe/London")
RECENT = timedelta(days=30)
WITH_ADDRESS, PROTECTED = 0.3, 0.06
WAYS_OF_TELLING = {"email": 60, "school system": 25, "telephone": 12, "letter": 3}
# In the order in which they can be written.
MODELS: tuple[type[models.Model], ...] = (
    Pupil, RollSpell, Circumstance, Address, Case, Exclusion, ExclusionReason, SuspendedDay, OutcomeEvent, Provision,
    TimelineEvent,
)  # fmt: skip


@dataclass(slots=True)
class Cast:
    """Who and what the rows point at."""

    authorities: Sequence[LocalAuthority]
    users: dict[str, User]
    reasons: dict[str, ReasonCode]
    providers: Sequence[Provider]


@dataclass(slots=True)
class Rows:
    """Makes rows with their keys, in the order of the story."""

    cast: Cast
    chance: Chance
    today: date
    made: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[type[models.Model], int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    facts: dict[int, list[Fact]] = field(default_factory=dict)
    pupils: dict[int, int] = field(default_factory=dict)

    def make(self, story: Story) -> None:
        """Make every row of the story."""
        first_told: dict[int, date] = {}
        days: dict[int, list[date]] = defaultdict(list)
        for notice in story.notices:
            first_told.setdefault(notice.child.number, notice.told_on)
            days[notice.child.number].append(notice.first_day)
        for child in story.children:
            self._child(child, first_told[child.number], days[child.number])
        for notice in story.notices:
            self._notice(notice)

    def write(self) -> dict[str, int]:
        """Copy the rows into the database and return how many of each there are."""
        for model in MODELS:
            copy_in(model, self.made[model])
        look_over(MODELS)
        ReferenceSeries.objects.bulk_create(
            ReferenceSeries(year=year, last_number=number) for year, number in sorted(self.numbers.items())
        )
        return {model.__name__: len(self.made[model]) for model in MODELS}

    def _add(self, model: type[models.Model], **values: Any) -> int:
        key = self.keys.get(model) or next_key(model)
        self.keys[model] = key + 1
        self.made[model].append(model(pk=key, **values))
        return key

    def _child(self, child: Child, told_on: date, notices_on: list[date]) -> None:
        pupil = self.pupils[child.number] = self._add(
            Pupil,
            public_id=child.public_id,
            upn=child.upn,
            first_name=child.first_name,
            last_name=child.last_name,
            date_of_birth=child.date_of_birth,
            sex=child.sex,
            ethnicity=child.ethnicity,
            home_authority_id=self.cast.authorities[child.home].pk,
            created_at=at(told_on, time(9, 0)),
        )
        for stay in child.segments:
            self._add(
                RollSpell,
                pupil_id=pupil,
                school_id=stay.place.row.pk,
                year_group=child.year_group(stay.year),
                first_day=stay.first,
                last_day=stay.last,
            )
        facts = self.facts[child.number] = facts_of(child, notices_on, self.chance)
        # Nobody knows today what will only be known later.
        for fact in (fact for fact in facts if fact.known_on <= self.today):
            self._add(
                Circumstance,
                pupil_id=pupil,
                kind=fact.kind,
                value=fact.value,
                first_day=fact.first,
                last_day=fact.last if fact.last and fact.last < self.today else None,
                source=fact.source,
                known_on=fact.known_on,
            )
        if self.chance.random() < WITH_ADDRESS:
            self._address(pupil, child)

    def _address(self, pupil: int, child: Child) -> None:
        chance = self.chance
        town = f"{chance.choice(PLACE_BEGINNINGS)}ford"
        self._add(
            Address,
            pupil_id=pupil,
            lines=f"{chance.randrange(1, 120)} {chance.choice(STREETS)}, {town}",
            # No postcode begins with ZX.
            postcode=f"ZX{chance.randrange(1, 30)} {chance.randrange(1, 9)}{''.join(chance.choices('ABDEFGHJ', k=2))}",
            protected=chance.random() < PROTECTED,
            first_day=child.segments[0].first - timedelta(days=chance.randrange(1500)),
        )

    def _notice(self, notice: Notice) -> None:
        recent = notice.told_on > self.today - RECENT
        current = notice.year == AcademicYear.of(self.today).first_year
        owner = self._officer() if recent or (current and notice.kind == "permanent") else None
        logged_at = at(notice.told_on, self._time_told(notice), minutes=4)
        case = self._add(
            Case,
            reference=self._reference(notice),
            pupil_id=self.pupils[notice.child.number],
            owner_id=owner.pk if owner else None,
            opened_at=logged_at,
        )
        exclusion = self._exclusion(notice, case, owner, logged_at)
        for position, code in enumerate(notice.reasons, start=1):
            self._add(ExclusionReason, exclusion_id=exclusion, reason_id=self.cast.reasons[code].pk, position=position)
        for day in notice.days:
            self._add(
                SuspendedDay,
                exclusion_id=exclusion,
                on=day.on,
                morning=day.morning,
                afternoon=day.afternoon,
                lunchtime=day.lunchtime,
            )
        if current or notice.kind == "permanent":
            told_by = self.made[Exclusion][-1].told_by  # type: ignore[attr-defined]
            data = {"kind": notice.kind, "first_day": notice.first_day.isoformat(), "told_by": told_by}
            self._event(case, "notice_logged", logged_at, owner, data)
        self._outcomes(notice, case, exclusion, owner)
        self._provision(notice, case, exclusion, owner)

    def _exclusion(self, notice: Notice, case: int, owner: User | None, logged_at: datetime) -> int:
        known = on_the_day(self.facts[notice.child.number], notice.first_day)
        frozen = {kind: known[kind].value if kind in known else UNKNOWN for kind in KINDS}
        if frozen["sen_need"] == UNKNOWN:
            frozen["sen_need"] = ""
        sources = {
            kind: {
                "source": known[kind].source if kind in known else "",
                "known_on": known[kind].known_on.isoformat() if kind in known else None,
            }
            for kind in KINDS
        }
        return self._add(
            Exclusion,
            case_id=case,
            school_id=notice.place.row.pk,
            kind=notice.kind,
            first_day=notice.first_day,
            **_sessions(notice),
            narrative=notice.narrative,
            decided_on=notice.decided_on,
            decided_by=notice.place.row.head,
            council_told_on=notice.told_on,
            council_told_time=self._time_told(notice),
            told_by=self.chance.choices(list(WAYS_OF_TELLING), weights=list(WAYS_OF_TELLING.values()))[0],
            parents_told_on=notice.decided_on,
            rule_set=rule_set_on(notice.first_day).code,
            recorded_because=notice.recorded_because,
            year_group=notice.child.year_group(notice.year),
            home_authority_id=self.cast.authorities[notice.child.home].pk,
            **frozen,
            circumstance_sources=sources,
            logged_at=logged_at,
            logged_by_id=owner.pk if owner else None,
        )

    def _outcomes(self, notice: Notice, case: int, exclusion: int, owner: User | None) -> None:
        for event, on in notice.outcomes:
            by = self.cast.users["judith"] if owner and event == "averted" else owner
            when = at(on, time(9, 30)) if on == self.today else at(on, time(16, 10))
            self._add(
                OutcomeEvent,
                exclusion_id=exclusion,
                event=event,
                on=on,
                recorded_at=when,
                recorded_by_id=by.pk if by else None,
            )
            self._event(case, "outcome_recorded", when, by, {"event": event, "on": on.isoformat()})

    def _provision(self, notice: Notice, case: int, exclusion: int, owner: User | None) -> None:
        arranged = notice.arranged
        if arranged is None:
            return
        kinds = {"online-school"} if arranged.online else {"tuition-service", "tutors", "alternative-provision"}
        provider = self.chance.choice([row for row in self.cast.providers if row.kind in kinds])
        when = at(arranged.arranged_on, time(9, 20))
        self._add(
            Provision,
            exclusion_id=exclusion,
            provider_id=provider.pk,
            starts_on=arranged.starts_on,
            ends_on=arranged.ends_on if arranged.ends_on and arranged.ends_on >= arranged.starts_on else None,
            hours_a_week=arranged.hours,
            agreed_cost=arranged.cost,
            arranged_at=when,
            arranged_by_id=owner.pk if owner else None,
        )
        data = {"provider": provider.name, "starts_on": arranged.starts_on.isoformat()}
        self._event(case, "provision_arranged", when, owner, data)

    def _event(self, case: int, event: str, when: datetime, by: User | None, data: dict[str, str]) -> None:
        self._add(TimelineEvent, case_id=case, event=event, at=when, by_id=by.pk if by else None, data=data)

    def _officer(self) -> User:
        return self.cast.users[self.chance.choice(("asha", "asha", "tom"))]

    def _reference(self, notice: Notice) -> str:
        year = f"{notice.year % 100:02d}"
        self.numbers[year] += 1
        return f"{year}-{self.numbers[year]:04d}"

    def _time_told(self, notice: Notice) -> time:
        """Return the same time for a notice whenever it is asked, and an early one today."""
        minute = (notice.child.number * 37 + notice.first_day.toordinal() * 11) % 60
        return time(8 if notice.told_on == self.today else 8 + minute % 8, minute)


def at(on: date, when: time, *, minutes: int = 0) -> datetime:
    """Return the moment of a day and time on the council's clock."""
    return datetime.combine(on, when, tzinfo=LONDON) + timedelta(minutes=minutes)


def _sessions(notice: Notice) -> dict[str, Any]:
    if not notice.days:
        return {"first_session": "AM", "last_day": None, "last_session": ""}
    first, last = notice.days[0], notice.days[-1]
    if first.lunchtime:
        return {"first_session": "LUNCH", "last_day": last.on, "last_session": "LUNCH"}
    return {
        "first_session": "AM" if first.morning else "PM",
        "last_day": last.on,
        "last_session": "PM" if last.afternoon else "AM",
    }
