"""Which referrals are closed to whom: the one place where the rules of conflicts meet what is kept.

Every surface that shows an item, or counts it, asks here. What was not checked is closed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from casework.models import User
from panels.models import AgendaItem, Connection, ItemDeclaration, Panel, Referral, TermsOfReference, TieAnswerGiven
from panels.rules.conflicts import FINDERS
from panels.rules.links import ItemLinks, Link, MemberLinks
from panels.rules.standing_ties import ItemConflicts, MemberStanding, TieAnswer, item_conflicts
from panels.rules.tie_terms import Ground, Relation, TieKind, Towards
from panels.selectors.connections import member_links_on
from panels.selectors.item_links import from_kept, item_links, together

# What must be loaded of a referral before it is checked.
CHECKED = ("pupil", "panel", "exclusion__school__trust")


def conflicts(
    referrals: Collection[Referral], people: Collection[User], *, panel: Panel | None, days: Iterable[date]
) -> dict[int, ItemConflicts]:
    """Return who is out of each referral on any of the days, and why, by primary key.

    A person is out if a tie stands on one of the days: that of the sitting, and the day of asking, so that neither a
    post given up before nor one taken up since opens anything. By the terms of the panel, or where none is given of each
    referral's own. The queries grow neither with the days nor with the referrals or the people. Each referral needs
    `pupil` and `exclusion.school.trust` loaded. What was kept of an item and cannot be read puts everybody out of it.
    """
    links, unreadable = _links(referrals)
    answers = _answers(referrals)
    declared = _declared(referrals, people)
    found: dict[int, ItemConflicts] = {}
    asked = list(dict.fromkeys(days))
    linked = member_links_on(people, asked)
    terms = _terms({panel.pk} if panel else {referral.panel_id for referral in referrals})
    for day in asked:
        members = [_with_declared(each, declared) for each in linked[day]]
        for referral in referrals:
            former_years = _former_years(terms[panel.pk if panel else referral.panel_id], day)
            one = item_conflicts(
                members, links[referral.pk], answers[referral.pk], on=day, former_years=former_years, finders=FINDERS
            )
            found[referral.pk] = _together(found[referral.pk], one) if referral.pk in found else one
    everybody = frozenset(str(person.pk) for person in people)
    return {key: replace(one, out=everybody) if key in unreadable else one for key, one in found.items()}


def out_of(user: User, referrals: Collection[Referral], *, panel: Panel | None, on: date) -> set[int]:
    """Return the primary keys of the referrals that are closed to a person on a day and on those of their sittings.

    By the terms of the panel, or where none is given of each referral's own.

    Nothing is closed to somebody of whom nothing is kept, who is not checked further.
    """
    if not referrals or not is_checked(user):
        return set()
    sat = AgendaItem.objects.filter(referral__in=[each.pk for each in referrals], taken_off_at=None)
    days = [on, *sat.values_list("sitting__on", flat=True).distinct().order_by("sitting__on")]
    found = conflicts(referrals, [user], panel=panel, days=days)
    return {key for key, one in found.items() if str(user.pk) in one.out}


def is_checked(user: User) -> bool:
    """Tell whether anything is kept of a person that could tie them to an item. At most two queries."""
    held = Connection.objects.filter(person=user).exists()
    return bool(held or ItemDeclaration.objects.filter(member=user).exists())


def _links(referrals: Collection[Referral]) -> tuple[dict[int, ItemLinks], set[int]]:
    """Return what each referral has to do with, by the file and by what was kept of it, and those that cannot be read."""
    links = item_links(referrals)
    by_key = {each.pk: each.reference for each in referrals}
    unreadable: set[int] = set()
    for key, kept in AgendaItem.objects.filter(referral__in=list(by_key)).values_list("referral_id", "links"):
        try:
            links[key] = together(links[key], from_kept(by_key[key], kept))
        except (KeyError, TypeError, ValueError):
            unreadable.add(key)
    return links, unreadable


def _answers(referrals: Collection[Referral]) -> dict[int, list[TieAnswer]]:
    found: dict[int, list[TieAnswer]] = {each.pk: [] for each in referrals}
    references = {each.pk: each.reference for each in referrals}
    for row in TieAnswerGiven.objects.filter(referral__in=list(found)).order_by("pk"):
        found[row.referral_id].append(
            TieAnswer(
                member=str(row.member_id),
                item=references[row.referral_id],
                kind=TieKind(row.kind),
                towards=Towards(row.towards),
                hangs_on=row.hangs_on,
                ground=Ground(row.ground) if row.ground else None,
                reason=row.reason,
                by=str(row.given_by_id),
                on=row.given_at.date(),
            )
        )
    return found


def _declared(referrals: Collection[Referral], people: Collection[User]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    rows = ItemDeclaration.objects.filter(
        referral__in=[each.pk for each in referrals], member__in=[each.pk for each in people]
    )
    for member, reference in rows.values_list("member_id", "referral__reference"):
        found.setdefault(str(member), []).append(Link(Relation.DECLARED, item=reference))
    return found


def _with_declared(member: MemberLinks, declared: Mapping[str, list[Link]]) -> MemberLinks:
    return replace(member, links=(*member.links, *declared.get(member.member, ())))


def _terms(panels: set[int]) -> dict[int, list[tuple[date, int | None]]]:
    """Return for how many years a former post ties by each version of the terms of each panel, the first first."""
    found: dict[int, list[tuple[date, int | None]]] = {panel: [] for panel in panels}
    rows = TermsOfReference.objects.filter(panel__in=panels).order_by("in_force_from")
    for panel, in_force_from, years in rows.values_list("panel_id", "in_force_from", "former_years"):
        found[panel].append((in_force_from, years))
    return found


def _former_years(versions: list[tuple[date, int | None]], on: date) -> int | None:
    """Return how long a former post ties by the terms of a day: for ever where no terms are in force."""
    begun = [years for in_force_from, years in versions if in_force_from <= on]
    return begun[-1] if begun else None


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
