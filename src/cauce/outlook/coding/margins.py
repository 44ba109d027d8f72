"""How sure a code is, and from where on it is sure enough.

The margin at a number of digits is the chance of the likeliest group less that of the second.
A text gets the finest code whose margin reaches the level's own; the levels are set in turn, each
on the texts that no finer one took, so that what is coded at any level is right as often as aimed.

Source: selective classification by thresholds set on other data, Chow (1970), On optimum
recognition error and reject tradeoff, IEEE Transactions on Information Theory 16(1); softmax with
one temperature, Guo et al. (2017), On Calibration of Modern Neural Networks, ICML, section 4.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.outlook.coding.scheme import LEVELS, Scheme

NEVER = 2.0
"""A margin that no chance reaches."""
FEWEST = 30
"""Texts that must have passed a level before it is used: on fewer, precision is not known."""
SHARPNESS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)


@dataclass(frozen=True)
class Level:
    """What is likeliest at one number of digits: the group by number, and its margin, (texts,)."""

    groups: tuple[str, ...]
    best: Ints
    margin: Floats

    def said(self) -> list[str]:
        return [self.groups[number] for number in self.best]


@dataclass(frozen=True)
class Margins:
    """From where on each level is sure enough, the finest first, and the precision aimed at.

    `sharpness` turns scores into chances: the larger, the surer.
    """

    target: float
    sharpness: float
    at: tuple[float, ...]


def chances(scores: Floats, sharpness: float) -> Floats:
    """Scores as chances that sum to 1, shape (texts, codes)."""
    powers = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def levels(chance: Floats, codes: Sequence[str], scheme: Scheme) -> tuple[Level, ...]:
    """What is likeliest at 4, 3, 2 and 1 digits: the chance of a group is that of its codes."""
    return tuple(
        _level(chance, [scheme.group(code, digits) for code in codes]) for digits in LEVELS
    )


def _level(chance: Floats, group_of: list[str]) -> Level:
    groups = tuple(sorted(set(group_of)))
    place = {group: number for number, group in enumerate(groups)}
    member = np.zeros((len(group_of), len(groups)))
    member[np.arange(len(group_of)), [place[group] for group in group_of]] = 1.0
    summed = chance @ member
    best = summed.argmax(axis=1)
    first = summed[np.arange(len(summed)), best]
    rest = summed.copy()
    rest[np.arange(len(summed)), best] = 0.0
    return Level(groups, best, first - rest.max(axis=1))


def taken(found: Sequence[Level], margins: Margins) -> Ints:
    """Which level each text is coded at, by its place among the levels; -1 for none."""
    chosen = np.full(len(found[0].best), -1)
    for place, (level, least) in enumerate(zip(found, margins.at, strict=True)):
        chosen[(chosen < 0) & (level.margin >= least)] = place
    return chosen


def set_margins(scores: Floats, codes: Sequence[str], truth: Sequence[str], how: Scheme,
                target: float) -> Margins:  # fmt: skip
    """Margins from texts the model has not seen, with their true codes.

    Args:
        scores: of texts that were held out, shape (texts, codes).
        target: the share of coded texts that should be right, as 0.9.
    """
    sharpness = _sharpest(scores, codes, truth)
    found = levels(chances(scores, sharpness), codes, how)
    left = np.ones(len(truth), dtype=bool)
    at = []
    for level, digits in zip(found, LEVELS, strict=True):
        right = np.array(
            [said == how.group(t, digits) for said, t in zip(level.said(), truth, strict=True)]
        )
        least = least_margin(level.margin[left], right[left], target)
        left &= level.margin < least
        at.append(least)
    return Margins(target, sharpness, tuple(at))


def least_margin(margin: Floats, right: Flags, target: float) -> float:
    """The smallest margin from which on at least `target` are right; NEVER if too few are."""
    order = np.argsort(-margin, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    # A margin takes all texts that have it, so a cut lies only where the next margin is smaller.
    last = np.append(np.diff(margin[order]) < 0, True)[: len(order)]
    fits = np.flatnonzero((precision >= target) & last)
    if not len(fits) or fits[-1] + 1 < FEWEST:
        return NEVER
    return float(margin[order][fits[-1]])


def _sharpest(scores: Floats, codes: Sequence[str], truth: Sequence[str]) -> float:
    """The sharpness under which the true codes were likeliest."""
    place = {code: number for number, code in enumerate(codes)}
    known = [(row, place[code]) for row, code in enumerate(truth) if code in place]
    if not known:
        return SHARPNESS[0]
    rows, columns = np.array(known).T

    def surprise(sharpness: float) -> float:
        told = chances(scores[rows], sharpness)[np.arange(len(rows)), columns]
        return -float(np.log(np.maximum(told, 1e-12)).mean())

    return min(SHARPNESS, key=surprise)
