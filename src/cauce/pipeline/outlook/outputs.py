"""Output of industries as a pack declares it, and how employment answered to it elsewhere."""

import math
from dataclasses import dataclass

from cauce.declare.section import Section
from cauce.model.text import Text


@dataclass(frozen=True)
class Answered:
    """How employment of industries answers to their output in another country, with its error."""

    source: Text
    value: dict[str, float]
    se: dict[str, float]


@dataclass(frozen=True)
class Output:
    """Output at constant prices by industry and year, of any unit that stays the same."""

    source: Text
    by: dict[str, dict[int, float]]
    elsewhere: tuple[Answered, ...]


def output_of(top: Section) -> Output | None:
    """The section [output] of a pack, None if it has none. Faults are noted in the section."""
    section = top.table("output", required=False)
    if section is None:
        return None
    found = Output(
        section.words("source"),
        {name: _years(one) for name, one in section.named("by")},
        tuple(_answered(one) for one in section.tables("elsewhere")),
    )
    if not found.by and not found.elsewhere:
        section.note("by", "output.by is missing: output of each industry by year, such as "
                     "CON = { 2024 = 100, 2025 = 103 }.")  # fmt: skip
    section.finish()
    return found


def _years(section: Section) -> dict[int, float]:
    found = {}
    for key in list(section.data):
        amount = section.number(key)
        if not key.isdecimal():
            section.note(key, f"{section.name(key)}: {key!r} is no year.")
        elif not 0 < amount < math.inf:
            section.note(key, f"{section.name(key)} = {amount:g}: output is a number above 0.")
        else:
            found[int(key)] = amount
    return found


def _answered(section: Section) -> Answered:
    value, se = (_numbers(section, key) for key in ("value", "se"))
    if set(value) != set(se) or any(not 0 < one < math.inf for one in se.values()):
        section.note("se", "output.elsewhere.se has an error above 0 for each industry of value.")
    found = Answered(section.words("source"), value, se)
    section.finish()
    return found


def _numbers(section: Section, key: str) -> dict[str, float]:
    inner = section.table(key)
    return {} if inner is None else {code: inner.number(code) for code in inner.data}
