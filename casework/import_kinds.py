"""The kinds of file that casework itself takes, and the jobs that check, apply and undo every kind."""

from casework.registry import ImportKind, register_import, register_job
from casework.roles import Permission
from casework.services import gias, headcounts, imports


def register() -> None:
    """Register the kinds and the jobs."""
    register_job(imports.CHECK, imports.work_check)
    register_job(imports.APPLY, imports.work_apply)
    register_job(imports.UNDO, imports.work_undo)
    register_import(
        "gias",
        ImportKind(
            label="Schools from GIAS",
            permission=Permission.IMPORT_SCHOOLS,
            hint="The file edubasealldata from Get Information about Schools, as it was downloaded (CSV).",
            plan=gias.plan,
            apply=gias.apply,
            undo=gias.undo,
            keeps_name=True,
        ),
    )
    register_import(
        "gias-links",
        ImportKind(
            label="Links between schools from GIAS",
            permission=Permission.IMPORT_SCHOOLS,
            hint="The file links_edubasealldata from Get Information about Schools (CSV).",
            plan=gias.plan_links,
            apply=gias.apply,
            undo=gias.undo,
            keeps_name=True,
        ),
    )
    register_import(
        "headcounts",
        ImportKind(
            label="January census headcounts",
            permission=Permission.IMPORT_SCHOOLS,
            hint="CSV or Excel with the columns URN, Year and Headcount; Year group, SEN and Phase where you have them.",
            plan=headcounts.plan,
            apply=headcounts.apply,
            undo=headcounts.undo,
            keeps_name=True,
        ),
    )
