"""Openings for newcomers less the people who could take them, post by post."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput


@dataclass(frozen=True)
class Gap:
    """People missing (positive) or too many (negative) until each year, shape (d, h, o).

    `relative` is the same as a part of the employed of the base year. NaN where an input is.
    """

    people: Floats
    relative: Floats


def gap(openings: Floats, supply: Floats, employed: Floats) -> Gap:
    """The gap of every draw, year and post.

    Args:
        openings: openings for newcomers from the base year until each year, (d, h, o): growth and
            replacement, without transfers between occupations.
        supply: people who could take them until the same year, (d, h, o).
        employed: of the base year, (o,) or by draw (d, o). Nobody employed: no relative gap.

    Raises:
        BadInput: the shapes differ; somebody is fewer than nobody.

    Source: domain page outlook, section 4.7: Gap_o = NO_o - S_o, gamma_o = Gap_o / E_o,T.
    """
    if openings.shape != supply.shape:
        raise BadInput(f"The openings have the shape {openings.shape}, the supply {supply.shape}.")
    base = np.broadcast_to(employed, (openings.shape[0], openings.shape[2]))[:, None, :]
    if (openings < 0).any() or (base < 0).any():
        raise BadInput("Openings for newcomers and people employed are 0 or more, some are less.")
    people = openings - supply
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(base > 0, people / base, np.nan)
    return Gap(people, relative)


@dataclass(frozen=True)
class Totals:
    """What is missing and what is too many, each a sum of positive parts, (d, h).

    `unknown` counts the posts whose gap is not known, (h,): with any, the two are lower bounds.
    """

    missing: Floats
    surplus: Floats
    unknown: Ints


def totals(people: Floats) -> Totals:
    """Sums over posts in which no shortage is set off against a surplus elsewhere.

    Args:
        people: the gap, (d, h, o).

    Source: domain page outlook, sections 4.7 and 4.12; issue 7, point 4.
    """
    missing, surplus = np.fmax(people, 0.0), np.fmax(-people, 0.0)
    return Totals(
        missing.sum(axis=2), surplus.sum(axis=2), np.isnan(people).any(axis=0).sum(axis=1)
    )
