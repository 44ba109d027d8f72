"""The second door: numbers that were computed from released ones, as forecasts and scenarios are.

What is derived from published numbers alone tells nobody more than they do. Three things are asked
of it all the same: that it can be told from what was observed, that it has an interval, and that no
small number of people stands in public, not even an expected one.
"""

from dataclasses import replace

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.crisis import CRISIS
from cauce.model.dataflow import PROJECTED, Dataflow
from cauce.model.errors import BadInput
from cauce.model.observation import WITHOUT_VALUE, ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.projected import Outlook, Projected
from cauce.model.release import Provenance, Release
from cauce.model.rule import rule, rule_in
from cauce.model.text import Text
from cauce.protect.bare import bare

PERSONS = "PERSONS"
SMALL = Text(
    "withheld: so few people that a number would point at somebody",
    "reservado: tan pocas personas que un número señalaría a alguien",
)


def derive(outlook: Outlook, provenance: Provenance, fewest: int) -> Release:
    """Release what an outlook derived, every number of it a forecast with its interval.

    Args:
        fewest: the least number of people that may be told, that of the releases it starts from.

    Raises:
        BadInput: no released vintage stands behind it; a dataflow is not marked as projected; a key
            stands twice; a number has no interval around it or a status that is none of a
            forecast's; a crisis is told of areas below the first level.
    """
    if not outlook.bases:
        raise BadInput(f"{outlook.survey}: no released vintage stands behind the numbers.")
    for one in outlook.flows:
        _check(one)
    said = (*outlook.assumptions, *(_missing(each) for each in _unproduced(outlook)))
    return Release(
        survey=outlook.survey,
        vintage=outlook.vintage,
        flows=tuple(_observations(one, fewest) for one in outlook.flows),
        provenance=provenance,
        audited=False,
        notes=tuple(dict.fromkeys(map(rule, said))),
        reason=outlook.reason,
    )


def _unproduced(outlook: Outlook) -> tuple[tuple[str, Text], ...]:
    return tuple((one.output, one.because) for one in outlook.not_producible)


def _missing(found: tuple[str, Text]) -> Text:
    output, because = found
    return Text(
        f"Not produced: {rule_in(output, 'en')}. {because.en}",
        f"No se produce: {rule_in(output, 'es')}. {because.es}",
    )


def _check(one: Projected) -> None:
    flow = one.dataflow
    if flow.method.var_method != PROJECTED:
        raise BadInput(f"{flow.id} is not marked as projected.")
    _check_crisis(flow)
    if twice := len(one.key) - len(np.unique(one.key, axis=0)):
        raise BadInput(f"{flow.id} has {twice} numbers whose key another one has, too.")
    there = np.isfinite(one.value)
    forecast = np.array([status is ObsStatus.FORECAST for status in one.status], dtype=bool)
    empty = np.array([status in WITHOUT_VALUE for status in one.status], dtype=bool)
    if count := int((~np.where(there, forecast, empty)).sum()):
        raise BadInput(
            f"{flow.id} has {count} numbers whose status is none of a forecast's: F beside a "
            "number, and a status that says why where there is none."
        )
    around = (one.low <= one.value) & (one.value <= one.high)
    if count := int((there & ~around).sum()):
        raise BadInput(f"{flow.id} has {count} numbers without an interval around them.")


def _check_crisis(flow: Dataflow) -> None:
    """Who would be looked for is found in a village: a crisis is told of first-level areas alone.

    A code with a parent is below the first level, whatever dimension it is in.
    """
    if all(dimension.id != CRISIS for dimension in flow.dimensions):
        return
    below = sum(bool(code.parent) for dimension in flow.dimensions for code in dimension.codes)
    if below:
        raise BadInput(
            f"{flow.id} has {below} codes below the first level. Figures of a crisis are told of "
            "first-level areas alone; add them up before."
        )


def _small(one: Projected, fewest: int) -> Flags:
    """Which numbers are of fewer people than may be told; 0 is none of them.

    A loss of people is as small as a gain.
    """
    at = [dimension.id for dimension in one.dataflow.dimensions].index("INDICATOR")
    ids = [code.id for code in one.dataflow.dimensions[at].codes]
    persons = {each.id for each in one.dataflow.indicators if each.unit == PERSONS}
    counted = np.array([code in persons for code in ids], dtype=bool)[one.key[:, at]]
    size = np.abs(one.value)
    small: Flags = counted & (size > 0) & (size < fewest)
    return small


def _observations(one: Projected, fewest: int) -> Observations:
    small = _small(one, fewest)

    def kept(numbers: Floats) -> Floats:
        return np.where(small | ~np.isfinite(one.value), np.nan, numbers)

    free = (ConfStatus.FREE,) * len(small)
    plain = bare(
        one.dataflow, one.key, kept(one.value), one.status, free, one.reliability, one.rule
    )
    return _withheld(replace(plain, ci_low=kept(one.low), ci_high=kept(one.high)), small)


def _withheld(found: Observations, small: Flags) -> Observations:
    """The same, with the status, verdict and words of what is withheld where numbers are small."""
    ids = small.tolist()
    return replace(
        found,
        obs_status=tuple(
            ObsStatus.SUPPRESSED if few else own
            for few, own in zip(ids, found.obs_status, strict=True)
        ),
        conf_status=tuple(ConfStatus.CONFIDENTIAL if few else ConfStatus.FREE for few in ids),
        reliability=tuple(
            Reliability.NONE if few else own
            for few, own in zip(ids, found.reliability, strict=True)
        ),
        rule=tuple(rule(SMALL) if few else own for few, own in zip(ids, found.rule, strict=True)),
    )
