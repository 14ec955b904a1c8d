"""A plan as it stands in a file: what its paper says, as written, with nothing understood yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wsoa.rules.terms import LAYOUT_LABELS, PLAN_KIND_LABELS, Layout


class BadPlanFile(ValueError):
    """The file does not hold a plan; `where` is the place of the fault, as a person would find it in the file."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role that the paper names, the other ways in which it writes it, and whether it says what the role is."""

    code: str
    title: str
    organisation: str = ""
    also_written: tuple[str, ...] = ()
    explained: bool = True


@dataclass(frozen=True, slots=True)
class UpdateLine:
    """What the paper says of an action's progress on a day."""

    on: date
    text: str
    per_cent: int | None = None
    behind: bool | None = None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as the paper writes it."""

    reference: str
    title: str
    dates: str = ""
    lead: str = ""
    partners: str = ""
    resource: str = ""
    how_known: str = ""
    status: str = ""
    updates: tuple[UpdateLine, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """An outcome with its reference as written."""

    reference: str
    title: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its target as written."""

    title: str
    target: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """A priority, theme or recommendation with what stands under it, in the paper's order."""

    reference: str
    title: str
    theme: str = ""
    outcomes: tuple[OutcomeLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What whoever read the paper found that cannot be right: where, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class PlanFile:
    """One plan with its roles. `remarks` are a reader's; what rules can find is not among them."""

    code: str
    title: str
    kind: str
    layout: Layout
    answers: str = ""
    source: str = ""
    paper_on: date | None = None
    roles: tuple[RoleLine, ...] = ()
    priorities: tuple[PriorityLine, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def actions(self) -> tuple[ActionLine, ...]:
        """Every action, in the paper's order."""
        return tuple(action for priority in self.priorities for action in priority.actions)


def read_plan(given: object) -> PlanFile:
    """Return the plan that a JSON document holds. Raises BadPlanFile at the first place that is not as it should be."""
    whole = _Place("the file", given)
    return PlanFile(
        code=whole.text("code", needed=True),
        title=whole.text("title", needed=True),
        kind=whole.one_of("kind", PLAN_KIND_LABELS),
        layout=Layout(whole.one_of("layout", LAYOUT_LABELS)),
        answers=whole.text("answers"),
        source=whole.text("source"),
        paper_on=whole.day("paper_on"),
        roles=tuple(_role(each) for each in whole.each("roles")),
        priorities=tuple(_priority(each) for each in whole.each("priorities", some=True)),
        remarks=tuple(
            Remark(each.text("where"), each.text("what", needed=True)) for each in whole.each("remarks")
        ),
    )  # fmt: skip


def _role(place: "_Place") -> RoleLine:
    explained = place.found("explained")
    if explained is not None and not isinstance(explained, bool):
        raise BadPlanFile(f"{place.where}, explained", "true or false is wanted")
    return RoleLine(
        code=place.text("code", needed=True),
        title=place.text("title", needed=True),
        organisation=place.text("organisation"),
        also_written=place.texts("also_written"),
        explained=explained is not False,
    )


def _priority(place: "_Place") -> PriorityLine:
    return PriorityLine(
        reference=place.text("reference"),
        title=place.text("title", needed=True),
        theme=place.text("theme"),
        outcomes=tuple(
            OutcomeLine(each.text("reference"), each.text("title", needed=True)) for each in place.each("outcomes")
        ),
        measures=tuple(
            MeasureLine(each.text("title", needed=True), each.text("target"), each.text("unit"))
            for each in place.each("measures")
        ),
        actions=tuple(_action(each) for each in place.each("actions")),
    )


def _action(place: "_Place") -> ActionLine:
    words = ("dates", "lead", "partners", "resource", "how_known", "status")
    return ActionLine(
        reference=place.text("reference"),
        title=place.text("title", needed=True),
        **{name: place.text(name) for name in words},
        updates=tuple(_update(each) for each in place.each("updates")),
    )


def _update(place: "_Place") -> UpdateLine:
    on = place.day("on")
    if on is None:
        raise BadPlanFile(f"{place.where}, on", "an update needs its day")
    per_cent, behind = place.found("per_cent"), place.found("behind")
    if per_cent is not None and (
        isinstance(per_cent, bool) or not isinstance(per_cent, int) or not 0 <= per_cent <= 100
    ):
        raise BadPlanFile(f"{place.where}, per_cent", "a whole number from 0 to 100 is wanted")
    if behind is not None and not isinstance(behind, bool):
        raise BadPlanFile(f"{place.where}, behind", "true or false is wanted")
    return UpdateLine(on, place.text("text"), per_cent, behind)


class _Place:
    """A part of the document and where it stands."""

    def __init__(self, where: str, given: object) -> None:
        if not isinstance(given, Mapping):
            raise BadPlanFile(where, "an object of names and values is wanted")
        self.where, self.given = where, given

    def found(self, name: str) -> Any:
        return self.given.get(name)

    def text(self, name: str, *, needed: bool = False) -> str:
        value = self.given.get(name, "")
        if not isinstance(value, str):
            raise BadPlanFile(f"{self.where}, {name}", "text is wanted")
        if needed and not value.strip():
            raise BadPlanFile(f"{self.where}, {name}", "it is missing")
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.given.get(name, [])
        if (
            not isinstance(value, Sequence)
            or isinstance(value, str)
            or not all(isinstance(each, str) for each in value)
        ):
            raise BadPlanFile(f"{self.where}, {name}", "a list of texts is wanted")
        return tuple(value)

    def one_of(self, name: str, known: Mapping[str, str]) -> str:
        value = self.text(name, needed=True)
        if value not in known:
            raise BadPlanFile(f"{self.where}, {name}", f"one of these is wanted: {', '.join(known)}")
        return value

    def day(self, name: str) -> date | None:
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise BadPlanFile(f"{self.where}, {name}", "a day such as 2020-11-17 is wanted") from None

    def each(self, name: str, *, some: bool = False) -> "list[_Place]":
        value = self.given.get(name, [])
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise BadPlanFile(f"{self.where}, {name}", "a list is wanted")
        if some and not value:
            raise BadPlanFile(f"{self.where}, {name}", "it is empty")
        return [_Place(f"{self.where}, {name} {number}", each) for number, each in enumerate(value, start=1)]
