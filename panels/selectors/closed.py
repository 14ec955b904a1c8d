"""Which referrals are closed to whom: the one place where the rules of conflicts meet what is kept.

Every surface that shows an item, or counts it, asks here. What was not checked is closed.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from casework.models import User
from panels.models import Connection, Panel, Referral
from panels.rules.conflicts import FINDERS
from panels.rules.standing_ties import ItemConflicts, MemberStanding, item_conflicts
from panels.rules.versions import NoTerms
from panels.selectors.connections import member_links
from panels.selectors.item_links import item_links
from panels.selectors.terms import terms_on

# What must be loaded of a referral before it is checked.
CHECKED = ("pupil", "panel", "exclusion__school__trust")


def conflicts(
    referrals: Collection[Referral], people: Collection[User], *, panel: Panel, days: Iterable[date]
) -> dict[int, ItemConflicts]:
    """Return who is out of each referral on any of the days, and why, by primary key.

    A person is out if a tie stands on one of the days: that of the sitting, and the day of asking, so that neither a
    post given up before nor one taken up since opens anything. The queries grow with the days, not with the referrals
    or the people. Each referral needs `pupil` and `exclusion.school.trust` loaded.
    """
    links = item_links(referrals)
    found: dict[int, ItemConflicts] = {}
    for day in dict.fromkeys(days):
        members = member_links(people, on=day)
        former_years = _former_years(panel, day)
        for referral in referrals:
            one = item_conflicts(
                members, links[referral.pk], (), on=day, former_years=former_years, finders=FINDERS
            )  # fmt: skip
            found[referral.pk] = _together(found[referral.pk], one) if referral.pk in found else one
    return found


def out_of(user: User, referrals: Collection[Referral], *, panel: Panel, on: date) -> set[int]:
    """Return the primary keys of the referrals that are closed to a person on a day.

    Nothing is closed to somebody without a connection, who is not checked further.
    """
    if not referrals or not is_checked(user):
        return set()
    found = conflicts(referrals, [user], panel=panel, days=[on])
    return {key for key, one in found.items() if str(user.pk) in one.out}


def is_checked(user: User) -> bool:
    """Tell whether anything is kept of a person that could tie them to an item. One query."""
    return bool(Connection.objects.filter(person=user).exists())


def _former_years(panel: Panel, on: date) -> int | None:
    """Return how long a former post ties by the terms of a day: for ever where no terms are in force."""
    try:
        return terms_on(panel, on=on).former_years
    except NoTerms:
        return None


def _together(one: ItemConflicts, other: ItemConflicts) -> ItemConflicts:
    """Return what is found on either of two days; a tie that is on both stands once."""
    by_member: dict[str, MemberStanding] = {each.member: each for each in one.why}
    for each in other.why:
        held = by_member.get(each.member)
        ties = (*held.ties, *each.ties) if held else each.ties
        once = {(tie.tie.kind, tie.tie.towards, tie.tie.hangs_on): tie for tie in reversed(ties)}
        by_member[each.member] = MemberStanding(each.member, tuple(reversed(once.values())))
    why = tuple(by_member.values())
    return replace(one, out=one.out | other.out, why=why, needs_answer=max(one.needs_answer, other.needs_answer))
