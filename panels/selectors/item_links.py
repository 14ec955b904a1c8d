"""What a referral has to do with: schools, trusts, family names and addresses, as the check of conflicts reads it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from casework.models import Address as HomeAddress
from casework.models import Contact, OtherName, RollSpell
from casework.models import School as SchoolRow
from panels.models import CandidateSchool, Referral
from panels.rules.links import Address, ItemLinks, School

# The end of an address that is one text: a postcode, which contacts' addresses hold.
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})\b", re.IGNORECASE)


def item_links(referrals: Collection[Referral]) -> dict[int, ItemLinks]:
    """Return what each referral has to do with, by primary key, in five queries however many there are.

    Each needs `pupil` and `exclusion.school.trust` loaded. Everything that the file ever held of schools, names and
    addresses counts, unless it was taken back: a name that changed is a name still.
    """
    if not referrals:
        return {}
    pupils = {referral.pupil_id for referral in referrals}
    previous = _previous(pupils)
    names, addresses = _names(pupils), _addresses(pupils)
    contacts = list(Contact.objects.standing().filter(pupil__in=pupils).values_list("pupil_id", "name", "address"))
    for pupil, name, address in contacts:
        names[pupil].add(name.split(maxsplit=1)[-1])
        if found := POSTCODE.search(address):
            addresses[pupil].add(Address(found[1], _street(address[: found.start()])))
    candidates: dict[int, list[School]] = defaultdict(list)
    considered = CandidateSchool.objects.filter(referral__in=[each.pk for each in referrals], taken_off_at=None)
    for row in considered.select_related("school__trust").order_by("pk"):
        candidates[row.referral_id].append(_school(row.school))
    return {
        referral.pk: ItemLinks(
            reference=referral.reference,
            excluding=(_school(referral.exclusion.school),) if referral.exclusion else (),
            candidates=tuple(candidates[referral.pk]),
            previous=tuple(
                school
                for school in _before(referral, previous[referral.pupil_id])
                if not referral.exclusion or school.urn != referral.exclusion.school.urn
            ),
            family_names=frozenset(names[referral.pupil_id] | {referral.pupil.last_name}),
            addresses=frozenset(addresses[referral.pupil_id]),
        )
        for referral in referrals
    }


def together(one: ItemLinks, other: ItemLinks) -> ItemLinks:
    """Return everything that either of two readings of an item has to do with."""
    return ItemLinks(
        reference=one.reference,
        excluding=_both(one.excluding, other.excluding),
        candidates=_both(one.candidates, other.candidates),
        previous=_both(one.previous, other.previous),
        family_names=one.family_names | other.family_names,
        addresses=one.addresses | other.addresses,
    )


def as_kept(links: ItemLinks) -> dict[str, list[list[str]]]:
    """Return an item's links as they are kept with it: lists of texts."""
    schools = {name: getattr(links, name) for name in ("excluding", "candidates", "previous")}
    kept = {name: [[school.urn, school.trust or ""] for school in found] for name, found in schools.items()}
    kept["family_names"] = [[name] for name in sorted(links.family_names)]
    kept["addresses"] = sorted([each.postcode, each.street] for each in links.addresses)
    return kept


def from_kept(reference: str, kept: dict[str, list[list[str]]]) -> ItemLinks:
    """Return an item's links from what was kept with it. Raises KeyError where something is wanting."""

    def schools(name: str) -> tuple[School, ...]:
        return tuple(School(urn, trust or None) for urn, trust in kept[name])

    return ItemLinks(
        reference=reference,
        excluding=schools("excluding"),
        candidates=schools("candidates"),
        previous=schools("previous"),
        family_names=frozenset(name for (name,) in kept["family_names"]),
        addresses=frozenset(Address(postcode, street) for postcode, street in kept["addresses"]),
    )


def _both(one: Iterable[School], other: Iterable[School]) -> tuple[School, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _school(row: SchoolRow) -> School:
    return School(row.urn, row.trust.group_id if row.trust else None)


def _previous(pupils: Collection[int]) -> dict[int, list[tuple[date, School]]]:
    """Return the schools of each child with the first day on the roll, the first first."""
    found: dict[int, list[tuple[date, School]]] = defaultdict(list)
    spells = RollSpell.objects.filter(pupil__in=pupils).select_related("school__trust").order_by("first_day", "pk")
    for spell in spells:
        found[spell.pupil_id].append((spell.first_day, _school(spell.school)))
    return found


def _before(referral: Referral, spells: Iterable[tuple[date, School]]) -> Iterable[School]:
    """Return the schools of before a panel decided, each once: where the child went by its decision was none of them."""
    decided = referral.decided_on
    return dict.fromkeys(school for first_day, school in spells if decided is None or first_day < decided)


def _names(pupils: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pupil, name in OtherName.objects.standing().filter(pupil__in=pupils).values_list("pupil_id", "last_name"):
        found[pupil].add(name)
    return found


def _addresses(pupils: Collection[int]) -> dict[int, set[Address]]:
    found: dict[int, set[Address]] = defaultdict(set)
    rows = HomeAddress.objects.standing().filter(pupil__in=pupils).values_list("pupil_id", "lines", "postcode")
    for pupil, lines, postcode in rows:
        found[pupil].add(Address(postcode, _street(lines)))
    return found


def _street(lines: str) -> str:
    return lines.split(",")[0].strip()
