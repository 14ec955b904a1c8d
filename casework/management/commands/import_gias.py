from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.models import Import
from casework.services import imports


class Command(BaseCommand):
    help = "Bring the register of schools (edubasealldata, or with --links links_edubasealldata) from a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--links", action="store_true", help="The file is the register's file of links.")
        parser.add_argument("--every", action="store_true", help="Take every authority's schools.")
        parser.add_argument("--authority", action="append", metavar="CODE", help="Take this authority's schools.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            content = file.read_bytes()
        except OSError as unread:
            raise CommandError(f"{file} cannot be read: {unread.strerror}.") from unread
        whose = "every" if options["every"] else options["authority"] or "own"
        row = imports.bring(
            by=None,
            at=timezone.now(),
            kind="gias-links" if options["links"] else "gias",
            file_name=file.name,
            content=content,
            options={} if options["links"] else {"authorities": whose},
            ring=False,
        )
        imports.check(at=timezone.now(), row=row)
        self._tell(row)
        if options["dry_run"]:
            imports.drop(row=row)
            self.stdout.write("Nothing was changed.")
            return
        imports.apply(by=None, at=timezone.now(), row=row)
        self.stdout.write(f"Applied. It can be undone on the page of imports: {row.public_id}.")

    def _tell(self, row: Import) -> None:
        if row.faults:
            for fault in row.faults:
                place = f"Row {fault['row']}, column {fault['column']}: " if fault["column"] else ""
                self.stderr.write(place + fault["message"])
            imports.drop(row=row)
            raise CommandError("Nothing was changed: mend the file and bring it again.")
        for name, count in row.counts.items():
            self.stdout.write(f"{name}: {count:,}")
        for note in row.plan["notes"]:
            self.stdout.write(note)
        for each in row.plan["lists"]:
            self.stdout.write(f"\n{each['heading']} ({each['count']:,})")
            for cells in each["rows"][:20]:
                self.stdout.write("  " + " | ".join(cells))
