"""Who is reached at each invented school, and its latest January by year group and SEN."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from casework.models import CensusHeadcount, HeadcountPart, SchoolContact, SchoolLink
from reporting.demonstration.chance import share

if TYPE_CHECKING:
    from reporting.demonstration.places import Place

FROM = date(2024, 9, 1)
YEAR_GROUPS = ("R", *(str(number) for number in range(1, 14)))
SEN_WEIGHTS = {"N": 82.0, "K": 14.0, "E": 4.0}
FIRST = (
    *("Adela", "Bernard", "Clemence", "Dorian", "Estelle", "Fergus", "Gwenda", "Hugo", "Imelda", "Jolyon", "Keziah"),
    *("Lorcan", "Mirabel", "Neville", "Ottoline", "Percival", "Rosalind"),
)
LAST = (
    *(
        "Applewhite",
        "Brackenbury",
        "Cobbledick",
        "Dunthorne",
        "Entwhistle",
        "Fothergill",
        "Greenhalgh",
        "Hebblethwaite",
    ),
    *("Illingworth", "Jessop", "Kellaway", "Lillicrap", "Murgatroyd"),
)


def write_contacts(places: Sequence["Place"]) -> None:
    """Write four contacts of each open school and the head before the present one; telephones are of no subscriber."""
    rows: list[SchoolContact] = []
    for number, place in enumerate(each for each in places if each.row.closed_on is None):
        named = {
            "head": place.row.head or _name(number, 0),
            "exclusions lead": _name(number, 1),
            "senco": _name(number, 2),
            "clerk": _name(number, 3),
        }
        for offset, (role, name) in enumerate(named.items()):
            rows.append(
                SchoolContact(
                    school=place.row,
                    role=role,
                    name=name,
                    telephone=f"01632 960 {(number * 4 + offset) % 1000:03}",
                    email=f"{role.replace(' ', '.')}@{place.row.urn}.example",
                    first_day=FROM if role != "clerk" else date(2022, 1, 4),
                )
            )
        if number % 9 == 0:
            rows.append(
                SchoolContact(
                    school=place.row,
                    role="senco",
                    name=_name(number, 5),
                    telephone=f"01632 960 {(number * 4 + 7) % 1000:03}",
                    first_day=date(2019, 9, 1),
                    last_day=date(2024, 8, 31),
                )
            )
    SchoolContact.objects.bulk_create(rows)


def write_links(places: Sequence["Place"]) -> None:
    """Say of each school that followed another which one it followed."""
    SchoolLink.objects.bulk_create(
        SchoolLink(
            predecessor=place.row,
            successor=place.successor.row,
            kind="converted",
            on=place.successor.row.opened_on,
            source="GIAS: the same number, closed as the other opened",
        )
        for place in places
        if place.successor
    )


def write_headcount_parts(places: Sequence["Place"]) -> None:
    """Share the latest January's headcount of each school among its year groups and SEN; the parts add up to it."""
    latest = CensusHeadcount.objects.order_by("-year").values_list("year", flat=True).first()
    if latest is None:
        return
    counts = dict(CensusHeadcount.objects.filter(year=latest).values_list("school", "headcount"))
    rows: list[HeadcountPart] = []
    for place in places:
        groups = YEAR_GROUPS[place.lowest : place.highest + 1]
        for group, pupils in zip(groups, share(counts.get(place.row.pk, 0), [1.0] * len(groups)), strict=True):
            rows += [
                HeadcountPart(school=place.row, year=latest, year_group=group, sen=sen, headcount=count)
                for sen, count in zip(SEN_WEIGHTS, share(pupils, list(SEN_WEIGHTS.values())), strict=True)
                if count
            ]
    HeadcountPart.objects.bulk_create(rows)


def _name(number: int, offset: int) -> str:
    place = number * 7 + offset * 5
    return f"{FIRST[place % len(FIRST)]} {LAST[(number * 3 + offset * 11) % len(LAST)]}"
