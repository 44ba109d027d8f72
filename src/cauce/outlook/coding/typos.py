"""Slips of the finger, so that a model has seen them before it meets them."""

from collections.abc import Sequence

import numpy as np

from cauce.outlook.chance import stream
from cauce.outlook.coding.normal import TOKEN

SHORTEST = 5
"""Letters a word has at least before one of them is changed: in "cook" one letter is a lot."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def with_slips(texts: Sequence[str], count: int, seed: int) -> list[str]:
    """Each text with so many letters left out, doubled, swapped or mistaken; the same every time.

    A text with no word of five letters stays as it is.
    """
    chance = stream(seed, "typos")
    return [_slipped(text, count, chance) for text in texts]


def _slipped(text: str, count: int, chance: np.random.Generator) -> str:
    words = text.split()
    for _ in range(count):
        long = [i for i, w in enumerate(words) if len(w) >= SHORTEST and not w.startswith(TOKEN)]
        if not long:
            break
        at = long[int(chance.integers(len(long)))]
        words[at] = _slip(words[at], int(chance.integers(4)), chance)
    return " ".join(words)


def _slip(word: str, kind: int, chance: np.random.Generator) -> str:
    # The first letter is seldom mistaken, and the last two letters seldom swapped beyond the end.
    at = int(chance.integers(1, len(word) - 1))
    match kind:
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            return word[:at] + LETTERS[int(chance.integers(26))] + word[at + 1 :]
