"""Chance that can be asked again: every draw is a function of seed, question, year and unit.

Nothing is drawn in order, so a sample asks about its own people only and hears what a census would.

Source: Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators, OOPSLA
(SplitMix64, whose finaliser mixes the counters here).
"""

import hashlib
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cauce.model.arrays import Flags, Floats, Ints

Keys: TypeAlias = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_STEP = 2.0**-53


def mixed(keys: Keys) -> Keys:
    """The keys scrambled, one to one."""
    keys = (keys ^ (keys >> np.uint64(30))) * _FIRST
    keys = (keys ^ (keys >> np.uint64(27))) * _SECOND
    return keys ^ (keys >> np.uint64(31))


def within(parents: Keys, numbers: Ints) -> Keys:
    """The key of child `number` of each parent, shape (n,); numbers may be negative."""
    return mixed(parents + (numbers + 1_000).astype(np.uint64) * _GOLDEN)


@dataclass(frozen=True)
class Chance:
    """The chances of some units in one year; `keys` has shape (n,), and so has every answer.

    What is asked `once` stays the same in every year; what is asked `yearly` is new each year.
    """

    seed: int
    year: int
    keys: Keys

    def once(self, question: str) -> Floats:
        """Uniform between 0 and 1, both excluded; the same in every year."""
        return self._uniform(question)

    def yearly(self, question: str) -> Floats:
        """Uniform between 0 and 1, both excluded; another one each year."""
        return self._uniform(f"{question} in {self.year}")

    def mostly(self, question: str, lasting: float) -> Floats:
        """Uniform; the unit's own number in a share `lasting` of the years, else a new one."""
        kept = self.yearly(f"whether {question} lasts") < lasting
        return np.where(kept, self.once(question), self.yearly(question))

    def bell(self, question: str) -> Floats:
        """Standard normal; the same in every year. Source: Box & Muller (1958)."""
        radius = np.sqrt(-2 * np.log(self._uniform(f"{question}, radius")))
        return np.asarray(radius * np.cos(2 * np.pi * self._uniform(f"{question}, angle")))

    def yearly_bell(self, question: str) -> Floats:
        """Standard normal; another one each year."""
        return self.bell(f"{question} in {self.year}")

    def among(self, chosen: Flags | Ints) -> "Chance":
        """The chances of some of the units only."""
        return Chance(self.seed, self.year, self.keys[chosen])

    def _uniform(self, question: str) -> Floats:
        bits = mixed(self.keys ^ _salt(self.seed, question)) >> np.uint64(11)
        return (bits.astype(np.float64) + 0.5) * _STEP


def _salt(seed: int, question: str) -> np.uint64:
    digest = hashlib.blake2b(f"{seed}|{question}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def pick(u: Floats, shares: Floats) -> Ints:
    """Which class each number falls into.

    Args:
        u: uniform numbers, shape (n,).
        shares: weights of the k classes, shape (k,) for all or (n, k) for each; any positive sum.
    """
    edges = np.cumsum(shares, axis=-1)
    if edges.ndim == 1:
        found: Ints = np.searchsorted(edges[:-1], u * edges[-1], side="right")
        return found
    reached = u * edges[:, -1]
    return np.asarray((reached[:, None] >= edges[:, :-1]).sum(axis=1))


def logistic(x: Floats) -> Floats:
    """Between 0 and 1."""
    return np.asarray(1 / (1 + np.exp(-x)))
