"""Corridors by how often a network observed them; those no one monitors come first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cauce.assess.filled import day, text
from cauce.model.corridor import Corridor
from cauce.model.record import Record

OBSERVATIONS = "observations"
SHARED = frozenset({"NETWORK", "AUTH", "PUBLIC"})
"""Consent with which an observation counts within the network; PRIV, or none stated, does not."""
FIELDS = frozenset({"origin", "destination", "observed_on", "consent", "verification"})
"""All that is read of an observation: not who saw it, whom it is about, or what was said."""
Pair = tuple[str, str]


@dataclass(frozen=True)
class Watch:
    """The corridors; `unplaced` counts observations that name none."""

    corridors: tuple[Corridor, ...]
    unplaced: int


def watch(observations: Iterable[Record], known: Mapping[str, Iterable[Pair]], on: date) -> Watch:
    """Every corridor that was observed up to a day, or that a register knows, and by whom.

    `known` are the corridors each register names. An observation that may be shared with nobody is
    not counted, not even among those that are left out.

    Source: none, it counts. What may be shared is the consent scope of the observation itself.
    """
    shared = [
        one
        for one in observations
        if text(one, "consent") in SHARED and (day(one, "observed_on") or on) <= on
    ]
    placed: dict[Pair, list[Record]] = {}
    for one in shared:
        pair = text(one, "origin"), text(one, "destination")
        if all(pair):
            placed.setdefault(pair, []).append(one)
    named: dict[Pair, list[str]] = {}
    for register, pairs in known.items():
        for pair in dict.fromkeys(pairs):
            named.setdefault(pair, []).append(register)
    every = [
        _corridor(pair, placed.get(pair, []), named.get(pair, [])) for pair in {**placed, **named}
    ]
    return Watch(
        corridors=tuple(sorted(every, key=_order)),
        unplaced=len(shared) - sum(len(group) for group in placed.values()),
    )


def _corridor(pair: Pair, observed: list[Record], named: list[str]) -> Corridor:
    levels: dict[str, int] = {}
    for one in observed:
        level = text(one, "verification")
        levels[level] = levels.get(level, 0) + 1
    days = [on for one in observed if (on := day(one, "observed_on")) is not None]
    return Corridor(*pair, levels, max(days, default=None), tuple(named))


def _order(corridor: Corridor) -> tuple[bool, date, str, str]:
    """Unobserved first, then those looked at longest ago."""
    last = corridor.last or date.min
    return corridor.observed > 0, last, corridor.origin, corridor.destination
