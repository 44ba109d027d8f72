"""How sure a code is, and from where on it is sure enough.

The margin at a number of digits is the chance of the likeliest group less that of the second.
A text gets the finest code whose margin reaches the level's own; the levels are set in turn, each
on the texts that no finer one took, so that what is coded at any level is right as often as aimed.
Of the ways to turn scores into chances a level has the one by which the truth is likeliest, and not
the one by which most can be coded: that is chance in the texts at hand. With ESCO's Spanish titles,
coded by a model of half of them, it was right 34 points less often than aimed.

Source: selective classification by thresholds set on other data, Chow (1970), On optimum
recognition error and reject tradeoff, IEEE Transactions on Information Theory 16(1); softmax with
a temperature, Guo et al. (2017), On Calibration of Modern Neural Networks, ICML, section 4.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.outlook.coding.scheme import LEVELS, Scheme

TINY = 1e-300
NEVER = 2.0
"""A margin that no chance reaches."""
FEWEST = 100
"""Texts that must have passed a level before it is used: on fewer, precision is not known."""
SHARPNESS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)


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

    `sharpness` turns scores into chances, the larger, the surer. Each level has its own: the many
    codes of a wide group add up to a lot where each is a little likely, and to little where not.
    """

    target: float
    sharpness: tuple[float, ...]
    at: tuple[float, ...]


def chances(scores: Floats, sharpness: float) -> Floats:
    """Scores as chances that sum to 1, shape (texts, codes)."""
    powers = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def levels(
    scores: Floats, sharpness: Sequence[float], codes: Sequence[str], scheme: Scheme
) -> tuple[Level, ...]:
    """What is likeliest at 4, 3, 2 and 1 digits: the chance of a group is that of its codes."""
    return tuple(
        _level(chances(scores, sharp), [scheme.group(code, digits) for code in codes])
        for digits, sharp in zip(LEVELS, sharpness, strict=True)
    )


def _summed(chance: Floats, group_of: Sequence[str]) -> tuple[tuple[str, ...], Floats]:
    """The groups, and the chance of each, shape (texts, groups)."""
    groups = tuple(sorted(set(group_of)))
    place = {group: number for number, group in enumerate(groups)}
    member = np.zeros((len(group_of), len(groups)))
    member[np.arange(len(group_of)), [place[group] for group in group_of]] = 1.0
    return groups, np.asarray(chance @ member)


def _level(chance: Floats, group_of: Sequence[str]) -> Level:
    groups, summed = _summed(chance, group_of)
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


def set_margins(
    scores: Floats, codes: Sequence[str], truth: Sequence[str], how: Scheme, target: float
) -> Margins:
    """Margins from texts the model has not seen, with their true codes.

    Args:
        scores: of texts that were held out, shape (texts, codes).
        target: the share of coded texts that should be right, as 0.9.
    """
    left = np.ones(len(truth), dtype=bool)
    sharpness, at = [], []
    for digits in LEVELS:
        groups = [how.group(code, digits) for code in codes]
        true = [how.group(code, digits) for code in truth]
        sharpness.append(likeliest(scores, groups, true))
        level = _level(chances(scores, sharpness[-1]), groups)
        right = np.array(level.said()) == np.array(true)
        at.append(least_margin(level.margin[left], right[left], target))
        left &= level.margin < at[-1]
    return Margins(target, tuple(sharpness), tuple(at))


def likeliest(scores: Floats, group_of: Sequence[str], truth: Sequence[str]) -> float:
    """The sharpness by which the true groups are likeliest; those no code stands for do not count.

    Args:
        scores: shape (texts, codes).
        group_of: the group of each code.
    """
    place = {group: number for number, group in enumerate(sorted(set(group_of)))}
    met = np.array([at for at, group in enumerate(truth) if group in place], dtype=np.int64)
    if not len(met):
        return SHARPNESS[0]
    true = [place[truth[at]] for at in met]
    fits = []
    for sharp in SHARPNESS:
        _, summed = _summed(chances(scores[met], sharp), group_of)
        fits.append(np.log(np.maximum(summed[np.arange(len(met)), true], TINY)).mean())
    return SHARPNESS[int(np.argmax(fits))]


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
