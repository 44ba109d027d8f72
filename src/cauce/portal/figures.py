"""An observation as a reader sees it: a number with its error, or the reason there is none."""

from dataclasses import dataclass
from math import isfinite

from cauce.model.dataflow import ADMITTED, CENSUS, Dataflow
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.portal.words import Words
from cauce.publish.components import interval_percent

REMARKS = {ObsStatus.BREAK: "break", ObsStatus.FORECAST: "forecast"}
OWN_WORDS = (ObsStatus.NORMAL, ObsStatus.BREAK, ObsStatus.FORECAST)
"""Statuses of another producer's numbers that need no flag, or have one already."""


@dataclass(frozen=True)
class Figure:
    """A figure in words. Where it is withheld `value` is "", `raw` None and `why` the reason.

    `flags` are keys of the legend. `error` is the standard error, `interval` that of `level` per
    cent; both are "" where they are unknown, and another producer's error is said not to be given.
    `raw`, `low` and `high` are for charts.
    """

    value: str
    unit: str
    error: str
    interval: str
    n: str
    flags: tuple[str, ...]
    why: str
    raw: float | None
    low: float | None
    high: float | None
    weak: bool
    level: str = "95"


def figure(observations: Observations, row: int, words: Words) -> Figure:
    """The figure in a row. Of a withheld one nothing is told that would narrow it, not even n."""
    indicator = observations.dataflow.indicators[int(observations.key[row, 2])]
    unit = words.unit(indicator.unit)
    value = float(observations.value[row])
    flags = _flags(observations, row, isfinite(value))
    why = "; ".join(words(f"flag_{flag}") for flag in flags)
    if not isfinite(value):
        return Figure("", unit, "", "", "", flags, why, None, None, None, False)
    digits = indicator.decimals
    low, high = float(observations.ci_low[row]), float(observations.ci_high[row])
    # Where all were counted an interval of no width would only make a reader doubt.
    counted = observations.dataflow.method.var_method == CENSUS
    known = isfinite(low) and isfinite(high) and not counted
    told = known or (isfinite(low) and not counted)
    # Waits: where too many still wait, the data set no upper bound.
    high_told = words.number(high, digits) if isfinite(high) else "…"
    n = int(observations.n[row])
    return Figure(
        value=words.number(value, digits),
        unit=unit,
        error=_error(observations, row, words),
        interval=f"{words.number(low, digits)} – {high_told}" if told else "",
        n=words.number(n, 0) if n >= 0 else "",
        flags=flags,
        why=why,
        raw=value,
        low=low if known else None,
        high=high if known else None,
        weak="weak" in flags,
        level=level(observations.dataflow),
    )


def _error(observations: Observations, row: int, words: Words) -> str:
    """The standard error; "" where all were counted or nothing is known."""
    flow = observations.dataflow
    digits = flow.indicators[int(observations.key[row, 2])].decimals
    error = float(observations.se[row])
    if flow.method.var_method == ADMITTED:
        return words("error_not_given")
    if flow.method.var_method == CENSUS or not isfinite(error):
        return ""
    return words.number(error, _error_digits(digits))


def _error_digits(digits: int) -> int:
    """One more than the value has, but none for counts."""
    return digits + 1 if digits else 0


def _flags(observations: Observations, row: int, present: bool) -> tuple[str, ...]:
    verdict = observations.reliability[row]
    status, conf = observations.obs_status[row], observations.conf_status[row]
    if verdict is Reliability.NOT_JUDGED and status not in OWN_WORDS:
        return (f"status_{status.value}",)
    if present:
        weak = ("weak",) if verdict is Reliability.WEAK else ()
        remark = REMARKS.get(status)
        return (*weak, remark) if remark else weak
    if conf is not ConfStatus.FREE:
        return ("confidential",)
    return ("imprecise",) if verdict is Reliability.UNRELIABLE else ("impossible",)


def level(flow: Dataflow) -> str:
    """How many per cent an interval of a dataflow holds: forecasts tell 80, all others 95."""
    return str(interval_percent(flow))


def leveled(text: str, flow: Dataflow) -> str:
    """Words of intervals of 95 % with the level that those of a dataflow have."""
    return text.replace("95", level(flow))


def dots_reading(flow: Dataflow, weak: bool) -> str:
    """Which words say how to read dots: whether lines are intervals, and what hollow ones are."""
    if flow.method.var_method == ADMITTED:
        return "dots_read_admitted"
    return "dots_read_weak" if weak else "dots_read"


def aloud(told: Figure) -> str:
    """A figure in one line, for the words of a chart."""
    if told.raw is None:
        return told.why
    interval = f" ({told.interval})" if told.interval else ""
    return f"{told.value} {told.unit}{interval}"
