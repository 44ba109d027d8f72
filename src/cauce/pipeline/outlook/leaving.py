"""Who leaves each occupation and how many posts open: from ages and the rates of leaving."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook import leaving as outlook
from cauce.outlook.people import sampled
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.exits import Assumed
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.rates import Rates, rates_of
from cauce.pipeline.outlook.stock import Behind

CAUSES = ("deaths", "exits", "emigration")
GIVEN = {"deaths": "mortality", "exits": "exits", "emigration": "emigration"}
"""What each cause is called among the inputs of the room (`leaving.INPUTS`)."""
MOVED = Text(
    "Transfers: the share of each occupation's workers of a year ago who work in another major "
    "group now, as they said; the same every year.",
    "Cambios: la parte de quienes trabajaban en cada ocupación hace un año y hoy trabajan en otro "
    "gran grupo, según dijeron; igual cada año.",
)


@dataclass(frozen=True)
class Ages:
    """Workers of the base year by band of age and occupation, (1, a, c), as a level orders them."""

    bands: tuple[str, ...]
    employed: Floats


@dataclass(frozen=True)
class Opened:
    """The three numbers of every occupation, and who is to be replaced by cause, (d, h, c) each."""

    openings: outlook.Openings
    causes: dict[str, Floats]
    said: tuple[Text, ...]
    lacking: tuple[NotProducible, ...]


def ages_of(read: Read, cells: tuple[str, ...]) -> Ages:
    """Workers by age; a band in which an occupation was never seen has nobody of it."""
    bands = tuple(dict.fromkeys(cell[1] for cell in read.history.cells))
    at = {cell: i for i, cell in enumerate(read.history.cells)}
    found = np.zeros((1, len(bands), len(cells)))
    for a, band in enumerate(bands):
        for c, cell in enumerate(cells):
            if (cell, band) in at:
                found[0, a, c] = read.history.value[-1, at[(cell, band)]]
    return Ages(bands, found)


def openings_of(
    level: Level,
    read: dict[str, Read],
    assumed: Assumed,
    exits: Floats,
    behind: Behind,
    seed: int,
) -> Opened | tuple[NotProducible, ...]:
    """The three numbers of every occupation, or what they would need.

    Args:
        exits: what a scenario multiplies exits by in each year, shape (h,).
        behind: the population, whose mortality and emigration workers share.
        seed: of the run; what was published with an error is drawn with it.
    """
    if "ages" not in read:
        return _lacking(set())
    who = ages_of(read["ages"], level.cells)
    draws, horizon = level.employed.shape[:2]
    rates = rates_of(
        who.bands, level.cells, who.employed[0], read, assumed, behind, horizon, draws, seed
    )
    given = {"employed_by_age"} | {
        GIVEN[cause] for cause in CAUSES if getattr(rates, cause) is not None
    }
    changing, told = _changing(level, read.get("moved"), assumed, rates.indicative, seed)
    given |= {"transfers"} if np.isfinite(changing).any() else set()
    start = outlook.at_start(level.base, level.employed)
    causes = _replaced(who, rates, exits, start)
    if causes is None:
        return _lacking(given)
    replaced: Floats = np.sum(list(causes.values()), axis=0)
    made = outlook.openings(
        level.base, level.employed, replaced, outlook.transfers(changing, start), rates.indicative
    )
    # The three numbers are there: what the other method would have needed is no lack.
    lacking = tuple(one for one in _lacking(given) if outlook.INDICATIVELY not in one.output)
    return Opened(made, causes, (*rates.said, *told), lacking)


def _lacking(given: set[str]) -> tuple[NotProducible, ...]:
    return outlook.openings_not_producible(given | {"employment"})


def _replaced(who: Ages, rates: Rates, exits: Floats, start: Floats) -> dict[str, Floats] | None:
    """People to be replaced until each year, (d, h, c), by cause; None where a rate lacks."""
    if rates.deaths is None or rates.exits is None or rates.emigration is None:
        return None
    found = {cause: np.empty_like(start) for cause in CAUSES}
    shape = who.employed.shape
    for year, times in enumerate(exits.tolist()):
        out = np.minimum(rates.exits * times, 1.0)[:, None]
        away = np.minimum(rates.emigration[year][None, :, None], 1.0 - out)
        of_year = outlook.leaving(
            who.employed, rates.deaths[year][None],
            out if len(out) > 1 else np.broadcast_to(out[0], shape), away if len(away) > 1 else
            np.broadcast_to(away[0], shape),
        )  # fmt: skip
        for cause in CAUSES:
            gone = outlook.replacement(getattr(of_year, cause), start[:, year : year + 1])
            found[cause][:, year] = gone[:, 0]
    return {cause: each.cumsum(axis=1) for cause, each in found.items()}


def _changing(
    level: Level, moved: Read | None, assumed: Assumed, indicative: bool, seed: int
) -> tuple[Floats, tuple[Text, ...]]:
    """Share of each occupation's workers who change to another in a year, (c,) or (d, c)."""
    if indicative:
        return np.full(len(level.cells), np.nan), ()
    if moved is not None:
        at = {cell[0]: i for i, cell in enumerate(moved.history.cells)}
        place = [at.get(cell) for cell in level.cells]
        share, se = moved.history.value[-1] / moved.scale, moved.history.se[-1] / moved.scale
        known = np.where(np.isfinite(se) | (share == 0), share, np.nan)
        told = np.array([np.nan if p is None else known[p] for p in place])
        error = np.array([0.0 if p is None else se[p] for p in place])
        drawn = sampled(told, error, len(level.employed), seed, "transfers")
        return np.minimum(drawn, 1.0), (MOVED,)
    if "transfers" not in assumed:
        return np.full(len(level.cells), np.nan), ()
    values = assumed["transfers"].values
    stated = [values.get(cell, values.get("", np.nan)) for cell in level.cells]
    return np.array(stated), ()
