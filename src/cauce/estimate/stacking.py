"""Waves put together: PSUs matched by the file's labels, quarters pooled into a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from cauce.estimate.labels import numbered
from cauce.estimate.regression import stacked
from cauce.estimate.replicated_waves import refuse_waves
from cauce.model.arrays import Floats, Ints
from cauce.model.design import Design, Stage
from cauce.model.errors import BadInput
from cauce.model.sample import Sample, Score

Label: TypeAlias = tuple[str, str]

SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


@dataclass(frozen=True)
class Matched:
    """Stratum and PSU of every respondent of each wave, and what their numbers are called.

    Numbers are the same where labels are the same; of a further stage, its units are the PSUs.
    """

    strata: tuple[Ints, ...]
    psus: tuple[Ints, ...]
    stratum_labels: tuple[str, ...]
    psu_labels: tuple[Label, ...]


def matched(designs: Sequence[Design]) -> Matched:
    """The strata and PSUs of several waves, numbered alike.

    Raises:
        BadInput: a design does not hold the labels of its file.
    """
    strata: dict[str, int] = {}
    psus: dict[Label, int] = {}
    found: tuple[list[Ints], list[Ints]] = [], []
    for design in designs:
        if not design.stratum_labels or not design.psu_labels:
            raise BadInput(
                "A wave's design has no labels of strata and PSUs, so that PSUs cannot be matched. "
                "Make it with design_from_labels."
            )
        stratum = np.array([strata.setdefault(s, len(strata)) for s in design.stratum_labels])
        home = np.zeros(len(design.psu_labels), dtype=np.int64)
        home[design.psu] = design.stratum
        names = [design.stratum_labels[h] for h in home.tolist()]
        labels = zip(names, design.psu_labels, strict=True)
        psu = [psus.setdefault(label, len(psus)) for label in labels]
        found[0].append(stratum[design.stratum])
        found[1].append(np.array(psu)[design.psu])
    return Matched(tuple(found[0]), tuple(found[1]), tuple(strata), tuple(psus))


def matched_within(parents: Sequence[Ints], stages: Sequence[Stage]) -> Matched:
    """Strata and units of a further stage of several waves, numbered alike.

    Args:
        parents: the unit of the stage before of every respondent of each wave, numbered alike.
    """
    strata, stratum_labels = _alike(
        parents, [stage.stratum for stage in stages], [stage.stratum_labels for stage in stages]
    )
    units, unit_labels = _alike(
        strata, [stage.unit for stage in stages], [stage.unit_labels for stage in stages]
    )
    return Matched(strata, units, stratum_labels, tuple(("", label) for label in unit_labels))


def _alike(
    parents: Sequence[Ints], numbers: Sequence[Ints], labels: Sequence[tuple[str, ...]]
) -> tuple[tuple[Ints, ...], tuple[str, ...]]:
    """Numbers for what lies in the same parent and is called the same, and what that is."""
    names, code = np.unique(np.array([name for own in labels for name in own]), return_inverse=True)
    ends = np.cumsum([len(own) for own in labels])
    of = [part[own] for part, own in zip(np.split(code, ends[:-1]), numbers, strict=True)]
    every = np.concatenate(of)
    number, first = numbered(np.concatenate(parents), every.astype(np.int64))
    borders = np.cumsum([len(own) for own in numbers])[:-1]
    return tuple(np.split(number, borders)), tuple(names[every[first]].tolist())


def pooled(samples: Sequence[Sample], period: str) -> Sample:
    """The waves of a year as one sample: weights divided by their number, PSUs of all as clusters.

    A total is then the mean of the waves' totals. A PSU that is visited in several waves is one
    cluster, so that what it repeats is not counted as new: the error is that of a year. PSUs are
    compared with those of their stratum that were in the same waves: one that was in half of them
    brings half as much to a total, which says nothing of how PSUs differ.

    Raises:
        BadInput: the waves do not have the same indicators and dimensions.
        MethodFailed: a wave has replicate weights of its office.
    """
    refuse_waves([sample.design for sample in samples], "how the waves of a year move together")
    first = samples[0]
    ours = [score.indicator for score in first.scores]
    for other in samples[1:]:
        if [s.indicator for s in other.scores] != ours or set(other.columns) != set(first.columns):
            raise BadInput(
                f"Waves {first.period} and {other.period} do not have the same indicators and "
                "dimensions, so that they cannot be pooled."
            )
    places = matched([sample.design for sample in samples])
    stratum, psu = np.concatenate(places.strata), np.concatenate(places.psus)
    weight = np.concatenate([sample.design.weight for sample in samples]) / len(samples)
    layer, part = by_waves(places)
    population = _population([sample.design.population_psus for sample in samples], stratum, psu)
    design = Design(
        layer,
        psu,
        weight,
        None if population is None else population * part,
        first.design.single_psu,
        # By these a PSU is known again in another year, whatever waves it was in.
        stratum_labels=tuple(places.stratum_labels[at] for at in _strata_of(layer, stratum)),
        psu_labels=tuple(label for _, label in places.psu_labels),
        unit=first.design.unit,
        stages=_stages([sample.design for sample in samples], places),
        replication=first.design.replication,
        residuals=stacked(
            [(sample.design.residuals, len(sample.design.weight)) for sample in samples],
            scale=len(samples),
        ),
    )
    names = first.columns
    return Sample(
        period=period,
        design=design,
        columns={name: np.concatenate([s.columns[name] for s in samples]) for name in names},
        scores=tuple(_joined([s.scores[at] for s in samples]) for at in range(len(ours))),
        reasons=_counted(samples),
    )


def _stages(designs: Sequence[Design], places: Matched) -> tuple[Stage, ...]:
    """The further stages of waves put together, each as the first: by the waves units were in."""
    found = []
    for waves in zip(*(design.stages for design in designs), strict=True):
        places = matched_within(places.psus, waves)
        stratum, unit = np.concatenate(places.strata), np.concatenate(places.psus)
        layer, part = by_waves(places)
        population = _population([wave.population for wave in waves], stratum, unit)
        found.append(
            Stage(
                layer,
                unit,
                np.full(len(unit), np.inf) if population is None else population * part,
                tuple(places.stratum_labels[at] for at in _strata_of(layer, stratum)),
                tuple(label for _, label in places.psu_labels),
            )
        )
    return tuple(found)


def _strata_of(layer: Ints, stratum: Ints) -> Iterable[int]:
    """The stratum each layer is part of."""
    _, first = np.unique(layer, return_index=True)
    return map(int, stratum[first])


def by_waves(places: Matched) -> tuple[Ints, Floats]:
    """Of every respondent the stratum's PSUs that were in the same waves, and their part of it.

    One that is alone in its waves is put with the most numerous of its stratum.
    """
    stratum, psu = np.concatenate(places.strata), np.concatenate(places.psus)
    waves = np.zeros(int(psu.max()) + 1, dtype=np.int64)
    home = np.zeros_like(waves)
    for number, (own, units) in enumerate(zip(places.strata, places.psus, strict=True)):
        waves[np.unique(units)] += 2**number
        home[units] = own
    known = np.flatnonzero(waves)
    pairs, group = np.unique(
        np.stack([home[known], waves[known]], axis=1), axis=0, return_inverse=True
    )
    group = group.reshape(-1)
    many = np.bincount(group)
    target = np.arange(len(pairs))
    alone_in = np.flatnonzero(many == 1)
    starts, ends = (np.searchsorted(pairs[:, 0], pairs[alone_in, 0], side) for side in SIDES)
    for alone, start, end in zip(alone_in, starts, ends, strict=True):
        beside = np.arange(start, end)
        target[alone] = beside[np.argmax(many[beside])]
    layer = np.zeros_like(waves)
    layer[known] = target[group]
    of_layer = np.bincount(layer[known], minlength=len(pairs))
    of_stratum = np.bincount(home[known])
    _, compact = np.unique(layer[psu], return_inverse=True)
    part: Floats = of_layer[layer[psu]] / of_stratum[stratum]
    return compact.astype(np.int64), part


def _population(parts: Sequence[Floats | None], stratum: Ints, psu: Ints) -> Floats | None:
    """PSUs in the population of each stratum: the most any wave says, and no fewer than sampled."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    most = np.zeros(int(stratum.max()) + 1)
    np.maximum.at(most, stratum, np.concatenate(known))
    _, first = np.unique(psu, return_index=True)
    sampled = np.bincount(stratum[first], minlength=len(most))
    return np.asarray(np.maximum(most, sampled)[stratum], dtype=np.float64)


def _joined(parts: Sequence[Score]) -> Score:
    """One score over the respondents of all waves."""
    first = parts[0]

    def of(name: str) -> np.ndarray | None:
        held = [getattr(part, name) for part in parts]
        if all(one is None for one in held):
            return None
        nobody = [np.zeros(len(part.inside), dtype=np.bool_) for part in parts]
        return np.concatenate(
            [blank if one is None else one for one, blank in zip(held, nobody, strict=True)]
        )

    return replace(
        first,
        inside=np.concatenate([part.inside for part in parts]),
        numerator=np.concatenate([part.numerator for part in parts]),
        denominator=of("denominator"),
        missing=sum(part.missing for part in parts),
        missing_rows=of("missing_rows"),
        first=of("first"),
        second=of("second"),
        factors=tuple(
            np.concatenate(codes) for codes in zip(*(p.factors for p in parts), strict=True)
        ),
        across=of("across"),
    )


def _counted(samples: Sequence[Sample]) -> dict[str, dict[str, int]]:
    """How many respondents of all waves miss each variable, by reason."""
    first = samples[0].reasons
    return {
        variable: {why: sum(s.reasons[variable][why] for s in samples) for why in counts}
        for variable, counts in first.items()
    }
