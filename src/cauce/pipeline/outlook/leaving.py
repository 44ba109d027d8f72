"""Who leaves each occupation and how many posts open: from ages and stated rates."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook import leaving as outlook
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import Assumption

OUTPUT = Text("replacement and openings", "reemplazo y puestos por cubrir")
RATES = ("deaths", "exits", "emigration")
"""The assumptions by band of age that replacement needs."""


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
    level: Level, ages: Read | None, assumed: dict[str, Assumption], exits: Floats
) -> Opened | NotProducible:
    """The three numbers of every occupation, or what they would need.

    Args:
        exits: what a scenario multiplies exits by in each year, shape (h,).
    """
    lacking = [name for name in (*RATES, "transfers") if name not in assumed]
    if ages is None or [name for name in lacking if name != "transfers"]:
        return NotProducible(
            rule(Text("replacement and openings", "reemplazo y puestos")), _needs(ages, lacking)
        )
    who = ages_of(ages, level.cells)
    start = outlook.at_start(level.base, level.employed)
    causes = _replaced(who, assumed, exits, start)
    changing = np.full(len(level.cells), np.nan)
    if "transfers" in assumed:
        values = assumed["transfers"].values
        changing = np.array([values.get(cell, values.get("", np.nan)) for cell in level.cells])
    replaced: Floats = np.sum(list(causes.values()), axis=0)
    changing_until = outlook.transfers(changing, start)
    return Opened(outlook.openings(level.base, level.employed, replaced, changing_until), causes)


def _replaced(
    who: Ages, assumed: dict[str, Assumption], exits: Floats, start: Floats
) -> dict[str, Floats]:
    """People to be replaced until each year, (d, h, c), by cause, at the rates of each year."""
    deaths, left, gone = (_by_band(assumed[name], who.bands) for name in RATES)
    shape = who.employed.shape
    found = {cause: np.empty_like(start) for cause in RATES}
    for year, times in enumerate(exits.tolist()):
        out = np.broadcast_to(np.minimum(left * times, 1.0)[None, :, None], shape)
        rates = outlook.leaving(who.employed, deaths[None], out, gone[None])
        for cause, rate in zip(RATES, (rates.deaths, rates.exits, rates.emigration), strict=True):
            of_year = outlook.replacement(rate, start[:, year : year + 1])
            found[cause][:, year] = of_year[:, 0]
    return {cause: each.cumsum(axis=1) for cause, each in found.items()}


def _by_band(one: Assumption, bands: tuple[str, ...]) -> Floats:
    """A yearly chance by band; bands nobody names take the one for everything, if there is one."""
    return np.array([one.values.get(band, one.values.get("", np.nan)) for band in bands])


def _needs(ages: Read | None, lacking: list[str]) -> Text:
    tables = Text("employment by occupation and age", "la ocupación según ocupación y edad")
    en = [tables.en] if ages is None else []
    es = [tables.es] if ages is None else []
    words = {
        "deaths": ("death rates by age", "las tasas de mortalidad según edad"),
        "exits": ("rates of leaving work by age", "las tasas de salida del trabajo según edad"),
        "emigration": ("emigration of workers by age", "la emigración de trabajadores según edad"),
    }
    en += [words[name][0] for name in lacking if name in words]
    es += [words[name][1] for name in lacking if name in words]
    return Text(f"It would need: {', '.join(en)}.", f"Haría falta: {', '.join(es)}.")
