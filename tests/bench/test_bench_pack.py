"""The packs of a sitting of twenty items for eight members, each with some that he is out of."""

from datetime import date

import pytest
from django.utils import timezone

from casework.models import RollSpell, User
from panels.models import Referral, Sitting
from panels.rules.terms import MemberRole
from tests import cast as people
from tests.bench.test_bench import measured, server
from tests.conftest import NOW, TODAY, Place, place
from tests.factories import casework as casework_rows
from tests.factories import exclusions as exclusion_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.pdf_text import copies_of

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
__all__ = ["place"]
ITEMS, MEMBERS = 20, 8


def test_bench_packs(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cast = people.assemble(today=TODAY)
    panel = referral_rows.specialists(by=cast.administrator)
    sitting = sitting_rows.sitting(panel, by=cast.asha, on=TODAY)
    referrals = [_listed(number, sitting, place, cast.asha) for number in range(ITEMS)]
    out = _members(sitting, referrals, cast)
    ask = server(cast.asha)
    here = f"/panels/{panel.code}/sittings/{TODAY}/"

    print()
    measured(f"packs of {ITEMS} items for {MEMBERS} members", lambda: ask(f"{here}packs.zip"), times=5)
    measured(f"one pack of {ITEMS} items", lambda: ask(f"{here}pack/print.pdf"), times=5)
    copies = copies_of(ask(f"{here}packs.zip"))
    assert len(copies) == MEMBERS
    for person, closed in out.items():
        (text,) = [each for each in copies.values() if f"Copy of {person.name}," in each]
        assert [each.reference for each in referrals if each.reference not in text] == [
            each.reference for each in closed
        ]


def _listed(number: int, sitting: Sitting, place: Place, by: User) -> Referral:
    pupil = casework_rows.PupilFactory.create(upn=None, last_name=f"Oxtoby{chr(97 + number)}")
    school = sitting_rows.another_school(f"School {number}", place.school)
    RollSpell.objects.create(pupil=pupil, school=school, year_group="9", first_day=date(2025, 9, 1))
    exclusion_rows.exclusion(pupil=pupil, school=school, by=by)
    referral = referral_rows.referral(sitting.panel, pupil, by=by)
    for other in (place.school, place.primary):
        referral_rows.candidate(referral, other, by=by)
    sitting_rows.listed(sitting, referral, by=by)
    return referral


def _members(sitting: Sitting, referrals: list[Referral], cast: people.Cast) -> dict[User, list[Referral]]:
    """Seat eight; the nth serves at the schools of as many items as his number."""
    out = {}
    for number in range(MEMBERS):
        person = people.person(f"member{number}", role="panel_member")
        User.objects.filter(pk=person.pk).update(name=f"Member Number{number}")
        person.refresh_from_db()
        role = MemberRole.CHAIR if number == 0 else MemberRole.HEAD
        rows.member(sitting.panel, person, by=cast.administrator, role=role)
        out[person] = referrals[:number]
        for referral in out[person]:
            assert referral.exclusion
            rows.connection(person, kind="works_at", school=referral.exclusion.school)
    sitting_rows.declared(sitting, *out)
    return out
