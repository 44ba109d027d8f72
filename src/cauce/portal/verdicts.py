"""An observation as a reader sees it: number, interval and flags in words."""

from dataclasses import dataclass

from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.portal.words import Words


@dataclass(frozen=True)
class Shown:
    """A figure in words. `value` is "" where it is withheld, and `why` says why."""

    value: str
    interval: str
    unit: str
    flag: str
    why: str
    raw: float | None
    low: float | None
    high: float | None
    weak: bool


def shown(observations: Observations, row: int, words: Words) -> Shown:
    """The figure in a row; an absence comes with its reason, never with a number."""
    indicator = observations.dataflow.indicators[int(observations.key[row, 2])]
    unit = (
        words(f"unit_{indicator.unit}")
        if f"unit_{indicator.unit}" in words.said
        else indicator.unit
    )
    value = float(observations.value[row])
    if value != value:
        return Shown(
            "",
            "",
            unit,
            _flag(observations, row),
            _why(observations, row, words),
            None,
            None,
            None,
            False,
        )
    low, high = float(observations.ci_low[row]), float(observations.ci_high[row])
    known = low == low and high == high
    digits = indicator.decimals
    weak = observations.reliability[row] is Reliability.WEAK
    return Shown(
        value=words.number(value, digits),
        interval=f"{words.number(low, digits)} – {words.number(high, digits)}" if known else "",
        unit=unit,
        flag=_flag(observations, row),
        why=words("weak") if weak else "",
        raw=value,
        low=low if known else None,
        high=high if known else None,
        weak=weak,
    )


def _flag(observations: Observations, row: int) -> str:
    """The letter in the table; the legend below it says what it means."""
    conf, status = observations.conf_status[row], observations.obs_status[row]
    if conf is not ConfStatus.FREE:
        return "c"
    return {"U": "u", "Q": "q", "M": "m"}.get(status.value, "")


def _why(observations: Observations, row: int, words: Words) -> str:
    if observations.conf_status[row] is not ConfStatus.FREE:
        return words("withheld_confidential")
    if observations.reliability[row] is Reliability.UNRELIABLE:
        return words("withheld_imprecise")
    return words("not_possible")
