from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.rules.periods import Period
from reporting.reports import files
from reporting.services import committee_report


class Command(BaseCommand):
    help = "Build one committee report as a PDF, through the same code as the page and the job."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="An academic year or term: 2020/21 or 2020/21-autumn")
        parser.add_argument("--version", dest="access", choices=["public", "restricted"], required=True)
        parser.add_argument("--output", type=Path, required=True)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        # Django's own --version would stand in the way of the report's.
        kwargs["conflict_handler"] = "resolve"
        return super().create_parser(prog_name, subcommand, **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period.parse(options["period"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        document = committee_report.document_for(period, access=options["access"], on=timezone.localdate())
        options["output"].write_bytes(files.pdf(document))
