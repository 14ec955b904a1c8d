from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.rules.duties import State
from exclusions.rules.deadlines import Basis
from exclusions.rules.readings import DEFAULT_SETTINGS, Ambiguity, Setting
from exclusions.rules.rule_sets import rule_set_on
from panels.rules.placement import PlacementFacts, StageLine, stages
from panels.rules.placement_order import CAUSES, applies, hangs_on, may_be_taken, why_not_now, wrong_day
from panels.rules.placement_terms import HOLDER_LABELS, STAGE_LABELS, STEP_LABELS, Holder, Stage, Step
from tests.tables.reader import calendar, day, rows

REFERRED = date(2026, 11, 3)
DECIDED = date(2026, 11, 17)


def facts(row: dict[str, str]) -> PlacementFacts:
    steps = dict(each.split("/") for each in row["steps"].split())
    return PlacementFacts(
        referred_on=date(2026, 11, 10),
        decided_on=DECIDED,
        school_kind=row["school_kind"],
        starts_on=day(row["starts_on"]),
        reply_within=int(row["reply_within"]) if row["reply_within"] else None,
        looked_after=bool(row["looked_after"]),
        under_protocol=bool(row["protocol"]),
        steps={Step(name): date.fromisoformat(on) for name, on in steps.items()},
    )


def lines(of: PlacementFacts, on: date, setting: Setting = Setting.READING_1) -> dict[Stage, StageLine]:
    settings = {**DEFAULT_SETTINGS, Ambiguity.FAIR_ACCESS_DAY_ZERO: setting}
    basis = Basis(rule_set_on(of.agreed_on), calendar("B"), settings)
    return {line.stage: line for line in stages(of, basis, calendar("B"), on=on)}


@pytest.mark.parametrize("row", rows("placement_stages"), ids=lambda row: row["situation"])
def test_stage_stands_as_the_table_says(row: dict[str, str]) -> None:
    line = lines(facts(row), date.fromisoformat(row["on"])).get(Stage(row["stage"]))

    if not row["state"]:
        assert line is None
        return
    assert line is not None
    days = line.stands.school_days if line.due else line.lag
    found = (line.due, line.other_due, line.stands.state.value, days, line.holder.value)
    expected = int(row["days"]) if row["days"] else None
    assert found == (day(row["due"]), day(row["other_due"]), row["state"], expected, row["holder"])
    assert line.working
    assert line.rule == "local" or line.source or "No power to direct" in line.working


@pytest.mark.parametrize(
    ("setting", "due", "other_due", "beside"),
    [
        (Setting.READING_1, date(2026, 12, 8), date(2026, 12, 8), date(2026, 11, 25)),
        (Setting.READING_2, date(2026, 11, 25), date(2026, 11, 25), date(2026, 12, 8)),
        (Setting.BOTH, date(2026, 11, 25), date(2026, 12, 8), None),
    ],
)
def test_allocation_by_each_reading_of_day_nought_amb_9(
    setting: Setting, due: date, other_due: date, beside: date | None
) -> None:
    of = PlacementFacts(
        REFERRED, date(2026, 12, 1), "maintained",
        steps={Step.AGREED: date(2026, 11, 10), Step.APPLICATION_REFUSED: date(2026, 10, 20)},
    )  # fmt: skip

    line = lines(of, date(2026, 12, 1), setting)[Stage.ALLOCATED]

    assert (line.due, line.other_due, line.beside) == (due, other_due, beside)
    assert line.stands.state is (State.MET_LATE if setting is Setting.READING_2 else State.MET)


def test_calendar_that_ends_too_soon_leaves_no_day_and_is_never_guessed() -> None:
    late = date(2027, 7, 20)
    of = PlacementFacts(late, late, "maintained", starts_on=late, reply_within=5, steps={Step.ASKED: late})

    found = lines(of, late)

    assert [found[stage].due for stage in (Stage.ALLOCATED, Stage.REPLIED)] == [None, None]
    assert "no term dates reach" in found[Stage.REPLIED].working


def test_each_step_waits_for_what_it_answers_and_for_the_kind_of_school() -> None:
    def offered(kind: str, *steps: Step, protocol: bool = True) -> set[Step]:
        of = PlacementFacts(
            REFERRED, DECIDED, kind, under_protocol=protocol, steps=dict.fromkeys(steps, DECIDED)
        )  # fmt: skip
        return set(may_be_taken(of))

    always = {Step.AGREED, Step.APPLICATION_REFUSED, Step.ON_ROLL, Step.STARTED}
    assert offered("maintained") == always | {Step.ASKED}
    assert offered("maintained", protocol=False) == {Step.ASKED, Step.ON_ROLL, Step.STARTED}
    assert offered("maintained", Step.ASKED) == always | {Step.ACCEPTED, Step.REFUSED}
    refused = always - {Step.ON_ROLL, Step.STARTED} | {Step.ACCEPTED}
    assert offered("maintained", Step.ASKED, Step.REFUSED) == refused | {Step.DIRECTION_INTENDED}
    assert offered("academy", Step.ASKED, Step.REFUSED) == refused | {Step.SECRETARY_OF_STATE_ASKED}
    assert offered("other", Step.ASKED, Step.REFUSED) == refused


@pytest.mark.parametrize("step", Step)
def test_day_of_a_step_is_on_the_right_side_of_the_decision_and_of_its_cause(step: Step) -> None:
    causes = {cause: DECIDED + timedelta(days=3) for cause in list(CAUSES.get(step, ()))[:1]}
    of = PlacementFacts(REFERRED, DECIDED, "maintained", steps=causes)
    first = max(causes.values(), default=DECIDED)
    if step is Step.DIRECTED:
        # The school may go to the adjudicator for fifteen days, the one on which it was told among them.
        first += timedelta(days=15)

    if step in (Step.AGREED, Step.APPLICATION_REFUSED):
        assert wrong_day(step, DECIDED, of) == ""
        assert wrong_day(step, DECIDED + timedelta(days=1), of)
    else:
        assert wrong_day(step, first, of) == ""
        assert wrong_day(step, first - timedelta(days=1), of)
        assert wrong_day(step, DECIDED - timedelta(days=1), of)


@pytest.mark.parametrize(("looked_after", "wait"), [(False, 14), (True, 6)])
def test_school_is_directed_once_it_can_no_longer_go_to_the_adjudicator(looked_after: bool, wait: int) -> None:
    told = DECIDED + timedelta(days=3)
    steps = {Step.REFUSED: DECIDED, Step.DIRECTION_INTENDED: told}

    def wrong(step: Step, after: int, more: dict[Step, date] | None = None) -> str:
        facts = PlacementFacts(REFERRED, DECIDED, "maintained", looked_after=looked_after, steps=steps | (more or {}))
        return wrong_day(step, told + timedelta(days=after), facts)

    assert "may go to the adjudicator until" in wrong(Step.DIRECTED, wait)
    assert wrong(Step.DIRECTED, wait + 1) == ""
    assert wrong(Step.TO_ADJUDICATOR, wait) == ""
    assert "could go to the adjudicator until" in wrong(Step.TO_ADJUDICATOR, wait + 1)
    upheld = {Step.TO_ADJUDICATOR: told + timedelta(days=2), Step.ADJUDICATOR_UPHELD: told + timedelta(days=3)}
    assert "adjudicator upheld the direction" in wrong(Step.DIRECTED, 2, upheld)
    assert wrong(Step.DIRECTED, 3, upheld) == ""


def of_steps(*steps: Step, kind: str = "maintained", on: date = DECIDED) -> PlacementFacts:
    return PlacementFacts(REFERRED, DECIDED, kind, steps=dict.fromkeys(steps, on))


TO_THE_ADJUDICATOR = (Step.ASKED, Step.REFUSED, Step.DIRECTION_INTENDED, Step.TO_ADJUDICATOR)
TO_THE_SECRETARY_OF_STATE = (Step.ASKED, Step.REFUSED, Step.SECRETARY_OF_STATE_ASKED)


def test_school_is_directed_only_once_the_adjudicator_has_upheld_it_r56() -> None:
    before = of_steps(*TO_THE_ADJUDICATOR)
    assert {Step.ADJUDICATOR_UPHELD, Step.ADJUDICATOR_NOT_UPHELD} <= set(may_be_taken(before))
    assert "first record what the adjudicator decided" in why_not_now(Step.DIRECTED, before)

    upheld = of_steps(*TO_THE_ADJUDICATOR, Step.ADJUDICATOR_UPHELD)
    assert Step.DIRECTED in may_be_taken(upheld)
    assert Step.ADJUDICATOR_NOT_UPHELD not in may_be_taken(upheld)
    found = lines(upheld, DECIDED)
    assert found[Stage.ADJUDICATED].stands.state is State.MET
    assert found[Stage.DIRECTED].stands.state is State.DUE
    assert Stage.BACK not in found


@pytest.mark.parametrize(
    ("kind", "steps", "said_no"),
    [
        ("maintained", TO_THE_ADJUDICATOR, Step.ADJUDICATOR_NOT_UPHELD),
        ("academy", TO_THE_SECRETARY_OF_STATE, Step.SECRETARY_OF_STATE_DECLINED),
    ],
)
def test_placement_goes_back_to_the_panel_once_the_school_cannot_be_made_to_admit_r56(
    kind: str, steps: tuple[Step, ...], said_no: Step
) -> None:
    of = of_steps(*steps, said_no, kind=kind)

    found = lines(of, DECIDED)
    assert (found[Stage.BACK].holder, found[Stage.BACK].stands.state) == (Holder.CLERK, State.DUE)
    ended = (Stage.DIRECTED, Stage.ON_ROLL, Stage.STARTED)
    assert [found[stage].stands.state for stage in ended] == [State.ENDED] * 3
    assert not {Step.DIRECTED, Step.ON_ROLL, Step.STARTED} & set(may_be_taken(of))

    again = replace(of, referred_again_on=DECIDED)
    assert lines(again, DECIDED)[Stage.BACK].stands.state is State.MET

    agreed = of_steps(*steps, said_no, Step.ACCEPTED, kind=kind)
    assert Stage.BACK not in lines(agreed, DECIDED)
    assert Step.ON_ROLL in may_be_taken(agreed)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (Step.ASKED, Step.ACCEPTED),
        (Step.ASKED, Step.REFUSED),
        (Step.ASKED, Step.ON_ROLL),
        (Step.ACCEPTED, Step.ON_ROLL),
        (Step.REFUSED, Step.ON_ROLL),
        (Step.DIRECTED, Step.ON_ROLL),
        (Step.ASKED, Step.STARTED),
        (Step.ACCEPTED, Step.STARTED),
        (Step.ON_ROLL, Step.STARTED),
        (Step.TO_ADJUDICATOR, Step.ADJUDICATOR_UPHELD),
        (Step.TO_ADJUDICATOR, Step.ADJUDICATOR_NOT_UPHELD),
        (Step.ADJUDICATOR_UPHELD, Step.DIRECTED),
        (Step.SECRETARY_OF_STATE_ASKED, Step.SECRETARY_OF_STATE_DECLINED),
    ],
)
def test_no_day_contradicts_the_order_of_the_steps_whichever_is_recorded_first(earlier: Step, later: Step) -> None:
    day, before, after = (DECIDED + timedelta(days=number) for number in (5, 4, 6))

    assert "It cannot come before this" in wrong_day(later, before, of_steps(earlier, on=day))
    assert wrong_day(later, day, of_steps(earlier, on=day)) == ""
    assert "It cannot come after this" in wrong_day(earlier, after, of_steps(later, on=day))
    assert wrong_day(earlier, day, of_steps(later, on=day)) == ""


def test_nobody_is_put_on_the_roll_of_a_school_that_refused_until_it_agreed_or_was_directed_r56() -> None:
    refused = of_steps(Step.ASKED, Step.REFUSED)

    for step in (Step.ON_ROLL, Step.STARTED):
        says = "The school refused, 17 November 2026: first record that it agreed after all"
        assert why_not_now(step, refused) == f"{says} or was directed to admit"
        assert why_not_now(step, replace(refused, under_protocol=False)) == says
        assert why_not_now(step, of_steps(Step.ASKED, Step.REFUSED, Step.ACCEPTED)) == ""
        directed = of_steps(*TO_THE_ADJUDICATOR, Step.ADJUDICATOR_UPHELD, Step.DIRECTED)
        assert why_not_now(step, directed) == ""
        assert why_not_now(step, of_steps(*TO_THE_ADJUDICATOR, Step.ADJUDICATOR_UPHELD))


@pytest.mark.parametrize(
    ("second", "first", "days_after", "says"),
    [
        (Step.ACCEPTED, Step.REFUSED, -1, "It cannot come before this: school refused, 22 November 2026"),
        (Step.ACCEPTED, Step.REFUSED, 0, ""),
        (Step.ACCEPTED, Step.REFUSED, 1, ""),
        (Step.REFUSED, Step.ACCEPTED, -1, "It must come after this: school agreed to admit, 22 November 2026"),
        (Step.REFUSED, Step.ACCEPTED, 0, "It must come after this: school agreed to admit, 22 November 2026"),
        (Step.REFUSED, Step.ACCEPTED, 1, ""),
    ],
)
def test_reply_that_is_recorded_second_is_the_later_word(
    second: Step, first: Step, days_after: int, says: str
) -> None:  # fmt: skip
    on_file = DECIDED + timedelta(days=5)
    wrong = wrong_day(second, on_file + timedelta(days=days_after), of_steps(first, on=on_file))

    assert wrong.startswith(says)
    assert bool(wrong) is bool(says)


def test_letter_that_confirms_an_asking_holds_up_neither_the_roll_nor_the_asking_by_word() -> None:
    of = replace(of_steps(Step.ASKED, on=DECIDED + timedelta(days=5)), read=frozenset({Step.ASKED}))

    assert wrong_day(Step.ON_ROLL, DECIDED, of) == ""
    assert "school asked" in wrong_day(Step.ACCEPTED, DECIDED, of)
    assert Step.ASKED in may_be_taken(of)


def test_nothing_goes_to_the_adjudicator_after_a_direction_and_nobody_refuses_a_child_who_is_there() -> None:
    def offered(*steps: Step) -> set[Step]:
        return set(may_be_taken(PlacementFacts(REFERRED, DECIDED, "maintained", steps=dict.fromkeys(steps, DECIDED))))

    assert Step.TO_ADJUDICATOR in offered(Step.ASKED, Step.REFUSED, Step.DIRECTION_INTENDED)
    assert Step.TO_ADJUDICATOR not in offered(Step.ASKED, Step.REFUSED, Step.DIRECTION_INTENDED, Step.DIRECTED)
    assert Step.REFUSED not in offered(Step.ASKED, Step.STARTED)


def test_day_long_before_the_referral_is_a_slip_of_the_year() -> None:
    of = PlacementFacts(REFERRED, DECIDED, "maintained")

    for step in (Step.AGREED, Step.APPLICATION_REFUSED):
        assert wrong_day(step, REFERRED - timedelta(days=300), of) == ""
        assert "check the year" in wrong_day(step, date(1999, 1, 1), of)


def test_excluded_child_is_not_agreed_to_be_under_the_protocol_before_the_exclusion_took_effect() -> None:
    excluded_on = REFERRED - timedelta(days=5)
    of = PlacementFacts(REFERRED, DECIDED, "maintained", excluded_on=excluded_on)

    assert wrong_day(Step.AGREED, excluded_on, of) == ""
    assert wrong_day(Step.AGREED, excluded_on - timedelta(days=1), of).startswith("It cannot come before the exclusion")
    # A place may have been sought, and refused, while the child was at the school still.
    assert wrong_day(Step.APPLICATION_REFUSED, excluded_on - timedelta(days=1), of) == ""


def test_step_hangs_on_the_only_one_that_it_answers() -> None:
    of = PlacementFacts(
        REFERRED, DECIDED, "maintained",
        steps=dict.fromkeys((Step.ASKED, Step.REFUSED, Step.DIRECTION_INTENDED), DECIDED),
    )  # fmt: skip

    assert hangs_on(Step.ASKED, of) is Step.REFUSED
    assert hangs_on(Step.REFUSED, of) is Step.DIRECTION_INTENDED
    assert hangs_on(Step.DIRECTION_INTENDED, of) is None
    assert (
        hangs_on(Step.TO_ADJUDICATOR, of_steps(*TO_THE_ADJUDICATOR, Step.ADJUDICATOR_UPHELD)) is Step.ADJUDICATOR_UPHELD
    )
    directed = of_steps(*TO_THE_ADJUDICATOR, Step.ADJUDICATOR_UPHELD, Step.DIRECTED)
    assert hangs_on(Step.ADJUDICATOR_UPHELD, directed) is Step.DIRECTED
    assert not applies(Step.SECRETARY_OF_STATE_ASKED, of)


def test_every_word_has_its_label() -> None:
    assert set(STEP_LABELS) == {each.value for each in Step}
    assert set(STAGE_LABELS) == {each.value for each in Stage}
    assert set(HOLDER_LABELS) == {each.value for each in Holder}
