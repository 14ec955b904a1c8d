"""The invented county's placements: schools that the secondary heads named this autumn, each at another stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from casework.models import School, User
from casework.rules.terms import SenProvision, SocialCare
from exclusions.models import Exclusion
from panels.models import (
    AgendaItem,
    Attendance,
    CandidateSchool,
    ItemAction,
    ItemRecord,
    Membership,
    Panel,
    PlacementFollowUp,
    PlacementStep,
    Referral,
    ReferralCategory,
    Sitting,
)
from panels.rules.placement_terms import FollowUp, Step
from panels.selectors.item_links import as_kept, item_links
from panels.services.actions import keep_actions
from panels.services.references import drawn
from reporting.demonstration.referrals import PAPERS

ZONE = ZoneInfo("Europe/London")
TUESDAY = 1
A_WEEK = timedelta(days=7)
# Days from an exclusion to the decision at least, and exclusions that are looked through for one.
SINCE, MOST = 21, 60
FULL = "Year group is full, and two children with plans joined it this term."


@dataclass(frozen=True, slots=True)
class Story:
    """A placement: decided and begun so many days ago, and each step the days after the decision on which it was taken."""

    decided: int
    starts_after: int
    steps: tuple[tuple[Step, int, str], ...]
    six_weeks: FollowUp | None = None


STORIES = (
    Story(14, 21, ()),
    Story(21, 28, ((Step.ASKED, 1, ""),)),
    Story(28, 35, ((Step.ASKED, 1, ""), (Step.REFUSED, 6, FULL))),
    Story(
        63, 10,
        ((Step.ASKED, 1, ""), (Step.ACCEPTED, 3, "The head’s e-mail"), (Step.ON_ROLL, 10, ""), (Step.STARTED, 10, "")),
        FollowUp.THERE,
    ),
)  # fmt: skip


def place_children(*, today: date, users: Mapping[str, User]) -> int:
    """Have schools named for children whose permanent exclusion is over, at sittings that are past; return how many."""
    panel, schools, over = (
        Panel.objects.get(code="fap-secondary"),
        receiving("secondary"),
        children_over("secondary", today),
    )
    placed = 0
    for story in STORIES:
        decided_on = sat_on(story, today)
        exclusion = child_of(panel, over, decided_on)
        if exclusion is None:
            continue
        elsewhere = [school for school in schools if school.pk != exclusion.school_id]
        if not elsewhere:
            continue
        refused = any(step is Step.REFUSED for step, _, _ in story.steps)
        school = elsewhere[0] if refused else elsewhere[placed % len(elsewhere)]
        place(story, exclusion, school, panel, decided_on, users)
        placed += 1
    return placed


def receiving(phase: str) -> list[School]:
    """Return schools of a phase at which children are placed. A maintained one first: it is the one that refuses."""
    schools = School.objects.filter(
        authority__code=settings.COUNCIL_AUTHORITY_CODE, phase=phase, kind__in=("maintained", "academy"), closed_on=None
    )  # fmt: skip
    return list(schools.exclude(name__contains="Middle").order_by("-kind", "urn")[: len(STORIES)])


def children_over(phase: str, today: date) -> list[Exclusion]:
    """Return permanent exclusions that are over, latest first, of children whom no panel had; the plan and care aside.

    A child with a plan, or looked after, is placed another way.
    """
    found = Exclusion.objects.standing().permanent().filter(school__phase=phase, case__pupil__referrals=None)
    found = found.exclude(sen=SenProvision.PLAN.value).exclude(social_care=SocialCare.LOOKED_AFTER.value)
    return list(
        found.that_came_to(["completed"], as_at=today)
        .select_related("school", "case__pupil")
        .order_by("-first_day", "pk")[:MOST]
    )


def sat_on(story: Story, today: date) -> date:
    """Return the Tuesday on which the panel sat."""
    day = today - timedelta(days=story.decided)
    return day - timedelta(days=(day.weekday() - TUESDAY) % 7)


def child_of(panel: Panel, over: list[Exclusion], decided_on: date) -> Exclusion | None:
    """Take the first of the exclusions that a panel may have heard on a day out of them; None where there is none."""
    before = decided_on - timedelta(days=SINCE)
    found = next((each for each in over if panel.opened_on < each.first_day <= before), None)
    if found:
        over.remove(found)
    return found


def _in_the_room(sitting: Sitting, named: School, *, by: User, at: datetime) -> dict[int, str]:
    """Mark who came, everybody but whoever works at the school that is named; return their names by account."""
    seats = Membership.objects.filter(panel=sitting.panel).standing(on=sitting.on)
    came = seats.exclude(person__panel_connections__school=named).select_related("person")
    said = {"present": True, "declared_at": at, "said_at": at, "said_by": by}
    for seat in came:
        Attendance.objects.get_or_create(sitting=sitting, person=seat.person, defaults=said)
    return {seat.person_id: seat.person.name for seat in came}


def place(
    story: Story, exclusion: Exclusion, school: School, panel: Panel, decided_on: date, users: Mapping[str, User],
    *, advises: bool = False,
) -> ItemRecord:  # fmt: skip
    """Have a panel name a school for a child, or advise so, and take the steps that its story tells; return the record."""
    by, at = users["asha"], datetime.combine(decided_on, time(10, 0), tzinfo=ZONE)
    referred_on = decided_on - timedelta(days=7)
    referral = Referral.objects.create(
        reference=drawn(), panel=panel, pupil=exclusion.case.pupil, exclusion=exclusion, route="specialist_panel",
        referred_on=referred_on, referred_at=at - timedelta(days=7), referred_by=by,
        decided_on=None if advises else decided_on, outcome="" if advises else "school_named",
        **{paper.value: text for paper, text in PAPERS.items()},
    )  # fmt: skip
    ReferralCategory.objects.create(
        referral=referral, category="d", evidence="The Specialist Placement Panel said mainstream", assessed_on=referred_on
    )  # fmt: skip
    sitting, _ = Sitting.objects.get_or_create(
        panel=panel,
        on=decided_on,
        defaults={"starts_at": time(10, 0), "place": "County Hall, room 2", "called_at": at, "called_by": by},
    )
    CandidateSchool.objects.create(
        referral=referral, school=school, miles=Decimal("3.4"), places=2, added_at=at, added_by=by
    )  # fmt: skip
    item = AgendaItem.objects.create(
        sitting=sitting, referral=referral, position=1, links=as_kept(item_links([referral])[referral.pk]),
        listed_at=at, listed_by=by,
    )  # fmt: skip
    names = _in_the_room(sitting, school, by=by, at=at)
    by_when = decided_on + A_WEEK
    actions = f"{by.name} to write to the school by {by_when.day} {by_when:%B %Y}\nGive the family the times of the bus"
    record: ItemRecord = ItemRecord.objects.create(
        item=item, is_advice=advises, decided_how="Recommended. Everybody agreed. The officer decides." if advises else "",
        actions=actions, outcome="school_named", school=school, starts_on=decided_on + timedelta(days=story.starts_after),
        reasons="The nearest school with a place that can meet the child’s needs.", agreed="everyone", begun_at=at,
        kept_at=at, kept_by=by, recorded_at=at, recorded_by=by, presided_by=users["gwen"],
        quorum_said=f"Quorum met: {len(names)} members present, 5 needed.",
    )  # fmt: skip
    keep_actions(at=at, item=item, text=actions, sat_on=decided_on, names=names)
    if story.steps:
        written = ItemAction.objects.filter(item=item, owner=by)
        written.update(done_on=decided_on + timedelta(days=story.steps[0][1]), came_of="Letter sent")
    facts = {"referral": referral, "school": school, "recorded_at": at, "recorded_by": by}
    for step, after, words in story.steps:
        PlacementStep.objects.create(step=step.value, on=decided_on + timedelta(days=after), words=words, **facts)
    if story.six_weeks:
        PlacementFollowUp.objects.create(
            weeks=6, outcome=story.six_weeks.value, on=decided_on + timedelta(days=story.starts_after + 42), **facts
        )
    return record
