"""Whether movers differ from natives: from the comparisons kept with the numbers, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

import numpy as np

from cauce.model.difference import Differences
from cauce.portal.origins import Table
from cauce.portal.words import Words
from cauce.publish import differs, unit_of
from cauce.publish.brief.told import Contrast, Verdict

Compared = Callable[[Table], Differences]


@dataclass(frozen=True)
class Pairing:
    """The two codes of a dimension that are compared."""

    dimension: str
    natives: str
    movers: str


def contrast(
    table: Table,
    wanted: dict[str, str],
    pairing: Pairing,
    compared: Compared,
    words: Words,
    name: str = "",
) -> Contrast | None:
    """A figure for both; None if neither has a cell. `wanted` names all codes but the two."""
    rows = {}
    for code in (pairing.natives, pairing.movers):
        found = table.rows({**wanted, pairing.dimension: code})
        rows[code] = found[-1] if found else None
    natives, movers = rows[pairing.natives], rows[pairing.movers]
    some = movers if movers is not None else natives
    if some is None:
        return None
    indicator = table.indicator(some)
    verdict, told = _tested(table, natives, movers, pairing, compared, words)
    return Contrast(
        name=name or words.of(indicator.name),
        unit=words.unit(indicator.unit),
        natives=table.number(natives, words),
        movers=table.number(movers, words),
        difference=told if verdict != "untested" else "",
        verdict=verdict,
        why=told if verdict == "untested" else "",
    )


def _tested(
    table: Table,
    natives: int | None,
    movers: int | None,
    pairing: Pairing,
    compared: Compared,
    words: Words,
) -> tuple[Verdict, str]:
    """The verdict with the difference, movers minus natives; or why there is none."""
    if natives is None or movers is None:
        return "untested", words("untestable_absent")
    if table.value(natives) is None or table.value(movers) is None:
        return "untested", words("untestable_withheld")
    indicator = table.indicator(natives)
    found = compared(table)
    at, sign = _place(table, found, natives, movers, pairing)
    if at < 0:
        return "untested", words("untestable_unknown")
    if not isfinite(found.se[at]):
        return "untested", words("untestable_still")
    low, high = sorted((sign * float(found.ci_low[at]), sign * float(found.ci_high[at])))
    value = sign * float(found.difference[at])
    digits = indicator.decimals
    told = words(
        "c_difference",
        value=_signed(value, digits, words),
        low=_signed(low, digits, words),
        high=_signed(high, digits, words),
        unit=words("c_points") if unit_of(indicator.unit) == "PP" else "",
    ).replace("  ", " ")
    if not differs(found, at):
        return "alike", told
    return ("higher" if value > 0 else "lower"), told


def _place(
    table: Table, found: Differences, natives: int, movers: int, pairing: Pairing
) -> tuple[int, float]:
    """Where the difference stands, and the sign that makes it movers minus natives."""
    j = [d.id for d in table.flow.dimensions].index(pairing.dimension)
    for first, second, sign in ((natives, movers, -1.0), (movers, natives, 1.0)):
        key, other = table.observations.key[first], table.observations.key[second]
        same = (found.key == key).all(axis=1) & (found.across == j) & (found.second == other[j])
        if same.any():
            return int(np.flatnonzero(same)[0]), sign
    return -1, 1.0


def _signed(value: float, digits: int, words: Words) -> str:
    """A number with its sign; a true minus, which is as wide as a plus."""
    told = words.number(abs(value), digits)
    nothing = not any(digit in told for digit in "123456789")
    return told if nothing else f"{'+' if value > 0 else '−'}{told}"
