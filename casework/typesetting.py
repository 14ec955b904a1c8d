"""The one boundary to the typesetter: data in as JSON, a tagged PDF out, in a child process with limits.

What people typed reaches the template as data and never as markup. The child has no database and no secrets in its
environment; it may use so much memory and time, and sees the fonts and what lies under the template's folder alone.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "fonts"
MEMORY_BYTES = 2 * 1024**3
SECONDS = 60


class NotTypeset(Exception):
    """The typesetter refused the document or ran out of its time or memory; the message names no content."""


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """Return a PDF/UA-1 file of the template with the data.

    Raises NotTypeset: also when a picture lacks its words or a heading level is skipped.
    """
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
