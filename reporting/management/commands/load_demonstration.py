from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reporting.demonstration.load import NotHere, TooEarly, load_demonstration


class Command(BaseCommand):
    help = "Load the invented county of the demonstration, unless it is already there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the day it is, as 2026-10-19")
        parser.add_argument("--small", action="store_true", help="few schools, no suspensions of past years")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_demonstration(today=options["today"] or timezone.localdate(), small=options["small"])
        except (NotHere, TooEarly) as error:
            raise CommandError(str(error)) from error
        if not loaded:
            self.stdout.write("The demonstration is already there.")
        for model, count in loaded.items():
            self.stdout.write(f"{model}: {count}")
