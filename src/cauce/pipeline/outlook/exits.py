"""Who stops working: as people said of a year ago, as a pack assumes, or as cohorts tell."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import MethodFailed
from cauce.model.text import Text
from cauce.outlook import leaving as outlook
from cauce.outlook.people import ends, sampled
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import Assumption

Assumed = dict[str, Assumption]
FITTED = Text(
    "Exits: who worked a year ago and is outside the labour force now, by age and occupation of "
    "then, less those who came back to work at each age. Chances follow age, and occupations "
    "differ as far as the survey can tell; what is withheld of an occupation counts at what its "
    "total leaves.",
    "Salidas: quienes trabajaban hace un año y hoy están fuera de la fuerza de trabajo, según edad "
    "y ocupación de entonces, menos quienes volvieron a trabajar a cada edad. Las probabilidades "
    "siguen la edad, y las ocupaciones difieren en la medida en que la encuesta lo permite saber; "
    "lo reservado de una ocupación cuenta como lo que deja su total.",
)


def of_bands(one: Assumption, bands: tuple[str, ...]) -> Floats:
    """A yearly chance by band; bands nobody names take the one for everything, if there is one."""
    return np.array([one.values.get(band, one.values.get("", np.nan)) for band in bands])


def exits_of(
    bands: tuple[str, ...],
    cells: tuple[str, ...],
    employed: Floats,
    read: dict[str, Read],
    assumed: Assumed,
    draws: int,
    seed: int,
) -> tuple[Floats | None, bool, tuple[Text, ...]]:
    """Chances to stop working, whether they are indicative, and how they were found."""
    if {"left", "left_by", "back"} <= set(read):
        fitted = _fitted(bands, cells, employed, read, draws, seed)
        if fitted is not None:
            return fitted, False, (FITTED,)
    if "exits" in assumed:
        stated = of_bands(assumed["exits"], bands)
        return np.broadcast_to(stated[None, :, None], (1, *employed.shape)), False, ()
    net = _of_cohorts(bands, cells, read)
    return (None, False, ()) if net is None else (net[None], True, (outlook.INDICATIVE,))


def _fitted(
    bands: tuple[str, ...],
    cells: tuple[str, ...],
    employed: Floats,
    read: dict[str, Read],
    draws: int,
    seed: int,
) -> Floats | None:
    """What people said of a year ago, net of who came back, (d, a, c); None if nothing fits."""
    left, asked = _asked(read["left"], bands, cells)
    whole = _asked(read["left_by"], (), cells)
    rows, answers = _rows(left, asked, whole, employed)
    seen = [a for a in range(len(bands)) if any(row[a] > 0 for row, _ in rows)]
    if not rows or not seen:
        return None
    design = np.array([row for row, _ in rows])[:, seen]
    where = np.array([c for _, c in rows], dtype=np.int32)
    try:
        found = outlook.fit_exits(answers[0], answers[1], design, where, len(cells))
    except MethodFailed:
        return None
    every = np.tile(np.eye(len(bands))[:, seen], (len(cells), 1))
    of = np.repeat(np.arange(len(cells), dtype=np.int32), len(bands))
    drawn = outlook.exit_draws(found, every, of, draws, seed)
    out = drawn.reshape(draws, len(cells), len(bands)).swapaxes(1, 2)
    out[:, [a for a in range(len(bands)) if a not in seen]] = np.nan
    again = _back(read["back"], bands, draws, seed)
    return outlook.net_exits(out, np.broadcast_to(again[:, :, None], out.shape))


def _asked(read: Read, bands: tuple[str, ...], cells: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Effective respondents who left and who were asked in the last wave, (a, c) or (c,) each."""
    history = read.history
    at = {cell: i for i, cell in enumerate(history.cells)}
    age = next((i for i, one in enumerate(read.dimensions) if one.id.startswith("AGE")), None)
    share, n = history.value[-1] / read.scale, history.n[-1].astype(np.float64)
    noise = share * (1 - share) / np.where(n > 0, n, np.nan)
    ratio = (history.se[-1] / read.scale) ** 2 / np.where(noise > 0, noise, np.nan)
    deff = max(1.0, float(np.nanmedian(ratio))) if np.isfinite(ratio).any() else 1.0
    found = np.full((2, max(len(bands), 1), len(cells)), np.nan)
    for a, band in enumerate(bands or ("",)):
        for c, cell in enumerate(cells):
            key = (cell,) if age is None else (band, cell) if age == 0 else (cell, band)
            place = at.get(key)
            if place is not None and n[place] >= 0 and np.isfinite(share[place]):
                found[:, a, c] = share[place] * n[place] / deff, n[place] / deff
    return (found[0], found[1]) if bands else (found[0, 0], found[1, 0])


def _rows(
    left: Floats, asked: Floats, whole: tuple[Floats, Floats], employed: Floats
) -> tuple[list[tuple[Floats, int]], Floats]:
    """Published cells, and one for what each occupation's total leaves of its withheld ages.

    Withheld cells are those in which few left: without them everybody would seem to leave more.
    """
    unit = np.eye(len(left))
    rows: list[tuple[Floats, int]] = []
    answers: list[tuple[float, float]] = []
    for c in range(left.shape[1]):
        told = np.isfinite(left[:, c])
        rows += [(unit[a], c) for a in np.flatnonzero(told)]
        answers += [(left[a, c], asked[a, c]) for a in np.flatnonzero(told)]
        rest = whole[1][c] - asked[told, c].sum()
        weight = np.where(told, 0.0, np.nan_to_num(employed[:, c]))
        if np.isfinite(rest) and rest > 0 and weight.sum() > 0:
            gone = float(np.clip(whole[0][c] - left[told, c].sum(), 0.0, rest))
            rows.append((weight / weight.sum(), c))
            answers.append((gone, float(rest)))
    return rows, np.array(answers, dtype=np.float64).reshape(-1, 2).T


def _back(read: Read, bands: tuple[str, ...], draws: int, seed: int) -> Floats:
    """Draws of who came back to work, as shares of the employed of each band, (d, a)."""
    at = {cell[0]: i for i, cell in enumerate(read.history.cells)}
    value, se = read.history.value[-1] / read.scale, read.history.se[-1] / read.scale
    known = np.isfinite(se) | (value == 0)
    place = [at.get(band) for band in bands]
    told = np.array([np.nan if p is None or not known[p] else value[p] for p in place])
    error = np.array([0.0 if p is None else se[p] for p in place])
    return np.minimum(sampled(told, error, draws, seed, "back"), 1.0)


def _of_cohorts(
    bands: tuple[str, ...], cells: tuple[str, ...], read: dict[str, Read]
) -> Floats | None:
    """Net exits of cohorts between two rounds a multiple of five years apart, (a, c); else None."""
    ages, people = read.get("ages"), read.get("people")
    if ages is None or people is None or len(people.dimensions) != 1 or not _fives(bands):
        return None
    years = ages.history.years.tolist()
    apart = [y for y in years if y in people.history.years and years[-1] - y > 0
             and (years[-1] - y) % 5 == 0]  # fmt: skip
    if not apart or years[-1] not in people.history.years:
        return None
    rounds = (apart[-1], years[-1])
    workers = [_by_age(ages, year, bands, cells) for year in rounds]
    living = [_by_age(people, year, bands, ()) for year in rounds]
    if any(np.isnan(each).any() or (each == 0).any() for each in living):
        return None
    net: Floats = outlook.net_exits_of_cohorts(
        workers[0][None], workers[1][None], living[0][None, :, 0], living[1][None, :, 0],
        int(rounds[1] - rounds[0]),
    )[0]  # fmt: skip
    return net


def _fives(bands: tuple[str, ...]) -> bool:
    """Whether the bands are of five years and the last one open."""
    spans = [ends(band) for band in bands]
    return spans[-1][1] == np.inf and all(last - first == 5 for first, last in spans[:-1])


def _by_age(read: Read, year: float, bands: tuple[str, ...], cells: tuple[str, ...]) -> Floats:
    """Published people by age, and by occupation where cells are given, in a year; NaN if not."""
    wave = read.history.years.tolist().index(year)
    age = next(i for i, one in enumerate(read.dimensions) if one.id.startswith("AGE"))
    found = np.full((len(bands), max(len(cells), 1)), np.nan)
    for at, cell in enumerate(read.history.cells):
        other = [code for i, code in enumerate(cell) if i != age]
        if cell[age] in bands and (not cells or other[0] in cells):
            c = cells.index(other[0]) if cells else 0
            found[bands.index(cell[age]), c] = read.history.value[wave, at]
    return found
