"""Workers who were there when the hazard came, and those whose work it stopped."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Codes, Floats
from cauce.model.crisis import Harm, Presence, Triple
from cauce.outlook.chance import stream
from cauce.outlook.crisis.ranges import triangular, uniform

TOTAL = "_T"


@dataclass(frozen=True)
class Workforce:
    """Published employment of c cells: area, sector and group of each, number and error.

    `area` are positions in the areas of the grid, -1 for the whole country. NaN is not published.
    """

    area: Codes
    sectors: tuple[str, ...]
    groups: tuple[str, ...]
    value: Floats
    se: Floats


def months_present(
    work: Workforce,
    areas: tuple[str, ...],
    calendar: tuple[Presence, ...],
    seasonal: frozenset[str],
) -> Floats:
    """How many are present in each month, the year's mean being 1, shape (12, c).

    An area's own calendar stands before that of the country, a group's before one of all. A
    sector that is not seasonal
    and has no calendar is the same all year; a seasonal one without a calendar is not known: NaN.
    """
    known = {(one.area, one.sector, one.group): one.by_month for one in calendar}
    found: Floats = np.full((12, len(work.value)), np.nan)
    for c, (at, sector, group) in enumerate(zip(work.area, work.sectors, work.groups, strict=True)):
        area = areas[at] if at >= 0 else TOTAL
        keys = ((area, group), (area, TOTAL), (TOTAL, group), (TOTAL, TOTAL))
        own = next((known[a, sector, g] for a, g in keys if (a, sector, g) in known), None)
        if own is not None:
            found[:, c] = own
        elif sector not in seasonal:
            found[:, c] = 1.0
    return found


def exposed(work: Workforce, share: Floats, present: Floats, seed: int, draws: int) -> Floats:
    """Workers of each cell within the footprint in each month, shape (d, 12, c), never negative.

    Args:
        share: the low, central and high part of each cell that was reached, shape (3, c).
        present: as `months_present` gives, shape (12, c).

    The footprint is uncertain in all cells at once, the survey in each on its own. What is drawn
    never exceeds the workers present. Source: domain page outlook, section 6, A = x E.
    """
    low, central, high = share
    part = triangular(low, central, high, uniform(seed, "crisis footprint", draws)[:, None])
    error = stream(seed, "crisis survey").standard_normal((draws, len(work.value)))
    there = np.maximum(0.0, work.value + np.nan_to_num(work.se) * error)
    found = (part * there)[:, None, :] * present[None]
    # Nobody is exposed where nothing passed, however many work there.
    return np.where(high == 0, 0.0, found)


def undercounted(
    workers: Floats, work: Workforce, migrants: frozenset[str], by: Triple | None, seed: int
) -> Floats:
    """The same with migrant workers inflated for those a survey does not find; off without a range.

    Args:
        by: by which factor there are more than the survey counts, 1 or more.
    """
    if by is None:
        return workers
    told = (np.array(by.low), np.array(by.central), np.array(by.high))
    factor = triangular(told[0], told[1], told[2], uniform(seed, "crisis undercount", len(workers)))
    here = np.array([group in migrants for group in work.groups], dtype=bool)
    return workers * np.where(here, factor[:, None], 1.0)[:, None, :]


def stopped(workers: Floats, work: Workforce, harms: tuple[Harm, ...], seed: int) -> Floats:
    """Those of the exposed whose work stopped at first, of the shape of `workers`, c last.

    NaN for a sector of which no harm is stated. Source: domain page outlook, section 6, A D.
    """
    return workers * _by_sector(work, harms, seed, "stopped", len(workers))[:, None, :]


def lasting(work: Workforce, harms: tuple[Harm, ...], seed: int, draws: int) -> Floats:
    """Months after which 1/e of what stopped is stopped still, shape (d, c)."""
    return _by_sector(work, harms, seed, "months", draws)


def _by_sector(
    work: Workforce, harms: tuple[Harm, ...], seed: int, what: str, draws: int
) -> Floats:
    """Draws of a stated range of each cell's sector, shape (d, c): one draw for all its cells."""
    found: Floats = np.full((draws, len(work.value)), np.nan)
    for harm in harms:
        told = harm.stopped if what == "stopped" else harm.months
        here = np.array([sector == harm.sector for sector in work.sectors], dtype=bool)
        drawn = triangular(
            np.array(told.low),
            np.array(told.central),
            np.array(told.high),
            uniform(seed, f"crisis {what} {harm.sector}", draws),
        )
        found[:, here] = drawn[:, None]
    return found
