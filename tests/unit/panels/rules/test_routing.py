from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casework.rules.terms import NcYear
from exclusions.rules.fair_access_categories import FairAccessCategory, FairAccessFacts, NoCommonList
from exclusions.rules.sources import cite
from panels.rules.quorum import Need
from panels.rules.referral import CategoryEvidence, Referral
from panels.rules.refusals import Refused
from panels.rules.routing import Accepted, route
from panels.rules.terms import DecisionModel, LawfulRoute, PanelKind, RouteIn, SpecialistDecision
from panels.rules.versions import NoTerms, PanelTerms, in_force
from tests.tables.reader import day, rows

KNOWN = {"yes": True, "no": False, "": None}
ON = date(2025, 11, 17)


def terms(kind: PanelKind) -> PanelTerms:
    return PanelTerms.standard(kind, date(2025, 9, 1), DecisionModel.MAJORITY, (Need(3),))


def referral(row: dict[str, str]) -> Referral:
    on = date.fromisoformat(row["on"])
    excluded_on = day(row["excluded_on"])
    return Referral(
        route=RouteIn(row["route"]),
        on=on,
        child=FairAccessFacts(
            others=frozenset(FairAccessCategory(letter) for letter in row["others"].split()),
            permanently_excluded=excluded_on is not None,
            out_of_education_since=day(row["out_since"]),
        ),
        has_plan=KNOWN[row["plan"]],
        looked_after=KNOWN[row["looked_after"]],
        nc_year=NcYear(row["nc_year"]) if row["nc_year"] else None,
        excluded_on=excluded_on,
        specialist=SpecialistDecision(row["specialist"]) if row["specialist"] else None,
        specialist_on=day(row["specialist_on"]),
        in_year_tried=row["in_year_tried"] == "yes",
        evidence=tuple(
            CategoryEvidence(FairAccessCategory(letter), "Letter seen", on) for letter in row["evidence"].split()
        ),
    )


SENT_ON = referral(rows("routing")[0])


@pytest.mark.parametrize("row", rows("routing"), ids=lambda row: row["situation"])
def test_referral_of_each_situation_goes_where_the_table_says(row: dict[str, str]) -> None:
    set_terms = replace(
        terms(PanelKind(row["panel"])), looked_after_placed_elsewhere=row["looked_after_elsewhere"] == "yes"
    )

    found = route(referral(row), set_terms)

    if row["answer"] == "refused":
        assert isinstance(found, Refused)
        assert (found.rule, found.instead) == (row["rule"], row["instead"])
        assert found.reason.endswith(".")
        assert found.do.endswith(".")
        assert found.source
        assert [one.endswith(" No.") for one in found.working] == [False] * (len(found.working) - 1) + [True]
    else:
        assert isinstance(found, Accepted)
        assert " ".join(found.categories) == row["categories"]
        assert " ".join(one.rule for one in found.shown) == row["shown"]
        assert all(one.endswith(" Yes.") for one in found.working)
        assert found.source[-1].instrument == "Terms of reference"


def test_child_with_a_plan_is_told_the_reason_and_the_lawful_route_r61() -> None:
    found = route(replace(SENT_ON, has_plan=True), terms(PanelKind.FAIR_ACCESS_SECONDARY))

    assert isinstance(found, Refused)
    assert found.reason == (
        "The child has an EHC plan. Children with a plan are placed by consultation and naming, not by this panel."
    )
    assert found.instead is LawfulRoute.NAMING
    assert found.do.startswith("The SEN team consults schools and names one in section I of the plan.")
    assert cite(found.source).startswith("Children and Families Act 2014 ss38 to 43")
    assert found.working == ("Is it known that the child has no EHC plan? No.",)


def test_plan_among_the_facts_of_the_child_refuses_too() -> None:
    found = route(replace(SENT_ON, child=replace(SENT_ON.child, has_plan=True)), terms(PanelKind.FAIR_ACCESS_SECONDARY))

    assert isinstance(found, Refused)
    assert found.instead is LawfulRoute.NAMING


def test_sent_on_from_an_exclusion_comes_by_the_specialist_panel() -> None:
    found = route(replace(SENT_ON, route=RouteIn.PERMANENT_EXCLUSION), terms(PanelKind.FAIR_ACCESS_SECONDARY))

    assert isinstance(found, Accepted)
    assert found.route is RouteIn.SPECIALIST_PANEL


@pytest.mark.parametrize(
    ("took_effect", "on", "is_shown"),
    [
        ((date(2025, 1, 6), date(2026, 1, 14)), date(2026, 1, 14), True),
        ((date(2026, 1, 14), date(2025, 1, 6)), date(2028, 1, 13), True),
        ((date(2025, 1, 6), date(2026, 1, 14)), date(2028, 1, 14), False),
        ((date(2025, 1, 6), date(2026, 1, 14)), date(2026, 1, 13), False),
        ((date(2026, 1, 14),), date(2026, 1, 14), False),
        ((), date(2026, 1, 14), False),
    ],
)
def test_two_years_without_preference_are_shown_while_they_run_r57(
    took_effect: tuple[date, ...], on: date, is_shown: bool
) -> None:
    found = route(
        replace(SENT_ON, on=on, counted_exclusions=took_effect, specialist_on=on, excluded_on=date(2025, 10, 12)),
        terms(PanelKind.FAIR_ACCESS_SECONDARY),
    )

    assert isinstance(found, Accepted)
    assert [one.rule for one in found.shown] == (["R57"] if is_shown else [])
    if is_shown:
        assert "from 2026-01-14 to 2028-01-13, both days included" in found.shown[0].says
        assert cite(found.shown[0].source) == "School Standards and Framework Act 1998 s87"


@pytest.mark.parametrize(
    ("text", "assessed_on", "is_accepted"),
    [("Letter", ON, True), (" ", ON, False), ("Letter", date(2025, 11, 18), False)],
)
def test_evidence_is_in_writing_and_judged_by_the_day(text: str, assessed_on: date, is_accepted: bool) -> None:
    homeless = FairAccessCategory.HOMELESS
    asked = Referral(
        RouteIn.MID_YEAR,
        ON,
        FairAccessFacts(others=frozenset({homeless})),
        has_plan=False,
        looked_after=False,
        in_year_tried=True,
        evidence=(CategoryEvidence(homeless, text, assessed_on),),
    )

    assert isinstance(route(asked, terms(PanelKind.FAIR_ACCESS_SECONDARY)), Accepted) is is_accepted


def test_child_who_came_another_way_keeps_it() -> None:
    found = route(replace(SENT_ON, route=RouteIn.MID_YEAR), terms(PanelKind.FAIR_ACCESS_SECONDARY))

    assert isinstance(found, Accepted)
    assert found.route is RouteIn.MID_YEAR


def test_exclusion_at_a_panel_that_takes_none_goes_to_the_specialists() -> None:
    asked = replace(SENT_ON, route=RouteIn.PERMANENT_EXCLUSION)
    set_terms = replace(terms(PanelKind.OTHER), routes=frozenset({RouteIn.MID_YEAR}))

    found = route(asked, set_terms)

    assert isinstance(found, Refused)
    assert found.instead is LawfulRoute.SPECIALIST_PANEL


def test_referral_before_the_closed_list_is_an_error() -> None:
    asked = replace(SENT_ON, on=date(2021, 8, 31), excluded_on=date(2021, 5, 1), specialist_on=date(2021, 6, 1))

    with pytest.raises(NoCommonList):
        route(asked, terms(PanelKind.FAIR_ACCESS_SECONDARY))


def test_terms_in_force_are_the_latest_that_have_begun() -> None:
    old = terms(PanelKind.FAIR_ACCESS_SECONDARY)
    new = replace(old, in_force_from=date(2026, 1, 5), casting_vote=True)

    assert in_force([new, old], on=date(2026, 1, 4)) is old
    assert in_force([old, new], on=date(2026, 1, 5)) is new
    with pytest.raises(NoTerms) as raised:
        in_force([old, new], on=date(2025, 8, 31))
    assert raised.value.on == date(2025, 8, 31)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (
            {"specialist": None, "specialist_on": None},
            "first to the Specialist Placement Panel, and it has not decided.",
        ),
        ({"specialist": None, "specialist_on": None, "specialist_advised_on": ON}, "an officer has not decided yet."),
        ({"specialist": SpecialistDecision.OTHER}, "did not send the child to mainstream. It decided: Other."),
        (
            {"specialist": SpecialistDecision.OTHER, "specialist_by_officer": True},
            "An officer decided on its advice: Other.",
        ),
        # The panel advised anew since.
        ({"specialist": SpecialistDecision.OTHER, "specialist_advised_on": ON}, "an officer has not decided yet."),
        # Advice of before the exclusion, or of after the referral, was about something else.
        (
            {"specialist": None, "specialist_on": None, "specialist_advised_on": date(2025, 10, 11)},
            "and it has not decided.",
        ),
        (
            {"specialist": None, "specialist_on": None, "specialist_advised_on": date(2025, 11, 18)},
            "and it has not decided.",
        ),
    ],
)
def test_refusal_says_whether_the_specialists_decided_or_advised(facts: dict[str, Any], says: str) -> None:
    found = route(replace(SENT_ON, **facts), terms(PanelKind.FAIR_ACCESS_SECONDARY))

    assert isinstance(found, Refused)
    assert found.reason.endswith(says)
    assert ("It decided" in found.reason) is ("It decided" in says)
