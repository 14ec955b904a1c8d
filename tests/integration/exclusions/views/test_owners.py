"""Whose cases are whose: changed for one, for those ticked, for all of a colleague, and by school."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Handover, SchoolOwner, TimelineEvent, User
from casework.services import ownership
from exclusions.models import Exclusion
from exclusions.selectors.exclusion_list import options
from exclusions.selectors.my_work import officers
from tests import cast as people
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from tests.queries import asked


@pytest.fixture
def tom(cast: Cast) -> User:
    return people.person("tom", role="eas_officer")


def owner_of(exclusion: Exclusion) -> User | None:
    return Case.objects.get(exclusion=exclusion).owner


def test_those_ticked_are_given_and_the_list_comes_back_as_it_was(
    officer: Client, cast: Cast, tom: User, exclusion: Exclusion, suspension: Exclusion
) -> None:
    answer = officer.post(
        "/exclusions/reassign/",
        {
            "case": [exclusion.case.reference],
            "to": str(tom.pk),
            "back": "kind=permanent&sort=child&next=//evil.example",
        },
    )

    assert answer.headers["Location"] == "/exclusions/?kind=permanent&sort=child"
    assert (owner_of(exclusion), owner_of(suspension)) == (tom, cast.asha)
    event = TimelineEvent.objects.get(event="owner_changed")
    assert (event.case, event.by) == (exclusion.case, cast.asha)
    page = officer.get(f"/exclusions/{exclusion.case.reference}/").content.decode()
    assert f"Owner: {tom.name}, was Asha Verma." in page


@pytest.mark.parametrize(
    ("case", "to", "message"),
    [(False, "tom", "Tick the notices"), (True, "", "Choose the colleague"), (True, "999999", "Choose the colleague"),
     (True, "administrator", "cannot own cases"), (True, "disabled", "cannot own cases"), (True, "leaver", "cannot own cases")],
)  # fmt: skip
def test_nothing_is_given_to_nobody_or_to_who_may_own_nothing(
    case: bool, to: str, message: str, officer: Client, cast: Cast, tom: User, exclusion: Exclusion
) -> None:
    people_by_name = cast.everybody() | {"tom": tom}
    given = str(people_by_name[to].pk) if to in people_by_name else to

    answer = officer.post(
        "/exclusions/reassign/", {"case": [exclusion.case.reference] if case else [], "to": given}, follow=True
    )

    assert message in answer.content.decode()
    assert owner_of(exclusion) == cast.asha
    assert not Handover.objects.exists()


def test_owner_of_one_is_changed_with_a_reason(officer: Client, cast: Cast, tom: User, exclusion: Exclusion) -> None:
    address = f"/exclusions/{exclusion.case.reference}/owner/"

    officer.post(address, {"to": str(tom.pk), "reason": "knows the family"})

    assert owner_of(exclusion) == tom
    assert TimelineEvent.objects.get(event="owner_changed").data["reason"] == "knows the family"
    assert "to" in str(officer.post(address, {"to": ""}).context["form"].errors)


def hand_over(client: Client, of: User, to: User, **changes: Any) -> Any:
    typed = {
        "token": str(uuid.uuid4()), "of": str(of.pk), "to": str(to.pk), "with_schools": "on", "reason": "on leave",
    } | changes  # fmt: skip
    return client.post("/hand-over/", typed)


def test_all_of_a_colleague_is_given_and_given_back(
    officer: Client, cast: Cast, tom: User, place: Place, exclusion: Exclusion, suspension: Exclusion
) -> None:
    ownership.set_school_owner(by=cast.asha, on=TODAY, school=place.school, owner=cast.asha)
    token = str(uuid.uuid4())

    answers = [hand_over(officer, cast.asha, tom, token=token) for _ in range(2)]

    assert [answer.headers.get("Location") for answer in answers] == ["/hand-over/", "/hand-over/"]
    handover = Handover.objects.get()
    assert (owner_of(exclusion), owner_of(suspension)) == (tom, tom)
    assert SchoolOwner.objects.get(last_day__isnull=True).owner == tom
    assert "on leave" in officer.get("/hand-over/").content.decode()

    ownership.give(by=cast.ruth, at=NOW, cases=[suspension.case], to=cast.imran)
    for _ in range(2):
        officer.post(f"/hand-over/{handover.pk}/give-back/")

    assert (owner_of(exclusion), owner_of(suspension)) == (cast.asha, cast.imran)
    assert SchoolOwner.objects.get(last_day__isnull=True).owner == cast.asha
    assert TimelineEvent.objects.filter(case=exclusion.case, event="owner_changed").count() == 2


def test_only_the_schools_of_a_handover_are_given_back(
    officer: Client, cast: Cast, tom: User, place: Place, exclusion: Exclusion, suspension: Exclusion
) -> None:
    """Tom covers for two colleagues from one day, and takes on a school of his own that day."""
    Case.objects.filter(pk=suspension.case_id).update(owner=cast.ruth)
    own = rows.SchoolFactory.create(authority=place.authority)
    for school, owner in ((place.school, cast.asha), (place.primary, cast.ruth), (own, tom)):
        ownership.set_school_owner(by=cast.ruth, on=TODAY, school=school, owner=owner)
    for colleague in (cast.asha, cast.ruth):
        hand_over(officer, colleague, tom)

    officer.post(f"/hand-over/{Handover.objects.get(given_from=cast.asha).pk}/give-back/")

    present = SchoolOwner.objects.filter(last_day__isnull=True).values_list("school", "owner")
    assert set(present) == {(place.school.pk, cast.asha.pk), (place.primary.pk, tom.pk), (own.pk, tom.pk)}


@pytest.mark.parametrize("schools", [True, False])
def test_nothing_goes_back_to_who_may_own_nothing_now(
    schools: bool, officer: Client, cast: Cast, tom: User, place: Place, exclusion: Exclusion
) -> None:
    if schools:
        ownership.set_school_owner(by=cast.ruth, on=TODAY, school=place.school, owner=cast.ruth)
    Case.objects.update(owner=cast.ruth)
    hand_over(officer, cast.ruth, tom)
    User.objects.filter(pk=cast.ruth.pk).update(is_active=False)
    handover = Handover.objects.get()

    page = officer.post(f"/hand-over/{handover.pk}/give-back/", follow=True).content.decode()

    assert f"{cast.ruth.name} cannot own cases now, so nothing was given back." in page
    assert f"Hand over what {tom.name} has to somebody else instead." in page
    handover.refresh_from_db()
    assert (owner_of(exclusion), handover.given_back_at) == (tom, None)
    assert not SchoolOwner.objects.exclude(owner=tom).filter(last_day=None).exists()


def test_colleague_with_schools_and_no_case_hands_them_over(
    officer: Client, cast: Cast, tom: User, place: Place
) -> None:
    ownership.set_school_owner(by=cast.ruth, on=TODAY, school=place.school, owner=cast.imran)
    without = hand_over(officer, cast.imran, tom, with_schools="")
    hand_over(officer, cast.imran, tom)
    page = officer.get("/hand-over/").content.decode()
    back = officer.post(f"/hand-over/{Handover.objects.get().pk}/give-back/", follow=True).content.decode()

    assert "has no case on which there is something to do" in str(without.context["form"].errors["of"])
    assert "The new notices of 1 school are given to" in page
    assert f"<b>New notices of the schools</b> of {cast.imran.name} to {tom.name}</p>" in page
    assert "The new notices of 1 school are given back." in back
    assert SchoolOwner.objects.get(last_day=None).owner == cast.imran


def test_one_is_spoken_of_as_one(officer: Client, cast: Cast, tom: User, place: Place, exclusion: Exclusion) -> None:
    owned = officer.post("/schools/owners/", {"school": [place.school.urn], "owner": str(tom.pk)}, follow=True)
    hand_over(officer, cast.asha, tom)
    page = officer.get("/hand-over/").content.decode()

    assert "New notices of 1 school are owned by" in owned.content.decode()
    assert "1 case is given to" in page
    assert "the 1 case given to" in page


def test_second_click_on_the_last_cases_of_a_colleague_leads_to_the_first_result(
    officer: Client, cast: Cast, tom: User, exclusion: Exclusion
) -> None:
    Case.objects.exclude(pk=exclusion.case_id).update(owner=tom)
    token = str(uuid.uuid4())

    answers = [hand_over(officer, cast.asha, tom, token=token) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert not Case.objects.filter(owner=cast.asha).exists()


def test_nobody_who_has_not_opened_their_account_is_given_anything(
    officer: Client, cast: Cast, tom: User, place: Place, exclusion: Exclusion
) -> None:
    ownership.set_school_owner(by=cast.ruth, on=TODAY, school=place.school, owner=tom)
    tom.set_unusable_password()
    tom.save()

    refused = hand_over(officer, cast.asha, tom)

    assert "to" in refused.context["form"].errors
    assert tom.pk not in officers()
    assert str(tom.pk) not in options(by=cast.asha, council=place.authority.code).owners
    assert ownership.owner_for(school=place.school, logged_by=cast.asha, on=TODAY) == cast.asha
    with pytest.raises(ownership.MayNotOwn):
        ownership.give(by=cast.asha, at=NOW, cases=[exclusion.case], to=tom)
    assert owner_of(exclusion) == cast.asha


def test_case_of_an_earlier_year_is_given_only_with_something_to_do(
    officer: Client, cast: Cast, tom: User, exclusion: Exclusion, suspension: Exclusion
) -> None:
    Case.objects.update(opened_at=NOW.replace(year=2025))
    suspension.case.duties.all().delete()

    hand_over(officer, cast.asha, tom)

    assert (owner_of(exclusion), owner_of(suspension)) == (tom, cast.asha)


def test_handover_to_oneself_or_of_nothing_is_refused(
    officer: Client, cast: Cast, tom: User, exclusion: Exclusion
) -> None:
    same = hand_over(officer, cast.asha, cast.asha).content.decode()
    no_reason = hand_over(officer, cast.asha, tom, reason="").content.decode()

    assert "Choose somebody else" in same
    assert "Enter why" in no_reason
    assert not Handover.objects.exists()


def test_new_notice_belongs_to_the_owner_of_its_school_else_to_who_logs_it(cast: Cast, tom: User, place: Place) -> None:
    ownership.set_school_owner(by=cast.ruth, on=exclusion_rows.LOGGED_AT.date(), school=place.primary, owner=tom)
    first = exclusion_rows.exclusion(
        pupil=rows.RollSpellFactory.create(school=place.primary).pupil, school=place.primary, by=cast.asha
    )
    second = exclusion_rows.exclusion(
        pupil=rows.RollSpellFactory.create(school=place.school).pupil, school=place.school, by=cast.asha
    )
    User.objects.filter(pk=tom.pk).update(is_active=False)
    third = exclusion_rows.exclusion(
        pupil=rows.RollSpellFactory.create(school=place.primary).pupil, school=place.primary, by=cast.asha
    )

    assert [owner_of(each) for each in (first, second, third)] == [tom, cast.asha, cast.asha]


def test_schools_ticked_get_an_owner_and_the_old_one_ends(officer: Client, cast: Cast, tom: User, place: Place) -> None:
    typed = {"school": [place.school.urn, place.primary.urn], "owner": str(tom.pk)}
    officer.post("/schools/owners/", typed)
    SchoolOwner.objects.update(first_day="2026-09-01")

    officer.post("/schools/owners/", {"school": [place.school.urn], "owner": str(cast.imran.pk)})
    officer.post("/schools/owners/", {"school": [place.primary.urn], "owner": ""})

    held = SchoolOwner.objects.order_by("pk").values_list("school", "owner", "last_day")
    yesterday = TODAY.replace(day=3)
    assert set(held) == {
        (place.school.pk, tom.pk, yesterday), (place.primary.pk, tom.pk, yesterday), (place.school.pk, cast.imran.pk, None),
    }  # fmt: skip
    assert "Tick the schools first" in officer.post("/schools/owners/", {"owner": ""}).content.decode()


@pytest.mark.parametrize("who", ["imran", "chair", "administrator", "stranger"])
def test_colleague_without_the_right_gives_nothing(
    who: str, cast: Cast, client_of: ClientOf, tom: User, exclusion: Exclusion
) -> None:
    colleague = client_of(cast.everybody()[who])

    answers = [
        colleague.post("/exclusions/reassign/", {"case": [exclusion.case.reference], "to": str(tom.pk)}).status_code,
        colleague.post(f"/exclusions/{exclusion.case.reference}/owner/", {"to": str(tom.pk)}).status_code,
        hand_over(colleague, cast.asha, tom).status_code,
        colleague.post("/schools/owners/", {"school": ["900001"], "owner": str(tom.pk)}).status_code,
    ]

    assert set(answers) == {404}
    assert owner_of(exclusion) == cast.asha
    assert "Reassign" not in colleague.get("/exclusions/").content.decode()


def test_owners_of_schools_and_handovers_ask_as_often_for_5_as_for_500(
    officer: Client, cast: Cast, tom: User, place: Place
) -> None:
    counts: dict[str, list[int]] = {"/schools/owners/": [], "/hand-over/": []}
    for number in (5, 495):
        for school in rows.SchoolFactory.create_batch(number, authority=place.authority):
            SchoolOwner.objects.create(school=school, owner=tom, first_day=TODAY)
        Handover.objects.bulk_create(
            Handover(given_by=cast.asha, given_from=cast.asha, given_to=tom, at=NOW) for _ in range(number)
        )
        for address, asked_for in counts.items():
            officer.get(address)
            with CaptureQueriesContext(connection) as captured:
                officer.get(address)
            asked_for.append(len(asked(captured)))

    assert all(few == many for few, many in counts.values()), counts


def test_ticks_and_the_page_are_kept_when_nobody_was_chosen(officer: Client, exclusion: Exclusion) -> None:
    sent = {"case": [exclusion.case.reference, "<b>"], "to": "", "back": "period=&sort=child&page=1"}

    page = officer.post("/exclusions/reassign/", sent, follow=True)

    assert page.redirect_chain[0][0] == f"/exclusions/?period=&sort=child&page=1&tick={exclusion.case.reference}"
    body = page.content.decode()
    assert re.search(rf'value="{exclusion.case.reference}"[^>]* checked', body)
    assert "tick=" not in re.sub(r"<a [^>]*app-skip[^>]*>", "", body)
