"""Employment expected by occupation: draws of the filter, and what a scenario adds to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.forecast import Method
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.proving import Level as OnTrial
from cauce.outlook.proving import Proof, prove, published, sampled
from cauce.outlook.shares import NAIVE, filtered, forecast_shares
from cauce.pipeline.outlook.histories import Read

NOT_NEW = Text(
    "What a project or a sector adds is taken as work beyond what would be there anyway, in the "
    "occupations that the industry has now; nobody is drawn away from other work.",
    "Lo que un proyecto o un sector agrega se toma como trabajo adicional al que habría de todos "
    "modos, en las ocupaciones que la rama tiene ahora; no se quita a nadie de otro trabajo.",
)


@dataclass(frozen=True)
class Level:
    """Employment by occupation at one level of the classification.

    `proof` says how forecasts of it did in the past, and which method is published. `employed` are
    the draws, shape (d, h, c); `base` and `cv` the last wave's number and its coefficient of
    variation, shape (c,), NaN where withheld. `read` is what it was read from.
    """

    read: Read
    proof: Proof
    cells: tuple[str, ...]
    base: Floats
    cv: Floats
    employed: Floats


METHODS: Mapping[str, Method] = {"filter": filtered, **NAIVE}
"""The model and the plain rules that it must not be worse than."""


def level(read: Read, horizon: int, draws: int, seed: int) -> Level | NotProducible:
    """The draws of one level by the method its past allows, or what they would need.

    The interval is widened by what past errors teach; where the model has not shown that it is no
    worse than the plain rules, a plain rule is published.
    """
    years = np.arange(1.0, horizon + 1.0)
    possible = forecast_shares(read.history, years, totals=read.total)
    if isinstance(possible, NotProducible):
        return possible
    proof = proved(read, years)
    names = tuple(cell[0] for cell in read.history.cells)
    drawn = sampled(published(proof, read.history, METHODS), names, seed, draws)
    base, se = read.history.value[-1], read.history.se[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(base > 0, se / base, np.nan)
    return Level(read, proof, names, base, cv, drawn)


def proved(read: Read, years: Floats) -> Proof:
    """How every method would have done from earlier waves of the table, and who is published."""
    name = read.wanted.name
    return prove(OnTrial(read.flow.source.area, name, read.history), METHODS, years)


def added(
    extra: Floats, industries: Sequence[str], matrix: Read | None, level: Level
) -> Floats | NotProducible:
    """People that levers add by occupation, shape (h, c).

    Args:
        extra: by year and industry, shape (h, s).
        matrix: employment by industry and occupation; the last wave tells who works in a branch.
    """
    if matrix is None:
        return NotProducible(rule(PROJECTS), NO_MATRIX)
    parts = _staffing(matrix, industries, level.cells)
    known: Floats = extra @ np.nan_to_num(parts)
    return known


PROJECTS = Text("workers of projects by occupation", "trabajadores de proyectos según ocupación")
NO_MATRIX = Text(
    "No table of employment by industry and occupation is published.",
    "No hay una tabla publicada de ocupación según rama y ocupación.",
)


def _staffing(matrix: Read, industries: Sequence[str], cells: Sequence[str]) -> Floats:
    """Who works in each industry, shape (s, c), rows adding up to 1 over what is not withheld.

    An occupation finer than the matrix takes its part of the group it stands under.
    """
    at = {cell: i for i, cell in enumerate(matrix.history.cells)}
    found = np.zeros((len(industries), len(cells)))
    for s, industry in enumerate(industries):
        for c, cell in enumerate(cells):
            where = at.get((industry, cell))
            found[s, c] = matrix.history.value[-1, where] if where is not None else np.nan
    sums = np.nansum(found, axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sums > 0, found / sums, np.nan)


def finer(extra: Floats, groups: Level, fine: Level, above: Mapping[str, str]) -> Floats:
    """What is added to groups, (h, g), split over the occupations under them as they are now."""
    base = np.nan_to_num(fine.base)
    found = np.zeros((extra.shape[0], len(fine.cells)))
    for g, group in enumerate(groups.cells):
        under = np.array([above.get(cell, "") == group for cell in fine.cells])
        if base[under].sum() > 0:
            found[:, under] = extra[:, g, None] * base[under] / base[under].sum()
    return found
