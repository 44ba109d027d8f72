"""What must hold between the figures of a release: declared, read, and held against its cells.

Source: the rules the ILO checks its own database by: POP = EMP + UNE + EIP, a total is the sum of
its classes and the unknown, those born abroad are the sum of all other countries.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.model.arrays import Codes, Flags, Floats
from cauce.model.catalogue import Identity, Nesting
from cauce.model.cell import Cells
from cauce.model.dataflow import Dimension
from cauce.model.pack import Dictionary, Pack

HOME, OTHERS = "HOME", "OTHERS"
CLOSE = 1e-6
"""How far apart two sums of the same weights may be, as a share: they are added in other orders."""
INDICATOR = 2


def read_identities(top: Section, into: Dictionary) -> None:
    """Every [[identity]] and [[nesting]] of a file."""
    for section in top.tables("identity"):
        identity = Identity(section.words("says"), section.text("total"), section.texts("parts"))
        section.finish()
        into.places[f"identity.{len(into.identities)}"] = section.place()
        into.identities.append(identity)
    for section in top.tables("nesting"):
        codes = section.table("codes")
        nesting = Nesting(
            section.words("says"),
            section.text("coarse"),
            section.text("fine"),
            {key: codes.texts(key) for key in codes.rest()} if codes else {},
        )
        section.finish()
        into.places[f"nesting.{len(into.nestings)}"] = section.place()
        into.nestings.append(nesting)


def check_identities(dictionary: Dictionary, problems: Problems) -> None:
    """Note every identity of what is not there, or of figures that are no totals."""
    for number, identity in enumerate(dictionary.identities):
        place = dictionary.places[f"identity.{number}"]
        for name in (identity.total, *identity.parts):
            indicator = dictionary.indicators.get(name)
            if indicator is None or indicator.estimator != "total":
                near = did_you_mean(name, dictionary.indicators)
                problems.add(place, f"{name} is no indicator that is a total.{near}")
    for number, nesting in enumerate(dictionary.nestings):
        place = dictionary.places[f"nesting.{number}"]
        for name, codes in (
            (nesting.coarse, tuple(nesting.codes)),
            (nesting.fine, tuple(code for fine in nesting.codes.values() for code in fine)),
        ):
            variable = dictionary.variables.get(name)
            codelist = variable and dictionary.codelists.get(variable.codelist)
            if not codelist:
                near = did_you_mean(name, dictionary.variables)
                problems.add(place, f"{name} is no coded variable.{near}")
                continue
            known = {code.id for code in codelist.codes} | {HOME, OTHERS}
            for code in sorted(set(codes) - known):
                problems.add(place, f"{name} has no code {code}.{did_you_mean(code, known)}")


def broken(cells: Sequence[Cells], pack: Pack) -> tuple[str, ...]:
    """What does not hold in the cells of a release, each in one sentence; nothing if all does.

    Totals of people only, and only where nobody's answer is missing: whom the survey could not
    place counts in no part, and the difference is then theirs.
    """
    found = []
    for one in cells:
        found += list(_sums_of_classes(one))
        found += list(_sums_of_indicators(one, pack))
    found += list(_sums_of_finer(cells, pack))
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
    total = np.bincount(group[top], value[top], size)
    parts = np.bincount(group[~top], value[~top], size)
    return total, parts


def _sums_of_indicators(cells: Cells, pack: Pack) -> Iterator[str]:
    """Declared identities between the indicators of one dataflow."""
    places = {indicator.id: at for at, indicator in enumerate(cells.dataflow.indicators)}
    for identity in pack.dictionary.identities:
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


def _sums_of_finer(cells: Sequence[Cells], pack: Pack) -> Iterator[str]:
    """Declared nestings, of each total where nothing else is broken down, across dataflows."""
    names = {v.stands_for: v.id for v in pack.dictionary.variables.values() if v.stands_for}
    for nesting in pack.dictionary.nestings:
        coarse = _margins(cells, names.get(nesting.coarse, nesting.coarse))
        fine = _margins(cells, names.get(nesting.fine, nesting.fine))
        for which in sorted(set(coarse) & set(fine)):
            for code, parts in _expected(nesting, fine[which], pack.survey.area).items():
                value = coarse[which].get(code, 0.0)
                total = sum(fine[which].get(part, 0.0) for part in parts)
                if not np.isclose(value, total, rtol=CLOSE, atol=CLOSE):
                    yield (
                        f"{which[0]} of {which[1]}: {code} of {nesting.coarse} is not the sum of "
                        f"its codes of {nesting.fine}. {nesting.says.en}"
                    )


def _expected(
    nesting: Nesting, fine: dict[str, float], home: str
) -> dict[str, tuple[str, ...]]:
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
    cells: Cells, rows: Codes, dimension: Dimension, at: int
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
