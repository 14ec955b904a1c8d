"""Signs that nobody sees do not come into the file by a form."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from casework.forms.base import GovukForm
from casework.uploads.table import _UNSEEN


class _Form(GovukForm):
    words = forms.CharField(required=False)
    several = forms.MultipleChoiceField(choices=[("one", "One"), ("two", "Two")], required=False)


def cleaned(data: Any) -> dict[str, Any]:
    form = _Form(data)
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.mark.parametrize(
    "sign", ["\x01", "\x1f", "\x7f", "\u200b", "\u200e", "\u202e", "\u2066", "\u2060", "\ufeff", "\ufffe"]
)
def test_sign_that_nobody_sees_is_left_out(sign: str) -> None:
    posted = QueryDict(mutable=True)
    posted.update({"words": f"Zephy{sign}rine"})
    posted.setlist("several", [f"one{sign}", "two"])

    assert cleaned(posted) == {"words": "Zephyrine", "several": ["one", "two"]}
    assert cleaned({"words": f"{sign}Zephyrine", "several": ["two"]})["words"] == "Zephyrine"


@pytest.mark.parametrize("words", ["Ünal O’Shea", "two\nlines", "a\ttab", "می‌خواهم", "👩‍🏫 visited", "½ day"])
def test_sign_that_says_something_stays(words: str) -> None:
    assert cleaned({"words": words})["words"] == words


def test_what_is_too_long_is_said_and_never_cut_by_the_browser() -> None:
    class _Short(GovukForm):
        words = forms.CharField(max_length=5, widget=forms.Textarea)

    assert "maxlength" not in str(_Short()["words"])
    assert "words" in _Short({"words": "too long"}).errors


def test_nothing_that_a_form_takes_is_refused_of_our_own_workbook() -> None:
    typed = "".join(chr(number) for number in range(1, 0x10000) if not 0xD800 <= number <= 0xDFFF)

    # U+FFFD is seen: it says that a letter was lost on the way here.
    assert set(_UNSEEN.findall(cleaned({"words": f"a{typed}b"})["words"])) == {"\ufffd"}
