"""The statutory calculator at the command line: a request in JSON in, every date out. Needs no database."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exclusions.clock_json import Refused, respond


class Command(BaseCommand):
    """Answer the request in a file, or on standard input."""

    help = "Work out every date that follows from what happened: JSON in, JSON out. Nothing is read or kept."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to read."""
        parser.add_argument("file", help="the request in JSON; - for standard input")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the answer; or, on standard error, a line for each fault, and exit with 1."""
        name: str = options["file"]
        try:
            body = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            answer = respond(body)
        except (OSError, ValueError) as refused:
            lines = map(str, refused.faults) if isinstance(refused, Refused) else [_cannot_read(name, refused)]
            _write(self.stderr, "".join(f"{line}\n" for line in lines))
            sys.exit(1)
        _write(self.stdout, answer)


def _cannot_read(name: str, why: Exception) -> str:
    reason = why.strerror if isinstance(why, OSError) and why.strerror else str(why)
    return f"{name if name.isprintable() else ascii(name)}: cannot be read: {reason}"


def _write(stream: Any, text: str) -> None:
    """Write text as it is and in UTF-8, whatever the terminal's own encoding and colours are."""
    out = stream._out
    if hasattr(out, "buffer"):
        out.buffer.write(text.encode("utf-8"))
        out.flush()
    else:
        out.write(text)
