"""A lever of a scenario as TOML, read with its lines: with its source, or it is none."""

import math
from typing import get_args

from cauce.declare.section import Section
from cauce.model.scenario import Change, Lever, LeverKind

KINDS: dict[str, LeverKind] = {kind: kind for kind in get_args(LeverKind)}
CHANGES: dict[str, Change] = {change: change for change in get_args(Change)}
YEARS = (1950, 2200)


def parse_lever(section: Section) -> Lever:
    """A lever with its source; what is wrong is noted with its line.

    Whether its years are among those of a run is known where it is applied.

    Source: domain page outlook, section 4.10.
    """
    found = Lever(
        kind=KINDS[section.choice("kind", tuple(KINDS))],
        target=_target(section),
        change=CHANGES[section.choice("change", tuple(CHANGES))],
        unit=section.text("unit"),
        amounts=_amounts(section),
        source=section.words("source"),
    )
    section.finish()
    return found


def _target(section: Section) -> dict[str, str]:
    inner = section.table("target", required=False)
    return {} if inner is None else {name: inner.text(name) for name in list(inner.data)}


def _amounts(section: Section) -> dict[int, float]:
    """By year ahead; what is no year, or no number, is noted."""
    inner = section.table("amounts")
    if inner is None:
        return {}
    if not inner.data:
        section.note("amounts", "lever.amounts is empty: say the amount of at least one year.")
    first, last = YEARS
    found = {}
    for key in list(inner.data):
        amount = inner.number(key)
        if not (key.isdecimal() and first <= int(key) <= last):
            inner.note(key, f"{key!r} is no year from {first} to {last}.")
        elif not math.isfinite(amount):
            inner.note(key, f"The amount of {key} is {amount}: write a number, or leave it out.")
        else:
            found[int(key)] = amount
    return found
