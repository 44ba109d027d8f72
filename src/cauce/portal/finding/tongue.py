"""Words as search compares them: folded, without those that say nothing, near misses told."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from cauce.portal.bulletin import folded

WORD = re.compile(r"\w+")
SILENT = frozenset(
    (
        *("a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
        *("al", "con", "de", "del", "e", "el", "en", "la", "las", "los", "o", "para", "por"),
        *("que", "se", "segun", "sin", "un", "una", "y"),
    )
)
"""Words that are in every title and tell nothing."""
MOST_WORDS = 12


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text that tell something, in order."""
    return tuple(word for word in WORD.findall(folded(text)) if word not in SILENT)


def asked_tokens(text: str) -> tuple[str, ...]:
    """The words of a query; if all of them are silent, those are asked for."""
    found = tokens(text) or tuple(WORD.findall(folded(text)))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


@cache
def same() -> dict[str, frozenset[str]]:
    """Other words for a word, from locale/same.toml."""
    text = files("cauce.portal").joinpath("locale", "same.toml").read_text("utf-8")
    found: dict[str, frozenset[str]] = {}
    for group in tomllib.loads(text)["same"]:
        words = frozenset(folded(word) for word in group)
        for word in words:
            found[word] = found.get(word, frozenset()) | words - {word}
    return found


def slips(word: str) -> int:
    """How many slips of the finger a word of this length is forgiven."""
    return 0 if len(word) < 4 or word.isdecimal() else 1 if len(word) < 8 else 2


def letters(word: str) -> int:
    """The letters of a word as bits: words that differ in many cannot be near."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 61)
    return bits


def near(one: str, other: str, most: int) -> bool:
    """Whether at most so many slips lie between two words: a letter more, less, other or swapped.

    Source: optimal string alignment distance; Damerau (1964), restricted.
    """
    if abs(len(one) - len(other)) > most:
        return False
    two_ago: list[int] = []
    ago = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, against in enumerate(other, start=1):
            best = min(ago[j] + 1, row[j - 1] + 1, ago[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, two_ago[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return False
        two_ago, ago = ago, row
    return ago[-1] <= most
