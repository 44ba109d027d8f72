"""A scenario as TOML, read with its lines: every lever with its source, or it is none."""

import math
import re
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.model.scenario import BASELINE, Change, Lever, LeverKind, Scenario

KINDS: dict[str, LeverKind] = {kind: kind for kind in get_args(LeverKind)}
CHANGES: dict[str, Change] = {change: change for change in get_args(Change)}
ID = re.compile(r"[A-Z][A-Z0-9_]{0,29}")
FEWEST_DRAWS, MOST_DRAWS, LONGEST, YEARS = 100, 10_000, 30, (1950, 2200)
"""An interval of fewer draws is chance, and no method here says anything of a year further on."""


def parse_scenario(file: str, text: str) -> Scenario:
    """The scenario a text declares: `[scenario]` and its `[[lever]]`s.

    Args:
        file: its name, for messages.

    Raises:
        BadInput: everything that is wrong, each with its line: a lever without a source, a year
            outside the horizon, an amount that is no number.

    Source: domain page outlook, section 4.10.
    """
    problems = Problems()
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error("The scenario")
    head = top.table("scenario") or Section({}, ("scenario",), top.origin)
    base_year, horizon = head.whole("base_year"), head.whole("horizon")
    _within(head, "horizon", horizon, 1, LONGEST)
    _within(head, "base_year", base_year, *YEARS)
    levers = tuple(parse_lever(one, base_year, horizon) for one in top.tables("lever"))
    found = Scenario(
        _id(head, bool(levers)), head.words("name"), head.words("about"), levers,
        base_year, horizon,
        _within(head, "draws", head.whole("draws"), FEWEST_DRAWS, MOST_DRAWS),
        _within(head, "seed", head.whole("seed"), 0, 2**63),
    )  # fmt: skip
    head.finish()
    top.finish()
    problems.stop_if_any("The scenario")
    return found


def _id(head: Section, changes: bool) -> str:
    name = head.text("id")
    if name and not ID.fullmatch(name):
        head.note("id", f"scenario.id = {name!r} must be capitals, digits and _, such as PIPELINE.")
    if name == BASELINE and changes:
        head.note("id", f"{BASELINE} has no levers: what changes it needs a name of its own.")
    if name and name != BASELINE and not changes:
        head.note("id", f"{name} has no [[lever]]: a scenario that changes nothing is {BASELINE}.")
    return name


def _within(section: Section, key: str, value: int, least: int, most: int) -> int:
    if key in section.data and not least <= value <= most:
        section.note(key, f"{section.name(key)} = {value} must lie from {least} to {most:,}.")
    return value


def parse_lever(section: Section, base_year: int = 0, horizon: int = 0) -> Lever:
    """A lever with its source; what is wrong is noted with its line.

    Args:
        base_year, horizon: between which its years lie; any year will do where they are not known.
    """
    found = Lever(
        kind=KINDS[section.choice("kind", tuple(KINDS))],
        target=_target(section),
        change=CHANGES[section.choice("change", tuple(CHANGES))],
        unit=section.text("unit"),
        amounts=_amounts(section, base_year, horizon),
        source=section.words("source"),
    )
    section.finish()
    return found


def _target(section: Section) -> dict[str, str]:
    inner = section.table("target", required=False)
    return {} if inner is None else {name: inner.text(name) for name in list(inner.data)}


def _amounts(section: Section, base_year: int, horizon: int) -> dict[int, float]:
    """By year ahead; what is no year, or no number, is noted."""
    inner = section.table("amounts")
    if inner is None:
        return {}
    if not inner.data:
        section.note("amounts", "lever.amounts is empty: say the amount of at least one year.")
    # Without a base year or a horizon, which was noted, any year will do.
    first, last = (base_year + 1, base_year + horizon) if base_year and horizon else YEARS
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
