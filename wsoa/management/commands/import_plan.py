import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wsoa.rules.plan_file import BadPlanFile, PlanFile, read_plan
from wsoa.rules.slips import slips
from wsoa.services.plans import CodeTaken, bring_plan_in


class Command(BaseCommand):
    help = "Bring a plan in from a JSON file, and list what cannot be right in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="List what cannot be right, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self._read(options["file"])
        for slip in slips(plan):
            self.stdout.write(f"{slip.where}: {slip.what}")
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
            return
        try:
            brought = bring_plan_in(by=None, at=timezone.now(), file=plan)
        except CodeTaken:
            raise CommandError("A plan of this code or title is there already: nothing was changed.") from None
        self.stdout.write(
            f"Brought in: {brought.priorities} priorities, {brought.outcomes} outcomes, {brought.measures} measures, "
            f"{brought.actions} actions, {brought.slips} slips"
        )

    def _read(self, file: Path) -> PlanFile:
        try:
            return read_plan(json.loads(file.read_text(encoding="utf-8")))
        except OSError as unread:
            raise CommandError(f"{file} cannot be read: {unread.strerror}.") from unread
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not text in UTF-8.") from None
        except json.JSONDecodeError as bad:
            raise CommandError(f"{file} is not JSON: line {bad.lineno}, column {bad.colno}, {bad.msg}.") from None
        except BadPlanFile as bad_plan:
            raise CommandError(f"{file}: {bad_plan}.") from None
