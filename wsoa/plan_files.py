"""The file of a plan, handed to the pages that bring files."""

from casework.imports import Plan
from casework.models import Import
from casework.registry import ImportKind, register_import
from casework.roles import Permission

KIND = "plan"
HINT = (
    "The workbook of a plan as this service writes it, or a table of your own, CSV or Excel, a row an action. "
    "Needed: the action. Where you have them: reference, priority, date, lead, partners, progress and status."
)


def register() -> None:
    """Register the kind."""
    from wsoa.forms.plan_file import PlanFileForm

    register_import(
        KIND,
        ImportKind(
            label="Plan from a file",
            permission=Permission.KEEP_PLANS,
            hint=HINT,
            plan=_plan,
            apply=_apply,
            undo=_undo,
            form=PlanFileForm,
            # A plan names no child, and so neither does its file.
            keeps_name=True,
        ),
    )


def _plan(row: Import, data: bytes) -> Plan:
    from wsoa.services import plan_import

    return plan_import.plan(row, data)


def _apply(row: Import, plan: Plan) -> None:
    from wsoa.services import plan_import

    plan_import.apply(row, plan)


def _undo(row: Import) -> None:
    from wsoa.services import plan_import

    plan_import.undo(row)
