"""What the file holds of a child for a panel: for the rule that routes a referral, and for its papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.models import Circumstance, Pupil
from casework.rules.school_age import is_of_compulsory_school_age
from casework.rules.terms import NcYear, SenProvision, SocialCare
from casework.selectors.circumstances import UNKNOWN, AsAt, known_about
from exclusions.models import Exclusion, Provision
from exclusions.rules.fair_access_categories import FairAccessCategory, FairAccessFacts
from exclusions.rules.preference import BELOW_SCHOOL_AGE
from panels.models import ItemRecord, OfficerDecision, Referral
from panels.rules.referral import CategoryEvidence
from panels.rules.referral import Referral as Facts
from panels.rules.terms import PanelKind, RouteIn, SpecialistDecision

IN_SOCIAL_CARE = (SocialCare.CHILD_IN_NEED.value, SocialCare.PROTECTION_PLAN.value)
STANDING_OUTCOMES = ("open", "completed")


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever refers says besides what the file holds. `in_year_tried` is empty where nothing was done."""

    route: RouteIn
    in_year_tried: str = ""
    evidence: tuple[CategoryEvidence, ...] = ()
    out_of_school_since: date | None = None
    place_within_reach: bool = False
    suitable_offer_refused: bool = False


def said_of(referral: Referral) -> Said:
    """Return what was said of a referral, its categories among it. One query unless they are loaded."""
    return Said(
        route=RouteIn(referral.route),
        in_year_tried=referral.in_year_tried,
        evidence=tuple(
            CategoryEvidence(FairAccessCategory(each.category), each.evidence, each.assessed_on)
            for each in referral.categories.all()
        ),
        out_of_school_since=referral.out_of_school_since,
        place_within_reach=referral.place_within_reach,
        suitable_offer_refused=referral.suitable_offer_refused,
    )


def facts_for_routing(pupil: Pupil, said: Said, *, on: date) -> Facts:
    """Return what the routing rule asks of a child on a day, from the file and from what was said. At most nine queries."""
    as_at = known_about(pupil, on=on)
    permanent = _permanent(pupil, on)
    standing = [each for each in permanent if each.outcome in STANDING_OUTCOMES]
    latest = standing[-1] if standing else None
    decided = decided_by_specialists(pupil, on=on)
    return Facts(
        route=said.route,
        on=on,
        child=FairAccessFacts(
            others=frozenset(each.category for each in said.evidence),
            in_social_care=as_at.value("social_care") in IN_SOCIAL_CARE,
            social_care_ended_on=_social_care_ended(pupil, on),
            in_alternative_provision=_is_taught_elsewhere(pupil, on),
            permanently_excluded=latest is not None,
            out_of_education_since=said.out_of_school_since,
            place_within_reach=said.place_within_reach,
            suitable_offer_refused=said.suitable_offer_refused,
        ),
        has_plan=has_plan(as_at),
        looked_after=is_looked_after(as_at),
        nc_year=year_group(as_at, latest),
        excluded_on=latest.first_day if latest else None,
        specialist=SpecialistDecision(decided.outcome) if decided else None,
        specialist_on=decided.decided_on if decided else None,
        specialist_by_officer=decided is not None
        and OfficerDecision.objects.in_force().filter(item__referral=decided, item__taken_off_at=None).exists(),
        specialist_advised_on=_advised_by_specialists(pupil, on),
        in_year_tried=bool(said.in_year_tried.strip()),
        evidence=said.evidence,
        counted_exclusions=tuple(each.first_day for each in standing if _counts(each)),
    )


def has_plan(as_at: AsAt) -> bool | None:
    """Tell whether a child has an EHC plan, None where it is not known."""
    return _known(as_at.value("sen"), SenProvision.PLAN)


def is_looked_after(as_at: AsAt) -> bool | None:
    """Tell whether a child is looked after, None where it is not known."""
    return _known(as_at.value("social_care"), SocialCare.LOOKED_AFTER)


def latest_permanent(pupil: Pupil, *, on: date) -> Exclusion | None:
    """Return the latest permanent exclusion of a child that stands on a day: neither ended nor overturned. One query."""
    standing = standing_permanent(pupil, on=on)
    return standing[-1] if standing else None


def standing_permanent(pupil: Pupil, *, on: date) -> list[Exclusion]:
    """Return the permanent exclusions of a child that stand on a day, the first first. One query."""
    return [each for each in _permanent(pupil, on) if each.outcome in STANDING_OUTCOMES]


def year_group(as_at: AsAt, exclusion: Exclusion | None) -> NcYear | None:
    """Return a child's year group on a day: that of the roll, or the one at the exclusion where the child is on none."""
    if as_at.roll_spell:
        return NcYear(as_at.roll_spell.year_group)
    return NcYear(exclusion.year_group) if exclusion else None


def _permanent(pupil: Pupil, on: date) -> list[Exclusion]:
    found = Exclusion.objects.standing().permanent().filter(case__pupil=pupil, first_day__lte=on)
    return list(
        found.with_outcome(as_at=on)
        .select_related("school__trust", "school__authority", "home_authority", "case__pupil")
        .order_by("first_day", "pk")
    )


def decided_by_specialists(pupil: Pupil, *, on: date) -> Referral | None:
    """Return the referral of a child that a Specialist Placement Panel decided last, by a day. One query."""
    found: Referral | None = (
        Referral.objects.filter(
            pupil=pupil, panel__kind=PanelKind.SPECIALIST_PLACEMENT.value, decided_on__lte=on, withdrawn_at=None
        )
        .select_related("panel")
        .order_by("-decided_on", "-pk")
        .first()
    )
    return found


def _advised_by_specialists(pupil: Pupil, on: date) -> date | None:
    """Return the day of the specialists' latest advice on a child, by a day, that waits for an officer. One query."""
    waits = ItemRecord.objects.waiting_for_officer().filter(
        item__referral__pupil=pupil,
        item__referral__panel__kind=PanelKind.SPECIALIST_PLACEMENT.value,
        item__sitting__on__lte=on,
    )
    day: date | None = waits.order_by("-item__sitting__on").values_list("item__sitting__on", flat=True).first()
    return day


def _social_care_ended(pupil: Pupil, on: date) -> date | None:
    ended = Circumstance.objects.standing().filter(
        pupil=pupil, kind="social_care", value__in=IN_SOCIAL_CARE, last_day__lt=on
    )
    last: date | None = ended.order_by("-last_day").values_list("last_day", flat=True).first()
    return last


def _is_taught_elsewhere(pupil: Pupil, on: date) -> bool:
    running = Provision.objects.filter(exclusion__case__pupil=pupil, starts_on__lte=on)
    return bool(running.exclude(ends_on__lt=on).exists())


def _counts(exclusion: Exclusion) -> bool:
    """Tell whether an exclusion counts for R57: not that of a child below compulsory school age."""
    of_age = is_of_compulsory_school_age(exclusion.case.pupil.date_of_birth, on=exclusion.first_day)
    return of_age or NcYear(exclusion.year_group) not in BELOW_SCHOOL_AGE


def _known(value: str, means_yes: str) -> bool | None:
    return None if value == UNKNOWN else value == means_yes


def education_now(pupils: Iterable[int], *, on: date) -> dict[int, Provision]:
    """Return the education arranged that runs on a day, by pupil: the one that began last. One query."""
    running = Provision.objects.filter(exclusion__case__pupil__in=list(pupils), starts_on__lte=on)
    rows = running.exclude(ends_on__lt=on).select_related("provider", "exclusion__case").order_by("starts_on", "pk")
    return {row.exclusion.case.pupil_id: row for row in rows}
