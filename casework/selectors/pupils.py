"""Finding children."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Prefetch, Q, QuerySet

from casework.models import OtherUpn, Pupil, RollSpell, User
from casework.rules.dates import NotADay, age, parse_day
from casework.selectors.names_alike import likeness

REFERENCE = re.compile(r"^\d{2}-\d{1,6}$")
# A UPN as far as it is typed: nobody types half of one and means a date.
UPN = re.compile(r"^[a-z]\d{5,11}[\da-z]?$")
SHORTEST = 3
CANDIDATES = 80
"""Children that the index finds and whose names are then compared letter by letter."""

# Every word must be a little alike; or, where too few names are, one of them must be very much so.
A_LITTLE, VERY_MUCH = 0.3, 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """One child found: what tells this child from another of the same name.

    `also` is the other name by which the child was found, empty where it was the name itself.
    """

    pupil: Pupil
    year_group: str
    school_name: str
    age: int
    also: str = ""


class TooShort(ValueError):
    """Fewer than three letters were typed, which would list half the county."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, taken apart: a UPN, a case reference, a date of birth, and words of a name, folded."""

    upn: str = ""
    reference: str = ""
    born: date | None = None
    words: tuple[str, ...] = ()


def find(*, by: User, typed: str, on: date, limit: int = 8) -> list[Found]:
    """Return the children that the words may mean, likeliest first.

    The words are a UPN, one that a child had before, a case reference, or a date of birth and a name in any order and
    nearly spelt; other names of a child count like the name. At most `limit` rows, all visible to the person. Raises
    TooShort under three letters. Six queries at most.
    """
    if len("".join(typed.split())) < SHORTEST:
        raise TooShort
    asked = read(typed, on=on)
    pupils = Pupil.objects.visible_to(by)
    if asked.upn:
        before = OtherUpn.objects.standing().filter(upn__startswith=asked.upn).values("pupil")
        found = pupils.filter(Q(upn__startswith=asked.upn) | Q(pk__in=before))
        return _shown(found.order_by("upn")[:limit], on)
    if asked.reference:
        return _shown(pupils.filter(cases__reference__startswith=asked.reference).order_by("pk").distinct()[:limit], on)
    if asked.born and not asked.words:
        return _shown(pupils.filter(date_of_birth=asked.born).order_by("last_name", "first_name", "pk")[:limit], on)
    if not asked.words:
        return []
    names = _alike(asked, limit)
    held = pupils.filter(pk__in=[pk for pk, _ in names])
    also = dict(names)
    order = {pk: place for place, (pk, _) in enumerate(names)}
    shown = _shown(held, on, also=also)
    # Of children as alike as each other, those who are in school first.
    return sorted(shown, key=lambda each: order[each.pupil.pk])[:limit]


def read(typed: str, *, on: date) -> Asked:
    """Take apart what somebody typed. The words of the name come back folded, in one query where there are any."""
    tidy = " ".join(typed.replace(",", " ").split())
    if UPN.match(tidy.replace(" ", "").casefold()):
        return Asked(upn=tidy.replace(" ", "").upper())
    if REFERENCE.match(tidy):
        return Asked(reference=tidy)
    born, rest = _date_in(tidy, on)
    words = tuple(word for word in _folded(rest).split() if any(map(str.isalpha, word)))
    return Asked(born=born, words=words[:6])


def _date_in(tidy: str, on: date) -> tuple[date | None, str]:
    """Return the date of birth that stands among the words, and the other words; a weekday alone is a name."""
    if not any(map(str.isdigit, tidy)):
        return None, tidy
    parts = tidy.split()
    for length in range(min(3, len(parts)), 0, -1):
        for start in range(len(parts) - length + 1):
            spelt = " ".join(parts[start : start + length])
            if not any(map(str.isdigit, spelt)):
                continue
            try:
                born = parse_day(spelt, today=on)
            except NotADay:
                continue
            return born, " ".join(parts[:start] + parts[start + length :])
    return None, tidy


def _folded(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_folded(%s)", [text])
        return str(cursor.fetchone()[0])


NAMES = """
SELECT id, '', search_name FROM casework_pupil WHERE {pupils}
UNION ALL
SELECT pupil_id, first_name || ' ' || last_name, search_name FROM casework_othername
WHERE withdrawn_at IS NULL AND {others}
"""


def _alike(asked: Asked, limit: int) -> list[tuple[int, str]]:
    """Return primary keys of children with the other name by which each was found, likeliest first."""
    rows = _candidates(asked, every=True)
    if len({pk for pk, _, _ in rows}) < limit and len(asked.words) > 1:
        rows += _candidates(asked, every=False)
    best: dict[int, tuple[float, str]] = {}
    for pk, other, name in rows:
        score = likeness(asked.words, name.split())
        if pk not in best or score > best[pk][0]:
            best[pk] = (score, other)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return [(pk, other) for pk, (_, other) in _in_school_first(ranked, limit)]


def _in_school_first(
    ranked: list[tuple[int, tuple[float, str]]], limit: int
) -> Iterable[tuple[int, tuple[float, str]]]:
    """Put those in school before others whose names are as alike."""
    kept = ranked[: limit * 4]
    now = set(
        RollSpell.objects.filter(pupil__in=[pk for pk, _ in kept], last_day__isnull=True).values_list(
            "pupil_id", flat=True
        )
    )
    return sorted(kept, key=lambda item: (-round(item[1][0], 3), item[0] not in now, item[0]))[:limit]


def _candidates(asked: Asked, *, every: bool) -> list[tuple[int, str, str]]:
    """Return id, other name and folded name of the children whose names the index finds alike."""
    alike = (" AND " if every else " OR ").join(["search_name %%> %s"] * len(asked.words))
    where, words = f"({alike})", [*asked.words]
    born = " AND date_of_birth = %s" if asked.born else ""
    others = " AND pupil_id IN (SELECT id FROM casework_pupil WHERE date_of_birth = %s)" if asked.born else ""
    day = [asked.born] if asked.born else []
    order = " + ".join(["word_similarity(%s, search_name)"] * len(asked.words))
    # Only placeholders are put together here; what was typed goes in as values.
    names = NAMES.format(pupils=where + born, others=where + others)
    sql = f"SELECT * FROM ({names}) names (id, other, search_name) ORDER BY {order} DESC, id LIMIT %s"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(A_LITTLE if every else VERY_MUCH)]
        )
        cursor.execute(sql, [*words, *day, *words, *day, *words, CANDIDATES])
        return list(cursor.fetchall())


def current_spells(on: date) -> "Prefetch[str]":
    """Return the prefetch that gives each pupil `latest_spells`, newest first, begun by the day."""
    spells = RollSpell.objects.filter(first_day__lte=on).select_related("school").order_by("-first_day", "-pk")
    return Prefetch("roll_spells", queryset=spells, to_attr="latest_spells")


def _shown(pupils: QuerySet[Pupil], on: date, also: dict[int, str] | None = None) -> list[Found]:
    return [_found(pupil, on, (also or {}).get(pupil.pk, "")) for pupil in pupils.prefetch_related(current_spells(on))]


def _found(pupil: Pupil, on: date, also: str) -> Found:
    spell = next(iter(pupil.latest_spells), None)
    on_roll = spell is not None and (spell.last_day is None or spell.last_day >= on)
    return Found(
        pupil=pupil,
        year_group=spell.year_group if spell and on_roll else "",
        school_name=spell.school.name if spell and on_roll else "",
        age=age(pupil.date_of_birth, on),
        also=also,
    )
