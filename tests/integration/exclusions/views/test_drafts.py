"""Several drafts each: begun apart, gone on with by their number, thrown away or logged one by one."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Draft, Note, Pupil, Reading
from casework.services import drafts
from casework.services.drafts import MOST
from exclusions.models import Exclusion
from tests import notice_form as notice
from tests.cast import Cast, person
from tests.conftest import NOW, ClientOf
from tests.factories import casework as rows
from tests.page_form import filled
from tests.queries import asked

WORK = "/my-work/"
AUTOSAVE = "/drafts/log-a-notice/"


def new() -> str:
    return str(uuid.uuid4())


def begun(cast: Cast, count: int, **typed: list[str]) -> list[Draft]:
    """Keep some drafts of the officer's, each a minute older than the one before."""
    return Draft.objects.bulk_create(
        Draft(user=cast.asha, form="log-a-notice", typed=typed, kept_at=NOW - timedelta(minutes=number))
        for number in range(count)
    )


def throw_away(client: Client, draft: Draft) -> Any:
    return client.post(f"/exclusions/log-a-notice/drafts/{draft.public_id}/throw-away/")


def test_page_begins_a_new_draft_each_time(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil, action="draft", narrative="The first"))

    first, second = (officer.get(notice.LOG) for _ in range(2))

    assert "The first" not in first.content.decode()
    assert first.context["draft"] != second.context["draft"]
    assert Draft.objects.count() == 1, "Looking begins nothing."


def test_each_window_keeps_to_its_own_draft(officer: Client, pupil: Pupil) -> None:
    here, there = new(), new()
    for number, words in ((here, "Here"), (there, "There"), (here, "Here and more")):
        assert officer.post(AUTOSAVE, {"draft": number, "narrative": words, "q": "Zephyrine"}).status_code == 200

    kept = {str(each.public_id): each.typed for each in Draft.objects.all()}
    assert kept == {here: {"narrative": ["Here and more"]}, there: {"narrative": ["There"]}}
    for number, words in ((here, "Here and more"), (there, "There")):
        page = officer.get(f"{notice.LOG}?draft={number}").content.decode()
        assert f">\n{words}</textarea>" in page
        assert f'name="draft" value="{number}"' in page
        assert f'data-draft-address="{notice.LOG}?draft={number}"' in page, "Loaded anew it goes on with the same."


def test_button_keeps_and_leads_back_to_the_same_draft_without_script(officer: Client, pupil: Pupil) -> None:
    kept = officer.post(notice.LOG, notice.typed(pupil, action="draft", narrative="Half a sentence"))

    assert kept.headers["Location"] == notice.DRAFTED
    assert "Half a sentence" in officer.get(notice.DRAFTED).content.decode()


def test_logging_takes_away_its_own_draft_only(officer: Client, pupil: Pupil) -> None:
    other = new()
    officer.post(AUTOSAVE, {"draft": other, "narrative": "Another notice"})

    notice.log(officer, notice.typed(pupil))

    assert Exclusion.objects.count() == 1
    assert str(Draft.objects.get().public_id) == other


def test_discarding_takes_away_its_own_draft_only(officer: Client, pupil: Pupil) -> None:
    other = new()
    officer.post(AUTOSAVE, {"draft": other, "narrative": "Another notice"})
    officer.post(notice.LOG, notice.typed(pupil, action="draft"))

    officer.post(notice.LOG, notice.typed(pupil, action="discard"))

    assert str(Draft.objects.get().public_id) == other


def test_sending_again_after_going_back_logs_nothing_more(officer: Client, pupil: Pupil) -> None:
    first = notice.log(officer, notice.typed(pupil))

    again = officer.post(notice.LOG, notice.typed(pupil))

    assert Exclusion.objects.count() == 1
    assert again.status_code == 200, "It is caught as the same notice."
    assert officer.post(notice.CHECK, {"token": str(uuid.uuid4())}).status_code in {200, 302}
    assert Exclusion.objects.get().case.reference in first.headers["Location"]


def test_draft_that_is_gone_begins_anew_with_the_child_that_was_chosen(officer: Client, pupil: Pupil) -> None:
    gone = f"{notice.LOG}?draft={new()}"

    assert officer.get(gone).headers["Location"] == notice.LOG
    answer = officer.get(f"{gone}&pupil={pupil.public_id}")
    assert answer.headers["Location"] == f"{notice.LOG}?pupil={pupil.public_id}"
    for nonsense in ("1", "x" * 300, "%00"):
        assert officer.get(f"{notice.LOG}?draft={nonsense}").status_code == 302


def test_child_added_from_a_draft_comes_back_to_it(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, {"draft": notice.DRAFT, "action": "draft", "first_day": "2/11"})
    page = officer.get(notice.DRAFTED).content.decode()
    assert f"/pupils/add/?next=/exclusions/log-a-notice/%3Fdraft%3D{notice.DRAFT}" in page

    back = officer.get(f"{notice.DRAFTED}&pupil={pupil.public_id}").content.decode()

    assert "Zephyrine" in back
    assert 'value="2/11"' in back


def test_another_draft_about_the_same_child_is_offered(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil, action="draft"))

    page = officer.get(f"{notice.LOG}?pupil={pupil.public_id}").content.decode()

    assert f'href="{notice.DRAFTED}">Go on with that one' in page


def test_colleagues_draft_is_neither_shown_written_over_nor_thrown_away(
    officer: Client, pupil: Pupil, client_of: ClientOf
) -> None:
    officer.post(notice.LOG, notice.typed(pupil, action="draft", narrative="Half a sentence"))
    draft = Draft.objects.get()
    colleague = client_of(person("bo", role="eas_officer"))

    assert colleague.get(notice.DRAFTED).headers["Location"] == notice.LOG
    assert colleague.get(notice.CHECK).headers["Location"] == notice.LOG
    assert colleague.post(AUTOSAVE, {"draft": notice.DRAFT, "narrative": "Mine"}).status_code == 400
    assert throw_away(colleague, draft).status_code == 302
    assert "Half a sentence" not in colleague.get(WORK).content.decode()
    # What a colleague sends under that number is kept as a draft of theirs, apart.
    kept = colleague.post(notice.LOG, notice.typed(pupil, action="draft", narrative="Mine"))
    assert kept.headers["Location"] != notice.DRAFTED
    draft.refresh_from_db()
    assert draft.typed["narrative"] == ["Half a sentence"]
    assert Draft.objects.count() == 2


def test_panel_says_what_each_draft_is_and_lacks_and_names_no_child(officer: Client, pupil: Pupil, cast: Cast) -> None:
    begun(cast, 1, pupil=[str(pupil.public_id)], kind=["suspension"], first_day=["2/11"], reason_1=["PP"])
    begun(cast, 1, narrative=["Zephyrine did it"])
    readings = Reading.objects.count()

    page = officer.get(WORK).content.decode()

    panel = page[page.index('id="drafts"') :]
    assert "Suspension, Marchbridge High School" in panel
    assert "Missing: last day, when the council was told" in panel
    assert "Missing: child, kind, first day, last day, reason, when the council was told" in panel
    assert "Zephyrine" not in panel
    assert "Quillfeather" not in panel
    assert Reading.objects.count() == readings
    assert panel.count("Throw away") == 2


def test_draft_of_nonsense_is_listed_all_the_same(officer: Client, cast: Cast) -> None:
    begun(cast, 1, pupil=[new()], school=["999999"], kind=["permanent"])
    begun(cast, 1, pupil=["x" * 36], school=["none"], kind=["nonsense"])

    panel = officer.get(WORK).content.decode().partition('id="drafts"')[2]

    assert "A notice</a>" in panel
    assert "Permanent exclusion</a>" in panel


def test_draft_is_thrown_away_from_the_panel_and_a_second_click_does_no_harm(officer: Client, cast: Cast) -> None:
    first, second = begun(cast, 2)

    for _ in range(2):
        assert throw_away(officer, first).headers["Location"] == f"{WORK}#drafts"

    assert Draft.objects.get() == second
    assert officer.get(f"/exclusions/log-a-notice/drafts/{second.public_id}/throw-away/").status_code == 405


# An inclusion officer may throw away drafts of notes, so is answered as for any draft not theirs.
@pytest.mark.parametrize(("who", "status"), [("imran", 302), ("ruth", 404), ("stranger", 404)])
def test_colleague_without_the_right_throws_nothing_away(
    who: str, status: int, cast: Cast, client_of: ClientOf
) -> None:
    assert throw_away(client_of(cast.everybody()[who]), begun(cast, 1)[0]).status_code == status
    assert Draft.objects.exists()


def test_one_draft_too_many_is_said_and_nothing_typed_is_lost(officer: Client, pupil: Pupil, cast: Cast) -> None:
    begun(cast, MOST)
    assert "what you type here cannot be kept" in officer.get(notice.LOG).content.decode()

    saved = officer.post(AUTOSAVE, {"draft": new(), "narrative": "One too many"})
    assert (saved.status_code, f"you keep {MOST} drafts" in saved.json()["problem"]) == (409, True)
    for action in ("draft", "check", "find"):
        page = officer.post(notice.LOG, notice.typed(pupil, action=action, narrative="One too many", q="Zephyrine"))
        assert page.status_code == 200
        assert f"You keep {MOST} drafts" in page.content.decode()
        assert "One too many" in page.content.decode()
    assert Draft.objects.count() == MOST

    Draft.objects.first().delete()  # type: ignore[union-attr]
    assert officer.post(AUTOSAVE, {"draft": new(), "narrative": "One too many"}).status_code == 200
    held = Draft.objects.earliest("kept_at")
    assert officer.post(AUTOSAVE, {"draft": str(held.public_id), "narrative": "Goes on"}).status_code == 200


def test_too_long_a_draft_is_said_and_an_older_one_is_not_checked_in_its_place(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil, action="draft"))

    page = officer.post(notice.LOG, notice.typed(pupil, narrative="x" * (drafts.LONGEST + 1)))

    assert page.status_code == 200
    assert "too long to keep" in page.content.decode()


def test_panel_asks_as_often_for_1_as_for_all(officer: Client, cast: Cast) -> None:
    counts = []
    for count in (1, MOST - 1):
        for _ in range(count):
            child = rows.RollSpellFactory.create().pupil
            begun(cast, 1, pupil=[str(child.public_id)], kind=["permanent"])
        with CaptureQueriesContext(connection) as captured:
            page = officer.get(WORK).content.decode()
        counts.append(len(asked(captured)))

    assert page.count("Throw away") == MOST
    assert counts[0] == counts[1]


def test_note_begun_is_gone_on_with_on_its_case_alone_and_ends_when_kept(
    officer: Client, exclusion: Exclusion, cast: Cast, client_of: ClientOf
) -> None:
    reference = exclusion.case.reference
    page, keeping = f"/exclusions/{reference}/notes/write/", f"/drafts/note-{reference}/"
    typed = {"kind": "call", "happened": "someday", "text": "Half a sentence", "token": new()}

    assert officer.post(keeping, typed).status_code == 200

    html = officer.get(page).content.decode()
    assert "Half a sentence" in html
    assert 'value="someday"' in html
    assert "This goes on with your draft" in html
    assert f"A note on {reference}" in officer.get(WORK).content.decode()
    assert "Half a sentence" not in client_of(person("bo", role="eas_officer")).get(page).content.decode()
    officer.post(page, filled(officer, page, happened="3/11/2026", text="A whole sentence."))
    assert not Draft.objects.exists()
    assert Note.objects.get().text == "A whole sentence."


def test_inclusion_officer_may_throw_a_draft_of_a_note_away(exclusion: Exclusion, client_of: ClientOf) -> None:
    client = client_of(person("ines", role="inclusion_officer"))
    client.post(f"/drafts/note-{exclusion.case.reference}/", {"text": "Half a sentence"})

    throw_away(client, Draft.objects.get())

    assert not Draft.objects.exists()


def test_window_that_another_has_overtaken_keeps_nothing_and_says_so(officer: Client) -> None:
    number = new()
    officer.post(AUTOSAVE, {"draft": number, "narrative": "Begun"})
    seen = Draft.objects.get().kept_at.isoformat()
    here, there = ({"draft": number, "draft_window": name, "draft_seen": seen} for name in ("window-a", "window-b"))

    assert officer.post(AUTOSAVE, here | {"narrative": "Here"}).status_code == 200
    refused = officer.post(AUTOSAVE, there | {"narrative": "There"})

    assert refused.status_code == 409
    assert "another window has gone on with this draft" in refused.json()["problem"]
    assert officer.post(AUTOSAVE, here | {"narrative": "Here and more"}).status_code == 200
    assert Draft.objects.get().typed == {"narrative": ["Here and more"]}


def test_window_that_read_what_another_wrote_goes_on_with_it(officer: Client) -> None:
    number = new()
    officer.post(AUTOSAVE, {"draft": number, "draft_window": "window-a", "draft_seen": "", "narrative": "Here"})
    seen = Draft.objects.get().kept_at.isoformat()

    taken = {"draft": number, "draft_window": "window-b", "draft_seen": seen, "narrative": "There"}

    assert officer.post(AUTOSAVE, taken).status_code == 200
    assert Draft.objects.get().typed == {"narrative": ["There"]}


@pytest.mark.parametrize("seen", ["", "nonsense", "2026-11-04T10:30:00", "9999-99-99T00:00:00+00:00"])
def test_moment_that_is_none_overtakes_nothing(officer: Client, seen: str) -> None:
    number = new()
    officer.post(AUTOSAVE, {"draft": number, "draft_window": "window-a", "draft_seen": "", "narrative": "Here"})

    answer = officer.post(
        AUTOSAVE, {"draft": number, "draft_window": "window-b", "draft_seen": seen, "narrative": "There"}
    )

    assert answer.status_code == 409


def test_page_says_which_moment_of_its_draft_it_shows(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil, action="draft"))

    page = officer.get(notice.DRAFTED).content.decode()

    assert f'data-draft-seen="{Draft.objects.get().kept_at.isoformat()}"' in page
