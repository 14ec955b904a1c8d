from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.models import Import, User
from casework.services import imports


class Command(BaseCommand):
    help = "Carry notices over from a CSV or Excel file: checked first, the good rows taken, the others named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--by", metavar="EMAIL", help="Who carries them over; their account must be open.")
        parser.add_argument("--rows", default="", metavar="ROWS", help="Only these rows, such as 2-40,55.")
        parser.add_argument(
            "--whole-from", default="", metavar="DAY", help="Every notice from this day (2026-09-01) is in it."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would come in, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        by = User.objects.filter(email=options["by"], is_active=True).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError("Nobody with this e-mail address has an open account.")
        try:
            content = file.read_bytes()
            whole_from = date.fromisoformat(options["whole_from"]).isoformat() if options["whole_from"] else ""
        except OSError as unread:
            raise CommandError(f"{file} cannot be read: {unread.strerror}.") from unread
        except ValueError as wrong:
            raise CommandError("Write --whole-from as 2026-09-01.") from wrong
        chosen = {"rows": options["rows"], "columns": "", "words": "", "whole_from": whole_from}
        row = imports.bring(
            by=by, at=timezone.now(), kind="notices", file_name=file.name, content=content, options=chosen, ring=False
        )
        imports.check(at=timezone.now(), row=row)
        self._tell(row)
        if options["dry_run"]:
            imports.drop(row=row)
            self.stdout.write("Nothing was changed.")
            return
        imports.apply(by=by, at=timezone.now(), row=row)
        self.stdout.write(f"Carried over. It can be undone on the page of imports: {row.public_id}.")

    def _tell(self, row: Import) -> None:
        if row.faults:
            for fault in row.faults:
                place = ", ".join(
                    part for part in (f"row {fault['row']}" if fault["row"] else "", fault["column"]) if part
                )
                self.stderr.write(f"{place}: {fault['message']}" if place else fault["message"])
            imports.drop(row=row)
            raise CommandError("Nothing was changed: mend the file and bring it again.")
        for name, count in row.counts.items():
            self.stdout.write(f"{name}: {count:,}")
        for each in row.plan["lists"][:1]:
            self.stdout.write(f"\n{each['heading']} ({each['count']:,})")
            for cells in each["rows"][:20]:
                self.stdout.write("  " + " | ".join(cells))
