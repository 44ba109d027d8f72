"""Employment expected by occupation or industry: draws of what its past allows to be published."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import UNKNOWN
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.proving import (
    LEAST,
    Proof,
    Trials,
    as_known,
    base_cv,
    inflation,
    prove,
    published,
    sampled,
    trials,
)
from cauce.outlook.proving import Level as OnTrial
from cauce.outlook.proving.proof import MODEL
from cauce.outlook.shares import (
    NAIVE,
    SETTINGS,
    ShareForecast,
    assumptions,
    draw_shares,
    forecast_shares,
)
from cauce.outlook.unstated import spread_unstated
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack

Drift = Callable[[History], Floats | None]
"""How shares of a history's cells drift in other countries, as was known at its last wave."""


def alone(_: History) -> None:
    """No other country tells of anything."""


Rules = Mapping[str, Method]
NO_MORE: Rules = {}


@dataclass(frozen=True)
class Level:
    """Employment by occupation, or by industry, at one level of the classification.

    `proof` says how forecasts of it did in the past, and which method is published. `employed` are
    the draws, shape (d, h, c); `base` and `cv` the last wave's number and its coefficient of
    variation, shape (c,), NaN where withheld; `start` is the base, or what the filter says of a
    cell that is withheld. `read` is what it was read from, with the unstated spread where they are
    few; `said` is what was assumed on the way.
    """

    read: Read
    proof: Proof
    cells: tuple[str, ...]
    base: Floats
    start: Floats
    cv: Floats
    employed: Floats
    said: tuple[Text, ...] = ()


def level(
    read: Read, pack: OutlookPack, drift: Drift = alone, more: Rules = NO_MORE
) -> Level | NotProducible:
    """The draws of one level by the method its past allows, or what they would need.

    The interval is widened by what past errors teach; where the model has not shown that it is no
    worse than the plain rules, a plain rule is published.
    """
    years = np.arange(1.0, pack.horizon + 1.0)
    read, told = stated(read)
    found = _shares(read, read.history, years, drift)
    if isinstance(found, NotProducible):
        return found
    proof = proved(read, years, drift, more)
    base, se = read.history.value[-1], read.history.se[-1]
    by_model = any(one.method == MODEL for one in proof.champions)
    return Level(
        read=read,
        proof=proof,
        cells=tuple(cell[0] for cell in read.history.cells),
        base=base,
        start=np.where(np.isfinite(base), base, _now(found)),
        cv=base_cv(base, se),
        employed=_drawn(read, proof, found, pack, {**methods(read, drift), **more}),
        said=(*told, *(assumptions(SETTINGS) if by_model else ())),
    )


@dataclass(frozen=True)
class Margin:
    """Employment that is not published itself but divides what is, as industries do occupations.

    `start` are people of the last wave, or what the filter says where it is withheld, shape (c,);
    `employed` draws of the filter, (d, h, c). `read` is what they follow from, `past` how the
    filter did at its earlier waves.
    """

    cells: tuple[str, ...]
    start: Floats
    employed: Floats
    said: tuple[Text, ...]
    read: Read
    past: Trials


def margin(read: Read, pack: OutlookPack) -> Margin | NotProducible:
    """Draws of the filter, as wide as its own past errors ask for, or what they would need.

    No gate stands before them, since nobody is told these numbers: only how others divide.
    """
    years = np.arange(1.0, pack.horizon + 1.0)
    read, told = stated(read)
    found = forecast_shares(read.history, years, totals=totals_of(read, read.history))
    if isinstance(found, NotProducible):
        return found
    past = trials(as_known(read.history), read.history, methods(read), years)
    drawn = _of_model(read, found, inflation((past,), MODEL, LEAST).factor, pack)
    base, names = read.history.value[-1], tuple(cell[0] for cell in read.history.cells)
    return Margin(names, np.where(np.isfinite(base), base, _now(found)), drawn, told, read, past)


def proved(read: Read, years: Floats, drift: Drift = alone, more: Rules = NO_MORE) -> Proof:
    """How every method would have done from earlier waves of the table, and who is published.

    Args:
        more: rules that need other tables, too, as that of constant staffing does.
    """
    tried = OnTrial(read.flow.source.area, read.wanted.name, read.history)
    return prove(tried, {**methods(read, drift), **more}, years)


def stated(read: Read) -> tuple[Read, tuple[Text, ...]]:
    """The table with those who did not say given to the others where they are few, and the words.

    A table that codes everybody is the very same, and nothing is said but how it was read.
    """
    if (UNKNOWN,) not in read.history.cells:
        return read, read.said
    whole = totals_of(read, read.history)
    known = None if whole is None else whole.value[:, 0]
    spread = spread_unstated(read.history, UNKNOWN, totals=known)
    return replace(read, history=spread.history), (*read.said, spread.said)


def methods(read: Read, drift: Drift = alone) -> Mapping[str, Method]:
    """The model, which knows the published totals, and the rules that it must not be worse than."""

    def model(history: History, horizons: Floats) -> Forecast | NotProducible:
        found = _shares(read, history, horizons, drift)
        return found if isinstance(found, NotProducible) else found.forecast()

    return {MODEL: model, **NAIVE}


def _shares(
    read: Read, history: History, horizons: Floats, drift: Drift
) -> ShareForecast | NotProducible:
    totals = totals_of(read, history)
    return forecast_shares(history, horizons, totals=totals, towards=drift(history))


def totals_of(read: Read, history: History) -> History | None:
    """The published total in the waves of a history, NaN where it is not; None if it never is."""
    at = {year: wave for wave, year in enumerate(read.total.years.tolist())}
    waves = [at.get(year) for year in history.years.tolist()]
    if all(wave is None for wave in waves):
        return None

    def those(numbers: Floats) -> Floats:
        return np.array([[np.nan] if wave is None else numbers[wave] for wave in waves])

    n = np.array([[-1] if wave is None else read.total.n[wave] for wave in waves], dtype=np.int32)
    return replace(
        read.total,
        years=history.years,
        value=those(read.total.value),
        se=those(read.total.se),
        n=n,
        standards=history.standards,
    )


def totals_by(history: History, years: Floats, codes: Sequence[str]) -> Floats:
    """Published numbers of one-dimensional codes in these years, (w, c), NaN where none is."""
    wave = {year: at for at, year in enumerate(history.years.tolist())}
    cell = {codes[0]: at for at, codes in enumerate(history.cells)}
    found = np.full((len(years), len(codes)), np.nan)
    for w, year in enumerate(years.tolist()):
        for c, code in enumerate(codes):
            if year in wave and code in cell:
                found[w, c] = history.value[wave[year], cell[code]]
    return found


def level_now(read: Read, history: History) -> Floats:
    """People at the last wave of a history as the filter has them, (c,); NaN where it has not."""
    found = forecast_shares(history, np.ones(1), totals=totals_of(read, history))
    return np.full(len(history.cells), np.nan) if isinstance(found, NotProducible) else _now(found)


def _now(found: ShareForecast) -> Floats:
    """People at the last wave as the filter has them, shape (c,); 0 where nobody ever was."""
    log = np.where(found.never, -np.inf, found.cells.now.level + found.total.now.level)
    people: Floats = np.where(found.gone, np.nan, np.exp(log))
    return people


def _drawn(
    read: Read, proof: Proof, found: ShareForecast, pack: OutlookPack, every: Rules
) -> Floats:
    """Draws of what is published, (d, h, c), as wide as past errors ask for.

    Where the model is published at every horizon, its own draws: of the state of each cell and of
    one total, whose chance industries and occupations of an area share. Else draws around the
    published numbers. Either way the chance of a cell is its area's.
    """
    if all(one.method == MODEL for one in proof.champions):
        return _of_model(read, found, proof.factor, pack)
    own = tuple(f"{read.flow.source.area} {cell[0]}" for cell in read.history.cells)
    return sampled(published(proof, read.history, every), own, pack.seed, pack.draws)


def _of_model(read: Read, found: ShareForecast, factor: Floats, pack: OutlookPack) -> Floats:
    """The filter's draws with variances times a factor for each horizon, shape (d, h, c)."""
    names = tuple(cell[0] for cell in read.history.cells)
    stretch = np.sqrt(factor)[:, None]
    area = read.flow.source.area
    return draw_shares(found, names, pack.seed, pack.draws, stretch, area).value
