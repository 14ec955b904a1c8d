"""Finding children."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce

from casework.models import Pupil, RollSpell, User
from casework.rules.dates import NotADay, age, parse_day

REFERENCE = re.compile(r"^\d{2}-\d{3,6}$")
UPN = re.compile(r"^[A-Za-z]\d{11}[\dA-Za-z]$")
LIKE_ENOUGH = 0.45
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One child found: what tells this child from another of the same name."""

    pupil: Pupil
    year_group: str
    school_name: str
    age: int


class TooShort(ValueError):
    """Fewer than three letters were typed, which would list half the county."""


def find(*, by: User, typed: str, on: date, limit: int = 8) -> list[Found]:
    """Return the children that the words may mean, likeliest first.

    The words are a UPN, a case reference, a date of birth, or a name in any order and nearly spelt. At most `limit`
    rows, all visible to the person. Raises TooShort under three letters. Three queries at most.
    """
    words = " ".join(typed.split())
    if len(words) < SHORTEST:
        raise TooShort
    return [_found(pupil, on) for pupil in _matches(words, by, on)[:limit]]


def _matches(words: str, by: User, on: date) -> QuerySet[Pupil]:
    pupils = Pupil.objects.visible_to(by).prefetch_related(current_spells(on))
    if UPN.match(words):
        return pupils.filter(upn=words.upper())
    if REFERENCE.match(words):
        return pupils.filter(cases__reference=words)
    if any(letter.isdigit() for letter in words):
        try:
            return pupils.filter(date_of_birth=parse_day(words, today=on)).order_by("last_name", "first_name", "pk")
        except NotADay:
            return pupils.none()
    return _by_name(pupils, words.casefold(), on)


def _by_name(pupils: QuerySet[Pupil], words: str, on: date) -> QuerySet[Pupil]:
    likeness: Any = Coalesce(Value(0.0), Value(0.0), output_field=FloatField())
    parts = [part for part in re.split(r"[\s,]+", words) if part]
    for number, part in enumerate(parts):
        pupils = pupils.annotate(**{f"like_{number}": TrigramWordSimilarity(part, "search_name")})
        # The operator uses the index; the number orders what it lets through.
        pupils = pupils.filter(search_name__trigram_word_similar=part)
        likeness = likeness + F(f"like_{number}")
    # Names in which each word typed begins a word come first, and of those the children who are in school.
    begins = Q()
    for part in parts:
        begins &= Q(search_name__startswith=part) | Q(search_name__contains=f" {part}")
    in_school = Exists(
        RollSpell.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=on), pupil=OuterRef("pk"), first_day__lte=on
        )
    )
    return pupils.annotate(
        likeness=likeness, in_school=in_school, begins=ExpressionWrapper(begins, output_field=BooleanField())
    ).order_by("-begins", "-in_school", "-likeness", "last_name", "first_name", "pk")


def current_spells(on: date) -> "Prefetch[str]":
    """Return the prefetch that gives each pupil `latest_spells`, newest first, begun by the day."""
    spells = RollSpell.objects.filter(first_day__lte=on).select_related("school").order_by("-first_day", "-pk")
    return Prefetch("roll_spells", queryset=spells, to_attr="latest_spells")


def _found(pupil: Pupil, on: date) -> Found:
    spell = next(iter(pupil.latest_spells), None)
    on_roll = spell is not None and (spell.last_day is None or spell.last_day >= on)
    return Found(
        pupil=pupil,
        year_group=spell.year_group if spell and on_roll else "",
        school_name=spell.school.name if spell and on_roll else "",
        age=age(pupil.date_of_birth, on),
    )


def same_child_perhaps(*, first_name: str, last_name: str, date_of_birth: date, upn: str) -> list[Pupil]:
    """Return children already held who may be the one described: the same UPN, or birthday and a like name."""
    found = list(Pupil.objects.filter(upn=upn)[:1]) if upn else []
    name = f"{first_name} {last_name}".casefold()
    alike = (
        Pupil.objects.filter(date_of_birth=date_of_birth)
        .annotate(likeness=TrigramWordSimilarity(name, "search_name"))
        .filter(likeness__gte=LIKE_ENOUGH)
        .order_by("-likeness")[:5]
    )
    return found + [pupil for pupil in alike if pupil not in found]
