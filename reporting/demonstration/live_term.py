"""The academic year that is running: permanent exclusions at every stage, with work due before and after today."""

from collections.abc import Sequence
from datetime import date

from reporting.demonstration.chance import Chance
from reporting.demonstration.permanent import Plan
from reporting.demonstration.totals import totals_of

DAYS_IN_A_YEAR = 192
NOTICES_IN_A_YEAR = 105
FEWEST = 27

# School days ago, phase, year index, outcome so far, school days until education starts (None: nothing arranged),
# social care where the day depends on it, and what happened.
LATEST = (
    (1, "secondary", 10, "open", None, "", "Injured another pupil in a corridor; staff intervened."),
    (2, "secondary", 9, "open", None, "looked after", "Threw furniture in a classroom. Nobody was hurt."),
    (2, "primary", 5, "open", None, "", "Left the site twice and kicked a member of staff."),
    (3, "secondary", 8, "open", 5, "", "Repeated disruption after two support plans."),
    (4, "secondary", 11, "open", None, "child in need", "Found with cannabis on the school field."),
    (4, "secondary", 9, "open", 5, "", "Threatened a pupil with a craft knife."),
    (5, "secondary", 10, "open", 6, "", "Assaulted a pupil on the school bus."),
    (6, "secondary", 8, "averted", None, "", "Planning meeting held; managed move agreed."),
    (7, "secondary", 10, "open", None, "", "Verbal threats to a teacher, on three days."),
    (8, "secondary", 8, "open", 5, "", "Fight in the dining hall."),
    (9, "secondary", 9, "open", None, "protection plan", "Assault on a member of staff."),
    (9, "primary", 3, "averted", None, "", "Support plan with outreach agreed by all."),
    (10, "primary", 4, "open", 5, "", "Sustained violence towards adults."),
    (11, "secondary", 11, "open", 0, "looked after", "Supplied tablets to other pupils."),
    (12, "secondary", 10, "open", 6, "", "Assault on a pupil, filmed and shared."),
    (12, "secondary", 9, "averted", None, "", "Place at a partner school agreed for a term."),
    (13, "secondary", 7, "open", 5, "", "Persistent disruption in most lessons."),
    (14, "secondary", 10, "rescinded", None, "", "Withdrawn by the head after new evidence."),
    (15, "secondary", 9, "averted", None, "", "Reduced to a suspension after a planning meeting."),
    (17, "secondary", 10, "completed", 5, "", "Serious assault on a pupil."),
    (19, "secondary", 9, "completed", 5, "", "Brought a lock knife into school."),
    (20, "primary", 6, "averted", None, "", "Assessment brought forward; place kept."),
    (22, "secondary", 11, "completed", 7, "", "Drug and alcohol related, second time."),
    (24, "secondary", 8, "rescinded", None, "", "Withdrawn by the head."),
    (25, "secondary", 10, "completed", 5, "looked after", "Assault on a member of staff."),
    (27, "secondary", 9, "overturned", 6, "", "Governors reinstated the pupil."),
    (29, "secondary", 8, "completed", 4, "", "Persistent disruption."),
    (31, "secondary", 10, "averted", None, "", "Respite place agreed."),
)
OLDER_OUTCOMES = {"completed": 60, "averted": 30, "rescinded": 9, "overturned": 1}
OLDER_THAN = 32


def live_plans(year: int, days: Sequence[date], *, chance: Chance, today: date) -> list[Plan]:
    """Return the permanent exclusions of the running year so far, given its school days; more as it goes on."""
    gone = [on for on in days if on <= today]
    plans = [
        Plan(
            year, phase, outcome, today, today, index=index, days_ago=days_ago, starts_after=starts_after,
            cost=100 * chance.randrange(24, 62), narrative=narrative,
            fixed={"social_care": social_care} if social_care else {},
        )
        for days_ago, phase, index, outcome, starts_after, social_care, narrative in LATEST
        if days_ago < len(gone)
    ]  # fmt: skip
    wanted = max(FEWEST, round(NOTICES_IN_A_YEAR * len(gone) / DAYS_IN_A_YEAR))
    if len(gone) <= OLDER_THAN:
        return plans
    for _ in range(wanted - len(plans)):
        outcome = chance.choices(list(OLDER_OUTCOMES), weights=list(OLDER_OUTCOMES.values()))[0]
        plans.append(
            Plan(
                year, "primary" if chance.random() < 0.15 else "secondary", outcome, gone[0], gone[-OLDER_THAN],
                starts_after=5 if outcome == "completed" else None, cost=100 * chance.randrange(24, 62),
            )
        )  # fmt: skip
    return plans


def so_far(year: int, days: Sequence[date], *, today: date) -> dict[str, tuple[int, int]]:
    """Return by phase the suspensions of the running year so far, and of how many pupils at a school.

    Suspensions grow with the days; pupils grow more slowly, since the same ones come back.
    """
    part = len([on for on in days if on <= today]) / len(days)
    found = {}
    for phase, totals in totals_of(year).items():
        suspensions = round(totals.suspensions * part)
        pupils = min(suspensions, round(totals.one_or_more * part**0.65))
        found[phase] = (suspensions, pupils)
    units = round(30 * part)
    return found | {"alternative provision": (units, (units + 1) // 2)}
