"""Workers by area, sector and group, where only the three tables of two of them are published."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput

ROUNDS = 300


def fitted(by_sector: Floats, by_group: Floats, sector_group: Floats) -> Floats:
    """Workers of each area, sector and group without an interaction of all three, (a, s, g).

    Args:
        by_sector: workers of each area and sector, shape (a, s).
        by_group: of each area and group, shape (a, g).
        sector_group: of each sector and group in the whole country, shape (s, g).

    Where an area's groups are not published, they follow from what is left of each sector's groups
    after the areas that are: such areas get their mean composition, and not their own. A number of
    `by_sector` that is not published stays NaN, and so does a sector whose groups are not. The
    tables need not add up to one total: the first is met exactly, the others say who and not how
    many.

    Raises:
        BadInput: a number is negative, or the shapes do not meet.

    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427–444, iterative
    proportional fitting to three margins.
    """
    tables = (by_sector, by_group, sector_group)
    (a, s), (a2, g), (s2, g2) = (table.shape for table in tables)
    if (a, s, g) != (a2, s2, g2):
        raise BadInput("The tables of areas, sectors and groups do not have the same codes.")
    if any((table < 0).any() for table in tables):
        raise BadInput("A published number of workers is negative.")
    sectors = np.isfinite(sector_group).all(axis=1) & np.isfinite(by_sector).any(axis=0)
    found: Floats = np.full((a, s, g), np.nan)
    if sectors.any():
        found[:, sectors] = _fit(by_sector[:, sectors], by_group, sector_group[sectors])
    return found


def errors_of(cube: Floats, se: Floats) -> Floats:
    """The error of each fitted part, (a, s, g): that of its whole times the root of its share.

    As that of a part of people drawn at random would be, so that the relative error grows as the
    part gets smaller. `se` are those of the areas' sectors, shape (a, s); unknown ones count as 0.
    """
    share = _ratio(cube, np.nansum(cube, axis=2, keepdims=True) + 0 * cube)
    found: Floats = np.nan_to_num(se)[:, :, None] * np.sqrt(np.nan_to_num(share))
    return found


def _fit(by_sector: Floats, by_group: Floats, sector_group: Floats) -> Floats:
    there, told = np.isfinite(by_sector), np.isfinite(by_group).all(axis=1)
    target = np.where(there, by_sector, 0.0)
    area_part, sector_part = _parts(by_group[told]), _parts(sector_group)
    cube = target[:, :, None] * sector_part[None]
    for _ in range(ROUNDS):
        wanted = target[told].sum(axis=1)[:, None] * area_part
        cube[told] *= _ratio(wanted, cube[told].sum(axis=1))[:, None]
        cube *= _ratio(target.sum(axis=0)[:, None] * sector_part, cube.sum(axis=0))
        cube *= _ratio(target, cube.sum(axis=2))[:, :, None]
    return np.where(there[:, :, None], cube, np.nan)


def _parts(table: Floats) -> Floats:
    """Each row as parts of its sum; 0 where the sum is 0."""
    return _ratio(table, table.sum(axis=1, keepdims=True) + 0 * table)


def _ratio(wanted: Floats, there: Floats) -> Floats:
    found: Floats = np.divide(wanted, there, out=np.zeros_like(wanted * there), where=there > 0)
    return found
