"""Asking a virus scanner about a file, before anything of it is kept.

The setting DOCUMENT_SCANNER names a function that takes the bytes and returns a Verdict; what it raises is taken as
"could not be asked". Without the setting nothing is asked, and the document says so.
"""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner says; `scanner` is its name, with its version if it tells it."""

    clean: bool
    scanner: str


class Infected(Exception):
    """The scanner knows the file as harmful."""


class CannotBeAsked(Exception):
    """The scanner gave no answer: nothing may be kept."""


def scan(content: bytes) -> str:
    """Return the name of the scanner that found the content clean, "" where none is set up.

    Raises Infected, and CannotBeAsked for whatever goes wrong on the way.
    """
    if not settings.DOCUMENT_SCANNER:
        return ""
    try:
        verdict = import_string(settings.DOCUMENT_SCANNER)(content)
        clean, scanner = verdict.clean, str(verdict.scanner)[:100]
    except Exception as wrong:
        logger.error("document_scanner_failed", extra={"exception_type": type(wrong).__name__})
        raise CannotBeAsked from wrong
    if clean is not True:
        logger.warning("document_infected")
        raise Infected
    return scanner
