"""Whom somebody states over occupations as a survey finds people like them: graduates, returns."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.text import Text
from cauce.outlook.people import (
    Component,
    allocation,
    allocation_draws,
    component,
    graduates_by_occupation,
    left_over,
    returnees,
)
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.exits import Assumed
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import Assumption

SPREAD_BY = {"graduates": "young", "returnees": "returned"}
"""The table that spreads each component; without it, it is stated by occupation."""
SPREAD_SAID = {
    "graduates": Text(
        "Graduates of each level of education go to the occupations in which people of 15 to 29 "
        "with that level work, drawn toward those of all young workers where few were asked.",
        "Las personas graduadas de cada nivel educativo van a las ocupaciones en que trabajan "
        "quienes tienen de 15 a 29 años y ese nivel, acercadas a las de todos los jóvenes donde se "
        "preguntó a pocos.",
    ),
    "returnees": Text(
        "People who return go to the occupations in which those who returned before work.",
        "Quienes retornan van a las ocupaciones en que trabajan quienes retornaron antes.",
    ),
}


def by_cell(assumed: Assumed, name: str, cells: tuple[str, ...]) -> Floats | None:
    """A yearly number of each occupation, shape (c,); None if nobody assumes it."""
    return of_cells(assumed[name], cells) if name in assumed else None


def of_cells(one: Assumption, cells: tuple[str, ...]) -> Floats:
    """A number of each occupation; those nobody names take the one for everything, if any."""
    return np.array([one.values.get(cell, one.values.get("", np.nan)) for cell in cells])


def graduates_of(
    level: Level, read: dict[str, Read], assumed: Assumed, scale: Floats, seed: int
) -> Component | None:
    """Graduates × activity × allocation, (d, h, c); without the table, as stated by occupation."""
    if "graduates" not in assumed or "activity" not in assumed:
        return None
    stated, active = assumed["graduates"], assumed["activity"]
    young, by = read.get("young"), read.get("young_by")
    programmes = () if young is None else _programmes(young, stated)
    if young is None or by is None or not programmes:
        yearly = of_cells(stated, level.cells)
        rate = active.values.get("", np.nan)
        return component("graduates", np.cumsum(yearly * scale * rate, axis=0)[None])
    base, (draws, horizon) = int(level.read.history.years[-1]), level.employed.shape[:2]
    counts = _found(young, by, programmes, level)
    if np.isnan(counts).any() or counts.sum() == 0:
        return None
    shares = allocation_draws(allocation(counts), draws, seed)
    graduates = np.tile([stated.values[one] for one in programmes], (horizon, 1))
    activity = np.array([active.values.get(p, active.values.get("", np.nan)) for p in programmes])
    reached = graduates_by_occupation(graduates, activity, shares, base + 1, base)
    yearly = np.diff(reached, axis=1, prepend=0.0)
    return component("graduates", np.cumsum(yearly * scale[None], axis=1))


def _programmes(young: Read, stated: Assumption) -> tuple[str, ...]:
    """The levels of education that graduates are stated by; none if they are by occupation."""
    known = {cell[_level_at(young)] for cell in young.history.cells}
    return tuple(stated.values) if set(stated.values) <= known else ()


def _level_at(young: Read) -> int:
    return next(i for i, one in enumerate(young.dimensions) if one.id == "EDU")


def _found(young: Read, by: Read, programmes: tuple[str, ...], level: Level) -> Floats:
    """Effective respondents by programme and occupation in the last wave, (k, c)."""
    at, first = {cell: i for i, cell in enumerate(young.history.cells)}, _level_at(young) == 0
    whole = {cell[0]: by.history.value[-1, i] for i, cell in enumerate(by.history.cells)}
    found = []
    for one in programmes:
        place = [at.get((one, cell) if first else (cell, one)) for cell in level.cells]
        told = np.array([0.0 if p is None else young.history.value[-1, p] for p in place])
        found.append(left_over(told, whole.get(one, np.nan), level.base))
    return np.array(found) * _worth(young)


def returns_of(
    level: Level, returned: Read | None, assumed: Assumed, scale: Floats, seed: int
) -> Component | None:
    """People who return, by the occupations of those who did before; else as stated."""
    if "returns" not in assumed:
        return None
    stated = assumed["returns"].values
    if returned is None or set(stated) != {""} or "returning" not in assumed:
        yearly = of_cells(assumed["returns"], level.cells)
        return component("returnees", np.cumsum(yearly * scale, axis=0)[None])
    draws, horizon = level.employed.shape[:2]
    at = {cell[0]: i for i, cell in enumerate(returned.history.cells)}
    value = returned.history.value[-1]
    told = np.array([value[at[cell]] if cell in at else 0.0 for cell in level.cells])
    whole = left_over(told, float(returned.total.value[-1, 0]), level.base)
    counts = whole * _worth(returned)
    if np.isnan(counts).any() or counts.sum() == 0:
        return None
    shares = allocation_draws(allocation(counts[None], concentration=1.0), draws, seed)[:, 0]
    active = np.array([assumed["returning"].values.get("", np.nan)])
    reached = returnees(np.full(horizon, stated[""]), active, shares)
    yearly = np.diff(reached, axis=1, prepend=0.0)
    return component("returnees", np.cumsum(yearly * scale[None], axis=1))


def _worth(read: Read) -> float:
    """Effective respondents a person of the last wave stands for."""
    value, se, n = (each[-1] for each in (read.history.value, read.history.se, read.history.n))
    told = (n > 0) & (value > 0) & np.isfinite(se)
    if not told.any():
        return np.nan
    deff = max(1.0, float(np.median((se[told] / value[told]) ** 2 * n[told])))
    return float(n[told].sum() / value[told].sum() / deff)
