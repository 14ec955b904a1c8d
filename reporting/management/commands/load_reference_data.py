from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reporting.data.reference import load_reference_data


class Command(BaseCommand):
    help = "Add authorities, bank holidays, reason codes and default term dates that are missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="a day, as 2026-10-19")

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_reference_data(today=options["today"] or timezone.localdate())
        self.stdout.write(", ".join(f"{name.replace('_', ' ')}: {count} added" for name, count in added.items()))
