"""Amounts that are too small or too large to be meant."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median

from cauce.model.contribution import Doubt, Plausible
from cauce.model.errors import BadInput
from cauce.model.text import Language, Text

SLIPS = tuple(Decimal(10) ** power for power in (3, 6, -3, -6))
"""A thousand and a million: "millones" for "mil millones", thousands of a table overlooked."""

WORDS: Mapping[Language, Mapping[str, int]] = {
    "en": {"": 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    "es": {"": 0, "mil": 3, "millón": 6, "millones": 6, "mil millones": 9, "millardos": 9}
    | {"billón": 12, "billones": 12},
}
_WRITTEN = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-záéíóú ]*)")
_TWO_WAYS = re.compile(r"\d{1,3}[.,]\d{3}")


def amount_written(text: str, language: Language) -> Decimal:
    """An amount written with a word, such as "126 millones"; "billion" is 10^9 and "billón" 10^12.

    Raises:
        BadInput: it is no such amount, or can be read in two ways.

    Source: Real Academia Española, Diccionario panhispánico de dudas, "billón"; Oxford English
    Dictionary, "billion".
    """
    match = _WRITTEN.fullmatch(" ".join(text.casefold().split()))
    if match is None or match[2].strip() not in WORDS[language]:
        raise BadInput(f"{text[:40]!r} is no amount in words; write 126.5 million or its like.")
    if _TWO_WAYS.fullmatch(match[1]):
        raise BadInput(f"{text[:40]!r} can be read in two ways: leave out the mark of thousands.")
    number = Decimal(match[1].replace(",", "."))
    return number * Decimal(10) ** WORDS[language][match[2].strip()]


def doubt(amount: Decimal, plausible: Plausible) -> Doubt | None:
    """Why an amount is questioned, and what it may have been meant to be; None if it is plausible.

    An implausible amount is asked about, never changed: the editor may insist.

    Source: range edits with a stated ground, and the error of a thousand; de Waal, Pannekoek and
    Scholtus (2011), Handbook of Statistical Data Editing and Imputation, chapter 2.
    """
    if plausible.low <= amount <= plausible.high:
        return None
    perhaps = next(
        (m for slip in SLIPS if plausible.low <= (m := amount * slip) <= plausible.high), None
    )
    low, high = f"{plausible.low:,.0f}", f"{plausible.high:,.0f}"
    words = Text(
        f"{amount:,.0f} is not between {low} and {high} ({plausible.ground.en}).",
        f"{amount:,.0f} no está entre {low} y {high} ({plausible.ground.es}).",
    )
    if perhaps is not None:
        words = Text(
            f"{words.en} Was {perhaps:,.0f} meant?", f"{words.es} ¿Se quiso decir {perhaps:,.0f}?"
        )
    if perhaps is not None and max(amount, perhaps) >= 10**9:
        words = Text(
            f"{words.en} “Millones” and “mil millones” are often confused.",
            f"{words.es} «Millones» y «mil millones» suelen confundirse.",
        )
    return Doubt(words, perhaps)


def plausible_beside(others: Sequence[Decimal]) -> Plausible:
    """What is plausible beside other years or countries: a tenth to ten times their median.

    Raises:
        BadInput: there are no others.

    Source: ratio edits against earlier values; de Waal et al. (2011), as `doubt`; a factor of ten
    lets growth through and stops a slip of a thousand.
    """
    if not others:
        raise BadInput("There is nothing to compare with: state what is plausible, and its ground.")
    middle = median(others)
    ground = Text(
        f"a tenth to ten times the median of {len(others)} others",
        f"entre un décimo y diez veces la mediana de otros {len(others)}",
    )
    return Plausible(middle / 10, middle * 10, ground)
