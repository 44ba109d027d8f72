"""Histories across a change of classification: earlier tables joined, their codes carried over."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from cauce.declare.words import listed
from cauce.model.arrays import Floats
from cauce.model.codelist import UNKNOWN
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.crosswalk import EQUAL_PARTS, Crosswalk, Walked, crosswalk, shorten, walk
from cauce.pipeline.outlook.histories import Read, read_history
from cauce.pipeline.outlook.pack import Correspondence, OutlookPack, Wanted
from cauce.store import Snapshot

COLUMNS = ("old", "new", "part")
ABSENT = Text(
    "The store has published no such table; release it, and run the outlook again.",
    "El repositorio no ha publicado esa tabla; publíquela y corra las perspectivas de nuevo.",
)


def read_correspondence(file: str, text: str) -> Crosswalk:
    """The parts of a CSV: old, new, part, and if people were coded twice, coded_twice.

    A part that is empty was measured by nobody: equal parts stand in, and it is said.

    Raises:
        BadInput: columns or numbers that are none, or parts that are none (`crosswalk`).
    """
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise BadInput(f"{file}: a correspondence has the columns {listed(COLUMNS)}.")
    parts, twice = [], dict[str, float]()
    for at, row in enumerate(rows, start=2):
        where = f"{file}, line {at}"
        part = _number(row["part"], where) if row["part"] else None
        parts.append((row["old"], row["new"], part))
        if row.get("coded_twice"):
            twice[row["old"]] = _number(row["coded_twice"], where)
    try:
        return crosswalk(parts, twice)
    except BadInput as wrong:
        raise BadInput(f"{file}: {wrong}") from wrong


def _number(written: str, where: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise BadInput(f"{where}: {written[:40]!r} is no number.") from None


def read_wanted(snapshot: Snapshot, pack: OutlookPack, wanted: Wanted) -> Read | NotProducible:
    """The history of a table with the earlier ones the pack names, in the last classification.

    Raises:
        BadInput: a table is a projection or lacks what is named; two have one year; a published
            code has no row in the correspondence, or goes to one that the table does not have.
    """
    found = read_history(snapshot, wanted)
    if found is None:
        return NotProducible(wanted.flow, ABSENT)
    found = _coded(found, wanted.standards)
    for each in wanted.before:
        earlier = read_history(snapshot, each)
        if earlier is None:
            return NotProducible(each.flow, ABSENT)
        found = _joined(_coded(earlier, each.standards), found)
    return _carried(found, pack)


def _coded(read: Read, standards: Mapping[int, str]) -> Read:
    """The read with the classification of the waves that were coded by another than the table."""
    if not standards:
        return read
    years = read.history.years.tolist()
    if lost := sorted(set(standards) - {int(year) for year in years}):
        raise BadInput(
            f"[from.{read.wanted.name}] standards: {read.flow.id} has no wave of "
            f"{listed(map(str, lost))}."
        )
    named = tuple(
        standards.get(int(year), own)
        for year, own in zip(years, read.history.standards, strict=True)
    )
    return replace(read, history=replace(read.history, standards=named))


def _joined(earlier: Read, later: Read) -> Read:
    """One history of both, the later one's cells first; the later one says all but the waves."""
    if earlier.history.years[-1] >= later.history.years[0]:
        raise BadInput(
            f"[from.{later.wanted.name}] {earlier.flow.id} does not end before {later.flow.id} "
            "begins: name the waves of each year once."
        )
    return replace(
        later,
        history=_both(earlier.history, later.history),
        total=_both(earlier.total, later.total),
        earlier=(*earlier.earlier, earlier, *later.earlier),
    )


def _both(first: History, last: History) -> History:
    cells = tuple(dict.fromkeys((*last.cells, *first.cells)))

    def wide(one: History, numbers: Floats, missing: float) -> Floats:
        found = np.full((len(one.years), len(cells)), missing)
        found[:, [cells.index(cell) for cell in one.cells]] = numbers
        return found

    def stacked(name: str, missing: float) -> Floats:
        return np.vstack([wide(one, getattr(one, name), missing) for one in (first, last)])

    return replace(
        last,
        cells=cells,
        years=np.concatenate([first.years, last.years]),
        value=stacked("value", np.nan),
        se=stacked("se", np.nan),
        n=stacked("n", -1).astype(np.int32),
        standards=(*first.standards, *last.standards),
        complete=first.complete and last.complete,
    )


def _carried(read: Read, pack: OutlookPack) -> Read | NotProducible:
    """The read with the waves of other classifications in the codes of the last wave's.

    Tables of two dimensions are read in the last classification alone and stay as they are.
    """
    history, said = read.history, list(read.said)
    last = history.standards[-1]
    others = [one for one in dict.fromkeys(history.standards) if one != last]
    if len(history.dimensions) != 1:
        return read
    for old in others:
        by = next((c for c in pack.correspondences if (c.old, c.new) == (old, last)), None)
        if by is None or by.parts is None:
            return NotProducible(read.wanted.flow, _broken(history, old, last))
        parts = _keeping(_as_long(by.parts, history), UNKNOWN)
        walked = walk(history, history.dimensions[0], parts, old, last)
        said += _said(by, walked, history, parts)
        history = walked.history
    _check_codes(read, history)
    return replace(read, history=history, said=tuple(said))


def _as_long(parts: Crosswalk, history: History) -> Crosswalk:
    """The parts between codes as long as those of the table, whose long ones count alike."""
    digits = max(len(cell[0]) for cell in history.cells if cell[0].isdigit())
    return shorten(parts, digits) if min(map(len, parts.old)) > digits else parts


def _keeping(parts: Crosswalk, code: str) -> Crosswalk:
    """The same with a code that no classification changes, as that of those who did not say."""
    weight = np.pad(parts.weight, ((0, 1), (0, 1)))
    weight[-1, -1] = 1.0
    return Crosswalk(
        (*parts.old, code), (*parts.new, code), weight, np.append(parts.worth, 1.0), parts.assumed
    )


def _check_codes(read: Read, history: History) -> None:
    known = {code.id for code in read.dimensions[0].codes}
    if lost := sorted({cell[0] for cell in history.cells} - known):
        raise BadInput(
            f"[from.{read.wanted.name}] the correspondence leads to {listed(lost)}, which "
            f"{read.flow.id} does not have."
        )


def _years(history: History, standard: str) -> str:
    pairs = zip(history.years, history.standards, strict=True)
    return ", ".join(f"{year:g}" for year, one in pairs if one == standard)


def _broken(history: History, old: str, new: str) -> Text:
    waves = _years(history, old)
    return Text(
        f"The waves of {waves} are coded by {old} and the last by {new}, and the outlook has no "
        "[[correspondence]] between them: numbers of one code are not of the same people.",
        f"Las rondas de {waves} están codificadas por {old} y la última por {new}, y las "
        "perspectivas no tienen una [[correspondence]] entre ellas: los números de un código no "
        "son de las mismas personas.",
    )


def _said(by: Correspondence, walked: Walked, history: History, parts: Crosswalk) -> list[Text]:
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = walked.by_crosswalk / walked.history.value
    most, waves = 100 * float(np.nanmax(apart, initial=0.0)), _years(history, by.old)
    carried = Text(
        f"The waves of {waves}, coded by {by.old}, are carried to {by.new}; not knowing the parts "
        f"adds up to {most:.0f} % of a number to its standard error. Source: {by.source.en}",
        f"Las rondas de {waves}, codificadas por {by.old}, se llevan a {by.new}; no conocer las "
        f"partes agrega hasta {most:.0f} % de un número a su error estándar. Fuente: "
        f"{by.source.es}",
    )
    return [carried, *((EQUAL_PARTS,) if parts.assumed else ())]
