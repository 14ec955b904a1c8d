"""Accounts: the rule of those that are not used, and what ends with one that is closed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator

from casework.link_secrets import hash_of
from casework.mail import filled
from casework.models import AccountChange, Invitation, Message, User, UserSchool
from casework.selectors.people import schools_of
from casework.services import invitations, people
from casework.services.people import Details
from casework.tasks import mind_dormant_accounts
from tests.cast import Cast, person
from tests.conftest import NOW, Place

pytestmark = pytest.mark.django_db
SITE = "https://sixth-day.example/"


def last_used(user: User, days: int) -> None:
    User.objects.filter(pk=user.pk).update(last_login=NOW - timedelta(days=days), created_at=NOW - timedelta(days=900))


def told(user: User) -> list[str]:
    return list(AccountChange.objects.filter(user=user).order_by("pk").values_list("what", flat=True))


@pytest.fixture
def unused(cast: Cast) -> User:
    """Somebody of whom the rule may decide; the rest signed in today."""
    User.objects.update(last_login=NOW)
    return cast.imran


def warned(user: User, at: datetime, state: str = "sent") -> None:
    """Warn whoever is unused at a moment, and let the message to the user come out as said."""
    people.mind_dormant(at=at)
    Message.objects.filter(recipient=user.email).update(state=state, settled_at=at)


def test_unused_account_is_warned_once_and_then_suspended(unused: User) -> None:
    User.objects.exclude(pk=unused.pk).update(is_demonstration=True)
    last_used(unused, 30)
    assert [people.mind_dormant(at=NOW) for _ in range(2)] == [(1, 0), (0, 0)]
    assert Message.objects.get().recipient == unused.email
    Message.objects.update(state="sent", settled_at=NOW)

    assert people.mind_dormant(at=NOW + timedelta(days=29)) == (0, 0)
    assert people.mind_dormant(at=NOW + timedelta(days=30)) == (0, 1)

    unused.refresh_from_db()
    assert (unused.is_active, unused.suspended_because) == (False, "dormant")
    assert told(unused) == ["dormant warning", "dormant"]


def test_account_that_no_warning_of_reached_anybody_is_not_suspended(unused: User) -> None:
    User.objects.exclude(pk=unused.pk).update(is_demonstration=True)
    last_used(unused, 30)

    for state in ("failed", "uncertain"):
        warned(unused, NOW, state)
        assert people.mind_dormant(at=NOW + timedelta(days=300)) == (0, 0)

    assert Message.objects.count() == 1
    Message.objects.update(state="sent", settled_at=NOW + timedelta(days=300))
    assert people.mind_dormant(at=NOW + timedelta(days=329)) == (0, 0)
    assert people.mind_dormant(at=NOW + timedelta(days=330)) == (0, 1)


def test_account_long_unused_when_the_rule_first_looks_is_warned_and_not_suspended(unused: User) -> None:
    last_used(unused, 200)

    assert people.mind_dormant(at=NOW) == (1, 0)
    assert people.mind_dormant(at=NOW + timedelta(hours=1)) == (0, 0), "The message still waits."


def test_account_that_was_used_again_is_warned_again(unused: User) -> None:
    last_used(unused, 31)
    people.mind_dormant(at=NOW)
    later = NOW + timedelta(days=40)
    User.objects.update(last_login=later)
    User.objects.filter(pk=unused.pk).update(last_login=later - timedelta(days=35))

    assert people.mind_dormant(at=later) == (1, 0)


def test_accounts_never_opened_ended_or_of_the_demonstration_are_left_alone(unused: User, cast: Cast) -> None:
    User.objects.update(last_login=NOW - timedelta(days=90), created_at=NOW - timedelta(days=90), is_demonstration=True)
    User.objects.filter(pk=unused.pk).update(is_demonstration=False, access_ends_on=date(2026, 11, 3))
    cast.ruth.set_unusable_password()
    cast.ruth.is_demonstration = False
    cast.ruth.save()

    assert people.mind_dormant(at=NOW) == (0, 0)


def test_resumed_account_is_counted_anew(unused: User, cast: Cast) -> None:
    last_used(unused, 61)
    warned(unused, NOW - timedelta(days=30))
    assert people.mind_dormant(at=NOW) == (0, 1)
    people.resume(by=cast.administrator, at=NOW, user=unused)

    assert people.mind_dormant(at=NOW) == (0, 0)


def test_beat_minds_dormant_accounts(unused: User, today: date) -> None:
    last_used(unused, 61)
    warned(unused, NOW - timedelta(days=30))

    mind_dormant_accounts()

    unused.refresh_from_db()
    assert not unused.is_active


def invited(cast: Cast) -> User:
    details = Details(name="Newly Invited", post="", role="eas_officer")
    return people.invite(by=cast.administrator, at=NOW, email="New@Marchshire.example", details=details, site=SITE)


def secret(user: User) -> str:
    return invitations.secret_of(Invitation.objects.filter(user=user).latest("pk"))


def test_invitation_goes_by_mail_and_no_row_tells_its_secret(cast: Cast) -> None:
    user = invited(cast)
    message = Message.objects.get()

    assert message.recipient == "new@marchshire.example"
    assert secret(user) not in message.body
    assert f"https://sixth-day.example/invitation/{secret(user)}/" in filled(message)
    assert Invitation.objects.get().token_hash == hash_of(secret(user))


def test_accepted_invitation_opens_the_account_once(cast: Cast) -> None:
    user = invited(cast)
    opened = invitations.accept(at=NOW, secret=secret(user), password="three quiet harbours")

    assert opened == user
    assert User.objects.get(pk=user.pk).check_password("three quiet harbours")
    with pytest.raises(invitations.NotOpen):
        invitations.accept(at=NOW, secret=secret(user), password="four quiet harbours")


@pytest.mark.parametrize("end", ["late", "again", "taken back", "suspended", "left", "made up"])
def test_invitation_that_is_over_opens_nothing(cast: Cast, end: str) -> None:
    user = invited(cast)
    link, at = secret(user), NOW
    if end == "late":
        at = NOW + timedelta(days=7)
    elif end == "again":
        people.invite_again(by=cast.administrator, at=NOW, user=user, site=SITE)
    elif end == "taken back":
        people.end_invitation(by=cast.administrator, at=NOW, user=user)
    elif end == "suspended":
        people.suspend(by=cast.administrator, at=NOW, user=user)
    elif end == "left":
        User.objects.filter(pk=user.pk).update(access_ends_on=date(2026, 11, 3))
    else:
        link = "A" * 43

    with pytest.raises(invitations.NotOpen):
        invitations.accept(at=at, secret=link, password="three quiet harbours")


def test_address_of_another_account_is_not_invited(cast: Cast) -> None:
    with pytest.raises(people.AddressTaken):
        people.invite(
            by=cast.administrator, at=NOW, email=cast.asha.email.upper(), details=Details("A", "", "manager"), site=SITE
        )

    assert not Invitation.objects.exists()


def test_nobody_changes_their_own_account_in_any_way(cast: Cast) -> None:
    me = cast.administrator
    before = User.objects.filter(pk=me.pk).values().get()
    tries: list[Callable[[], object]] = [
        lambda: people.change(by=me, at=NOW, user=me, version=1, details=Details("A", "", "manager")),
        lambda: people.suspend(by=me, at=NOW, user=me),
        lambda: people.resume(by=me, at=NOW, user=me),
        lambda: people.end_sessions(by=me, at=NOW, user=me),
        lambda: people.reset_authenticator(by=me, at=NOW, user=me),
        lambda: people.invite_again(by=me, at=NOW, user=me, site=SITE),
        lambda: people.end_invitation(by=me, at=NOW, user=me),
    ]

    for attempt in tries:
        with pytest.raises(people.OwnAccount):
            attempt()

    assert User.objects.filter(pk=me.pk).values().get() == before
    assert Authenticator.objects.filter(user=me).exists()


def test_school_user_acts_for_several_schools_each_to_a_day(cast: Cast, place: Place) -> None:
    user = cast.school_user
    details = Details(user.name, "", "school_user", schools=(place.primary, place.school))
    people.change(by=cast.administrator, at=NOW, user=user, version=1, details=details)
    assert set(schools_of(user, on=NOW.date())) == {place.school.pk, place.primary.pk}

    fewer = Details(user.name, "", "school_user", schools=(place.primary,))
    people.change(by=cast.administrator, at=NOW, user=user, version=2, details=fewer)

    assert schools_of(user, on=NOW.date()) == [place.primary.pk]
    assert UserSchool.objects.get(user=user, school=place.school).last_day == date(2026, 11, 3)


def test_each_difference_is_told_in_the_history(cast: Cast, place: Place) -> None:
    details = Details("Imran S", "Adviser", "school_user", "North", (place.school,), date(2027, 8, 31))

    people.change(by=cast.administrator, at=NOW, user=cast.imran, version=1, details=details)

    changes = dict(AccountChange.objects.filter(user=cast.imran).values_list("what", "detail"))
    assert changes == {
        "details": "Imran S, Adviser",
        "role": "Inclusion officer to School user",
        "team": "none to North",
        "last day": "no last day to 31 August 2027",
        "schools": "Marchbridge High School",
    }


def test_account_changed_meanwhile_is_not_changed_over(cast: Cast) -> None:
    details = Details("Imran", "", "manager")
    people.change(by=cast.administrator, at=NOW, user=cast.imran, version=1, details=details)

    with pytest.raises(people.Stale):
        people.change(by=cast.administrator, at=NOW, user=cast.imran, version=1, details=details)


def test_suspended_twice_and_resumed_twice_is_said(cast: Cast) -> None:
    user = person("extra", role="manager")
    people.suspend(by=cast.administrator, at=NOW, user=user)
    with pytest.raises(people.NotPossible):
        people.suspend(by=cast.administrator, at=NOW, user=user)
    people.resume(by=cast.administrator, at=NOW, user=user)
    with pytest.raises(people.NotPossible):
        people.resume(by=cast.administrator, at=NOW, user=user)
