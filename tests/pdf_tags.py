"""What a tagged PDF says of itself to a screen reader, for tests."""

import io
import subprocess
from collections import Counter
from pathlib import Path

import pikepdf


def check_tagged(content: bytes, *, title: str) -> Counter[str]:
    """Hold a PDF against what PDF/UA-1 asks of its marks, language, title and tables; return how often it has each tag."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tags = tags_of(pdf.Root.StructTreeRoot)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]).startswith(title)
        headers = [tag for tag in tags if tag.get("/S") == "/TH"]
        assert headers
        assert all(has_scope(header) for header in headers)
        assert all(str(tag.get("/Alt", "")) for tag in tags if tag.get("/S") == "/Figure")
        return Counter(str(tag.get("/S", "")) for tag in tags)


def tags_of(node: pikepdf.Object) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = []
    queue: list[pikepdf.Object] = [node]
    while queue:
        current = queue.pop()
        if isinstance(current, pikepdf.Array):
            queue += list(current)
        elif isinstance(current, pikepdf.Dictionary):
            found.append(current)
            if "/K" in current:
                queue.append(current["/K"])
    return found


def has_scope(header: pikepdf.Object) -> bool:
    attributes = header.get("/A")
    each = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return any(one is not None and "/Scope" in one for one in each)


def pages_of(content: bytes, folder: Path) -> list[str]:
    """Return the words of each page, in the order of reading, with one space between them."""
    (folder / "a.pdf").write_bytes(content)
    made = subprocess.run(["pdftotext", "-raw", str(folder / "a.pdf"), "-"], capture_output=True, check=True, text=True)
    return [" ".join(page.split()) for page in made.stdout.split("\f")[:-1]]
