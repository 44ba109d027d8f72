"""From one classification to another: what was coded by the old one, in the codes of the new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.text import Text

Row = tuple[str, str, float | None]
"""Old code, new code, and the part of the old one that goes there; None if nobody measured it."""
EXACT = 1e-6
"""How far the parts of a code may be from adding up to 1."""

EQUAL_PARTS = Text(
    "The correspondence between the classifications has no weights: each old code is taken to be "
    "split equally among the new ones it touches, as uncertain as if nothing were known.",
    "La correspondencia entre clasificaciones no trae pesos: se supone que cada código anterior se "
    "reparte por igual entre los nuevos que toca, tan incierto como si nada se supiera.",
)


@dataclass(frozen=True)
class Crosswalk:
    """Parts of k old codes that go to each of l new ones.

    `weight` has shape (k, l) and rows that add up to 1. `worth`, shape (k,), is of how many people
    coded twice each row is worth in the variance. `assumed` says that some rows are equal parts
    that nobody measured, which has to be told beside every number (`EQUAL_PARTS`).
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    weight: Floats
    worth: Floats
    assumed: bool


def crosswalk(rows: Iterable[Row], coded_twice: Mapping[str, float] | None = None) -> Crosswalk:
    """The crosswalk of a correspondence table.

    A code without weights gets equal parts, worth as many people as it has new codes: a Dirichlet
    of ones around them. One with weights is worth the people who were coded twice, and without
    their number as little as one that has none.

    Raises:
        BadInput: a pair stands twice, a weight is negative, some new codes of an old one have a
            weight and others none, or the weights of a code do not add up to 1; names the codes.
    """
    parts: dict[str, dict[str, float | None]] = {}
    for old, new, weight in rows:
        if new in parts.setdefault(old, {}):
            raise BadInput(f"The crosswalk has {old} to {new} twice.")
        parts[old][new] = weight
    _check(parts)
    olds, news = sorted(parts), sorted({new for row in parts.values() for new in row})
    matrix = np.zeros((len(olds), len(news)))
    worth = np.array([float(len(parts[old])) for old in olds])
    for k, old in enumerate(olds):
        for new, part in parts[old].items():
            matrix[k, news.index(new)] = 1 / len(parts[old]) if part is None else part
        worth[k] = (coded_twice or {}).get(old, worth[k])
    assumed = any(len(row) > 1 and None in row.values() for row in parts.values())
    return Crosswalk(tuple(olds), tuple(news), matrix, worth, assumed)


def _check(parts: Mapping[str, Mapping[str, float | None]]) -> None:
    for old, row in parts.items():
        given = [part for part in row.values() if part is not None]
        if given and len(given) < len(row):
            raise BadInput(f"The crosswalk gives some of the new codes of {old} a weight, not all.")
        if min(given, default=0.0) < 0:
            raise BadInput(f"The crosswalk has a negative weight for {old}.")
        if given and not abs(sum(given) - 1) <= EXACT:
            raise BadInput(f"The weights of {old} add up to {sum(given):g} and not to 1.")


def shorten(found: Crosswalk, digits: int, size: Mapping[str, float] | None = None) -> Crosswalk:
    """The same crosswalk between the first digits of the codes.

    Args:
        size: employment of the old codes, where it is known by which a short code's long ones are
            weighed; without it each counts the same, which is an assumption like equal parts.

    Raises:
        BadInput: a size is missing, negative, or 0 for all long codes of a short one.
    """
    weight = np.array([1.0 if size is None else size.get(old, np.nan) for old in found.old])
    if count := int((~(weight >= 0)).sum()):
        raise BadInput(f"{count} old codes of the crosswalk have no size, or one below 0.")
    olds = sorted({old[:digits] for old in found.old})
    news = sorted({new[:digits] for new in found.new})
    from_old = np.array([[old[:digits] == one for old in found.old] for one in olds]) * weight
    to_new = np.array([[new[:digits] == one for one in news] for new in found.new], dtype=float)
    total = from_old.sum(axis=1, keepdims=True)
    if not total.all():
        raise BadInput("All old codes of a short one have a size of 0: their parts are unknown.")
    within = from_old / total
    return Crosswalk(
        tuple(olds),
        tuple(news),
        within @ found.weight @ to_new,
        within @ found.worth,
        found.assumed or size is None,
    )


@dataclass(frozen=True)
class Walked:
    """A history in one classification, and what of its errors the crosswalk adds.

    `by_crosswalk` is the standard error that comes from not knowing the parts, shape (w, c), 0 in
    waves that needed no crosswalk. It is the same mistake in every wave of the old classification:
    it moves their levels together and hardly their changes.
    """

    history: History
    by_crosswalk: Floats


def walk(history: History, dimension: str, found: Crosswalk, old: str, new: str) -> Walked:
    """The waves of the old classification in the codes of the new, each where it stands.

    E' = WᵀE; its variance is Σ W² s² from sampling and Σ E² W(1 − W) / (m + 1) from the parts,
    those of a Dirichlet worth m people. A new code that a withheld old one would feed is withheld.
    Converted waves keep a standard of their own, `old>new`: a filter lets their level differ, as
    the parts are never those of this country and year. Classifications may come and go.

    Raises:
        BadInput: no such dimension, no wave of the old classification, or a published code that
            the crosswalk does not have: names it.

    Source: domain page outlook, section 4.2.
    """
    if dimension not in history.dimensions:
        raise BadInput(f"The history has no dimension {dimension}.")
    waves = np.array([name == old for name in history.standards], dtype=bool)
    if not waves.any():
        raise BadInput(f"No wave of the history is coded by {old}.")
    at = history.dimensions.index(dimension)
    _check_codes(history, at, waves, found)
    cells, ways = _between(history, at, found)
    wide = _wide(history, cells)
    value, sampling, by_parts, count = _converted(history, waves, ways, len(cells))
    every = np.zeros(wide.value.shape)
    every[waves] = np.sqrt(by_parts)
    value = _put(wide.value, waves, value)
    stays = np.array([cell[at] in found.new for cell in cells]) | np.isfinite(value).any(axis=0)
    walked = replace(
        history,
        cells=tuple(cell for cell, there in zip(cells, stays, strict=True) if there),
        value=value[:, stays],
        se=_put(wide.se, waves, np.sqrt(sampling + by_parts))[:, stays],
        n=_put(wide.n.astype(np.float64), waves, count).astype(np.int32)[:, stays],
        standards=tuple(f"{old}>{new}" if one == old else one for one in history.standards),
    )
    return Walked(walked, every[:, stays])


def _put(into: Floats, waves: Flags, numbers: Floats) -> Floats:
    changed = into.copy()
    changed[waves] = numbers
    return changed


def _check_codes(history: History, at: int, waves: Flags, found: Crosswalk) -> None:
    used = np.flatnonzero(np.isfinite(history.value[waves]).any(axis=0))
    if lost := sorted({history.cells[cell][at] for cell in used} - set(found.old)):
        raise BadInput(f"The crosswalk has no row for {', '.join(lost)}: add where these codes go.")


@dataclass(frozen=True)
class Ways:
    """From which old cell to which new one people go, f ways: their part and its variance, (f,)."""

    source: Ints
    target: Ints
    part: Floats
    unsure: Floats

    def into(self, numbers: Floats, cells: int) -> Floats:
        """What goes each way, shape (w, f), added up where it arrives, shape (w, c)."""
        arrived = np.zeros((cells, len(numbers)))
        np.add.at(arrived, self.target, numbers.T)
        return arrived.T


def _between(
    history: History, at: int, found: Crosswalk
) -> tuple[tuple[tuple[str, ...], ...], Ways]:
    """All cells there will be, those of the history first, and the ways between them."""

    def moved(cell: tuple[str, ...], code: str) -> tuple[str, ...]:
        return (*cell[:at], code, *cell[at + 1 :])

    rows = {code: k for k, code in enumerate(found.old)}
    fed = [
        (source, moved(cell, found.new[to]), rows[cell[at]], int(to))
        for source, cell in enumerate(history.cells)
        if cell[at] in rows
        for to in np.flatnonzero(found.weight[rows[cell[at]]])
    ]
    cells = tuple(dict.fromkeys((*history.cells, *sorted(cell for _, cell, _, _ in fed))))
    places = {cell: place for place, cell in enumerate(cells)}
    source = np.array([one[0] for one in fed], dtype=np.int64)
    target = np.array([places[one[1]] for one in fed], dtype=np.int64)
    row = np.array([one[2] for one in fed], dtype=np.int64)
    part = found.weight[row, np.array([one[3] for one in fed], dtype=np.int64)]
    return cells, Ways(source, target, part, part * (1 - part) / (found.worth[row] + 1))


def _wide(history: History, cells: tuple[tuple[str, ...], ...]) -> History:
    """The history with a place for every cell, missing where it had none."""
    more = len(cells) - len(history.cells)
    return replace(
        history,
        cells=cells,
        value=np.pad(history.value, ((0, 0), (0, more)), constant_values=np.nan),
        se=np.pad(history.se, ((0, 0), (0, more)), constant_values=np.nan),
        n=np.pad(history.n, ((0, 0), (0, more)), constant_values=-1),
    )


def _converted(
    history: History, waves: Flags, ways: Ways, cells: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Value, variance from sampling and from the parts, and respondents of the waves, (w, c).

    An old cell that no old wave has was not used then, and feeds nothing.
    """
    used = np.asarray(np.isfinite(history.value[waves]).any(axis=0))[ways.source]
    taken = Ways(ways.source[used], ways.target[used], ways.part[used], ways.unsure[used])
    value, se = history.value[waves][:, taken.source], history.se[waves][:, taken.source]
    n = history.n[waves][:, taken.source].astype(np.float64)

    def arrives(numbers: Floats, missing: Flags) -> Floats:
        """What arrives in each cell; NaN where nothing does or a part of it is missing."""
        ever = taken.into(np.ones_like(numbers), cells) > 0
        lacks = taken.into(missing.astype(np.float64), cells) > 0
        return np.where(ever & ~lacks, taken.into(np.where(missing, 0.0, numbers), cells), np.nan)

    no_value, no_error = np.isnan(value), np.isnan(value) | np.isnan(se)
    count = arrives(n * taken.part, no_value | (n < 0))
    return (
        arrives(value * taken.part, no_value),
        arrives((se * taken.part) ** 2, no_error),
        arrives(value**2 * taken.unsure, no_error),
        np.where(np.isnan(count), -1.0, np.round(count)),
    )
