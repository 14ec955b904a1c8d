"""Readings of the law: the administrator's pages, and what a choice does to the dates."""

from datetime import date

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.models import Duty, Job, TimelineEvent
from casework.registry import timeline_sentences
from casework.services import jobs
from exclusions.duties import AFTER_READING_CHOICE
from exclusions.models import Exclusion, ReadingChoice, RuleSetCheck
from exclusions.rules.readings import DEFAULT_SETTINGS, Ambiguity, Setting
from exclusions.rules.rule_sets import rule_set_on
from exclusions.selectors import readings as selectors
from exclusions.selectors.standing import standing_of
from exclusions.services import readings as service
from tests.cast import Cast
from tests.conftest import NOW, ClientOf
from tests.notice_form import errors

LIST = "/administration/readings/"
FIRST = f"{LIST}AMB-1/"
CHECK = f"{LIST}rules/2026-07/"


@pytest.fixture
def administrator(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.administrator)


def sent(client: Client, address: str, **typed: str) -> dict[str, str]:
    """Return what a page sends with these fields filled."""
    form = client.get(address).context["form"]
    return {"token": str(form["token"].value()), "version": str(form["version"].value()), **typed}


def choice(client: Client, **typed: str) -> dict[str, str]:
    return sent(
        client, FIRST, **{"setting": "reading 1", "in_force_from": "1/9/2026", "why": "Counsel's advice"} | typed
    )


def choose(cast: Cast, ambiguity: Ambiguity, setting: Setting, day: date, version: int = 0) -> ReadingChoice:
    return service.choose(
        by=cast.administrator,
        at=NOW,
        ambiguity=ambiguity,
        version=version,
        setting=setting,
        in_force_from=day,
        why="Advice",
    )


def test_list_shows_every_question_with_both_readings_and_the_setting(administrator: Client) -> None:
    page = administrator.get(LIST).content.decode()

    assert all(f"{LIST}{ambiguity.value}/" in page for ambiguity in Ambiguity)
    assert "By the sixth school day, the first day out being day 1" in page
    assert "Both, and show both dates" in page
    assert "nobody has chosen" in page
    assert "Not yet checked against the published guidance" in page


def test_choice_is_recorded_with_who_and_why(administrator: Client, cast: Cast) -> None:
    answer = administrator.post(FIRST, choice(administrator))

    assert answer.headers["Location"] == LIST
    held = ReadingChoice.objects.get()
    assert (held.ambiguity, held.setting, held.in_force_from) == ("AMB-1", "reading 1", date(2026, 9, 1))
    assert (held.chosen_by, held.why, held.version) == (cast.administrator, "Counsel's advice", 1)
    page = administrator.get(LIST).content.decode()
    assert "First reading" in page
    assert "1 September 2026" in page
    assert "Counsel&#x27;s advice" in administrator.get(FIRST).content.decode()


def test_choice_without_a_reason_or_day_says_so_at_the_field(administrator: Client) -> None:
    answer = administrator.post(FIRST, choice(administrator, why="", in_force_from="soon"))

    assert set(errors(answer)) == {"why", "in_force_from"}
    assert not ReadingChoice.objects.exists()


def test_second_click_saves_once(administrator: Client) -> None:
    typed = choice(administrator)

    answers = [administrator.post(FIRST, typed) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [LIST, LIST]
    assert ReadingChoice.objects.count() == 1


def test_choice_since_the_page_was_opened_is_not_overwritten(administrator: Client) -> None:
    typed = choice(administrator, why="The older page")
    administrator.post(FIRST, choice(administrator, setting="reading 2"))

    stale = administrator.post(FIRST, typed)

    assert "Somebody else changed this choice" in stale.content.decode()
    assert "The older page" in stale.content.decode()
    assert ReadingChoice.objects.get().setting == "reading 2"


def test_choice_to_come_stands_beside_the_one_in_force(administrator: Client) -> None:
    administrator.post(FIRST, choice(administrator, setting="reading 2", in_force_from="1/9/2099"))

    page = administrator.get(LIST).content.decode()

    assert "second reading from 1 September 2099" in page
    assert "nobody has chosen" in page


def test_unknown_question_or_rules_are_not_there(administrator: Client) -> None:
    assert administrator.get(f"{LIST}AMB-13/").status_code == 404
    assert administrator.get(f"{LIST}rules/2024-08/").status_code == 404


def test_officer_may_not_choose(officer: Client) -> None:
    assert officer.get(LIST).status_code == 404
    assert officer.post(FIRST, {"setting": "reading 1"}).status_code == 404


def test_settings_on_a_day_are_the_latest_begun(cast: Cast) -> None:
    choose(cast, Ambiguity.SIXTH_DAY_OF_PERMANENT, Setting.READING_1, date(2026, 9, 1))
    choose(cast, Ambiguity.SIXTH_DAY_OF_PERMANENT, Setting.READING_2, date(2026, 11, 1), version=1)

    found = [selectors.settings_on(date(2026, month, 1))[Ambiguity.SIXTH_DAY_OF_PERMANENT] for month in (8, 9, 11)]

    assert found == ["both", "reading 1", "reading 2"]
    assert dict(selectors.settings_on(date(2026, 8, 31))) == dict(DEFAULT_SETTINGS)


def test_later_choice_from_the_same_day_takes_the_place_of_the_earlier(cast: Cast) -> None:
    choose(cast, Ambiguity.UNPLANNED_CLOSURE, Setting.READING_2, date(2026, 9, 1))
    choose(cast, Ambiguity.UNPLANNED_CLOSURE, Setting.BOTH, date(2026, 9, 1), version=1)

    assert selectors.settings_on(date(2026, 9, 1))[Ambiguity.UNPLANNED_CLOSURE] == "both"


def test_choice_moves_the_dates_of_exclusions_from_its_day_only(cast: Cast, exclusion: Exclusion) -> None:
    before = standing_of(exclusion).sixth_day
    assert before
    assert before.other_reading

    choose(cast, Ambiguity.SIXTH_DAY_OF_PERMANENT, Setting.READING_2, exclusion.first_day)
    after = standing_of(exclusion).sixth_day
    later = selectors.settings_on(date.fromordinal(exclusion.first_day.toordinal() - 1))

    assert after
    assert (after.due, after.other_reading) == (before.other_reading, None)
    assert later[Ambiguity.SIXTH_DAY_OF_PERMANENT] == "both"


def test_choice_moves_the_duties_of_open_cases_and_tells_them_why(cast: Cast, exclusion: Exclusion) -> None:
    duty = Duty.objects.get(case=exclusion.case_id, key="sixth_day")
    assert duty.due != duty.other_due

    chosen = choose(cast, Ambiguity.SIXTH_DAY_OF_PERMANENT, Setting.READING_2, exclusion.first_day)
    jobs.run(job_id=Job.objects.get(subject=chosen.pk, kind=AFTER_READING_CHOICE).pk)

    moved = Duty.objects.get(pk=duty.pk)
    assert (moved.due, moved.other_due) == (duty.other_due, duty.other_due)
    told = TimelineEvent.objects.get(case=exclusion.case_id, event="duty_moved")
    assert timeline_sentences["duty_moved"](told.data).endswith("The readings in force were changed.")


def test_choice_leaves_cases_from_before_its_day_alone(cast: Cast, exclusion: Exclusion) -> None:
    before = Duty.objects.get(case=exclusion.case_id, key="sixth_day")
    tomorrow = date.fromordinal(exclusion.first_day.toordinal() + 1)

    chosen = choose(cast, Ambiguity.SIXTH_DAY_OF_PERMANENT, Setting.READING_2, tomorrow)
    jobs.run(job_id=Job.objects.get(subject=chosen.pk, kind=AFTER_READING_CHOICE).pk)

    after = Duty.objects.get(pk=before.pk)
    assert (after.due, after.other_due) == (before.due, before.other_due)


def test_choice_made_twice_for_one_version_is_refused(cast: Cast) -> None:
    choose(cast, Ambiguity.NOTICE_BY_EMAIL, Setting.READING_2, date(2026, 9, 1))

    with pytest.raises(service.ChangedMeanwhile):
        choose(cast, Ambiguity.NOTICE_BY_EMAIL, Setting.READING_1, date(2026, 9, 1))


def test_choices_and_checks_are_never_changed(cast: Cast) -> None:
    choose(cast, Ambiguity.NOTICE_BY_EMAIL, Setting.READING_2, date(2026, 9, 1))

    for sql in ("UPDATE exclusions_readingchoice SET why = ''", "DELETE FROM exclusions_readingchoice"):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def check(client: Client, **typed: str) -> dict[str, str]:
    return sent(client, CHECK, **{"is_checked": "on", "checked_by": "Mira Thorne", "checked_on": "2/11/2026"} | typed)


def test_checked_rules_are_no_longer_warned_of(administrator: Client) -> None:
    rules = rule_set_on(date(2026, 9, 1))
    assert "not yet checked" in selectors.rules_in_words(rules)

    answer = administrator.post(CHECK, check(administrator))

    assert answer.headers["Location"] == LIST
    words = "Rules of July 2026: checked against the published guidance by Mira Thorne on 2 November 2026"
    assert selectors.rules_in_words(rules) == words
    assert "Mira Thorne" in administrator.get(LIST).content.decode()


def test_check_can_be_taken_back(administrator: Client) -> None:
    administrator.post(CHECK, check(administrator))
    untick = check(administrator)
    untick.pop("is_checked")

    administrator.post(CHECK, untick)

    assert selectors.last_check(rule_set_on(date(2026, 9, 1))) is None
    assert list(RuleSetCheck.objects.order_by("version").values_list("is_checked", flat=True)) == [True, False]


def test_check_cannot_lie_in_the_future(administrator: Client) -> None:
    answer = administrator.post(CHECK, check(administrator, checked_on="1/9/2099"))

    assert errors(answer)["checked_on"] == "The day must be today or in the past"


def test_check_since_the_page_was_opened_is_not_overwritten(administrator: Client) -> None:
    typed = check(administrator, checked_by="Noel Ashdown")
    administrator.post(CHECK, check(administrator))

    stale = administrator.post(CHECK, typed)

    assert "Somebody else changed this check" in stale.content.decode()
    assert RuleSetCheck.objects.get().checked_by == "Mira Thorne"


def test_list_needs_two_queries_of_its_own_however_many_choices(cast: Cast) -> None:
    for version in range(3):
        choose(cast, Ambiguity.NOTICE_BY_EMAIL, Setting.READING_2, date(2026, 9, 1), version=version)

    with connection.execute_wrapper(count := _Count()):
        selectors.reading_lines(on=timezone.localdate())
        selectors.rule_set_lines()

    assert count.queries == 2


class _Count:
    queries = 0

    def __call__(self, execute, *args):  # type: ignore[no-untyped-def]
        self.queries += 1
        return execute(*args)
