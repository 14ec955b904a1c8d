"""How alike a typed name and a held one are, however spelt and in whatever order."""

from collections.abc import Sequence

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

BEGINS = 0.95
"""What a word counts that the typed one begins: it may not be typed to its end yet."""

BY_CHANCE = 0.58
"""Below this two words have no more in common than any two have."""

NOT_ASKED = 0.01
"""What a held word costs that nothing typed stands for, so that of two equals the shorter name comes first."""


def likeness(typed: Sequence[str], held: Sequence[str]) -> float:
    """Return how alike the words typed are to those of a name, from 0 to 1. Both are folded already.

    Each typed word is laid beside the held word most like it that no earlier one has taken, longest typed word first.
    A name written in one word or in two ("deepika" for "deep ika") is tried as one as well.
    """
    if not typed or not held:
        return 0.0
    apart = _word_by_word(typed, held)
    together = word_likeness("".join(typed), "".join(held)) if len(typed) != len(held) else 0.0
    return max(apart, together * BEGINS)


def word_likeness(typed: str, held: str) -> float:
    """Return how alike two words are: by their letters, by the changes between them, or as a beginning."""
    if typed == held:
        return 1.0
    if held.startswith(typed):
        return BEGINS
    changes = DamerauLevenshtein.normalized_similarity(typed, held)
    alike: float = max(JaroWinkler.similarity(typed, held) * 0.9, changes)
    return alike if alike >= BY_CHANCE else 0.0


def _word_by_word(typed: Sequence[str], held: Sequence[str]) -> float:
    left = list(held)
    total = 0.0
    for word in sorted(typed, key=len, reverse=True):
        if not left:
            break
        best = max(left, key=lambda each: word_likeness(word, each))
        total += word_likeness(word, best) * len(word)
        left.remove(best)
    return total / sum(map(len, typed)) - NOT_ASKED * len(left)
