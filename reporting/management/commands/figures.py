import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casework.rules.periods import Period
from reporting.selectors.figures import BASES, NotPublished, figures


class Command(BaseCommand):
    help = "Print the indicators of an academic year or term as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="an academic year, as 2020/21, or a term, as 2020/21-autumn")
        parser.add_argument("--as-at", help="the day on which it was so, as 2021-08-31; today when left out")
        parser.add_argument("--basis", default="local", help="local (the council's cases) or dfe (as published)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period.parse(options["period"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["basis"] not in BASES:
            raise CommandError(f"'{options['basis']}' is not a basis. Write local or dfe.")
        try:
            found = figures(period, as_at=_day(options["as_at"]), basis=options["basis"])
        except NotPublished as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(found, indent=2, sort_keys=True))


def _day(text: str | None) -> date:
    if text is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"'{text}' is not a day. Write it like 2021-08-31.") from error
