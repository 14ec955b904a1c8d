"""What stands in for the parameters of an address: a row that is there, and one that is not.

An app that adds a page with a parameter adds a line to `OBJECTS`; a page without one needs nothing here.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casework.models import Job, Pupil, School
from exclusions.models import Exclusion
from reporting.models import CommitteeReport


@dataclass(frozen=True)
class World:
    """The rows that the pages are asked for."""

    pupil: Pupil
    school: School
    exclusion: Exclusion
    job: Job
    report: CommitteeReport


@dataclass(frozen=True)
class Parameter:
    """The value of a row that is there; and, where the value names a row, of one that is not."""

    there: Callable[[World], Any]
    absent: Any = None


# By the name of the page, then by the name of the parameter. "*" is every page.
OBJECTS: dict[str, dict[str, Parameter]] = {
    "*": {
        "reference": Parameter(lambda world: world.exclusion.case.reference, "26-9999"),
        "urn": Parameter(lambda world: world.school.urn, "199999"),
    },
    "casework:pupil": {"public_id": Parameter(lambda world: world.pupil.public_id, uuid.UUID(int=7))},
    "casework:add-to-roll": {"public_id": Parameter(lambda world: world.pupil.public_id, uuid.UUID(int=7))},
    **{
        f"reporting:{name}": {"public_id": Parameter(lambda world: world.report.public_id, uuid.UUID(int=7))}
        for name in ("report", "build-report", "sign-report", "new-version")
    },
    "reporting:report-section": {
        "public_id": Parameter(lambda world: world.report.public_id, uuid.UUID(int=7)),
        "key": Parameter(lambda world: world.report.sections.order_by("pk")[0].key),
    },
    "reporting:report-file": {
        "public_id": Parameter(lambda world: world.report.public_id, uuid.UUID(int=7)),
        "access": Parameter(lambda world: "public"),
        "form": Parameter(lambda world: "pdf"),
    },
    "casework:job": {"public_id": Parameter(lambda world: world.job.public_id, uuid.UUID(int=7))},
    "casework:job-progress": {"public_id": Parameter(lambda world: world.job.public_id, uuid.UUID(int=7))},
    "exclusions:reading": {"ambiguity": Parameter(lambda world: "AMB-1", "AMB-13")},
    "exclusions:rule-set-check": {"code": Parameter(lambda world: "2026-07", "2024-08")},
    "exclusions:reason-code": {"code": Parameter(lambda world: "BW", "ZZ")},
    "casework:keep-draft": {"form": Parameter(lambda world: "log-a-notice")},
    "exclusions:export-exclusions": {"form": Parameter(lambda world: "csv")},
}


def parameter(page: str, name: str) -> Parameter:
    """Return what stands in for a parameter of a page. Raises KeyError where nobody has said."""
    found = OBJECTS.get(page, {}).get(name) or OBJECTS["*"].get(name)
    if found is None:
        raise KeyError(f"Say in tests/policy/objects.py what stands in for {name!r} of {page}.")
    return found
