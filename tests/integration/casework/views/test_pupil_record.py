"""The entries of a child's record: added, changed, taken back."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Address, Circumstance, Contact, OtherName, OtherUpn, Pupil, Reading, SocialWorker
from casework.rules.upn import make_upn
from casework.selectors.circumstances import known_about
from exclusions.models import Exclusion
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import TODAY, ClientOf, Place
from tests.factories import casework as rows
from tests.queries import asked

OLD_UPN = make_upn("999", "4002", 2017, 55)

TYPED: dict[str, dict[str, str]] = {
    "circumstances": {"what": "sen:E", "first_day": "1/10/2026", "source": "SEN team", "known_on": "2/11/2026"},
    "addresses": {"lines": "2 Furrow Close", "postcode": "zz993wz", "first_day": "1/10/2026"},
    "names": {"kind": "formerly", "first_name": "Zephyrine", "last_name": "Marlowe", "source": "Mother"},
    "upns": {"kind": "temporary", "upn": OLD_UPN.lower(), "source": "School"},
    "contacts": {
        "name": "Ottoline Quillfeather", "relationship": "Mother", "parental_responsibility": "yes",
        "telephone": "01632 960001", "first_day": "1/9/2020",
    },
    "social-workers": {
        "name": "Barnaby Thorn", "team": "North family team", "telephone": "01632 960002", "first_day": "1/10/2026",
    },
}  # fmt: skip
SHOWN = {
    "circumstances": "Education, health and care plan", "addresses": "2 Furrow Close, ZZ99 3WZ",
    "names": "Zephyrine Marlowe", "upns": OLD_UPN, "contacts": "Ottoline Quillfeather", "social-workers": "Barnaby Thorn",
}  # fmt: skip
MODELS = {
    "circumstances": Circumstance, "addresses": Address, "names": OtherName, "upns": OtherUpn, "contacts": Contact,
    "social-workers": SocialWorker,
}  # fmt: skip


def add(client: Client, pupil: Pupil, kind: str, **changes: str) -> Any:
    typed = {"token": str(uuid.uuid4())} | TYPED[kind] | changes
    return client.post(f"/pupils/{pupil.public_id}/{kind}/add/", typed)


@pytest.mark.parametrize("kind", TYPED)
def test_entry_is_added_once_and_shown(kind: str, officer: Client, pupil: Pupil) -> None:
    before = MODELS[kind]._default_manager.count()
    token = str(uuid.uuid4())

    saved = [add(officer, pupil, kind, token=token) for _ in range(2)]

    assert {each.headers["Location"] for each in saved} == {f"/pupils/{pupil.public_id}/"}
    assert MODELS[kind]._default_manager.count() == before + 1
    assert SHOWN[kind] in officer.get(f"/pupils/{pupil.public_id}/").content.decode()
    assert Reading.objects.filter(pupil=pupil, surface__startswith="add a").exists()


@pytest.mark.parametrize("kind", TYPED)
def test_entry_taken_back_needs_a_reason_and_is_not_deleted(kind: str, officer: Client, pupil: Pupil) -> None:
    add(officer, pupil, kind)
    entry: Any = MODELS[kind]._default_manager.latest("pk")
    address = f"/pupils/{pupil.public_id}/{kind}/{entry.pk}/take-back/"

    refused = officer.post(address, {"token": str(uuid.uuid4()), "because": ""})
    officer.post(address, {"token": str(uuid.uuid4()), "because": "entered on the wrong child"})

    entry.refresh_from_db()
    assert "because" in notice.errors(refused)
    assert (entry.withdrawn_because, entry.withdrawn_by.role) == ("entered on the wrong child", "eas_officer")
    page = officer.get(f"/pupils/{pupil.public_id}/").content.decode()
    assert "entered on the wrong child" in page
    assert officer.post(address, {"token": str(uuid.uuid4()), "because": "again"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "changes", "field", "message"),
    [
        ("circumstances", {"what": ""}, "what", "Choose what is so"),
        ("circumstances", {"what": "sen:Q"}, "what", "Choose one from the list"),
        ("circumstances", {"known_on": "5/11/2026"}, "known_on", "The council cannot have known it"),
        ("circumstances", {"first_day": "2/2/2013", "last_day": "3/2/2013"}, "first_day", "The child was born on"),
        ("circumstances", {"first_day": "1/10/2030"}, "known_on", "It was known more than a year before"),
        ("circumstances", {"last_day": "30/9/2026"}, "last_day", "The last day must be the first day or later"),
        ("circumstances", {"first_day": "1/9/2023"}, "last_day", "Another entry begins on 1 September 2024"),
        ("circumstances", {"first_day": "1/9/2023", "last_day": "1/9/2024"}, "last_day", "Another entry begins"),
        ("circumstances", {"source": ""}, "source", "Enter who says so"),
        ("addresses", {"postcode": "nowhere"}, "postcode", "Enter a postcode, for example"),
        ("addresses", {"first_day": "1/2/2013"}, "first_day", "The child was born on 3 February 2013"),
        ("addresses", {"first_day": "6/11/2027"}, "first_day", "The day lies more than a year ahead"),
        ("contacts", {"first_day": "1/9/1900"}, "first_day", "The child was born on 3 February 2013"),
        ("contacts", {"first_day": "1/9/2190"}, "first_day", "The day lies more than a year ahead"),
        ("social-workers", {"first_day": "2/2/2013"}, "first_day", "The child was born on 3 February 2013"),
        ("social-workers", {"first_day": "1/9/2190"}, "first_day", "The day lies more than a year ahead"),
        ("addresses", {"lines": ""}, "lines", "Enter address"),
        ("names", {"last_name": "quillfeather"}, "last_name", "The child has that on file already"),
        ("upns", {"upn": "A123"}, "upn", "A UPN has 13 characters"),
        ("contacts", {"email": "not-a-mail"}, "email", "Enter an e-mail address"),
        ("contacts", {"email": f"name@{'long.' * 55}example"}, "email", ""),
        ("contacts", {"name": ""}, "name", "Enter name"),
        ("social-workers", {"first_day": "soon"}, "first_day", "'soon' is not a day"),
    ],
)  # fmt: skip
def test_wrong_answer_is_said_at_its_field_and_adds_nothing(
    kind: str, changes: dict[str, str], field: str, message: str, officer: Client, pupil: Pupil
) -> None:
    before = MODELS[kind]._default_manager.count()

    answer = add(officer, pupil, kind, **changes)

    assert notice.errors(answer).get(field, "").startswith(message), notice.errors(answer)
    assert MODELS[kind]._default_manager.count() == before


def test_upn_of_another_child_is_no_former_upn(officer: Client, pupil: Pupil) -> None:
    rows.PupilFactory.create(upn=OLD_UPN)

    answer = add(officer, pupil, "upns")

    assert "Another child has this UPN now" in notice.errors(answer)["upn"]


def test_circumstance_taken_back_is_known_no_more_and_a_notice_keeps_what_it_froze(
    officer: Client, exclusion: Exclusion, pupil: Pupil
) -> None:
    Exclusion.objects.filter(pk=exclusion.pk).update(sen="K")
    entry = Circumstance.objects.get(pupil=pupil, kind="sen")

    officer.post(
        f"/pupils/{pupil.public_id}/circumstances/{entry.pk}/take-back/",
        {"token": str(uuid.uuid4()), "because": "census was wrong"},
    )

    assert known_about(pupil, on=TODAY).value("sen") == "unknown"
    assert Exclusion.objects.get().sen == "K"


def test_what_was_known_before_a_circumstance_was_recorded_stays_as_it_was_known(officer: Client, pupil: Pupil) -> None:
    add(officer, pupil, "circumstances")

    on = date(2026, 10, 15)
    assert known_about(pupil, on=on).value("sen") == "E"
    assert known_about(pupil, on=on, known_by=date(2026, 11, 1)).value("sen") == "K"


def test_address_and_social_worker_of_before_end_the_day_before(officer: Client, pupil: Pupil) -> None:
    for day in ("1/9/2026", "1/10/2026"):
        add(officer, pupil, "addresses", first_day=day)
        add(officer, pupil, "social-workers", first_day=day)

    assert list(Address.objects.order_by("first_day").values_list("last_day", flat=True)) == [date(2026, 9, 30), None]
    assert list(SocialWorker.objects.order_by("first_day").values_list("last_day", flat=True)) == [
        date(2026, 9, 30), None,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["addresses", "social-workers"])
def test_two_from_the_same_day_are_refused(kind: str, officer: Client, pupil: Pupil) -> None:
    add(officer, pupil, kind)

    again = add(officer, pupil, kind)

    assert "Another entry begins on that very day" in notice.errors(again)["first_day"]
    entry: Any = MODELS[kind]._default_manager.get()
    officer.post(
        f"/pupils/{pupil.public_id}/{kind}/{entry.pk}/take-back/", {"token": str(uuid.uuid4()), "because": "Twice"}
    )
    assert add(officer, pupil, kind).status_code == 302


@pytest.mark.parametrize("kind", ["addresses", "social-workers"])
def test_entered_out_of_order_each_ends_where_the_next_begins(kind: str, officer: Client, pupil: Pupil) -> None:
    for day in ("1/1/2026", "1/10/2026", "1/6/2026", "1/9/2025"):
        add(officer, pupil, kind, first_day=day)

    assert list(MODELS[kind]._default_manager.order_by("first_day").values_list("first_day", "last_day")) == [
        (date(2025, 9, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 5, 31)),
        (date(2026, 6, 1), date(2026, 9, 30)), (date(2026, 10, 1), None),
    ]  # fmt: skip


def test_social_worker_of_before_who_ends_after_the_next_began_is_refused(officer: Client, pupil: Pupil) -> None:
    add(officer, pupil, "social-workers")

    answer = add(officer, pupil, "social-workers", first_day="1/9/2026", last_day="1/10/2026")

    assert "Another entry begins on 1 October 2026" in notice.errors(answer)["last_day"]
    assert SocialWorker.objects.count() == 1


def test_social_worker_whose_days_are_changed_keeps_clear_of_the_others(officer: Client, pupil: Pupil) -> None:
    for day in ("1/9/2026", "1/10/2026"):
        add(officer, pupil, "social-workers", first_day=day)
    first, second = SocialWorker.objects.order_by("first_day")
    address = f"/pupils/{pupil.public_id}/social-workers/{second.pk}/"

    def moved(version: int, **days: str) -> Any:
        return officer.post(
            address, TYPED["social-workers"] | {"token": str(uuid.uuid4()), "version": str(version)} | days
        )

    same_day = moved(1, first_day="1/9/2026")
    unborn = moved(1, first_day="1/9/2012")
    renamed = moved(1, name="Barnaby Thorne")
    earlier = moved(2, first_day="15/9/2026")

    assert "Another entry begins on that very day" in notice.errors(same_day)["first_day"]
    assert "The child was born on" in notice.errors(unborn)["first_day"]
    assert [renamed.status_code, earlier.status_code] == [302, 302]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.last_day, second.first_day, second.last_day) == (date(2026, 9, 14), date(2026, 9, 15), None)


def test_contact_is_changed_and_a_page_out_of_date_changes_nothing(officer: Client, pupil: Pupil) -> None:
    add(officer, pupil, "contacts")
    contact = Contact.objects.get()
    address = f"/pupils/{pupil.public_id}/contacts/{contact.pk}/"
    typed = TYPED["contacts"] | {"version": "1"}

    officer.post(address, typed | {"token": str(uuid.uuid4()), "telephone": "01632 960077"})
    stale = officer.post(address, typed | {"token": str(uuid.uuid4()), "telephone": "01632 960088"})

    contact.refresh_from_db()
    assert contact.telephone == "01632 960077"
    page = stale.content.decode()
    assert "Somebody else changed this contact" in page
    assert "01632 960088" in page


def test_contact_without_parental_responsibility_said_is_not_known_and_never_no(officer: Client, pupil: Pupil) -> None:
    add(officer, pupil, "contacts", parental_responsibility="unknown")

    assert "Parental responsibility: not known" in officer.get(f"/pupils/{pupil.public_id}/").content.decode()


@pytest.mark.parametrize(("who", "shown"), [("asha", True), ("imran", False)])
def test_address_of_a_contact_is_withheld_with_the_childs_protected_one(
    who: str, shown: bool, cast: Cast, client_of: ClientOf, officer: Client, pupil: Pupil
) -> None:
    rows.AddressFactory.create(pupil=pupil, protected=True)
    add(officer, pupil, "contacts", address="9 Hidden Row")
    contact = Contact.objects.get()
    colleague = client_of(cast.everybody()[who])

    pages = [f"/pupils/{pupil.public_id}/", f"/pupils/{pupil.public_id}/contacts/{contact.pk}/"]

    assert [("Hidden Row" in colleague.get(page).content.decode()) for page in pages] == [shown, shown]


def test_colleague_who_may_not_see_the_address_of_a_contact_does_not_wipe_it(
    cast: Cast, client_of: ClientOf, officer: Client, pupil: Pupil
) -> None:
    rows.AddressFactory.create(pupil=pupil, protected=True)
    add(officer, pupil, "contacts", address="9 Hidden Row")
    contact = Contact.objects.get()

    client_of(cast.imran).post(
        f"/pupils/{pupil.public_id}/contacts/{contact.pk}/",
        TYPED["contacts"] | {"version": "1", "token": str(uuid.uuid4()), "telephone": "01632 960099"},
    )

    contact.refresh_from_db()
    assert (contact.telephone, contact.address) == ("01632 960099", "9 Hidden Row")


def details(pupil: Pupil, **changes: str) -> dict[str, str]:
    return {
        "token": str(uuid.uuid4()), "version": "1", "first_name": pupil.first_name, "last_name": pupil.last_name,
        "keep_name": "formerly", "date_of_birth": "3/2/2013", "sex": "F", "ethnicity": "NOBT", "upn": pupil.upn or "",
        "home_authority": "999", "source": "Mother, by telephone",
    } | changes  # fmt: skip


def test_changed_name_and_upn_are_kept_and_still_find_the_child(officer: Client, pupil: Pupil) -> None:
    before = pupil.upn

    officer.post(f"/pupils/{pupil.public_id}/details/", details(pupil, last_name="Marlowe", upn=OLD_UPN))

    pupil.refresh_from_db()
    assert (pupil.last_name, pupil.upn, pupil.version) == ("Marlowe", OLD_UPN, 2)
    assert (OtherName.objects.get().name, OtherUpn.objects.get().upn) == ("Zephyrine Quillfeather", before)
    for words in ("quillfeather", "marlowe", str(before)):
        assert str(pupil.public_id) in officer.post("/search/", {"q": words}).content.decode()


def test_name_that_was_never_so_is_not_kept(officer: Client, pupil: Pupil) -> None:
    officer.post(f"/pupils/{pupil.public_id}/details/", details(pupil, last_name="Marlowe", keep_name=""))

    assert not OtherName.objects.exists()


def test_details_changed_meanwhile_or_with_a_upn_of_another_child_change_nothing(
    officer: Client, pupil: Pupil, place: Place
) -> None:
    other = rows.PupilFactory.create(upn=OLD_UPN)
    stale = officer.post(f"/pupils/{pupil.public_id}/details/", details(pupil, last_name="Marlowe", version="0"))
    taken = officer.post(f"/pupils/{pupil.public_id}/details/", details(pupil, last_name="Marlowe", upn=OLD_UPN))

    pupil.refresh_from_db()
    assert "Somebody else changed this child’s details" in stale.content.decode()
    assert "Another child has this UPN now" in notice.errors(taken)["upn"]
    assert (pupil.last_name, pupil.version, OtherName.objects.count(), OtherUpn.objects.count()) == (
        "Quillfeather", 1, 0, 0,
    )  # fmt: skip
    assert other.upn == OLD_UPN


@pytest.mark.parametrize("who", ["ruth", "chair", "administrator", "stranger"])
def test_colleague_without_the_right_changes_nothing(
    who: str, cast: Cast, client_of: ClientOf, officer: Client, pupil: Pupil
) -> None:
    add(officer, pupil, "contacts")
    colleague = client_of(cast.everybody()[who])
    contact = Contact.objects.get()

    answers = [
        add(colleague, pupil, "names").status_code,
        colleague.post(f"/pupils/{pupil.public_id}/details/", details(pupil, last_name="Marlowe")).status_code,
        colleague.post(f"/pupils/{pupil.public_id}/contacts/{contact.pk}/take-back/", {"because": "x"}).status_code,
        colleague.post(f"/pupils/{pupil.public_id}/contacts/{contact.pk}/", TYPED["contacts"]).status_code,
    ]

    assert set(answers) == {404}
    assert "Take back" not in colleague.get(f"/pupils/{pupil.public_id}/").content.decode()


def test_entry_of_another_child_is_not_there(officer: Client, pupil: Pupil) -> None:
    other = rows.PupilFactory.create(first_name="Another")
    add(officer, other, "contacts")
    contact = Contact.objects.get()

    assert officer.get(f"/pupils/{pupil.public_id}/contacts/{contact.pk}/").status_code == 404
    assert officer.get(f"/pupils/{pupil.public_id}/friends/add/").status_code == 404
    assert officer.get(f"/pupils/{other.public_id}/names/{contact.pk}/take-back/").status_code == 404


def test_page_of_a_child_asks_as_much_with_many_entries_as_with_few(officer: Client, pupil: Pupil) -> None:
    for kind in TYPED:
        add(officer, pupil, kind)
    officer.get(f"/pupils/{pupil.public_id}/")
    with CaptureQueriesContext(connection) as few:
        officer.get(f"/pupils/{pupil.public_id}/")
    for day in range(1, 20):
        rows.CircumstanceFactory.create(pupil=pupil, first_day=date(2025, 1, day))
        Contact.objects.create(pupil=pupil, name=f"Person {day}", relationship="Aunt", first_day=date(2020, 1, 1))

    with CaptureQueriesContext(connection) as many:
        officer.get(f"/pupils/{pupil.public_id}/")

    assert len(asked(many)) == len(asked(few))
