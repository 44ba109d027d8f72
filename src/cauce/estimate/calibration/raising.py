"""A wave with the weights its figures are made with: raised as the pack says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from cauce.estimate.calibration.silence import for_the_silent
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import calibrate
from cauce.model.arrays import Codes, Ints
from cauce.model.auxiliary import Auxiliary
from cauce.model.calibration import Calibration, CalibrationMargin, Nonresponse
from cauce.model.errors import BadInput
from cauce.model.pack import Dictionary, Pack
from cauce.model.raised import Raised
from cauce.model.rule import rule_in
from cauce.model.sample import Sample
from cauce.model.validation import Weighed

DIGITS = 3
"""So many digits of a factor are told."""


def raised(sample: Sample, pack: Pack) -> Sample:
    """The sample with weights raised for the silent, then to the official totals of its period.

    The sums of weights that [[margin]] compares are those after it; `wave.weighted` was compared
    with the file's own.

    Raises:
        BadInput: totals no weights can meet, or a cell in which nobody answered.
        MethodFailed: no solution is found, or a weight would be negative.
    """
    if pack.nonresponse is None and pack.calibration is None:
        return sample
    facts = Raised()
    if pack.nonresponse is not None:
        sample, facts = _answered(sample, pack.nonresponse, pack.dictionary)
    if pack.calibration is not None:
        sample, facts = _calibrated(sample, pack.calibration, pack.dictionary, facts)
    weighed = tuple(_weighed(sample, pack))
    return replace(sample, raised=facts, findings=replace(sample.findings, weighed=weighed))


def _answered(sample: Sample, how: Nonresponse, dictionary: Dictionary) -> tuple[Sample, Raised]:
    known, design = sample.auxiliary, sample.design
    if design.replication is not None:
        raise BadInput(
            "[nonresponse] and [design.replicates] do not go together: replicate weights hold the "
            "office's own factors for those who did not answer, and the weight should, too."
        )
    cells = {name: (known.codes[name], len(_codes(name, dictionary))) for name in how.cells}
    found = for_the_silent(design.weight, known.ended, cells)
    facts = Raised(found.asked, found.answered, _told(found.factors))
    return replace(sample, design=replace(design, weight=found.weight)), facts


def _calibrated(
    sample: Sample, how: Calibration, dictionary: Dictionary, facts: Raised
) -> tuple[Sample, Raised]:
    known = sample.auxiliary
    own = [margin for margin in how.margins if margin.period == sample.period]
    people = len(sample.design.weight)
    targets = [target_of(margin, known, dictionary, people) for margin in own]
    found = calibrate(sample.design, targets, how.distance, known.household)
    factors = found.factor[found.design.weight > 0]
    facts = replace(
        facts,
        method=how.distance.method,
        margins=tuple((_crossed(margin), margin.source) for margin in own),
        totals=found.margins,
        factors=_told((float(factors.min()), float(factors.max()))),
    )
    return replace(sample, design=found.design), facts


def target_of(
    margin: CalibrationMargin, known: Auxiliary, dictionary: Dictionary, people: int
) -> Target:
    """The official totals of a margin with everybody's codes and amounts."""
    codes = [_codes(name, dictionary) for name in margin.variables]
    columns = [known.codes[name] for name in margin.variables]
    place, labels = crossed(columns, codes, people)
    totals = np.full(prod(len(own) for own in codes), np.nan)
    for of, total in margin.totals.items():
        at = 0
        for code, own in zip(of, codes, strict=True):
            at = at * len(own) + own.index(code)
        totals[at] = total
    amount = known.amounts[margin.amount] if margin.amount else None
    name = f"{rule_in(margin.name, 'en')} ({_crossed(margin)})"
    return Target(name, place, labels, totals, amount)


def crossed(
    columns: Sequence[Codes | Ints],
    codes: Sequence[Sequence[str]],
    people: int,
    between: str = " ",
) -> tuple[Ints, tuple[str, ...]]:
    """The place of everybody's combination of codes, -1 where one is not known, and their labels.

    Of no columns there is one combination, which has no label.
    """
    place = np.zeros(people, dtype=np.int64)
    labels = [""]
    for column, own in zip(columns, codes, strict=True):
        lost = (place < 0) | (column < 0)
        place = np.where(lost, -1, place * len(own) + column)
        labels = [f"{one}{between}{code}" if one else code for one in labels for code in own]
    return place, tuple(labels)


def _codes(name: str, dictionary: Dictionary) -> tuple[str, ...]:
    codelist = dictionary.codelists[dictionary.variables[name].codelist]
    return tuple(code.id for code in codelist.codes)


def _crossed(margin: CalibrationMargin) -> str:
    """A margin by its variables: SEX × AGE5, or T of everyone; of an amount, that first."""
    return " × ".join((*((margin.amount,) if margin.amount else ()), *margin.variables)) or "T"


def _told(ends: tuple[float, float]) -> tuple[float, float]:
    low, high = (float(f"{end:.{DIGITS}g}") for end in ends)
    return low, high


def _weighed(sample: Sample, pack: Pack) -> Iterator[Weighed]:
    """The sums of raised weights by the codes of every [[margin]]."""
    weight = sample.design.weight
    for name in dict.fromkeys(margin.variable for margin in pack.margins):
        if not name:
            yield Weighed("", "", float(weight.sum()), int((weight > 0).sum()))
            continue
        codes = sample.auxiliary.codes[name]
        labels = _codes(name, pack.dictionary)
        there = codes >= 0
        sums = np.bincount(codes[there], weight[there], len(labels))
        people = np.bincount(codes[there & (weight > 0)], minlength=len(labels))
        for at in np.flatnonzero(people).tolist():
            yield Weighed(name, labels[at], float(sums[at]), int(people[at]))
