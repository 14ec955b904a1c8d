"""What people type can hold signs that no font has: the document is set all the same, with a question mark for each."""

from pathlib import Path

import pytest

from casework.typesetting import KEPT, NotTypeset, typeset, with_known_signs
from tests.pdf_text import pdf_text

TEMPLATE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: "Trial")
#set text(font: "Liberation Sans", lang: "en")
#title("Trial")
#d.text
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "trial.typ"
    path.write_text(TEMPLATE)
    return path


@pytest.mark.parametrize("sign", ["\U0001f600", "漢字", "\x1f", "\u0e01"])
def test_sign_that_no_font_has_hides_no_document(template: Path, sign: str) -> None:
    text = pdf_text(typeset(template, {"text": f"Done by Zoë {sign} on time"}))

    assert text.startswith("Trial Done by Zoë")
    assert text.endswith("on time")


def test_names_of_many_tongues_are_printed_as_they_are(template: Path) -> None:
    assert "Łukasz Dvořák Ελένη Олена" in pdf_text(typeset(template, {"text": "Łukasz Dvořák Ελένη Олена"}))


def test_template_that_is_wrong_is_still_refused(template: Path) -> None:
    template.write_text(TEMPLATE + "#no-such-thing")
    with pytest.raises(NotTypeset):
        typeset(template, {"text": "\U0001f600"})


def test_names_of_the_data_and_numbers_stay(template: Path) -> None:
    data = {"漢": ["漢", 3, {"a": "b漢"}], "n": None}
    assert with_known_signs(data, KEPT[0]) == {"漢": ["?", 3, {"a": "b?"}], "n": None}
