"""Batches written down as they are first read, so that a recipe runs once: see ADR 0071."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from cauce.model.arrays import Codes, Floats
from cauce.model.sample import Score
from cauce.model.stream import Batch

Numbers = NDArray[Any]
NARROW = (np.int8, np.int16, np.int32)
DRAWN = ("stratum", "psu", "weight", "row")
NOBODY, NOTHING = np.empty(0, dtype=np.bool_), np.empty(0)
SCORED = ("inside", "numerator", "denominator", "missing_rows", "first", "second", "across")


@dataclass(frozen=True)
class Place:
    """Where an array of a batch lies in the file: from which byte, and as what it is there."""

    at: int
    kept: np.dtype[Any]
    true: np.dtype[Any]


@dataclass(frozen=True)
class Page:
    """Where the arrays of one batch lie, by name, and what else its scores say."""

    rows: int
    places: dict[str, Place]
    variables: tuple[str, ...]
    scores: tuple[Score, ...]


class Spool:
    """A wave's batches in one file, each array as narrow as loses no bit.

    Memory goes with the number of batches, not with their rows. The file has the rights of the
    folder, whose maker removes it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pages: list[Page] = []
        self.whole = False

    def keep(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """The same batches, written down; they are all there once the last was asked for."""
        self._pages, pages = [], []
        with self._path.open("wb") as file:
            for batch in batches:
                pages.append(written(file, batch))
                yield batch
        self._pages, self.whole = pages, True

    def batches(self) -> Iterator[Batch]:
        """The batches as they were, to the last bit."""
        with self._path.open("rb") as file:
            for page in self._pages:
                yield read(file, page)

    def weights(self) -> Iterator[Floats]:
        """The weights alone."""
        with self._path.open("rb") as file:
            for page in self._pages:
                yield widened(file, page.places["weight"], page.rows)


def written(file: BinaryIO, batch: Batch) -> Page:
    """Write a batch at the end of a file; what its scores share is written once."""
    at: dict[int, Place] = {}
    places = {}
    for name, array in arrays_of(batch).items():
        if id(array) not in at:
            kept = narrowed(array)
            at[id(array)] = Place(file.tell(), kept.dtype, array.dtype)
            file.write(kept.tobytes())
        places[name] = at[id(array)]
    bare = tuple(bare_of(score) for score in batch.scores)
    return Page(len(batch.weight), places, tuple(batch.columns), bare)


def bare_of(score: Score) -> Score:
    """A score without respondents."""
    return Score(
        indicator=score.indicator,
        inside=NOBODY,
        numerator=NOTHING,
        denominator=None,
        missing=score.missing,
        magnitude=score.magnitude,
        estimator=score.estimator,
    )


def arrays_of(batch: Batch) -> dict[str, Numbers]:
    """All arrays of a batch, by name."""
    found = {name: getattr(batch, name) for name in DRAWN}
    found |= {f"d:{variable}": codes for variable, codes in batch.columns.items()}
    for number, score in enumerate(batch.scores):
        own = {name: getattr(score, name) for name in SCORED}
        own |= {f"factor {at}": codes for at, codes in enumerate(score.factors)}
        found |= {f"{name}:{number}": array for name, array in own.items() if array is not None}
    return found


def read(file: BinaryIO, page: Page) -> Batch:
    """A batch that was written; its scores share what they shared."""
    at = {place: widened(file, place, page.rows) for place in dict.fromkeys(page.places.values())}
    found = {name: at[place] for name, place in page.places.items()}
    return Batch(
        **{name: found[name] for name in DRAWN},
        columns={variable: found[f"d:{variable}"] for variable in page.variables},
        scores=tuple(_score(one, number, found) for number, one in enumerate(page.scores)),
    )


def _score(bare: Score, number: int, found: dict[str, Numbers]) -> Score:
    own: dict[str, Any] = {name: found.get(f"{name}:{number}") for name in SCORED}
    factors: list[Codes] = []
    while (codes := found.get(f"factor {len(factors)}:{number}")) is not None:
        factors.append(codes)
    return replace(bare, **own, factors=tuple(factors))


def narrowed(array: Numbers) -> Numbers:
    """The same numbers in fewer bytes if none of them loses a bit by it; flags as bits."""
    if array.dtype == np.bool_:
        return np.packbits(array)
    whole = array
    if array.dtype == np.float64:
        with np.errstate(invalid="ignore"):
            whole = array.astype(np.int32)
        if not np.array_equal(whole.astype(np.float64).view(np.int64), array.view(np.int64)):
            return array
    if not len(whole):
        return array
    least, most = int(whole.min()), int(whole.max())
    fit = (kind for kind in NARROW if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)
    return whole.astype(next(fit, whole.dtype), copy=False)


def widened(file: BinaryIO, place: Place, rows: int) -> Numbers:
    """An array of a batch as it was before it was narrowed; shape (rows,)."""
    file.seek(place.at)
    flags = place.true == np.bool_
    kept = np.fromfile(file, place.kept, -(-rows // 8) if flags else rows)
    if flags:
        return np.unpackbits(kept, count=rows).view(np.bool_)
    return kept.astype(place.true, copy=False)
