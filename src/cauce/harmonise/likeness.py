"""What may stand in one series or one table, and what may not."""

from collections.abc import Sequence

from cauce.declare.words import listed
from cauce.model.indicator import Estimator, Indicator
from cauce.model.pack import Wave

COUNTS = ("PERSONS", "HOUSEHOLDS")
MONEY = ("LCU", "LCU_HOUR", "LCU_HIRE", "INTD", "INTD_HOUR", "USD", "USD_HOUR")
FITTING: dict[str, tuple[Estimator, ...]] = {
    **dict.fromkeys(COUNTS, ("total",)),
    "POSTS": ("total",),
    "INDEX": ("mean", "ratio"),
    "PT": ("rate", "ratio", "share", "low", "relative_gap", "factor_gap"),
    "PP": ("difference",),
    "HOURS": ("total", "mean", "quantile", "difference"),
    **dict.fromkeys(MONEY, ("total", "mean", "ratio", "quantile", "difference")),
    "RATIO": ("ratio", "quotient", "quantile_ratio", "gini", "dissimilarity"),
}
"""The estimators whose results can be in a unit: a percentage is no count, and a count no money."""
PERCENT, OF_A_HUNDRED = ("PT", "PP"), 100


def unit_fault(indicator: Indicator) -> str:
    """Why the unit of an indicator cannot be that of what it estimates; "" if it can."""
    if indicator.source != "survey" or indicator.because is not None:
        return ""
    fitting = FITTING.get(indicator.unit)
    if fitting is None:
        return f"{indicator.id}: {indicator.unit} is no unit we know. Known: {listed(FITTING)}."
    if indicator.estimator not in fitting:
        return (
            f"{indicator.id}: a {indicator.estimator} is not in {indicator.unit}. In that unit "
            f"are: {listed(fitting)}."
        )
    if (indicator.unit in PERCENT) != (indicator.scale == OF_A_HUNDRED):
        return f"{indicator.id}: in percent the scale is 100, in other units it is not."
    return ""


def unlike(indicators: Sequence[Indicator]) -> str:
    """Why some indicators cannot stand in one table; "" if they can.

    Employment under the 13th and the 19th ICLS, migrants by birth and by citizenship, youth and
    all adults read like one thing and are two. An indicator that has no standard, criterion or age
    bounds, such as the population, goes with any.
    """
    for key, words in (
        ("icls", "under different ICLS standards"),
        ("criterion", "of migrants told apart in different ways"),
        ("age", "of different ages"),
    ):
        by = {getattr(one, key): one.id for one in reversed(indicators) if getattr(one, key)}
        if len(by) > 1:
            told = listed([f"{name} ({value})" for value, name in sorted(by.items())])
            return f"{told} are {words}: they are no one series. Give each a table of its own."
    return ""


def unlike_periods(waves: Sequence[Wave]) -> str:
    """Why waves cannot stand in one series: a year is no quarter, a quarter no month."""
    kinds = {period_kind(wave.period): wave.period for wave in reversed(waves)}
    if len(kinds) <= 1:
        return ""
    return (
        f"the waves have reference periods of different kinds, {listed(sorted(kinds.values()))}: "
        "they are no one series. Make a pack of each."
    )


def period_kind(period: str) -> str:
    """A letter for the length of a period: A, S, T, Q or M."""
    _, _, part = period.partition("-")
    return part[0] if part[:1].isalpha() else "M" if part else "A"
