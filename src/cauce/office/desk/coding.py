"""Codes proposed for words that somebody typed in a form."""

from cauce.office.seat import Proposes


def proposed(
    proposes: Proposes | None, language: str, words: str, codes: tuple[str, ...]
) -> tuple[str, ...]:
    """The codes of a list for some words, the likeliest first; a longer code as the group it is in.

    >>> proposed(lambda *_: ("7112", "7115"), "es", "albañil", ("7", "711", "5"))
    ('711',)
    """
    if proposes is None or not words.strip():
        return ()
    found = (_within(code, codes) for code in proposes(language, words))
    return tuple(dict.fromkeys(code for code in found if code))


def _within(code: str, codes: tuple[str, ...]) -> str:
    """The finest code of a list that a code begins with; "" if none."""
    return max((each for each in codes if code.startswith(each)), key=len, default="")
