"""Released observations as histories: only what may be said, and nothing put in its place."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.codelist import NOT_APPLICABLE, TOTAL, Code
from cauce.model.dataflow import PROJECTED, Dataflow, Dimension
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.observation import ConfStatus, Observations
from cauce.model.projected import Base
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.pipeline.outlook.pack import Wanted
from cauce.publish import span
from cauce.store import NotPublished, Snapshot, Withdrawn

LEFT_OUT = (TOTAL, NOT_APPLICABLE)
"""Ints that are no cell: the sum of the others, and those who cannot be in any."""


@dataclass(frozen=True)
class Read:
    """A history, the dimensions its cells are by, and the released vintage it is of.

    `total` is the history of their sum, as it was published and not added up. `earlier` are tables
    whose waves were joined, `said` what was assumed to join them.
    """

    wanted: Wanted
    history: History
    total: History
    dimensions: tuple[Dimension, ...]
    manifest: Manifest
    base: Base
    earlier: tuple["Read", ...] = ()
    said: tuple[Text, ...] = ()

    @property
    def flow(self) -> Dataflow:
        return self.manifest.dataflow

    @property
    def scale(self) -> float:
        """What a share was multiplied by when it was published: 100 where it is in per cent."""
        return next(one.scale for one in self.flow.indicators if one.id == self.wanted.indicator)


def read_history(snapshot: Snapshot, wanted: Wanted, vintage: str | None = None) -> Read | None:
    """What the store has of it, in the current vintage if none is named; None where nothing is.

    Raises:
        BadInput: the table is a projection, or lacks the indicator, a dimension or a code.
    """
    try:
        manifest = snapshot.manifest(wanted.flow, vintage)
    except (NotPublished, Withdrawn):
        return None
    flow = manifest.dataflow
    if flow.method.var_method == PROJECTED:
        raise _fault(wanted, f"{flow.id} is a projection: an outlook starts from observations.")
    observations = snapshot.observations(flow.id, vintage)
    rows = _rows(observations, wanted)
    own = tuple(_dimension(flow, name, wanted) for name in wanted.over)
    standard = _standard(flow)
    cells = tuple(_cells(observations, own, rows))
    return Read(
        wanted,
        _history(observations, own, cells, standard),
        _history(observations, own, [_whole(observations, own, rows)], standard),
        own,
        manifest,
        Base(flow.id, manifest.vintage, _sha256(snapshot, manifest), len(rows)),
    )


def _sha256(snapshot: Snapshot, manifest: Manifest) -> str:
    return snapshot.catalog.manifests[f"{manifest.dataflow.id}/{manifest.vintage}"]


@dataclass(frozen=True)
class _Cell:
    """The codes of a cell and its row in each wave, -1 where a wave lacks it."""

    codes: tuple[str, ...]
    rows: Ints


def _fault(wanted: Wanted, words: str) -> BadInput:
    return BadInput(f"{wanted.place.file}, line {wanted.place.line}: [from.{wanted.name}] {words}")


def _dimension(flow: Dataflow, name: str, wanted: Wanted) -> Dimension:
    found = next((d for d in flow.dimensions if d.id == name), None)
    if found is None:
        has = ", ".join(d.id for d in flow.dimensions)
        raise _fault(wanted, f"{flow.id} has no dimension {name}. It has: {has}.")
    return found


def _rows(observations: Observations, wanted: Wanted) -> Ints:
    """The rows of the indicator, with dimensions nobody asked for at their total or as told."""
    flow = observations.dataflow
    fixed = {"INDICATOR": wanted.indicator, **wanted.at}
    fits: Flags = np.ones(len(observations.value), dtype=bool)
    for name in fixed:
        _dimension(flow, name, wanted)
    for j, dimension in enumerate(flow.dimensions[:-1]):
        codes = [code.id for code in dimension.codes]
        asked = fixed.get(dimension.id, TOTAL if TOTAL in codes else codes[0])
        if dimension.id in wanted.over:
            continue
        if asked not in codes or (dimension.id not in fixed and asked != TOTAL and len(codes) > 1):
            raise _fault(wanted, f"{flow.id} has no {asked} in {dimension.id}: name one in `at`.")
        fits &= observations.key[:, j] == codes.index(asked)
    found: Ints = np.flatnonzero(fits)
    return found


def _at(observations: Observations, own: tuple[Dimension, ...]) -> list[int]:
    ids = [d.id for d in observations.dataflow.dimensions]
    return [ids.index(d.id) for d in own]


def _waves(observations: Observations) -> int:
    return len(observations.dataflow.dimensions[-1].codes)


def _cells(observations: Observations, own: tuple[Dimension, ...], rows: Ints) -> Iterator[_Cell]:
    """Every combination of codes that any wave has, in the order of the codes."""
    found: dict[tuple[int, ...], Ints] = {}
    at, waves = _at(observations, own), _waves(observations)
    for row in rows.tolist():
        key = tuple(observations.key[row, at].tolist())
        if any(_code(own, j, k).id in LEFT_OUT for j, k in enumerate(key)):
            continue
        one = found.setdefault(key, np.full(waves, -1, dtype=np.int64))
        one[observations.key[row, -1]] = row
    for key in sorted(found):
        yield _Cell(tuple(_code(own, j, k).id for j, k in enumerate(key)), found[key])


def _code(own: tuple[Dimension, ...], j: int, k: int) -> Code:
    return own[j].codes[k]


def _whole(observations: Observations, own: tuple[Dimension, ...], rows: Ints) -> _Cell:
    """The published total of every wave."""
    at, found = _at(observations, own), np.full(_waves(observations), -1, dtype=np.int64)
    totals = [next((i for i, c in enumerate(d.codes) if c.id == TOTAL), -1) for d in own]
    for row in rows.tolist():
        if observations.key[row, at].tolist() == totals:
            found[observations.key[row, -1]] = row
    return _Cell((TOTAL,) * len(own), found)


def _history(
    observations: Observations,
    own: tuple[Dimension, ...],
    cells: tuple[_Cell, ...] | list[_Cell],
    standard: str,
) -> History:
    periods = observations.dataflow.dimensions[-1].codes
    at = np.array([cell.rows for cell in cells], dtype=np.int64).reshape(len(cells), len(periods))
    years = np.array([_year(code.id) for code in periods])
    order = np.argsort(years, kind="stable")
    free = np.array([each is ConfStatus.FREE for each in observations.conf_status], dtype=bool)

    def told(numbers: Floats) -> Floats:
        return np.where((at >= 0) & free[at], numbers[at], np.nan).T[order]

    n = np.where((at >= 0) & free[at], observations.n[at], -1).T[order]
    seen = ~np.isnan(told(observations.value)).all(axis=1)
    return History(
        dimensions=tuple(d.id for d in own),
        cells=tuple(cell.codes for cell in cells),
        years=years[order][seen],
        value=told(observations.value)[seen],
        se=told(observations.se)[seen],
        n=n[seen].astype(np.int32),
        standards=(standard,) * int(seen.sum()),
        complete=all(d.additive for d in own),
    )


def _year(period: str) -> float:
    """The beginning of a period in years: 2025 is 2025.0 and 2020-07 is 2020.5."""
    first, _ = span(period)
    return first.year + (first.month - 1) / 12


def _standard(flow: Dataflow) -> str:
    """The classification of the cells, as the table's method names it."""
    ids = {d.id for d in flow.dimensions}
    isco = f"ISCO-{flow.method.isco}" if flow.method.isco and ids & {"OCU", "OC2"} else ""
    isic = f"ISIC-{flow.method.isic}" if flow.method.isic and ids & {"ECO", "EC2"} else ""
    return " ".join(filter(None, (isco, isic)))
