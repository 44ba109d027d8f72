"""How long a step takes, with those who still wait counted for as long as they have waited."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import exp, log, sqrt

from cauce.model.mobility import Passage, Wait

Z = 1.959963984540054
"""The normal quantile of an interval of 95 %."""

Curve = Sequence[tuple[int, float, float]]
"""Days, the share not through after them, and Greenwood's sum, which times the squared share is
its variance."""


def wait(step: str, passages: Iterable[Passage], today: date) -> Wait:
    """The median of the days a step takes, and between what it lies.

    Leaving out those who still wait would tell the waits of the quick ones only. A passage that
    ends before it begins is a typing mistake, and unknown.

    Source: Kaplan and Meier (1958), JASA 53, for the share not through yet; Brookmeyer and Crowley
    (1982), Biometrics 38, for the interval, with the log-log transformation; both as R `survival`
    has them, survfit(conf.type = "log-log"): where the share is one half from one day to the next,
    the median is in the middle.
    """
    every = list(passages)
    days = [
        ((end - one.since).days, one.until is not None)
        for one in every
        if one.since is not None and (end := _end(one, today)) >= one.since
    ]
    curve = _curve(days)
    return Wait(
        step,
        done=sum(done for _, done in days),
        waiting=sum(not done for _, done in days),
        unknown=len(every) - len(days),
        median=_median(curve),
        low=next((at for at, alive, said in curve if _bound(alive, said, 1) <= 0.5), None),
        high=next((at for at, alive, said in curve if _bound(alive, said, -1) <= 0.5), None),
    )


def _end(passage: Passage, today: date) -> date:
    return passage.until or min(passage.left or today, today)


def _curve(days: Sequence[tuple[int, bool]]) -> Curve:
    alive, said, curve = 1.0, 0.0, []
    for at in sorted({length for length, done in days if done}):
        risk = sum(length >= at for length, _ in days)
        through = sum(done and length == at for length, done in days)
        alive *= 1 - through / risk
        said += through / (risk * (risk - through)) if risk > through else 0.0
        curve.append((at, alive, said))
    return curve


def _median(curve: Curve) -> float | None:
    for place, (at, alive, _) in enumerate(curve):
        if abs(alive - 0.5) < 1e-9 and place + 1 < len(curve):
            return (at + curve[place + 1][0]) / 2
        if alive < 0.5 + 1e-9:
            return float(at)
    return None


def _bound(alive: float, said: float, side: int) -> float:
    """The lower end (side 1) or the upper (-1) of the share; where it is 0 there is none: 1."""
    if alive <= 0:
        return 1.0
    width = Z * sqrt(said) / abs(log(alive))
    return exp(-exp(log(-log(alive)) + side * width))
