"""What a page says."""

from typing import Any


def words(answer: Any) -> str:
    """Return the words of a page's main part, with one space between them."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(main.split())
