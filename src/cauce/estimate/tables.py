"""The cells of every dataflow of a release, from one sample."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from cauce.estimate.answers import Answered, Answers, Dims, Question
from cauce.estimate.cube import Estimates
from cauce.estimate.exact_answers import Exactly
from cauce.estimate.grouping import Grouping
from cauce.estimate.largest import largest
from cauce.estimate.sweep import Sweep
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.cell import Cells
from cauce.model.dataflow import Dataflow
from cauce.model.indicator import LINEAR, Indicator
from cauce.model.missing import Missing
from cauce.model.sample import Sample, Score

FIXED_BEFORE, FIXED_AFTER = 3, 1
PARTS = (*Estimates.__dataclass_fields__, "largest")
SCALED = ("value", "se", "ci_low", "ci_high")


def estimate(
    sample: Sample, dataflows: Sequence[Dataflow], exactly: Exactly | None = None
) -> tuple[Cells, ...]:
    """Estimate all indicators of all dataflows, crossed with their dimensions and all margins.

    Position 0 of a dimension is its total; the last two are unknown and not applicable. Cells
    nobody is in are left out, but for the grand total. A share has cells where its own dimension
    has a code.

    Raises:
        LonelyPsu: a stratum has a single PSU and the design says to refuse.
        BadInput: a table has more cells than can be numbered.
    """
    names, sizes, classifiers = classified(sample, dataflows)
    scores = {score.indicator: score for score in sample.scores}
    answers = Answers(Sweep(sample.design), classifiers, sizes, exactly)
    answers.ask(questions(dataflows, scores, names, sizes))
    tops: dict[tuple[str, Dims], Floats] = {}
    answerer = sample.design.psu if sample.design.unit == "psu" else None
    return tuple(
        cells_of(flow, sample.period, names, sizes, scores, answers, tops, answerer)
        for flow in dataflows
    )


def classified(
    sample: Sample, dataflows: Sequence[Dataflow]
) -> tuple[list[str], list[int], list[Codes]]:
    """The dimensions of all dataflows by name, how many codes each has, and everybody's codes."""
    names, sizes = names_and_sizes(dataflows)
    columns = [
        positions(sample.columns[name], size) for name, size in zip(names, sizes, strict=True)
    ]
    return names, sizes, columns


def names_and_sizes(dataflows: Sequence[Dataflow]) -> tuple[list[str], list[int]]:
    """The dimensions of all dataflows by name, and how many codes each has."""
    names = sorted({name for flow in dataflows for name in own_dimensions(flow)})
    return names, [size_of(dataflows, name) for name in names]


def questions(
    dataflows: Sequence[Dataflow],
    scores: Mapping[str, Score],
    names: Sequence[str],
    sizes: Sequence[int],
) -> list[Question]:
    """Each indicator once, with the groupings of all dataflows that have it."""
    wanted: dict[str, set[Dims]] = {}
    indicators: dict[str, Indicator] = {}
    for flow in dataflows:
        for indicator in flow.indicators:
            indicators[indicator.id] = indicator
            wanted.setdefault(indicator.id, set()).update(groupings_of(flow, indicator, names))
    found = []
    for name, dims in wanted.items():
        indicator = indicators[name]
        within = names.index(indicator.within) if indicator.within else -1
        known = sizes[within] - (1 if indicator.of_all else 2) if indicator.within else 0
        found.append(Question(indicator, scores[name], frozenset(dims), within, known))
    return found


def own_dimensions(flow: Dataflow) -> tuple[str, ...]:
    """The dimensions of a dataflow that tell respondents apart."""
    return tuple(d.id for d in flow.dimensions[FIXED_BEFORE : len(flow.dimensions) - FIXED_AFTER])


def size_of(dataflows: Sequence[Dataflow], name: str) -> int:
    """The codes of a dimension with unknown and not applicable, without the total."""
    return next(len(d.codes) for flow in dataflows for d in flow.dimensions if d.id == name) - 1


def positions(column: Codes, size: int) -> Codes:
    """Codes from 0, with unknown and not applicable as the last two, in place of reasons."""
    reasons = np.where(column == Missing.NOT_APPLICABLE, size - 1, size - 2)
    return np.where(column >= 0, column, reasons).astype(np.int32)


def groupings_of(flow: Dataflow, indicator: Indicator, names: Sequence[str]) -> list[Dims]:
    """All crossings of a dataflow's dimensions; of a share those with the one it is within."""
    own = [names.index(name) for name in own_dimensions(flow)]
    every = [tuple(sorted(chosen)) for k in range(len(own) + 1) for chosen in combinations(own, k)]
    if not indicator.within:
        return every
    within = names.index(indicator.within)
    return [dims for dims in every if within in dims]


def cells_of(
    flow: Dataflow,
    period: str,
    names: Sequence[str],
    sizes: Sequence[int],
    scores: Mapping[str, Score],
    answers: Answered,
    tops: dict[tuple[str, Dims], Floats],
    answerer: Ints | None,
) -> Cells:
    """The cells of one dataflow, margins first. `tops` keeps what other dataflows share."""
    keys: list[Codes] = []
    parts: dict[str, list[Any]] = {name: [] for name in PARTS}
    for dims, position in _in_flow(flow, names):
        indicator, grouping = flow.indicators[position], answers.grouping(dims)
        found = answers.found[indicator.id, dims]
        kept = _kept(found, indicator, dims)
        keys.append(keys_of(flow, period, names, sizes, grouping, position, kept))
        if (indicator.id, dims) not in tops:
            tops[indicator.id, dims] = largest(
                scores[indicator.id], grouping, answers.weight, answerer
            )
        parts["largest"].append(tops[indicator.id, dims][kept])
        for name in Estimates.__dataclass_fields__:
            column = getattr(found, name)[kept]
            if name == "moments" and indicator.estimator not in LINEAR:
                column = np.full_like(column, np.nan)  # those of z, and not of the estimate
            parts[name].append(column * indicator.scale if name in SCALED else column)
    arrays: dict[str, Any] = {name: np.concatenate(part) for name, part in parts.items()}
    return Cells(dataflow=flow, key=np.concatenate(keys), **arrays)


def _in_flow(flow: Dataflow, names: Sequence[str]) -> Iterator[tuple[Dims, int]]:
    """Groupings of a dataflow, margins first, each with the positions of its indicators."""
    wanted = [groupings_of(flow, indicator, names) for indicator in flow.indicators]
    for dims in dict.fromkeys(dims for own in wanted for dims in own):
        yield from ((dims, position) for position, own in enumerate(wanted) if dims in own)


def _kept(found: Estimates, indicator: Indicator, dims: Dims) -> Flags:
    """Cells somebody is in, or would be if they had answered; of a share, in its code."""
    if not dims:
        return np.ones(1, dtype=np.bool_)
    someone: Flags = found.cases > 0 if indicator.within else (found.n > 0) | (found.missing > 0)
    return someone


def keys_of(
    flow: Dataflow,
    period: str,
    names: Sequence[str],
    sizes: Sequence[int],
    grouping: Grouping,
    indicator: int,
    kept: Flags,
) -> Codes:
    """Positions in every dimension of the dataflow, shape (kept cells, d)."""
    cells = grouping.ids[kept]
    key = np.zeros((len(cells), len(flow.dimensions)), dtype=np.int32)
    own = [d.id for d in flow.dimensions]
    key[:, 0] = _frequency(flow, period)
    key[:, 2] = indicator
    key[:, -1] = next(i for i, c in enumerate(flow.dimensions[-1].codes) if c.id == period)
    for dim in reversed(grouping.dims):
        key[:, own.index(names[dim])] = cells % sizes[dim] + 1
        cells = cells // sizes[dim]
    return key


def _frequency(flow: Dataflow, period: str) -> int:
    """The position of a period's frequency: figures of years may stand beside those of quarters."""
    codes = [code.id for code in flow.dimensions[0].codes]
    return codes.index("A") if len(codes) > 1 and "-" not in period else 0
