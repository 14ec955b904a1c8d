"""References drawn by lot: two of them tell nothing of how many lie between."""

import secrets

# Without vowels, so that no word comes of it, and without what is read for something else.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 6


def drawn() -> str:
    """Return a new reference, such as 7KQ4M2: one of 387 million."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
