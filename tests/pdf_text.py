"""The words of what a page answers, also of a PDF and of PDFs in one file."""

import io
import subprocess
import zipfile
from typing import Any


def text_of(answer: Any) -> str:
    """Return the words of an answer: of a page, of a PDF, or of every PDF in a zip file."""
    kind = answer.headers["Content-Type"]
    if kind == "application/zip":
        return "\n".join(copies_of(answer).values())
    return pdf_text(answer.content) if kind == "application/pdf" else answer.content.decode()


def copies_of(answer: Any) -> dict[str, str]:
    """Return the words of each PDF in a zip file, by its name."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: pdf_text(archive.read(name)) for name in archive.namelist()}


def pdf_text(content: bytes) -> str:
    """Return what `pdftotext` reads in a PDF, with one space between words."""
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())
