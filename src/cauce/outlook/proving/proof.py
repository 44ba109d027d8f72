"""A level on trial: its back-test, champions, inflation and scorecards in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.model.scorecard import Scorecard
from cauce.outlook.proving.calibration import LEAST, coverages, inflation
from cauce.outlook.proving.gate import Champion, champion
from cauce.outlook.proving.measures import claim, everything_grows, floors, method_score, scored
from cauce.outlook.proving.trials import Trials, as_known, trials

MODEL, FALLBACK = "filter", "mean_share"


@dataclass(frozen=True)
class Proof:
    """What the past of a level says; champions and scorecards by horizon, in their order.

    `factor` is what the variances of each horizon's champion are multiplied by, shape (h,).
    """

    trials: Trials
    champions: tuple[Champion, ...]
    factor: Floats
    scorecards: tuple[Scorecard, ...]


@dataclass(frozen=True)
class Level:
    """What is on trial: an area, the name of a level of a classification, and what is known of it.

    `elsewhere` are back-tests of the same level in other countries: how far intervals miss is
    learnt from all. `least` is the floor of the model's inflation. Plain rules have none but 1:
    their variances hold all noise seen.
    """

    area: str
    name: str
    history: History
    least: float = LEAST
    leave_out: tuple[float, ...] = ()
    elsewhere: tuple[Trials, ...] = ()


def prove(
    level: Level,
    methods: Mapping[str, Method],
    horizons: Floats,
    known: Sequence[History] = (),
    model: str = MODEL,
    fallback: str = FALLBACK,
) -> Proof:
    """Back-test every method, choose what is published at each horizon, and say how it came out.

    Args:
        methods: by the name that pages use, the model and the rules it must not be worse than.
        known: the history as each origin had it; without them, the first waves of the level's.

    Raises:
        BadInput: as `trials`, or the model or the fallback is none of the methods.
    """
    _ = methods[model], methods[fallback]
    origins = known or as_known(level.history)
    one = trials(origins, level.history, methods, horizons, level.leave_out)
    chosen = tuple(champion(one, at, model, fallback) for at in range(len(horizons)))
    past = (one, *level.elsewhere)
    wider = {
        each.method: inflation(past, each.method, level.least if each.method == model else 1.0)
        for each in chosen
    }
    factor = np.array([wider[each.method].factor[at] for at, each in enumerate(chosen)])
    cards = tuple(
        _scorecard(level, one, at, each, model, float(factor[at])) for at, each in enumerate(chosen)
    )
    return Proof(one, chosen, factor, cards)


def published(proof: Proof, history: History, methods: Mapping[str, Method]) -> Forecast:
    """What is published of the history's cells: at each horizon of the proof, its champion's word.

    Variances are already multiplied by the proof's factors, so that draws of it (`sampled`) are as
    wide as past errors ask for. NaN at horizons where the champion declines this history.
    """
    horizons = proof.trials.horizons
    shape = len(horizons), len(history.cells)
    value, variance = np.full(shape, np.nan), np.full(shape, np.nan)
    for name in dict.fromkeys(each.method for each in proof.champions):
        found = methods[name](history, horizons)
        own = np.array([each.method == name for each in proof.champions])
        if isinstance(found, Forecast):
            value[own], variance[own] = found.value[own], found.variance[own]
    return Forecast(horizons, value, variance * proof.factor[:, None])


def _scorecard(
    level: Level, one: Trials, at: int, chosen: Champion, model: str, factor: float
) -> Scorecard:
    by_origin, horizon = scored(one, at), float(one.horizons[at])
    scores = tuple(method_score(one, by_origin, name, at) for name in one.value)
    wape_floor, dissimilarity_floor = floors(one, at)
    return Scorecard(
        area=level.area,
        level=level.name,
        horizon=horizon,
        champion=chosen.method,
        verdict=chosen.verdict,
        judged_at=float(one.horizons[chosen.judged_at]) if chosen.judged_at >= 0 else 0.0,
        origins=tuple(one.origins[np.isfinite(one.observed[:, at]).any(axis=1)].tolist()),
        cells=one.observed.shape[2],
        scores=scores,
        everything_grows=everything_grows(one, at),
        wape_floor=wape_floor,
        dissimilarity_floor=dissimilarity_floor,
        inflation=factor,
        coverage=coverages(one, chosen.method, factor, at),
        claims=tuple(claim(by_origin, model, name, horizon) for name in one.value if name != model),
        left_out=level.leave_out,
    )
