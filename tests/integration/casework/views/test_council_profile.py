"""The council's name, colour and logo."""

import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from casework import middleware
from casework.council import forget
from casework.models import CouncilProfile, Message
from casework.rules.colours import contrast, tint
from casework.services import invitations
from exclusions.letters.receipt import receipt_of
from exclusions.models import Exclusion
from tests import documents as made
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import NOW, ClientOf

PAGE = "/administration/council/"
PNG = made.png()


@pytest.fixture
def administrator(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.administrator)


def save(client: Client, **changes: Any) -> Any:
    typed = {"token": str(uuid.uuid4()), "version": "0", "name": "Westmarch Borough", "colour": "#5A1846"} | changes
    return client.post(PAGE, typed)


def test_name_colour_and_logo_stand_on_every_page_at_once(
    administrator: Client, officer: Client, django_capture_on_commit_callbacks: Any
) -> None:
    officer.get("/my-work/")
    with django_capture_on_commit_callbacks(execute=True):
        save(administrator, logo=SimpleUploadedFile("our logo.exe", PNG))

    for page in (officer.get("/my-work/").content.decode(), Client().get("/sign-in/").content.decode()):
        assert "Westmarch Borough" in page
        assert '<link rel="stylesheet" href="/council/1/colours.css">' in page
        assert '<img class="app-logo" src="/council/1/logo" alt="">' in page
    colours = Client().get("/council/1/colours.css")
    assert "--app-council: #5a1846; --govuk-brand-colour: #5a1846" in colours.content.decode()
    logo = Client().get("/council/1/logo")
    assert (logo.content, logo.headers["Content-Type"]) == (PNG, "image/png")
    assert logo.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in logo.headers["Content-Security-Policy"]


def test_without_a_profile_the_installed_name_stands_and_no_style_sheet_is_asked_for(officer: Client) -> None:
    page = officer.get("/my-work/").content.decode()

    assert "Marchshire Council" in page
    assert "/council/" not in page
    assert Client().get("/council/1/logo").status_code == 404


def test_letters_and_the_pages_of_refusal_bear_the_name_that_was_set(
    administrator: Client, officer: Client, cast: Cast, exclusion: Exclusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(administrator)
    forget()
    invitation = invitations.send(by=None, at=NOW, user=cast.imran, site="http://testserver/")
    mail = Message.objects.get(natural_key=f"invitation {invitation.pk}")
    large = {"file": SimpleUploadedFile("a.txt", b"words " * 200_000)}
    page = f"/exclusions/{exclusion.case.reference}/notes/write/"

    receipt = receipt_of(exclusion, day_six=None, other_day_six=None)
    too_large = officer.post(page, large)
    # From here on the database answers nothing, and what this process keeps is too old to be asked.
    forget()
    monkeypatch.setattr(CouncilProfile.objects, "values_list", _gone)
    too_large_in_outage, outage = middleware.too_large(1024), middleware.outage()
    cache.clear()
    never_known = [middleware.too_large(1024), middleware.outage()]

    assert "Westmarch Borough" in receipt.body
    assert mail.subject == "Your account for Westmarch Borough’s Sixth Day"
    assert mail.body.startswith("Westmarch Borough has made an account")
    assert [answer.status_code for answer in (too_large, too_large_in_outage, outage)] == [413, 413, 503]
    assert all("Westmarch Borough" in answer.content.decode() for answer in (too_large, too_large_in_outage, outage))
    assert all("Marchshire Council" in answer.content.decode() for answer in never_known)


def _gone(*_: Any) -> None:
    raise OperationalError("gone")


def test_logo_is_kept_until_another_or_none_is_chosen(administrator: Client) -> None:
    save(administrator, logo=SimpleUploadedFile("logo.png", PNG))
    save(administrator, version="1", name="Westmarch")
    kept = CouncilProfile.objects.get()
    save(administrator, version="2", no_logo="on")

    assert (kept.name, bytes(kept.logo or b"")) == ("Westmarch", PNG)
    assert CouncilProfile.objects.get().logo is None


@pytest.mark.parametrize("whole", [made.png(), made.jpeg()], ids=["png", "jpeg"])
def test_logo_keeps_nothing_but_the_picture(whole: bytes, administrator: Client) -> None:
    save(administrator, logo=SimpleUploadedFile("logo", whole + b"<script>alert(1)</script>"))

    assert bytes(CouncilProfile.objects.get().logo or b"") == whole


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Enter name of the council"),
        ({"colour": "blue"}, "colour", "Enter a colour as a hash and six figures"),
        ({"colour": "#ffdd00"}, "colour", "White words could not be read on this colour: its contrast is 1.3 to 1"),
        ({"colour": "#787878"}, "colour", "White words could not be read"),
        (
            {"logo": SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")},
            "logo",
            "The logo must be a PNG or a JPEG",
        ),
        *(
            ({"logo": SimpleUploadedFile("logo.png", content)}, "logo", "The picture is damaged or cut short")
            for content in (
                PNG[:8] + b"0" * 40,
                PNG[:-12],
                PNG[:-1],
                PNG.replace(b"IDAT", b"IDAX"),
                PNG[:8] + PNG[33:],
                made.jpeg()[:-2],
                made.jpeg()[:12],
            )
        ),
        ({"logo": SimpleUploadedFile("logo.png", PNG + b"0" * 205_000)}, "logo", "The logo has 200 KB"),
        ({"logo": SimpleUploadedFile("logo.png", PNG), "no_logo": "on"}, "no_logo", "Choose a logo or none"),
    ],
)
def test_wrong_answer_is_said_at_its_field_and_changes_nothing(
    changes: dict[str, Any], field: str, message: str, administrator: Client
) -> None:
    answer = save(administrator, **changes)

    assert notice.errors(answer)[field].startswith(message), notice.errors(answer)
    assert not CouncilProfile.objects.exists()


def test_profile_changed_meanwhile_is_not_written_over(administrator: Client) -> None:
    save(administrator)

    stale = save(administrator, name="Another name")

    assert "Somebody else changed the council" in stale.content.decode()
    assert CouncilProfile.objects.get().name == "Westmarch Borough"


@pytest.mark.parametrize(("one", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#14466b", 9.91)])
def test_contrast_is_that_of_the_guidelines(one: str, ratio: float) -> None:
    assert contrast(one, "#ffffff") == pytest.approx(ratio, abs=0.05)


def test_tint_thins_a_colour_with_white() -> None:
    assert tint("#000000", 0.5) == "#808080"
    with pytest.raises(ValueError, match="not a colour"):
        tint("14466b")
