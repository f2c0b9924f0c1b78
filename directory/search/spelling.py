"""Words as the search reads them, and those that are spelt nearly like them."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

SPELT_ALIKE = 0.74
"""How near two words must be, letter by letter: "bearevment" is "bereavement"."""
SHORTEST_SLIP = 4
MOST_MEANT = 3


def words_in(text: str) -> list[str]:
    """Letters and figures; "self-harm" is two words."""
    return re.findall(r"[^\W_]+", text)


def meant_by(word: str, known: Iterable[str]) -> list[str]:
    """The known words that somebody who typed `word` may have meant, the nearest first."""
    if len(word) < SHORTEST_SLIP:
        return []
    near = [each for each in known if abs(len(each) - len(word)) <= MOST_MEANT]
    return get_close_matches(word, near, n=MOST_MEANT, cutoff=SPELT_ALIKE)
