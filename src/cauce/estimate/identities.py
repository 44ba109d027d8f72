"""What must hold between the figures of a release, held against its cells.

Source: the rules the ILO checks its own database by; `packs/region/identities.toml` declares them.
That a total is the sum of its classes, unknown and not applicable among them, needs no declaration.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.catalogue import HOME, OTHERS, Nesting
from cauce.model.cell import Cells
from cauce.model.dataflow import Dimension
from cauce.model.pack import Dictionary

CLOSE = 1e-6
"""How far apart two sums of the same weights may be, as a share: they are added in other orders."""
INDICATOR = 2


def broken(cells: Sequence[Cells], dictionary: Dictionary, home: str) -> tuple[str, ...]:
    """What does not hold in the cells of a release, each in one sentence; nothing if all does.

    Totals of people only, and only where nobody's answer is missing: whom the survey could not
    place counts in no part, and the difference is then theirs.

    Args:
        home: the country of the survey.
    """
    found = []
    for one in cells:
        found += list(_sums_of_classes(one))
        found += list(_sums_of_indicators(one, dictionary))
    found += list(_sums_of_finer(cells, dictionary, home))
    return tuple(found)


def _sums_of_classes(cells: Cells) -> Iterator[str]:
    """T = the sum of all classes, unknown and not applicable among them, in every dimension."""
    totals = [i for i, one in enumerate(cells.dataflow.indicators) if one.estimator == "total"]
    rows: Flags = np.isin(cells.key[:, INDICATOR], totals)
    # A cell in which nobody answered has no value, and adds nothing.
    key, value = cells.key[rows], np.where(cells.n[rows] == 0, 0.0, cells.value[rows])
    for at, dimension in enumerate(cells.dataflow.dimensions):
        if dimension.additive:
            total, parts = _folded(key, value, at)
            wrong = int((~np.isclose(total, parts, rtol=CLOSE, atol=CLOSE)).sum())
            if wrong:
                yield (
                    f"{cells.dataflow.id}: in {wrong:,} cells the total of {dimension.id} is not "
                    "the sum of its classes."
                )


def _folded(key: Codes, value: Floats, at: int) -> tuple[Floats, Floats]:
    """Of every cell at the total of a dimension: its value, and the sum over the classes."""
    rest = np.delete(key, at, axis=1)
    _, group = np.unique(rest, axis=0, return_inverse=True)
    group = group.reshape(-1)
    top = key[:, at] == 0
    size = int(group.max()) + 1 if len(group) else 0
    sums = (np.bincount(group[rows], value[rows], size) for rows in (top, ~top))
    total, parts = (np.asarray(one, dtype=np.float64) for one in sums)
    return total, parts


def _sums_of_indicators(cells: Cells, dictionary: Dictionary) -> Iterator[str]:
    """Declared identities between the indicators of one dataflow."""
    places = {indicator.id: at for at, indicator in enumerate(cells.dataflow.indicators)}
    for identity in dictionary.identities:
        names = (identity.total, *identity.parts)
        if not all(name in places for name in names):
            continue
        of = [_of_indicator(cells, places[name]) for name in names]
        wrong = 0
        for key, (total, missing) in of[0].items():
            parts = [part.get(key, (0.0, 0)) for part in of[1:]]
            if missing or any(lost for _, lost in parts):
                continue
            wrong += not np.isclose(total, sum(v for v, _ in parts), rtol=CLOSE, atol=CLOSE)
        if wrong:
            yield (
                f"{cells.dataflow.id}: in {wrong:,} cells {identity.total} is not "
                f"{' + '.join(identity.parts)}. {identity.says.en}"
            )


def _of_indicator(cells: Cells, at: int) -> dict[tuple[int, ...], tuple[float, int]]:
    """Value and missing answers of an indicator by the key of the cell without it."""
    rows = np.flatnonzero(cells.key[:, INDICATOR] == at)
    keys = np.delete(cells.key[rows], INDICATOR, axis=1).tolist()
    values, missing = cells.value[rows].tolist(), cells.missing[rows].tolist()
    return {tuple(k): (v, m) for k, v, m in zip(keys, values, missing, strict=True)}


def _sums_of_finer(cells: Sequence[Cells], dictionary: Dictionary, home: str) -> Iterator[str]:
    """Declared nestings, of each total where nothing else is broken down, across dataflows."""
    names = {v.stands_for: v.id for v in dictionary.variables.values() if v.stands_for}
    for nesting in dictionary.nestings:
        coarse = _margins(cells, names.get(nesting.coarse, nesting.coarse))
        fine = _margins(cells, names.get(nesting.fine, nesting.fine))
        for which in sorted(set(coarse) & set(fine)):
            for code, parts in _expected(nesting, fine[which], home).items():
                value = coarse[which].get(code, 0.0)
                total = sum(fine[which].get(part, 0.0) for part in parts)
                if not np.isclose(value, total, rtol=CLOSE, atol=CLOSE):
                    yield (
                        f"{which[0]} of {which[1]}: {code} of {nesting.coarse} is not the sum of "
                        f"its codes of {nesting.fine}. {nesting.says.en}"
                    )


def _expected(nesting: Nesting, fine: dict[str, float], home: str) -> dict[str, tuple[str, ...]]:
    """The finer codes of each coarse code, the country of the survey and the others by name."""
    named = {code for codes in nesting.codes.values() for code in codes} | {home}
    rest = tuple(code for code in fine if code not in named and not code.startswith("_"))
    places = {HOME: (home,), OTHERS: rest}
    return {
        coarse: tuple(one for code in codes for one in places.get(code, (code,)))
        for coarse, codes in nesting.codes.items()
    }


def _margins(cells: Sequence[Cells], name: str) -> dict[tuple[str, str], dict[str, float]]:
    """Of every indicator that is a total and every period: its value by the codes of a dimension.

    Those whose answer is missing somewhere are left out.
    """
    found: dict[tuple[str, str], dict[str, float]] = {}
    for one in cells:
        dimensions = one.dataflow.dimensions
        at = next((i for i, d in enumerate(dimensions) if d.id == name), None)
        if at is None:
            continue
        others = [i for i, d in enumerate(dimensions) if d.additive and i != at]
        rows = np.flatnonzero((one.key[:, others] == 0).all(axis=1) & (one.key[:, at] > 0))
        for which, margin in _by_indicator(one, rows, dimensions[at], at).items():
            found.setdefault(which, margin)
    return found


def _by_indicator(
    cells: Cells, rows: Ints, dimension: Dimension, at: int
) -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    lost: set[tuple[str, str]] = set()
    periods = cells.dataflow.dimensions[-1].codes
    for row in rows.tolist():
        indicator = cells.dataflow.indicators[cells.key[row, INDICATOR]]
        which = (indicator.id, periods[cells.key[row, -1]].id)
        if indicator.estimator == "total":
            code = dimension.codes[cells.key[row, at]].id
            found.setdefault(which, {})[code] = float(cells.value[row])
            if cells.missing[row]:
                lost.add(which)
    return {which: margin for which, margin in found.items() if which not in lost}
