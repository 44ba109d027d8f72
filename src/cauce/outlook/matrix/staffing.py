"""Who works in each sector: occupations within sectors, shrunk towards the region's."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text

OUTPUT = "industry–occupation matrix"
LAST_WAVES = 3
DEFF = 1.5
"""Design effect taken where respondents are published and errors are not, section 4.9."""
LEAST_KAPPA, MOST_KAPPA = 0.1, 1e6


@dataclass(frozen=True)
class Grid:
    """Published numbers by sector and occupation, shape (w, s, o), NaN where there is none.

    `size` is how many effective respondents a sector has in each wave, shape (w, s): those whose
    simple random sample would have the published errors.
    """

    sectors: tuple[str, ...]
    occupations: tuple[str, ...]
    value: Floats
    size: Floats


@dataclass(frozen=True)
class Staffing:
    """Occupations within sectors, shape (s, o), each row adding up to 1.

    `towards` is the matrix it was shrunk to, `kappa` how many respondents that is worth, `size` how
    many effective ones each sector has over the waves, shape (s,). `alone` are the sectors that no
    other country told of: `own_mix` says what was assumed of them.
    """

    sectors: tuple[str, ...]
    occupations: tuple[str, ...]
    share: Floats
    towards: Floats
    kappa: float
    size: Floats
    alone: tuple[str, ...] = ()


def own_mix(found: Staffing) -> Text | None:
    """That some sectors were drawn towards the country's own mix, for the list of assumptions."""
    if not found.alone:
        return None
    which = ", ".join(found.alone)
    return Text(
        f"No other country tells who works in {which}: what few respondents say there is drawn "
        "towards the occupations of the whole country.",
        f"Ningún otro país informa quién trabaja en {which}: lo que dicen allí pocas respuestas se "
        "acerca a las ocupaciones de todo el país.",
    )


def grid(history: History, sector: str, occupation: str) -> Grid | NotProducible:
    """The last waves, of the last classification, as matrices.

    Raises:
        BadInput: the history is not of these two dimensions, or has a cell twice.
    """
    if set(history.dimensions) != {sector, occupation} or len(history.dimensions) != 2:
        raise BadInput(f"A matrix needs cells of {sector} and {occupation} and of nothing else.")
    at = history.dimensions.index(sector), history.dimensions.index(occupation)
    names = [tuple(dict.fromkeys(cell[one] for cell in history.cells)) for one in at]
    if len(set(history.cells)) != len(history.cells):
        raise BadInput("A matrix has one number for each sector and occupation.")
    waves = [w for w, name in enumerate(history.standards) if name == history.standards[-1]]
    waves = [w for w in waves if np.isfinite(history.value[w]).any()][-LAST_WAVES:]
    if not waves:
        return NotProducible(OUTPUT, NO_WAVE)
    value = np.full((len(waves), *map(len, names)), np.nan)
    for cell, codes in enumerate(history.cells):
        place = names[0].index(codes[at[0]]), names[1].index(codes[at[1]])
        value[(slice(None), *place)] = history.value[waves, cell]
    size = _size(history, waves)
    if size is None:
        return NotProducible(OUTPUT, NO_SIZE)
    held = np.nansum(value, axis=2)
    return Grid(names[0], names[1], value, size[:, None] * held / held.sum(axis=1, keepdims=True))


NO_WAVE = Text(
    "No wave has employment by sector and occupation.",
    "Ninguna ronda tiene el empleo por sector y ocupación.",
)
NO_SIZE = Text(
    "Neither errors nor respondents are published by sector and occupation.",
    "No se publican errores ni respuestas por sector y ocupación.",
)


def _size(history: History, waves: list[int]) -> Floats | None:
    """Effective respondents of each wave, shape (w,), from its errors or else its respondents."""
    value, se, n = history.value[waves], history.se[waves], history.n[waves]
    share = value / np.nansum(value, axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        by_error = share * (1 - share) / (share * se / value) ** 2
    size = np.full(len(waves), np.nan)
    for wave, found in enumerate(by_error):
        told = found[np.isfinite(found)]
        counted = n[wave][n[wave] > 0]
        if len(told):
            size[wave] = np.median(told)
        elif len(counted):
            size[wave] = counted.sum() / DEFF
    return size if np.isfinite(size).all() else None


def region(grids: Sequence[Grid]) -> Floats:
    """The matrix of other countries, shape (s, o), each weighed by its effective respondents.

    Cells that a country withheld take no part. A sector that no country has is NaN.

    Raises:
        BadInput: the countries do not have one list of sectors and occupations.
    """
    if len({(one.sectors, one.occupations) for one in grids}) != 1:
        raise BadInput("The matrices of a region have one list of sectors and of occupations.")
    shape = (len(grids[0].sectors), len(grids[0].occupations))
    people, respondents = np.zeros(shape), np.zeros(shape)
    for one in grids:
        mean = _mean_of_waves(one.value)
        size = np.nansum(one.size, axis=0)[:, None]
        people += np.where(np.isfinite(mean), size * mean, 0.0)
        respondents += np.where(np.isfinite(mean), size, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = people / respondents
        pooled: Floats = share / np.nansum(share, axis=1, keepdims=True)
    return pooled


def _mean_of_waves(value: Floats) -> Floats:
    """Mean share within its sector over the waves that have the cell, shape (s, o)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = value / np.nansum(value, axis=2, keepdims=True)
        there = np.isfinite(share)
        mean: Floats = np.where(there, share, 0.0).sum(axis=0) / there.sum(axis=0)
    return mean


def staffing(found: Grid, regional: Floats | None, totals: Floats | None = None) -> Staffing:
    """The mean matrix of the last waves, shrunk towards the region's by what the data say of it.

    M = (n p + κ π) / (n + κ), n the effective respondents of a sector, κ the one under which what
    was seen is likeliest, of a Dirichlet around π. A withheld cell gets what its sector's published
    total leaves, in the proportions of π; without the total, what π gives it. A cell that is 0 in
    every wave and in π stays 0.

    Args:
        regional: π, shape (s, o), as of `region`, of other countries than this; None, or NaN in a
            sector, takes the country's own mix of all sectors, an assumption that `own_mix` says.
        totals: published employment of each sector and wave, shape (w, s), or None.

    Source: domain page outlook, section 4.5; Good (1965), The Estimation of Probabilities, and
    Minka (2000), Estimating a Dirichlet distribution, for the marginal likelihood of κ.
    """
    seen = np.isfinite(found.value)
    own = _mean_of_waves(found.value)
    towards = _towards(found, own, regional)
    hidden = np.where(seen, 0.0, towards).sum(axis=2)
    held = np.nansum(found.value, axis=2)
    if totals is not None:
        with np.errstate(invalid="ignore", divide="ignore"):
            left = np.clip(1 - held / totals, 0.0, 1.0)
        hidden = np.where(np.isfinite(left), left, hidden)
    size = found.size.sum(axis=0)
    share = _whole(found.value, held, hidden, towards)
    kappa = _kappa(share * size[:, None], towards, np.asarray(seen.any(axis=0)))
    shrunk = (share * size[:, None] + kappa * towards) / (size[:, None] + kappa)
    given = np.full(share.shape, np.nan) if regional is None else regional
    told = np.asarray(np.isfinite(given).all(axis=1))
    alone = tuple(name for name, known in zip(found.sectors, told, strict=True) if not known)
    return Staffing(found.sectors, found.occupations, shrunk, towards, kappa, size, alone)


def _towards(found: Grid, own: Floats, regional: Floats | None) -> Floats:
    """π with a row for every sector, and half a respondent where only this country has people."""
    mix = np.nansum(found.value, axis=(0, 1))
    mix = mix / mix.sum()
    given = np.full(own.shape, np.nan) if regional is None else regional
    filled = np.where(np.isfinite(given).all(axis=1, keepdims=True), given, mix)
    half = 0.5 / np.maximum(found.size.sum(axis=0), 1.0)[:, None]
    filled = np.where((filled == 0) & (own > 0), half, filled)
    towards: Floats = filled / filled.sum(axis=1, keepdims=True)
    return towards


def _whole(value: Floats, held: Floats, hidden: Floats, towards: Floats) -> Floats:
    """Shares within sectors, shape (s, o), of all cells: the mean of the waves, and what is left.

    A sector in which nobody was seen has the shares of π.
    """
    seen = np.isfinite(value)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = value / held[:, :, None] * (1 - hidden)[:, :, None]
    there = seen & np.isfinite(share)
    mean = np.where(there, share, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    never = ~there.any(axis=0)
    left = np.maximum(1 - mean.sum(axis=1, keepdims=True), 0.0)
    apart = np.where(never, towards, 0.0)
    over = apart.sum(axis=1, keepdims=True)
    whole = mean + apart * left / np.where(over > 0, over, 1.0)
    found: Floats = whole / whole.sum(axis=1, keepdims=True)
    return found


def _kappa(count: Floats, towards: Floats, seen: Flags) -> float:
    """How many respondents the region's matrix is worth: the likeliest concentration around it."""
    able = seen & (towards > 0)
    x, pi = np.where(able, count, 0.0), np.where(able, towards, 0.0)
    rows = x.sum(axis=1)

    def unlikely(log_kappa: float) -> float:
        a = np.exp(log_kappa) * pi
        whole = a.sum(axis=1)
        kept = gammaln(np.where(able, x + a, 1.0)) - gammaln(np.where(able, a, 1.0))
        row = np.where(rows > 0, gammaln(np.maximum(whole, 1e-300)) - gammaln(rows + whole), 0.0)
        return -float((row + np.where(rows > 0, kept.sum(axis=1), 0.0)).sum())

    bounds = float(np.log(LEAST_KAPPA)), float(np.log(MOST_KAPPA))
    return float(np.exp(minimize_scalar(unlikely, bounds=bounds, method="bounded").x))
