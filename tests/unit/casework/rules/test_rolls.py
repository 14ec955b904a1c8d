from datetime import date

import pytest

from casework.rules.rolls import is_as_left

FIRST, BEFORE = date(2026, 11, 3), date(2026, 11, 2)


@pytest.mark.parametrize(
    ("last_day", "until", "ended", "as_left"),
    [
        (None, None, [BEFORE], True),
        (date(2026, 12, 4), date(2026, 12, 4), [BEFORE, BEFORE], True),
        (None, None, [], True),
        (date(2026, 12, 4), None, [BEFORE], False),
        (None, None, [BEFORE, None], False),
        (None, None, [date(2026, 11, 1)], False),
    ],
)
def test_spell_is_as_it_was_left_while_neither_it_nor_what_it_ended_has_changed(
    last_day: date | None, until: date | None, ended: list[date | None], as_left: bool
) -> None:
    assert is_as_left(first_day=FIRST, last_day=last_day, until=until, ended=ended) is as_left
