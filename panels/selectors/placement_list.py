"""A panel's placements as a list asks for them: narrowed and ordered by the database, and worked out for one page alone."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least

from casework.models import RollSpell, User
from panels.models import DecisionLetter, ItemRecord, OfficerDecision, Panel, PlacementFollowUp, PlacementStep, Referral
from panels.rules.placement_follow_up import Followed, Share, shares
from panels.rules.placement_terms import ENDED, FOLLOW_UP_WEEKS, PLACING, SAID_NO, Step
from panels.selectors import referrals
from panels.selectors.closed import CHECKED, is_checked, out_of
from panels.selectors.placements import found_of, placements_of

SHOWS = {
    "": "Under way",
    "late": "Late",
    "waiting": "Waiting for the school’s reply",
    "refused": "Refused",
    "back": "Back to the panel",
    "started": "Started",
    "follow-up": "To be followed up",
    "all": "All",
}
STARTED = Q(day_started__isnull=False)
NO_REPLY = Q(day_accepted=None, day_refused=None)
REFUSED = Q(day_refused__isnull=False) & (Q(day_accepted=None) | Q(day_accepted__lt=F("day_refused")))
BACK = REFUSED & Q(day_no__isnull=False)


def listed(user: User, panel: Panel, *, on: date, show: str = "") -> QuerySet[Referral]:
    """Return the referrals whose placements a list shows and the person may know of, what is late first, then the latest.

    Each is to be worked out by `placements_of`, a page at a time. Lateness is asked of calendars, so that what may be late
    is worked out first: what is under way, or started with something wanting, and not what a panel has decided ever.
    The queries do not grow with either.
    """
    within = _shown(placed(panel), show, on)
    found = referrals.visible(user, panel, on=on, within=within)
    may_be_late = found.filter(_may_be_late(on)).select_related("pupil", "panel", "exclusion__case")
    late = [each.referral.pk for each in placements_of(list(may_be_late), on=on) if each.is_late]
    if show == "late":
        found = found.filter(pk__in=late)
    last = Case(When(pk__in=late, then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered: QuerySet[Referral] = found.select_related("pupil", "panel", "exclusion__case").order_by(
        last, "-decided_on", "-pk"
    )
    return ordered


def shares_of(user: User, panel: Panel, *, on: date) -> tuple[Share, ...]:
    """Return how many of a panel's placements lasted, by decision, on a day; without those that are closed to the person.

    For whoever may see the panel: the numbers stand in the papers of its items too. The queries do not grow with them, and
    ties are asked only of what counts: what began before the first weeks had to pass, and was followed up.
    """
    rows_found = PlacementFollowUp.objects.filter(
        referral=OuterRef("pk"), school=OuterRef("named"), withdrawn_at=None
    )  # fmt: skip
    by_now = on - timedelta(weeks=min(FOLLOW_UP_WEEKS))
    began = placed(panel).filter(Exists(rows_found), day_started__lte=by_now)
    closed = out_of(user, list(began.select_related(*CHECKED)), panel=panel, on=on) if is_checked(user) else set[int]()
    rows = [row for row in began.values_list("pk", "named", "named_outcome", "day_started") if row[0] not in closed]
    found: dict[tuple[int, int], list[PlacementFollowUp]] = {}
    for each in PlacementFollowUp.objects.filter(referral__in=[row[0] for row in rows]):
        found.setdefault((each.referral_id, each.school_id), []).append(each)
    return shares(
        (
            Followed(outcome, started_on, found_of(found.get((key, school), [])))
            for key, school, outcome, started_on in rows
        ),
        on=on,
    )


def placed(panel: Panel) -> Any:
    """Return the referrals of a panel that came to a school, with what a list asks of their steps: `placements` in SQL.

    Each carries `named` and `named_outcome`, the school and the decision that stand, and the days of its steps.
    """
    # Advice stands from the day on which an officer decided, a panel's own decision from that of the sitting.
    officers = OfficerDecision.objects.in_force().filter(item=OuterRef("item")).values("decided_on")[:1]
    said_on = Coalesce(Subquery(officers), "item__sitting__on")
    records = ItemRecord.objects.decided().alias(said_on=said_on).filter(
        item__referral=OuterRef("pk"), said_on=OuterRef("decided_on"), item__taken_off_at=None,
        outcome__in=sorted(PLACING), school__isnull=False,
    ).order_by("-pk")  # fmt: skip
    decided = Referral.objects.filter(
        panel=panel, outcome__in=sorted(PLACING), decided_on__isnull=False, withdrawn_at=None
    )  # fmt: skip
    named = decided.annotate(
        named=Subquery(records.values("school")[:1]),
        named_item=Subquery(records.values("item")[:1]),
        named_outcome=Subquery(records.values("outcome")[:1]),
    ).filter(named__isnull=False)
    return named.annotate(
        day_asked=_day(Step.ASKED),
        day_accepted=_day(Step.ACCEPTED),
        day_refused=_day(Step.REFUSED),
        day_started=_day(Step.STARTED),
        day_no=Least(*(_day(step) for step in sorted(SAID_NO))),
    )


def _day(step: Step) -> Subquery:
    rows = PlacementStep.objects.filter(
        referral=OuterRef("pk"), school=OuterRef("named"), step=step.value, withdrawn_at=None
    )
    return Subquery(rows.values("on")[:1])


def _shown(found: QuerySet[Referral], show: str, on: date) -> QuerySet[Referral]:
    """Keep what a list shows; what is late is asked of the calendars besides."""
    letter = Exists(DecisionLetter.objects.filter(item=OuterRef("named_item"), school=OuterRef("named")))
    kept: dict[str, Q] = {
        "": _under_way(),
        "late": _may_be_late(on),
        "waiting": (Q(day_asked__isnull=False) | Q(letter)) & NO_REPLY & ~STARTED,
        "refused": REFUSED & ~STARTED,
        "back": BACK & _under_way(),
        "started": STARTED,
        "follow-up": _to_follow_up(on),
        "all": Q(),
    }
    return found.filter(kept[show])


def _under_way() -> Q:
    """What has not started, unless it went back to a panel and the child has come to one again."""
    again = Referral.objects.filter(
        pupil=OuterRef("pupil"), withdrawn_at=None, pk__gt=OuterRef("pk"), referred_on__gte=OuterRef("day_no")
    )
    return ~STARTED & ~(BACK & Q(Exists(again)))


def _to_follow_up(on: date) -> Q:
    """What started so many weeks ago that a follow-up is due, which is not on the file and which no earlier one ended."""
    rows: Any = PlacementFollowUp.objects.filter(referral=OuterRef("pk"), school=OuterRef("named"), withdrawn_at=None)
    over = sorted(outcome.value for outcome in ENDED)
    found = Q()
    for weeks in FOLLOW_UP_WEEKS:
        begun = Q(day_started__lte=on - timedelta(weeks=weeks))
        ended = rows.filter(outcome__in=over, weeks__lt=weeks)
        found |= begun & ~Q(Exists(rows.filter(weeks=weeks))) & ~Q(Exists(ended))
    return found


def _may_be_late(on: date) -> Q:
    """What can have a late stage or follow-up; whether it has, the calendars tell."""
    recorded = PlacementStep.objects.filter(
        referral=OuterRef("pk"), school=OuterRef("named"), step=Step.ON_ROLL.value, withdrawn_at=None
    )
    spell = RollSpell.objects.filter(
        pupil=OuterRef("pupil"), school=OuterRef("named"), first_day__gte=OuterRef("decided_on")
    )
    off_the_roll = ~Q(Exists(recorded)) & ~Q(Exists(spell))
    return _under_way() | _to_follow_up(on) | STARTED & (off_the_roll | NO_REPLY & Q(day_asked__isnull=False))
