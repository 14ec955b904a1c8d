"""Counting what a page asks of the database."""

from django.test.utils import CaptureQueriesContext

# What a transaction needs, and a test's own transaction around it.
HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")


def asked(captured: CaptureQueriesContext) -> list[str]:
    """Return the statements that read or write rows, but for the council's name, which is asked once in 30 seconds."""
    return [
        each["sql"]
        for each in captured
        if not each["sql"].startswith(HOUSEKEEPING) and "casework_councilprofile" not in each["sql"]
    ]
