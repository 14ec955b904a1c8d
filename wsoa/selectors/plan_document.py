"""A plan as a document that is printed: headings, tables and words, for the typesetter and the writer of Word files alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wsoa.models import Measure, Outcome, Plan
from wsoa.rules import layouts
from wsoa.rules.terms import PRINTED, STATE_LABELS, Layout, State
from wsoa.selectors.plan_paper import PaperRow, paper_rows

# An action that is not yet due has no word in any paper's own column: on paper it is told, since an empty cell says nothing.
NOT_YET = STATE_LABELS[State.NOT_DUE]


def plan_document(plan: Plan, *, layout: Layout, on: date, council: str) -> dict[str, Any]:
    """Return a plan as it stands at the end of a day, as plain JSON, in five queries however long it is.

    A state that was decided over the rule's is told with both and the reason, and without the name of who decided.
    """
    rows = paper_rows(plan, layout=layout, on=on)
    columns = layouts.printed_fields(layout)
    outcomes = list(Outcome.objects.filter(priority__plan=plan).order_by("position"))
    measures = list(Measure.objects.filter(priority__plan=plan).order_by("position"))
    return {
        "council": council,
        "title": plan.title,
        "answers": plan.answers,
        "as_at": f"As at {day_in_words(on)}",
        "summary": _summary(rows, layout),
        "heads": [field.heading for field, _ in columns],
        "shares": [share for _, share in columns],
        "priorities": [
            {
                "title": str(each),
                "theme": each.theme,
                "outcomes": [str(outcome) for outcome in outcomes if outcome.priority_id == each.pk],
                "measures": [_measure(measure) for measure in measures if measure.priority_id == each.pk],
                "rows": [
                    [_cell(field.name, row, layout) for field, _ in columns]
                    for row in rows
                    if row.priority.pk == each.pk
                ],
            }
            for each in plan.priorities.order_by("position")
        ],
    }


def day_in_words(day: date) -> str:
    """Return '26 November 2026'."""
    return f"{day.day} {day:%B %Y}"


def word_for(state: State, layout: Layout) -> str:
    """Return what a layout prints for a state, and "Not due" where its paper prints nothing."""
    return PRINTED[layout][state] or NOT_YET


def _summary(rows: Sequence[PaperRow], layout: Layout) -> list[list[str]]:
    """Return how many actions have each of the layout's words, those that some have, in the order of the states."""
    words = [word_for(row.stood.standing.state, layout) for row in rows]
    known = dict.fromkeys(word_for(state, layout) for state in State)
    return [[word, str(words.count(word))] for word in known if word in words] + [["All actions", str(len(words))]]


def _measure(each: Measure) -> list[str]:
    return [each.title, each.target_as_written, each.unit]


def _cell(name: str, row: PaperRow, layout: Layout) -> dict[str, Any]:
    """Return a cell: its text, a smaller line under it, and for a status its colour."""
    value = row.values[name]
    if name == "status":
        return _status(row, layout)
    if name == "per_cent":
        return {"text": "" if value is None else f"{value}%"}
    if name == "progress" and row.values["progress_on"]:
        return {"text": value, "small": f"As at {day_in_words(row.values['progress_on'])}"}
    return {"text": value}


def _status(row: PaperRow, layout: Layout) -> dict[str, Any]:
    now = row.stood.standing
    word = word_for(now.state, layout)
    told = {"text": word, "colour": layouts.COLOURS[word]}
    if now.is_overridden:
        rule = word_for(now.proposed.state, layout)
        told["small"] = f"Decided: {now.reason}. The rule says {rule}: {_small(now.proposed.because)}.".replace(
            "..", "."
        )
    return told


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
