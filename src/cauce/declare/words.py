"""Lists and near misses in the messages people read."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word a mistyped one is closest to, or ""."""
    folded = {name.casefold(): name for name in sorted(known)}
    close = get_close_matches(word.casefold(), folded, n=1)
    return folded[close[0]] if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known word, beginning with a space, or ""."""
    name = nearest(word, known)
    return f" Did you mean {name}?" if name else ""


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)
