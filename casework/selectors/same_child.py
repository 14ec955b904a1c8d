"""Children already held who may be the one that somebody describes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet, Value

from casework.models import OtherName, OtherUpn, Pupil, User
from casework.models.folding import Folded
from casework.rules import same_child as rules
from casework.selectors.names_alike import likeness
from casework.selectors.pupils import current_spells

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Perhaps:
    """One child who may be the one described, with the evidence and the school whose roll the child is on."""

    pupil: Pupil
    evidence: rules.Evidence
    school: str
    other_names: tuple[str, ...]
    upns: tuple[str, ...]


def same_child_perhaps(
    *, by: User, first_name: str, last_name: str, date_of_birth: date, sex: str, upn: str, on: date
) -> list[Perhaps]:
    """Return at most four children whom the description may mean, likeliest first, in four queries.

    Looked at are children with the UPN now or before, those born that day, and those of that very name whose
    birthday may be the one typed, mistyped.
    """
    found = list(_candidates(by, f"{first_name} {last_name}", date_of_birth, upn, on)[:200])
    weighed = [each for each in (_weigh(pupil, sex, date_of_birth, upn, on) for pupil in found) if each]
    order = {rules.Match.SAME: 0, rules.Match.ALIKE: 1, rules.Match.DIFFERS: 2, rules.Match.UNKNOWN: 2}
    weighed.sort(key=lambda each: (order[each.evidence.upn], order[each.evidence.name], each.pupil.pk))
    return weighed[:SHOWN]


def _candidates(by: User, name: str, born: date, upn: str, on: date) -> QuerySet[Pupil]:
    wanted = Q(date_of_birth=born) | Q(search_name=F("typed_name"), date_of_birth__in=rules.birthdays_like(born))
    if upn:
        held = OtherUpn.objects.standing().filter(upn=upn).values("pupil")
        wanted |= Q(upn=upn) | Q(pk__in=held)
    found: QuerySet[Pupil] = (
        Pupil.objects.visible_to(by)
        .annotate(typed_name=Folded(Value(name)))
        .filter(wanted)
        .prefetch_related(
            current_spells(on),
            Prefetch("other_names", queryset=OtherName.objects.standing(), to_attr="standing_names"),
            Prefetch("other_upns", queryset=OtherUpn.objects.standing(), to_attr="standing_upns"),
        )
        .order_by("pk")
    )
    return found


def _weigh(pupil: Pupil, sex: str, born: date, upn: str, on: date) -> Perhaps | None:
    typed_name = pupil.typed_name.split()
    names = [pupil.search_name, *(each.search_name for each in pupil.standing_names)]
    upns = [each for each in (pupil.upn, *(each.upn for each in pupil.standing_upns)) if each]
    likest = max(names, key=lambda name: likeness(typed_name, name.split())).split()
    evidence = rules.compare(
        _person(typed_name, born, sex, [upn] if upn else []),
        _person(likest, pupil.date_of_birth, pupil.sex, upns),
        name_likeness=likeness(typed_name, likest),
    )
    if not evidence.because:
        return None
    spell = next(iter(pupil.latest_spells), None)
    on_roll = spell is not None and (spell.last_day is None or spell.last_day >= on)
    return Perhaps(
        pupil=pupil,
        evidence=evidence,
        school=spell.school.name if spell and on_roll else "",
        other_names=tuple(each.name for each in pupil.standing_names),
        upns=tuple(upns),
    )


def _person(words: list[str], born: date, sex: str, upns: list[str]) -> rules.Person:
    first, last = (words[0], words[-1]) if words else ("", "")
    return rules.Person(first, last, born, sex, frozenset(upns))
