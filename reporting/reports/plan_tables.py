"""The page of a committee report on plans: what each one's last round says."""

from collections.abc import Mapping
from typing import Any

from reporting.reports.cells import Shown
from reporting.reports.tables import table_of

MOST_NAMED = 8
"""So many actions of a kind are named; the plan's own paper has them all."""


def plans(figures: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    """Return each plan's round in words and tables; nothing for a report from before plans had rounds."""
    return [item for each in figures.get("plans", []) for item in _plan(each, shown)]


def _plan(each: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    late = f"{each['late']} {'is' if each['late'] == 1 else 'are'} past {'its date' if each['late'] == 1 else 'their dates'}"
    said = f"{each['done']} of {each['actions']} actions of the {each['title']} {'is' if each['done'] == 1 else 'are'} done and {late}, as of round {each['round']}."
    basis = f"Round {each['round']}, closed on {each['closed']}, as the council approved it. Actions, not children."
    items: list[dict[str, Any]] = [
        {"h": each["title"]},
        {"p": said},
        table_of(
            f"{each['title']}: each priority in round {each['round']}",
            ["Priority", "State", "Actions", "Round before"],
            each["priorities"],
            basis,
            shown,
            widths=[4, 1.4, 1.6, 1.6],
            text=[1, 2, 3],
            counts=False,
        ),
    ]
    for heading, names in (
        ("Done since the round before", each["newly_done"]),
        ("Late since the round before", each["newly_late"]),
    ):
        if names:
            more = [f"and {len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
            items += [{"p": f"{heading}:"}, {"list": [*names[:MOST_NAMED], *more]}]
    if each["decided"]:
        items.append(
            table_of(
                f"{each['title']}: states decided over the rule",
                ["Action", "Stands", "The rule says", "Why"],
                each["decided"],
                "Whoever keeps the plan decides, and gives the reason; the rule’s word is kept beside it.",
                shown,
                widths=[3, 1.2, 1.2, 3],
                text=[1, 2, 3],
                counts=False,
            )
        )
    return items
