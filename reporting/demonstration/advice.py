"""The invented county's primary panel advises: on one child an officer has decided, and on another nobody has yet."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from casework.models import User
from casework.rules.terms import SocialCare
from panels.models import Connection, Panel, Referral
from panels.services import advice
from panels.services.advice import OfficersWord
from reporting.demonstration.placements import (
    ZONE,
    Story,
    child_of,
    children_over,
    place,
    receiving,
    sat_on,
)

DECIDED = Story(28, 35, ())
WAITING = Story(7, 21, ())


def give_advice(*, today: date, users: Mapping[str, User]) -> int:
    """Have the primary panel advise on two children at sittings that are past, and an officer decide on one; return how many."""
    panel = Panel.objects.get(code="fap-primary")
    # The chair presides, so that nothing ties her to a school that is named.
    governed = set(Connection.objects.filter(person=users["gwen"]).values_list("school", flat=True))
    schools = [each for each in receiving("primary") if each.pk not in governed and each.trust_id is None]
    # Of the others it is not known whether they are looked after, which an officer must know.
    over = [each for each in children_over("primary", today) if each.social_care == SocialCare.NONE]
    given = 0
    for story in (DECIDED, WAITING):
        day = sat_on(story, today)
        exclusion = child_of(panel, over, day)
        school = next((each for each in schools if exclusion and each.pk != exclusion.school_id), None)
        if exclusion is None or school is None:
            continue
        record = place(story, exclusion, school, panel, day, users, advises=True)
        given += 1
        if story is DECIDED:
            _follow(
                Referral.objects.get(agenda_items__record=record),
                version=record.version,
                on=day + timedelta(days=2),
                users=users,
            )
    return given


def _follow(referral: Referral, *, version: int, on: date, users: Mapping[str, User]) -> None:
    word = OfficersWord(follows=True, declares_no_tie=True)
    at = datetime.combine(on, time(11, 15), tzinfo=ZONE)
    advice.decide(by=users["ruth"], at=at, on=on, referral=referral, version=version, word=word)
