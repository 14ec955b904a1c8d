"""The invented county's plans: four papers of the kinds that councils print, brought in as anybody would bring them."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from casework.models import User
from wsoa.rules.plan_file import read_plan
from wsoa.services.plans import bring_plan_in

FILES = Path(__file__).parent / "plan_files"
NAMES = ("written_statement", "send_action_plan", "improvement_plan", "recommendations_tracker")


def bring_plans_in(*, today: date, users: Mapping[str, User]) -> int:
    """Bring the four plans in; return how many."""
    at = datetime(today.year, today.month, today.day, 7, tzinfo=UTC)
    for name in NAMES:
        file = read_plan(json.loads((FILES / f"{name}.json").read_text(encoding="utf-8")))
        bring_plan_in(by=users["marta"], at=at, file=file)
    return len(NAMES)
