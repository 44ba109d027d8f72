"""Sectors that follow a path of output: how their employment answers, and how far to trust it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.declare.words import did_you_mean, listed
from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.chance import stream
from cauce.outlook.shares import SETTINGS, cell_noise, check_history

START, WORTH = 0.5, 5.0
"""The weight of a path before any error was seen, and how many errors that opinion is worth."""
LEAST_CHANGES, STEPS = 2, 12
UNIT = "OUTPUT"
"""The unit of a lever that is a path of output."""


@dataclass(frozen=True)
class Elasticity:
    """How a sector's employment answers to its output: Δlog E = ε Δlog Y, each shape (s,).

    NaN in a sector whose changes cannot be told.
    """

    value: Floats
    variance: Floats


def elasticities(history: History, output: Floats) -> Elasticity | NotProducible:
    """ε of each sector by weighted least squares through 0, from the changes between its waves.

    A change weighs by what is known of its error: the sampling variance of both waves, and what all
    sectors move a year beside their output, by moments. A change between two classifications is
    none.

    Args:
        history: employment by sector, w waves.
        output: of the same waves and sectors, any constant price, shape (w, s); NaN where unknown.

    Raises:
        BadInput: output that is not positive or not of the history's shape.

    Source: domain page outlook, section 4.4, exogenous sector path.
    """
    check_history(history)
    if output.shape != history.value.shape or (output <= 0).any():
        raise BadInput("Output is one positive number for each wave and sector of the history.")
    noise = cell_noise(history, SETTINGS)
    if noise is None:
        return NotProducible(OUTPUT, NO_ERROR)
    with np.errstate(divide="ignore", invalid="ignore"):
        answer = np.diff(np.log(history.value), axis=0)
        moved = np.diff(np.log(output), axis=0)
    error = noise[1:] + noise[:-1]
    gap = np.diff(history.years)[:, None]
    pairs = zip(history.standards[1:], history.standards[:-1], strict=True)
    same = np.array([one == other for one, other in pairs])[:, None]
    there = np.isfinite(answer) & np.isfinite(moved) & np.isfinite(error) & same
    told = np.asarray(there.sum(axis=0) >= LEAST_CHANGES)
    if not told.any():
        return NotProducible(OUTPUT, TOO_FEW)
    x, y = np.where(there, moved, 0.0), np.where(there, answer, 0.0)
    return _through_zero(x, y, np.where(there, error, np.inf), gap, told)


def _through_zero(x: Floats, y: Floats, error: Floats, gap: Floats, told: Flags) -> Elasticity:
    """Weighted least squares through 0 of each sector; an error of inf is no change at all."""
    there = np.isfinite(error)
    plain = (x * y).sum(axis=0) / np.maximum((x**2).sum(axis=0), np.finfo(float).tiny)
    gaps = np.broadcast_to(gap, there.shape)[there]
    beside = _moments(((y - plain * x) ** 2)[there], error[there], gaps, 1e-3)
    weight = 1 / (error + beside * gap)
    known = (weight * x**2).sum(axis=0)
    known = np.where(told & (known > 0), known, np.nan)
    return Elasticity((weight * x * y).sum(axis=0) / known, 1 / known)


def _moments(squared: Floats, noise: Floats, times: Floats, start: float) -> float:
    """The variance x, not below 0, that makes `squared` what is expected of it, noise + times · x.

    Source: the iterated method of moments, DerSimonian and Kacker (2007), Contemporary Clinical
    Trials 28:105.
    """
    value = start
    for _ in range(STEPS):
        weight = 1 / (noise + times * value) ** 2
        above = (weight * times * (squared - noise)).sum() / (weight * times**2).sum()
        value = max(float(above), 0.0)
    return value


OUTPUT = "sector paths"
NO_ERROR = Text(
    "No wave has a standard error or a number of respondents.",
    "Ninguna ronda tiene error estándar ni número de respuestas.",
)
TOO_FEW = Text(
    "No sector has two changes of employment and output: how one answers the other is unknown.",
    "Ningún sector tiene dos cambios de empleo y producto: se desconoce cómo responde uno al otro.",
)


def shrink(own: Elasticity, others: Sequence[Elasticity]) -> Elasticity:
    """ε of each sector drawn towards the mean of other countries, as far as countries agree.

    A sector that other countries do not have keeps its own; one that this country cannot tell gets
    the mean of the others, with their spread.

    Source: empirical Bayes of a normal mean, Efron and Morris (1973), Journal of the American
    Statistical Association 68:117; spread by moments, DerSimonian and Kacker (2007).
    """
    value, variance = own.value.copy(), own.variance.copy()
    for sector in range(len(value)):
        seen = [one for one in others if np.isfinite(one.value[sector])]
        if not seen:
            continue
        theirs = np.array([one.value[sector] for one in seen])
        error = np.array([one.variance[sector] for one in seen])
        mean, spread, unsure = _pool(theirs, error)
        prior = spread + unsure
        if not np.isfinite(value[sector]):
            value[sector], variance[sector] = mean, prior
            continue
        kept = prior / (prior + variance[sector])
        value[sector] = kept * value[sector] + (1 - kept) * mean
        variance[sector] *= kept
    return Elasticity(value, variance)


def _pool(value: Floats, error: Floats) -> tuple[float, float, float]:
    """Mean of countries, variance between them, and variance of the mean."""
    spread = 0.0
    for _ in range(20):
        weight = 1 / (error + spread)
        mean = float((weight * value).sum() / weight.sum())
        if len(value) > 1:
            grown = (value - mean) ** 2 * len(value) / (len(value) - 1)
            spread = _moments(grown, error, np.ones(len(value)), spread)
    return mean, spread, float(1 / weight.sum())


def growth(
    levers: Sequence[Lever],
    dimension: str,
    sectors: Sequence[str],
    years: Sequence[int],
    base_year: int,
) -> Floats:
    """Growth of output since the base year that the levers say, in logarithms, shape (h, s).

    A lever of kind sector multiplies output: its amounts are output in a year over that of the base
    year, one for each of the years. A year that is missing is not put in between: nobody said what
    output is in it. NaN in a sector without.

    Raises:
        BadInput: a lever is none of this kind, names no sector or one twice, lacks a year or has
            one too many, or an amount that is not positive.
    """
    found = np.full((len(years), len(sectors)), np.nan)
    for lever in levers:
        code = lever.target.get(dimension, "")
        if (lever.kind, lever.change, lever.unit) != ("sector", "times", UNIT):
            raise BadInput(
                f'{code}: a path of output multiplies output (change = "times", unit = '
                f'"{UNIT}"), and this lever does not.'
            )
        if set(lever.target) != {dimension} or code not in sectors:
            raise BadInput(
                f"A path of output names one {dimension} of the outlook, and no {code}."
                f"{did_you_mean(code, sectors)} There are: {listed(sectors)}."
            )
        place = list(sectors).index(code)
        if np.isfinite(found[:, place]).any():
            raise BadInput(f"{code} has two paths of output: give one.")
        found[:, place] = _path(code, lever.amounts, years, base_year)
    return found


def _path(code: str, amounts: Mapping[int, float], years: Sequence[int], base: int) -> Floats:
    if lacks := [str(year) for year in years if year not in amounts]:
        raise BadInput(
            f"{code}: the path of output lacks {listed(lacks)}. Give it for every year after "
            f"{base} until {years[-1]}: nothing is put in between."
        )
    if other := [str(year) for year in sorted(amounts) if year not in years]:
        raise BadInput(f"{code}: the path of output has {listed(other)}, which is not looked at.")
    told = np.array([amounts[year] for year in years])
    if (told <= 0).any():
        raise BadInput(f"{code}: a path of output needs amounts above 0.")
    path: Floats = np.log(told)
    return path


def unknown(sectors: int) -> Elasticity:
    """What a country knows of its sectors that has no past of output at all."""
    return Elasticity(np.full(sectors, np.nan), np.full(sectors, np.nan))


def errors_of_paths(
    known: Sequence[History],
    level: Sequence[Floats],
    output: Floats,
    others: Sequence[Elasticity],
    came: Floats,
    observed: Floats,
) -> Floats:
    """What paths would have missed at past origins, had output been known: log errors, (o, h, s).

    At each origin ε is learnt from the waves up to it alone. That output was known makes a path
    look better than it is by what its own forecast will err.

    Args:
        known: the history as each of the o origins had it, its waves the first of `output`.
        level: people at the last wave of each origin, as the filter has them, shape (s,) each.
        output: of all waves and sectors, shape (w, s), NaN where unknown.
        came: the year of each outcome, shape (o, h), NaN for none; observed: what it was.
    """
    found = np.full(observed.shape, np.nan)
    years = known[-1].years.tolist()
    for at, (history, start) in enumerate(zip(known, level, strict=True)):
        last = len(history.years) - 1
        own = elasticities(history, output[: last + 1])
        answers = shrink(
            unknown(output.shape[1]) if isinstance(own, NotProducible) else own, others
        )
        for h in np.flatnonzero(np.isfinite(came[at])):
            grown = np.log(output[years.index(came[at, h])] / output[last])
            with np.errstate(divide="ignore", invalid="ignore"):
                found[at, h] = np.log(observed[at, h] / start) - answers.value * grown
    return np.where(np.isfinite(found), found, np.nan)


def learn_weight(by_filter: Floats, by_path: Floats) -> float:
    """How much of a path to take, from the errors that both made at past origins, shape (n,).

    The weight under which the mixed errors would have been least, drawn to a half as if five errors
    had said so, within 0 and 1. Without errors it is a half.

    Source: Bates and Granger (1969), Operational Research Quarterly 20:451; domain page outlook,
    section 4.4 (start at 0.5).
    """
    both = np.isfinite(by_filter) & np.isfinite(by_path)
    apart = (by_filter - by_path)[both]
    if not (apart**2).sum():
        return START
    prior = WORTH * (apart**2).mean()
    best = ((by_filter[both] * apart).sum() + START * prior) / ((apart**2).sum() + prior)
    return float(np.clip(best, 0.0, 1.0))


def on_paths(
    value: Floats,
    base: Floats,
    answers: Elasticity,
    output: Floats,
    weight: float | Floats,
    names: Sequence[str],
    seed: int,
) -> Floats:
    """Draws of employment by sector, moved towards what their output says, shape (d, h, s).

    The middle of the draws moves by the weight towards base × exp(ε g); how draws lie around it
    stays, and the error of ε, the same in all years of a draw, is added by the weight. A sector
    without a path or without ε stays on the filter. Close to a total afterwards, if it is given.

    Args:
        value: draws of the filter, people, shape (d, h, s).
        base: people at the last wave as the filter has them, shape (s,).
        output: growth of output in logarithms, shape (h, s), from `growth`.
        weight: of the path, one or one a sector.
    """
    middle = np.median(value, axis=0)
    chance = np.stack(
        [stream(seed, f"elasticity {name}").standard_normal(len(value)) for name in names], axis=1
    )
    answer = answers.value + np.sqrt(answers.variance) * chance
    path = base * np.exp(answer[:, None, :] * output)
    with np.errstate(divide="ignore", invalid="ignore"):
        move = np.log(path / middle)
    moved: Floats = value * np.exp(np.where(np.isfinite(move), weight * move, 0.0))
    return moved
