"""Repeatable chance, and ways of sharing a total out so that it still adds up."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

Chance = random.Random
T = TypeVar("T")

SEED = 20261019


def new_chance() -> Chance:
    """Return the demonstration's own source of chance, always the same from its beginning."""
    return random.Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret hangs on it


def pick(chance: Chance, weights: Mapping[T, float]) -> T:
    """Return one of the keys, each as likely as its weight."""
    return chance.choices(list(weights), weights=list(weights.values()))[0]


def share(total: int, weights: Sequence[float]) -> list[int]:
    """Return whole shares of a total in proportion to the weights; they add up to it exactly."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(part) for part in exact]
    largest_rest = sorted(range(len(exact)), key=lambda place: (shares[place] - exact[place], place))
    for place in largest_rest[: total - sum(shares)]:
        shares[place] += 1
    return shares
