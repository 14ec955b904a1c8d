"""The file of notices, handed to the pages that bring files."""

from typing import Any

from casework.imports import Plan
from casework.models import Import
from casework.registry import ImportKind, register_import
from casework.roles import Permission

KIND = "notices"
HINT = (
    "CSV or Excel, a row a notice. Needed: UPN or both names, Date of birth, School (URN), Kind, First day, Last day, "
    "Reason 1. Where you have them: Year group, SEN, Social care, Home authority, Council told on, Outcome and its day."
)


def register() -> None:
    """Register the kind."""
    from exclusions.forms.carry_over import CarryOverForm

    register_import(
        KIND,
        ImportKind(
            label="Notices to carry over",
            permission=Permission.CARRY_OVER,
            hint=HINT,
            plan=_plan,
            apply=_apply,
            undo=_undo,
            form=CarryOverForm,
        ),
    )


def _plan(row: Import, data: bytes) -> Plan:
    from exclusions.services import carry_over

    return carry_over.plan(row, data)


def _apply(row: Import, plan: Plan) -> None:
    from exclusions.services import carry_over

    carry_over.apply(row, plan)


def _undo(row: Any) -> None:
    from exclusions.services import carry_over

    carry_over.undo(row)
