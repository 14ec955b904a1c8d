"""A child is referred to a panel, by the routing rule; the papers are written; the referral is withdrawn."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Pupil, Reading, School, TimelineEvent
from exclusions.models import Exclusion
from panels.models import CandidateSchool, Panel, Referral
from panels.rules.papers import Paper
from panels.rules.terms import RouteIn
from panels.services import referrals as services
from panels.services import ties
from tests.cast import Cast
from tests.conftest import NOW, TODAY, Place
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled
from tests.queries import asked


@pytest.fixture
def spp(cast: Cast) -> Panel:
    return referral_rows.specialists(by=cast.administrator)


@pytest.fixture
def here(exclusion: Exclusion) -> str:
    return f"/panels/refer/?case={exclusion.case.reference}"


@pytest.fixture
def referral(spp: Panel, exclusion: Exclusion, cast: Cast) -> Referral:
    return referral_rows.referral(spp, exclusion.case.pupil, by=cast.asha, whole=False)


def at(referral: Referral, tail: str = "") -> str:
    return f"/panels/{referral.panel.code}/referrals/{referral.reference}/{tail}"


def test_exclusion_and_child_offer_to_refer(clerk: Client, exclusion: Exclusion, here: str) -> None:
    reference = exclusion.case.reference
    assert f'href="{here}"' in words(clerk.get(f"/exclusions/{reference}/"))
    assert "/panels/refer/?pupil=" in words(clerk.get(f"/pupils/{exclusion.case.pupil.public_id}/"))


def test_suspension_offers_no_referral(clerk: Client, suspension: Exclusion) -> None:
    assert "/panels/refer/" not in words(clerk.get(f"/exclusions/{suspension.case.reference}/"))


def test_address_without_a_child_says_how_to_begin(clerk: Client) -> None:
    assert "A referral begins on the page of an exclusion" in words(clerk.get("/panels/refer/"))
    for wrong in ("case=26-9999", "pupil=nonsense", "pupil=00000000-0000-0000-0000-000000000007"):
        assert clerk.get(f"/panels/refer/?{wrong}").status_code == 404


def test_excluded_child_is_referred_to_the_specialists_once(
    clerk: Client, spp: Panel, exclusion: Exclusion, here: str, cast: Cast
) -> None:
    sent = filled(clerk, here, panel="spp", categories=[])

    answers = [clerk.post(here, sent) for _ in range(2)]

    made = Referral.objects.get()
    assert [each.headers["Location"] for each in answers] == [at(made), "/panels/spp/referrals/"]
    assert (made.exclusion, made.route, made.referred_on) == (exclusion, "permanent_exclusion", TODAY)
    event = TimelineEvent.objects.get(event="referred_to_panel")
    assert event.data == {"panel": spp.name, "referral": made.reference}
    page = words(clerk.get(f"/exclusions/{exclusion.case.reference}/"))
    assert f"Referred to Specialist Placement Panel: {made.reference}." in page
    assert Reading.objects.filter(user=cast.asha, pupil=exclusion.case.pupil, surface="refer to a panel").exists()


def test_child_with_a_plan_is_refused_at_fap_with_the_reason_and_the_lawful_route_r61(
    clerk: Client, fap: Panel, exclusion: Exclusion, here: str, cast: Cast
) -> None:
    rows.terms(fap, by=cast.administrator)
    referral_rows.plan(exclusion.case.pupil)
    sent = filled(clerk, here, panel="fap-secondary", categories=[], in_year_tried="Two schools asked")

    answer = clerk.post(here, sent)

    assert errors(answer)["panel"].startswith("This panel may not take the child. The child has an EHC plan.")
    page = words(answer)
    assert "What to do instead: Consult schools and name one in the plan" in page
    assert "The SEN team consults schools and names one in section I of the plan." in page
    assert "Rule: R61. Children and Families Act 2014 ss38 to 43" in page
    assert answer.context["form"]["in_year_tried"].value() == "Two schools asked"
    assert not Referral.objects.exists()


def test_fap_refuses_the_excluded_child_until_specialists_say_mainstream(
    clerk: Client, fap: Panel, spp: Panel, exclusion: Exclusion, here: str, cast: Cast
) -> None:
    rows.terms(fap, by=cast.administrator)
    pupil = exclusion.case.pupil
    referral_rows.no_plan(pupil)
    sent = filled(clerk, here, panel="fap-secondary", categories=[], in_year_tried="Two schools asked")
    first = clerk.post(here, sent)
    assert "Every permanent exclusion goes first to the Specialist Placement Panel" in errors(first)["panel"]

    referral_rows.sent_on(referral_rows.referral(spp, pupil, by=cast.asha))
    clerk.post(here, sent)

    made = Referral.objects.get(panel=fap)
    page = words(clerk.get(at(made)))
    assert "(d) In alternative provision, or permanently excluded, and ready for a mainstream school" in page
    assert "Wednesday 2 December, in 20 school days: 20 school days after 4 November 2026 (R54)" in page


@pytest.fixture
def sent(fap: Panel, referral: Referral, exclusion: Exclusion, cast: Cast) -> Referral:
    """A referral, its papers written, that the specialists are still to decide; the fair access panel may take the child after."""
    rows.terms(fap, by=cast.administrator)
    referral_rows.no_plan(exclusion.case.pupil)
    papers = {paper.value: f"Of the {paper.value}" for paper in Paper}
    Referral.objects.filter(pk=referral.pk).update(**papers)
    referral.refresh_from_db()
    return referral


def test_child_whom_specialists_sent_to_mainstream_is_referred_on_in_one_step_with_the_papers(
    clerk: Client, fap: Panel, sent: Referral, here: str
) -> None:
    assert "Take over the papers" not in words(clerk.get(here))
    referral_rows.sent_on(sent)

    step = f"/panels/refer/?pupil={sent.pupil.public_id}"
    assert f'href="{step}"' in words(clerk.get(at(sent)))
    form = filled(clerk, step, categories=[], in_year_tried="Two schools asked")
    assert (form["panel"], form["route"]) == ("fap-secondary", "specialist_panel")
    clerk.post(step, form)

    made = Referral.objects.get(panel=fap)
    assert all(getattr(made, paper.value) == f"Of the {paper.value}" for paper in Paper)
    page = words(clerk.get(at(sent)))
    assert f'Referred on to {fap.name}: <a class="govuk-link" href="{at(made)}">' in page
    assert "Refer the child to the Fair Access Panel" not in page


def test_papers_stay_behind_where_nobody_takes_them_over(
    clerk: Client, fap: Panel, sent: Referral, here: str
) -> None:  # fmt: skip
    referral_rows.sent_on(sent)
    form = filled(clerk, here, categories=[], in_year_tried="Two schools asked")
    del form["take_papers"]

    clerk.post(here, form)

    assert Referral.objects.get(panel=fap).summary == ""


def test_who_is_out_of_the_specialists_referral_is_offered_none_of_its_papers(
    clerk: Client, fap: Panel, sent: Referral, here: str, cast: Cast
) -> None:
    referral_rows.sent_on(sent)
    form = filled(clerk, here, categories=[], in_year_tried="Two schools asked")
    rows.connection(cast.asha, kind="declared", family_name=sent.pupil.last_name)
    assert clerk.get(at(sent)).status_code == 404

    page = words(clerk.get(here))
    clerk.post(here, form)

    assert sent.reference not in page
    assert "Take over the papers" not in page
    assert not Referral.objects.filter(panel=fap).exists(), "A form opened before takes nothing either."


def test_word_of_the_specialists_before_a_new_exclusion_sends_nobody_on(
    clerk: Client, sent: Referral, exclusion: Exclusion, here: str
) -> None:
    referral_rows.sent_on(sent, on=exclusion.first_day - timedelta(days=1))

    assert "Take over the papers" not in words(clerk.get(here))
    assert "Refer the child to the Fair Access Panel" not in words(clerk.get(at(sent)))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"panel": ""}, "panel", "Choose a panel"),
        ({"panel": "tribunal"}, "panel", "Choose one from the list"),
        ({"route": ""}, "route", "Choose how the child comes"),
        ({"categories": ["g"], "assessed_on": "today"}, "evidence", "Write what shows"),
        ({"categories": ["g"], "evidence": "Letter", "assessed_on": ""}, "assessed_on", "Enter the day"),
        ({"categories": ["g"], "evidence": "Letter", "assessed_on": "5/11/2026"}, "assessed_on", "The day must be"),
        ({"panel": "fap-secondary", "route": "out_of_school"}, "out_of_school_since", "Enter the first day"),
        ({"panel": "fap-secondary", "route": "mid_year"}, "panel", "This panel has no terms in force today"),
    ],
)
def test_wrong_referral_is_refused_at_its_field(
    changes: dict[str, Any], field: str, message: str, clerk: Client, spp: Panel, fap: Panel, here: str
) -> None:
    answer = clerk.post(here, filled(clerk, here, **({"panel": "spp", "categories": []} | changes)))

    assert errors(answer)[field].startswith(message)
    assert not Referral.objects.exists()


def test_child_is_referred_to_a_panel_once_while_the_referral_is_open(
    clerk: Client, referral: Referral, here: str
) -> None:
    answer = clerk.post(here, filled(clerk, here, panel="spp", categories=[]))

    assert "The child is referred to this panel already" in errors(answer)["panel"]
    assert Referral.objects.count() == 1


def test_officer_with_a_tie_is_told_the_same_whether_a_referral_stands_or_not(
    clerk: Client, spp: Panel, here: str, cast: Cast, exclusion: Exclusion
) -> None:
    rows.connection(cast.asha, kind="works_at", school=exclusion.school)

    def refused() -> Any:
        return errors(clerk.post(here, filled(clerk, here, panel="spp", categories=[])))

    without = refused()
    assert not Referral.objects.exists()
    assert not TimelineEvent.objects.filter(event="referred_to_panel").exists()
    referral_rows.referral(spp, exclusion.case.pupil, by=cast.imran)

    assert refused() == without
    assert without["panel"].startswith("A colleague must refer this child")
    assert Referral.objects.count() == 1


def test_officer_who_declared_a_tie_to_a_referral_is_not_told_that_it_stands(
    clerk: Client, referral: Referral, here: str, cast: Cast
) -> None:
    ties.declare(by=cast.asha, at=NOW, referral=referral, member=cast.asha)

    answer = clerk.post(here, filled(clerk, here, panel="spp", categories=[]))

    assert errors(answer)["panel"].startswith("A colleague must refer this child")
    assert "already" not in words(answer)


def test_child_out_of_school_is_referred_from_its_own_page(clerk: Client, fap: Panel, pupil: Pupil, cast: Cast) -> None:
    rows.terms(fap, by=cast.administrator)
    referral_rows.no_plan(pupil)
    address = f"/panels/refer/?pupil={pupil.public_id}"
    typed = {
        "panel": "fap-secondary", "route": "out_of_school", "in_year_tried": "Three schools asked, all full",
        "categories": ["l"], "evidence": "Admissions’ record", "out_of_school_since": "1/9/2026",
    }  # fmt: skip

    clerk.post(address, filled(clerk, address, **typed))

    made = Referral.objects.get()
    assert (made.exclusion, made.categories.get().category) == (None, "l")
    assert "Three schools asked, all full" in words(clerk.get(at(made)))


def test_papers_begin_with_what_the_school_tried_and_are_kept_half_done(clerk: Client, referral: Referral) -> None:
    Exclusion.objects.update(tried_words="A mentor since May")
    address = at(referral, "papers/")
    sent = filled(clerk, address, summary="Two suspensions in year 8.")
    assert "A mentor since May" in sent["tried"]

    assert clerk.post(address, sent).headers["Location"] == at(referral)
    stale = clerk.post(address, filled(clerk, address, summary="Another") | {"version": "1"})

    assert "Somebody else changed these papers" in stale.content.decode()
    referral.refresh_from_db()
    assert (referral.summary, referral.version) == ("Two suspensions in year 8.", 2)
    page = words(clerk.get(at(referral)))
    assert "Wanting before it can be listed" in page
    assert "What the child says" in page


def test_whole_papers_are_ready(clerk: Client, referral: Referral, exclusion: Exclusion) -> None:
    address = at(referral, "papers/")

    clerk.post(address, filled(clerk, address, **{paper.value: "Said" for paper in Paper}))

    page = words(clerk.get(at(referral)))
    assert "Ready to be listed" in page
    assert "Year 9" in page
    upn = exclusion.case.pupil.upn
    assert upn
    assert upn not in page


def test_school_that_excluded_the_child_for_good_is_neither_offered_nor_considered(
    clerk: Client, referral: Referral, exclusion: Exclusion, place: Place
) -> None:
    address = at(referral, "schools/add/")
    shown = clerk.get(address).content.decode()
    assert place.primary.urn in shown
    assert exclusion.school.urn not in shown

    answer = clerk.post(address, filled(clerk, address, school=exclusion.school.urn, miles="2.1"))
    assert errors(answer)["school"].startswith(f"{exclusion.school.name} excluded the child permanently, on ")
    assert not CandidateSchool.objects.exists()


def test_school_is_considered_once_and_taken_off(clerk: Client, referral: Referral, place: Place) -> None:
    address = at(referral, "schools/add/")
    sent = filled(clerk, address, school=place.primary.urn, miles="2.1", places="0", in_year_group="181", note="Full")

    clerk.post(address, sent)
    again = clerk.post(address, filled(clerk, address, school=place.primary.urn))

    assert errors(again)["school"] == "This school is considered already"
    page = words(clerk.get(at(referral)))
    assert all(said in page for said in ("Underhill Primary School", "2.1", "0, full", "181"))
    off = at(referral, f"schools/{CandidateSchool.objects.get().pk}/take-off/")
    assert off in page
    clerk.post(off, filled(clerk, off))
    assert "Underhill" not in words(clerk.get(at(referral)))
    assert clerk.get(off).status_code == 404
    assert CandidateSchool.objects.get().taken_off_by is not None


def test_category_is_added_with_its_evidence_and_put_right(clerk: Client, fap: Panel, pupil: Pupil, cast: Cast) -> None:
    rows.terms(fap, by=cast.administrator)
    referral_rows.no_plan(pupil)
    said: dict[str, Any] = {
        "route": RouteIn.OUT_OF_SCHOOL,
        "in_year_tried": "Asked",
        "out_of_school_since": date(2026, 9, 1),
    }
    evidence = referral_rows.shown("l")
    referral = referral_rows.referral(fap, pupil, by=cast.asha, evidence=evidence, **said)
    address = at(referral, "categories/add/")
    late = clerk.post(address, filled(clerk, address, category="g", evidence="Letter", assessed_on="5/11/2026"))
    assert errors(late)["assessed_on"] == "The day must be today or in the past"

    for text in ("Housing’s letter", "Housing’s second letter"):
        clerk.post(address, filled(clerk, address, category="g", evidence=text, assessed_on="today"))

    assert referral.categories.get(category="g").evidence == "Housing’s second letter"
    assert "(g) Homeless" in words(clerk.get(at(referral)))


def test_referral_is_withdrawn_with_a_reason_and_stays(clerk: Client, referral: Referral, exclusion: Exclusion) -> None:
    address = at(referral, "withdraw/")
    assert "because" in errors(clerk.post(address, filled(clerk, address, because="")))

    assert clerk.post(address, filled(clerk, address, because="Moved to Wales")).headers["Location"] == at(referral)

    page = words(clerk.get(at(referral)))
    assert "Moved to Wales" in page
    assert "Write the papers" not in page
    assert referral.reference not in words(clerk.get("/panels/spp/referrals/"))
    assert referral.reference in words(clerk.get("/panels/spp/referrals/?state=withdrawn"))
    timeline = words(clerk.get(f"/exclusions/{exclusion.case.reference}/"))
    assert f"Referral {referral.reference} to Specialist Placement Panel withdrawn: Moved to Wales" in timeline


CHANGES = ["withdraw/", "papers/", "categories/add/", "schools/add/", "schools/{school}/take-off/"]


def closed(referral: Referral, how: str, place: Place, cast: Cast) -> CandidateSchool:
    """Consider a school for a child, then have the referral decided or withdrawn."""
    candidate = referral_rows.candidate(referral, place.primary, by=cast.asha)
    if how == "decided":
        referral_rows.sent_on(referral)
    else:
        services.withdraw(
            by=cast.asha, at=NOW, on=TODAY, referral=referral, version=referral.version, because="Moved to Wales"
        )
    return candidate


@pytest.mark.parametrize("how", ["decided", "withdrawn"])
@pytest.mark.parametrize("tail", CHANGES)
def test_saved_link_to_change_a_closed_referral_leads_back_and_says_why(
    how: str, tail: str, clerk: Client, referral: Referral, place: Place, cast: Cast
) -> None:
    candidate = closed(referral, how, place, cast)

    answer = clerk.get(at(referral, tail.format(school=candidate.pk)), follow=True)

    assert answer.redirect_chain == [(at(referral), 302)]
    page = words(answer)
    assert f"This referral is {how}: nothing of it is changed any more." in page
    assert not any(at(referral, change.format(school=candidate.pk)) in page for change in CHANGES)


@pytest.mark.parametrize("how", ["decided", "withdrawn"])
def test_papers_typed_while_the_referral_was_closed_are_refused_and_stay_typed(
    how: str, clerk: Client, referral: Referral, place: Place, cast: Cast
) -> None:
    address = at(referral, "papers/")
    sent = filled(clerk, address, summary="What was typed")
    closed(referral, how, place, cast)
    sent["version"] = str(Referral.objects.get(pk=referral.pk).version)

    late = clerk.post(address, sent)

    assert errors(late)["__all__"] == "This referral is withdrawn or decided: nothing is added to it"
    assert "What was typed" in words(late)
    assert Referral.objects.get(pk=referral.pk).summary != "What was typed"


def test_referral_on_an_agenda_is_taken_off_there_before_it_is_withdrawn(
    clerk: Client, spp: Panel, exclusion: Exclusion, cast: Cast
) -> None:
    whole = referral_rows.referral(spp, exclusion.case.pupil, by=cast.asha)
    address = at(whole, "withdraw/")
    assert address in words(clerk.get(at(whole)))
    sent = filled(clerk, address, because="Moved to Wales")
    sitting_rows.listed(sitting_rows.sitting(spp, by=cast.asha), whole, by=cast.asha)

    page = words(clerk.get(at(whole)))
    assert address not in page
    assert "To withdraw the referral, take it off there first." in page
    answer = clerk.get(address, follow=True)
    assert answer.redirect_chain == [(at(whole), 302)]
    assert "It stands on the agenda of a sitting: take it off there first." in words(answer)
    late = clerk.post(address, sent)
    assert errors(late)["__all__"] == "It stands on the agenda of a sitting: take it off there first"
    assert "Moved to Wales" in words(late)


def test_lists_tell_ready_from_wanting(clerk: Client, referral: Referral) -> None:
    def listed(state: str) -> bool:
        return referral.reference in words(clerk.get(f"/panels/spp/referrals/?state={state}"))

    assert [listed(state) for state in ("", "ready", "wanting", "decided", "all", "nonsense")] == [
        True, False, True, False, True, True,
    ]  # fmt: skip
    Referral.objects.update(**{paper.value: "Said" for paper in Paper})
    assert [listed(state) for state in ("ready", "wanting")] == [True, False]
    referral_rows.sent_on(referral)
    assert [listed(state) for state in ("", "ready", "decided")] == [False, False, True]


def test_plan_made_known_since_shows_on_the_referral(
    clerk: Client, fap: Panel, spp: Panel, exclusion: Exclusion, cast: Cast
) -> None:
    rows.terms(fap, by=cast.administrator)
    pupil = exclusion.case.pupil
    referral_rows.no_plan(pupil)
    referral_rows.sent_on(referral_rows.referral(spp, pupil, by=cast.asha))
    referral = referral_rows.referral(fap, pupil, by=cast.asha, in_year_tried="Asked")

    referral_rows.plan(pupil)

    page = words(clerk.get(at(referral)))
    assert "This panel may no longer take the child" in page
    assert "Consult schools and name one in the plan" in page


def test_officer_of_the_panel_with_a_tie_sees_the_referral_nowhere(
    clerk: Client, referral: Referral, exclusion: Exclusion, cast: Cast, client_of: Any
) -> None:
    imran = client_of(cast.imran)
    addresses = [at(referral), "/panels/spp/referrals/", f"/exclusions/{exclusion.case.reference}/"]
    assert all(referral.reference in imran.get(address).content.decode() for address in addresses)

    rows.connection(cast.imran, kind="works_at", school=exclusion.school)

    assert imran.get(at(referral)).status_code == 404
    assert not any(referral.reference in words(imran.get(address)) for address in addresses[1:])
    assert "No child waits to be heard" in words(imran.get("/panels/spp/referrals/"))


def test_absent_referral_and_one_of_another_panel_are_not_there(clerk: Client, referral: Referral, fap: Panel) -> None:
    for address in ("/panels/spp/referrals/ZZZZZZ/", f"/panels/{fap.code}/referrals/{referral.reference}/"):
        assert clerk.get(address).status_code == 404


def test_list_asks_as_much_of_500_referrals_as_of_5(clerk: Client, spp: Panel, cast: Cast, place: Place) -> None:
    rows.connection(cast.asha, kind="works_at", school=School.objects.get(pk=place.primary.pk))
    referral_rows.crowd(spp, 5, by=cast.asha, school=place.school)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert clerk.get("/panels/spp/referrals/").status_code == 200
        return len(asked(captured))

    count()
    few = count()
    referral_rows.crowd(spp, 60, by=cast.asha, school=place.school)

    assert count() == few


def test_nothing_is_referred_to_a_panel_that_has_closed(clerk: Client, spp: Panel, here: str) -> None:
    Panel.objects.update(closed_on=TODAY - timedelta(days=1))

    answer = clerk.post(here, filled(clerk, here, panel="spp", categories=[]))

    assert errors(answer)["panel"] == "Choose one from the list"
