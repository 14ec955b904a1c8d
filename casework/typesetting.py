"""The one boundary to the typesetter: data in as JSON, a tagged PDF out, in a child process with limits.

What people typed reaches the template as data and never as markup. The child has no database and no secrets in its
environment; it may use so much memory and time, and sees the fonts and what lies under the template's folder alone.
"""

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "fonts"
MEMORY_BYTES = 2 * 1024**3
SECONDS = 60


# A tagged PDF may hold no sign that the fonts lack. Where one does, the document is set again with "?" in the place of all but
# these: first of what the fonts surely have, then of plain Latin.
KEPT = (
    re.compile(
        r"[^\n\t -~\u00a0-\u017f\u0386-\u03ce\u0400-\u045f\u2010-\u2022\u2026\u2030-\u203a\u20ac\u2190-\u2193\u2212\u2264\u2265]"
    ),
    re.compile(r"[^\n\t -~\u00a0-\u00ff\u2013-\u2022\u2026\u20ac\u2212]"),
)


class NotTypeset(Exception):
    """The typesetter refused the document or ran out of its time or memory; the message names no content."""


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """Return a PDF/UA-1 file of the template with the data.

    A sign that the fonts lack is printed as "?". Raises NotTypeset: also when a picture lacks its words or a heading level
    is skipped.
    """
    try:
        return _set(template, data)
    except NotTypeset as first:
        for others in KEPT:
            plainer = with_known_signs(data, others)
            if plainer != data:
                try:
                    return _set(template, plainer)
                except NotTypeset:
                    continue
        raise first


def with_known_signs(value: Any, others: re.Pattern[str]) -> Any:
    """Return data with "?" in the place of every sign in `others`, in its texts and not in its names."""
    if isinstance(value, str):
        return others.sub("?", value)
    if isinstance(value, dict):
        return {name: with_known_signs(each, others) for name, each in value.items()}
    return [with_known_signs(each, others) for each in value] if isinstance(value, list) else value


def _set(template: Path, data: dict[str, Any]) -> bytes:
    request = json.dumps({"template": str(template), "data": data}, ensure_ascii=False).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(__file__))],
            input=request,
            capture_output=True,
            timeout=SECONDS,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONPATH": ""},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise NotTypeset("The document took too long.") from slow
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotTypeset(
            done.stderr.decode(errors="replace").splitlines()[-1][:200] if done.stderr else "No reason given."
        )
    return done.stdout


def _child() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import typst

    request = json.loads(sys.stdin.buffer.read())
    template = Path(request["template"])
    try:
        pdf = typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(request["data"], ensure_ascii=False)},
            pdf_standards=["ua-1"],
            format="pdf",
        )
    except Exception as refused:  # its own error type differs between versions; any of them means no document
        # The first line says which rule was broken; what follows could quote the document.
        sys.exit(str(refused).splitlines()[0][:200])
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    _child()
