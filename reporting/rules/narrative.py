"""The narrative of a report: plain text in which figures in braces fill themselves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

BRACES = re.compile(r"\{([^{}]*)\}")


class UnknownFigure(ValueError):
    """The text names a figure that the report does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no figure called {{{name}}}: choose one from the list")
        self.name = name


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph, or the items of one list."""

    text: str
    items: tuple[str, ...] = ()


def figures_named(body: str) -> tuple[str, ...]:
    """Return the names in braces, in order."""
    return tuple(name.strip() for name in BRACES.findall(body))


def fill(body: str, values: Mapping[str, str]) -> str:
    """Return the text with each name in braces replaced by its value. Raises UnknownFigure."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1).strip()
        if name not in values:
            raise UnknownFigure(name)
        return values[name]

    return BRACES.sub(value, body)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text: parted by blank lines; lines that begin with a hyphen make a list."""
    found: list[Paragraph] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        plain = [line for line in lines if not line.startswith("- ")]
        listed = tuple(line[2:].strip() for line in lines if line.startswith("- "))
        if plain:
            found.append(Paragraph(" ".join(plain)))
        if listed:
            found.append(Paragraph("", listed))
    return tuple(found)
