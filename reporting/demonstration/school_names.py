"""The names and kinds of the invented schools."""

from dataclasses import dataclass

from reporting.demonstration.chance import Chance, pick
from reporting.demonstration.words import HERITAGES, PLACE_BEGINNINGS, PLACE_ENDINGS

PRIMARIES, SECONDARIES = 125, 14
SMALL_PRIMARIES, SMALL_SECONDARIES = 8, 0

MAINTAINED = {"01": 50.0, "02": 10.0, "03": 25.0, "05": 15.0}


@dataclass(frozen=True, slots=True)
class Named:
    """What an invented school is, before it has a row."""

    name: str
    phase: str
    lowest: int
    highest: int
    size: float
    kind: str = "maintained"
    establishment_type: str = "01"
    in_trust: bool = False
    six_terms: bool = False
    ended: str = ""
    follows: bool = False
    head: str = ""


# Schools that the pages and the pictures of the product know by name, and the unusual ones.
WELL_KNOWN = (
    Named("Tarrock Hill School", "secondary", 7, 11, 1.3),
    Named("Cadderley High School", "secondary", 7, 11, 1.1),
    Named("Wexcombe Academy", "secondary", 7, 13, 1.2, "academy", "34", in_trust=True),
    Named("Oxmarsh Community School", "secondary", 7, 11, 1.0, six_terms=True),
    Named("Yarrickdale Middle School", "secondary", 5, 8, 0.6, head="Idris Fennimore"),
    # An academy conversion closes one school and opens another, under a new number.
    Named("Skarrowfield School", "secondary", 7, 11, 0.8, ended="converted"),
    Named("Skarrowfield Academy", "secondary", 7, 11, 0.8, "academy", "28", in_trust=True, follows=True),
    Named("Quillbrook Primary School", "primary", 0, 6, 1.2),
    Named("Ombergate Infant and Junior School", "primary", 0, 6, 0.3, ended="shut"),
    Named("Larrowfold School", "special", 0, 13, 1.0, "special", "07"),
    Named("Brackenhythe School", "special", 0, 13, 0.8, "special", "07"),
    Named("Vellanbridge Academy", "special", 2, 13, 0.6, "special", "44", in_trust=True),
    Named("Stillwater Centre", "alternative provision", 1, 11, 1.0, "pru", "14"),
)


def named_schools(chance: Chance, *, small: bool) -> list[Named]:
    """Return the schools to open: about 150, or a handful."""
    towns = [begin + end for begin in PLACE_BEGINNINGS for end in PLACE_ENDINGS]
    chance.shuffle(towns)
    primaries = SMALL_PRIMARIES if small else PRIMARIES
    secondaries = SMALL_SECONDARIES if small else SECONDARIES
    found = list(WELL_KNOWN)
    found += [_secondary(towns.pop(), chance) for _ in range(secondaries)]
    found += [_primary(towns.pop(), chance) for _ in range(primaries)]
    if not small:
        found.append(Named("Thornwater Centre", "alternative provision", 7, 11, 0.6, "pru", "14"))
    return [_with_head(school, chance) for school in found]


def _primary(town: str, chance: Chance) -> Named:
    if chance.random() < 0.3:
        return Named(
            f"{town} Primary Academy", "primary", 0, 6, chance.uniform(0.4, 1.8), "academy",
            chance.choice(("28", "34")), in_trust=True,
        )  # fmt: skip
    kind = pick(chance, MAINTAINED)
    church = "Church of England " if kind in ("02", "03") else ""
    return Named(f"{town} {church}Primary School", "primary", 0, 6, chance.uniform(0.3, 1.8), "maintained", kind)


def _secondary(town: str, chance: Chance) -> Named:
    highest = 13 if chance.random() < 0.3 else 11
    if chance.random() < 0.6:
        return Named(
            f"{town} Academy", "secondary", 7, highest, chance.uniform(0.6, 1.4), "academy",
            chance.choice(("28", "34")), in_trust=chance.random() < 0.8,
        )  # fmt: skip
    ending = chance.choice(("School", "High School", "Community College"))
    return Named(f"{town} {ending}", "secondary", 7, highest, chance.uniform(0.6, 1.4), "maintained", "01")


def _with_head(school: Named, chance: Chance) -> Named:
    _, _, girls, boys, families = HERITAGES[0]
    first = chance.choice((girls + " " + boys).split())
    by_chance = f"{first} {chance.choice(families.split())}"
    return Named(
        school.name, school.phase, school.lowest, school.highest, school.size, school.kind,
        school.establishment_type, school.in_trust, school.six_terms, school.ended, school.follows,
        school.head or by_chance,
    )  # fmt: skip
