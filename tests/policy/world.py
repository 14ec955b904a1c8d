"""The rows that the pages are asked for, and what stands in for a parameter of an address."""

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
