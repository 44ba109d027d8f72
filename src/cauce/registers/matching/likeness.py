"""How like two spellings are, and why. One rule after the other; the first that holds speaks.

Source: the ladder of deterministic rules of Christen (2012), Data Matching, sections 5.4 and 6.2;
the distance is Damerau's, in its restricted form (optimal string alignment).
"""

from dataclasses import dataclass
from typing import Literal

from cauce.registers.matching.spelling import Spelling

Reason = Literal["same", "cut", "typing", "longer", "tail", "within", "words", "other"]

ACCEPT = 0.85
"""From here on one organisation is proposed."""

REVIEW = 0.5
"""From here on a person is asked; below nothing is said."""


@dataclass(frozen=True)
class Likeness:
    """A score between 0 and 1 and the rule that gave it."""

    score: float
    reason: Reason


def likeness(one: Spelling, other: Spelling) -> Likeness:
    if one.core == other.core:
        return Likeness(1.0, "same")
    if _cut(one, other) or _cut(other, one):
        return Likeness(0.98, "cut")
    if _typing(one, other):
        return Likeness(0.95, "typing")
    mine, theirs = one.distinctive, other.distinctive
    if mine and "".join(mine) == "".join(theirs):
        return _same_but_general(one, other)
    if mine and theirs and (set(mine) < set(theirs) or set(theirs) < set(mine)):
        return Likeness(0.6, "within")
    shared = len(set(mine) & set(theirs)) / max(1, len(set(mine) | set(theirs)))
    return Likeness(round(0.8 * shared, 3), "words" if shared else "other")


def _cut(short: Spelling, long: Spelling) -> bool:
    """Whether one is as long as its field was and the other begins with it."""
    return short.cut and len(short.core) >= 12 and long.core.startswith(short.core)


def _typing(one: Spelling, other: Spelling) -> bool:
    """Whether a few letters differ, none of them a digit; short names differ by less than that."""
    length = min(len(one.core), len(other.core))
    if _digits(one) != _digits(other) or length < 10:
        return False
    allowed = 1 if length < 16 else 2
    return distance(one.core, other.core, allowed) <= allowed


def _digits(of: Spelling) -> str:
    return "".join(letter for letter in of.core if letter.isdigit())


def _same_but_general(one: Spelling, other: Spelling) -> Likeness:
    """What distinguishes is the same: general words were added, or stand instead of others."""
    mine, theirs = set(one.words), set(other.words)
    if mine <= theirs or theirs <= mine:
        return Likeness(0.9, "longer")
    return Likeness(0.7, "tail")


def distance(one: str, other: str, limit: int) -> int:
    """Letters to put in, take out, replace or swap; limit + 1 if there are more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, mark in enumerate(other, start=1):
            best = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != mark))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == mark:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
