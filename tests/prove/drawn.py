"""The whole invented country, and draws of its survey."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Codes, Ints
from cauce.model.design import Design
from cauce.sources.invented import draw, strata_populations
from cauce.sources.invented.country import SEED
from cauce.sources.invented.known import Known, classes, scores


@dataclass(frozen=True)
class Country:
    """Everyone in one year; `first` and `people` say where the people of each dwelling stand,
    `psu_first` which dwelling is the first of stratum and PSU."""

    classes: dict[str, Codes]
    scores: dict[str, Known]
    first: Ints
    people: Ints
    psu_first: dict[tuple[int, int], int]


def country_of(year: int, dimensions: Sequence[str], indicators: Sequence[str]) -> Country:
    """Everyone in a year, with some dimensions and indicators."""
    own, known, sizes = [], [], []
    psu_first: dict[tuple[int, int], int] = {}
    dwellings = 0
    for stratum, part in enumerate(strata_populations(year)):
        every, score = classes(part), scores(part)
        own.append({name: every[name].astype(np.int8) for name in dimensions})
        known.append({name: score[name] for name in indicators})
        sizes.append(np.bincount(part.people.dwelling))
        last = np.flatnonzero(np.diff(part.people.dwelling, append=-1))
        in_psu = np.bincount(part.people.psu[last])
        for psu, before in enumerate((np.cumsum(in_psu) - in_psu).tolist()):
            psu_first[stratum, psu] = dwellings + before
        dwellings += len(last)
    size = np.concatenate(sizes)
    everyone = {name: np.concatenate([part[name] for part in own]) for name in dimensions}
    joined = {name: join([part[name] for part in known]) for name in indicators}
    return Country(everyone, joined, np.cumsum(size) - size, size, psu_first)


def join(parts: list[Known]) -> Known:
    bases = [part.denominator for part in parts if part.denominator is not None]
    return Known(
        parts[0].estimator,
        parts[0].scale,
        np.concatenate([part.inside for part in parts]),
        np.concatenate([part.numerator for part in parts]),
        np.concatenate(bases) if bases else None,
    )


def sample(country: Country, year: int, number: int) -> tuple[Ints, Design]:
    """The rows of the country that one draw of the survey brings."""
    drawn = draw(SEED, year, f"draw {number}")
    stratum, psu, place = drawn.where
    first = [country.psu_first[key] for key in zip(stratum.tolist(), psu.tolist(), strict=True)]
    at = np.array(first) + place
    count = country.people[at]
    rows = np.repeat(country.first[at] - np.cumsum(count) + count, count) + np.arange(count.sum())
    names, label = np.unique(stratum * 1000 + psu, return_inverse=True)
    parts = (np.repeat(values, count) for values in (stratum, label, drawn.weight))
    labels = tuple(map(str, range(int(stratum.max()) + 1))), tuple(map(str, names.tolist()))
    return rows, Design(*parts, stratum_labels=labels[0], psu_labels=labels[1])
