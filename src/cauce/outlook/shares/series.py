"""A history as the filter wants it: logarithms of shares, with the sampling variance of each."""

from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.shares.settings import Settings

OUTPUT = "shares"
ZERO_LOG, ZERO_VARIANCE = -1.9635100260214235, 4.934802200544679
"""Mean and variance of the logarithm of what is expected where nobody was found: ψ(½) and ψ′(½).

Source: Jeffreys' prior of a Poisson mean, Gelman et al. (2013), Bayesian Data Analysis, 2.8."""
ROUNDING = 1e-3
"""How far a part may be above its whole, by rounding of either."""
LEAST_VARIANCE = 1e-6
"""No count is better than to one in a thousand, not even a full one; it keeps equations regular."""


@dataclass(frozen=True)
class Series:
    """Logarithms of c series in w waves, cells first.

    `log` and `noise`, its known sampling variance, have shape (c, w); `seen` says which of them
    there are. `years` are years before the last wave, at most 0, shape (w,). `changes`, shape
    (w, k), marks the waves of each classification but the last wave's. `scale` is what a share is a
    share of, in the unit of the history, with `scale_noise`, the variance of its logarithm, shape
    (w,); NaN in a wave that does not tell. `whole` are the cells that make up the scale, shape
    (c,); `never` those that were counted and never had anybody, `gone` those that none of the last
    waves has.
    """

    log: Floats
    noise: Floats
    seen: Flags
    years: Floats
    changes: Floats
    scale: Floats
    scale_noise: Floats
    whole: Flags
    never: Flags
    gone: Flags


def series(history: History, totals: History | None, settings: Settings) -> Series | NotProducible:
    """Logarithms of the shares of a history, or what it lacks for them.

    With `totals`, of one cell and the same years, a share is one of the published total. Without,
    it is relative to the sum of the cells that every wave has, which is the total where none is
    withheld: a withheld cell is then missing, and nobody has to guess what it was.

    Raises:
        BadInput: years that do not ascend, a number below 0, or totals of other years or
            below one of their parts.
    """
    check_history(history)
    used: Flags = ~np.isin(history.years, settings.leave_out)
    used &= np.nansum(history.value, axis=1) > 0
    if totals is not None:
        _check_totals(history, totals)
        used &= totals.value[:, 0] > 0
    if used.sum() < settings.least_waves:
        return too_few(history.years[used], settings.least_waves)
    value = np.where(used[:, None], history.value, np.nan)
    whole = np.ones(value.shape[1], dtype=bool)
    if totals is not None:
        scale = np.where(used, totals.value[:, 0], np.nan)
    elif not history.complete:
        return NotProducible(OUTPUT, NO_TOTAL)
    else:
        whole = np.asarray(np.isfinite(value[used]).all(axis=0))
        scale = np.where(used, value[:, whole].sum(axis=1), np.nan)
        if (scale[used] * 2 < np.nansum(value[used], axis=1)).any() or not whole.any():
            return NotProducible(OUTPUT, NO_REFERENCE)
    noise = cell_noise(replace(history, value=value), settings)
    if noise is None:
        return NotProducible(OUTPUT, NO_ERROR)
    return _logarithms(history, value, noise, scale, whole, totals, settings)


NO_TOTAL = Text(
    "The cells do not add up to a total, and no total was given: shares need one.",
    "Las celdas no suman un total y no se dio ninguno: las proporciones lo necesitan.",
)
NO_REFERENCE = Text(
    "Too few cells are published in every wave to compare the others with, and no total was given.",
    "Muy pocas celdas se publican en todas las rondas para comparar las demás, y no se dio total.",
)
NO_ERROR = Text(
    "No wave has a standard error or a number of respondents: the noise of the shares is unknown.",
    "Ninguna ronda tiene error estándar ni número de respuestas: se desconoce el ruido.",
)
NO_PAIR = Text(
    "No cell has two waves of one classification: how shares move cannot be learnt.",
    "Ninguna celda tiene dos rondas de una misma clasificación: no se aprende cómo se mueven.",
)


def too_few(years: Floats, least: int) -> NotProducible:
    """That a method lacks waves, with the years of those there are."""
    have = ", ".join(f"{year:g}" for year in years)
    return NotProducible(
        OUTPUT,
        Text(
            f"{least} waves are needed and there are {len(years)} ({have or 'none'}).",
            f"Se necesitan {least} rondas y hay {len(years)} ({have or 'ninguna'}).",
        ),
    )


def check_history(history: History) -> None:
    """Refuse what is no history: years that do not ascend, numbers below 0.

    Raises:
        BadInput: as said.
    """
    if (np.diff(history.years) <= 0).any():
        raise BadInput("The years of a history ascend, and no year stands twice.")
    for name, numbers in (("values", history.value), ("standard errors", history.se)):
        if count := int((numbers < 0).sum()):
            raise BadInput(f"{count} {name} of a history are below 0; mend the release.")


def _check_totals(history: History, totals: History) -> None:
    check_history(totals)
    if not np.array_equal(totals.years, history.years) or totals.value.shape[1] != 1:
        raise BadInput("The totals of a history have one cell and the history's own years.")
    if count := int((history.value > totals.value * (1 + ROUNDING)).sum()):
        raise BadInput(f"{count} numbers of a history are above the total they are a part of.")


def cell_noise(history: History, settings: Settings) -> Floats | None:
    """Relative variance of each number, shape (w, c), from its error or else its respondents.

    NaN where the number is 0 or neither is known; None if neither is known anywhere.
    """
    positive = history.value > 0
    squared = np.full(history.value.shape, np.nan)
    by_error = positive & np.isfinite(history.se)
    squared[by_error] = (history.se[by_error] / history.value[by_error]) ** 2
    by_count = positive & ~by_error & (history.n > 0)
    squared[by_count] = settings.deff / history.n[by_count]
    return squared if (by_error | by_count).any() else None


def _logarithms(
    history: History,
    value: Floats,
    noise: Floats,
    scale: Floats,
    whole: Flags,
    totals: History | None,
    settings: Settings,
) -> Series:
    scale_noise = _scale_noise(value, noise, whole, scale, totals, settings)
    share = value / scale[:, None]
    known = scale_noise if totals is not None else np.zeros(len(scale))
    of_share = np.maximum(noise - known[:, None], noise * (1 - np.minimum(share, 1)))
    of_share = np.maximum(of_share if totals is not None else noise, LEAST_VARIANCE)
    log, of_share = _with_zeros(share, of_share, scale)
    seen = np.isfinite(log) & np.isfinite(of_share)
    never = ~(value > 0).any(axis=0) & (value == 0).any(axis=0)
    lately = np.flatnonzero(np.isfinite(scale))[-settings.recent :]
    late = np.asarray(seen[lately].any(axis=0))
    return Series(
        log=np.where(seen, log, 0.0).T,
        noise=np.where(seen, of_share, 1.0).T,
        seen=seen.T,
        years=history.years - history.years[-1],
        changes=_changes(history.standards),
        scale=scale,
        scale_noise=np.maximum(scale_noise, LEAST_VARIANCE),
        whole=whole,
        never=never,
        gone=~late,
    )


def _scale_noise(
    value: Floats,
    noise: Floats,
    whole: Flags,
    scale: Floats,
    totals: History | None,
    settings: Settings,
) -> Floats:
    """Variance of the logarithm of the scale; without its own error, as if cells were independent.

    0 where nothing is known of it: what moves it is then learnt from how it moved.
    """
    if totals is not None:
        own = cell_noise(totals, settings)
        return np.zeros(len(scale)) if own is None else np.nan_to_num(own[:, 0])
    squared = np.nansum(np.where(whole, noise * value**2, 0), axis=1)
    own_noise: Floats = np.nan_to_num(squared / scale**2, nan=0.0)
    return own_noise


def _with_zeros(share: Floats, noise: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """Logarithms of shares and their variances, shape (w, c), with what a share of 0 says.

    Nobody found in a sample of m says that the share is small, not that there is nobody: its
    logarithm is that of a Poisson mean of which 0 were drawn, over m. The effective sample of a
    wave is what the errors of its other cells tell, and never more than the people there are.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(share)
        people = (1 - share) / (share * noise)
    people[~(people > 0) | ~np.isfinite(people)] = np.nan
    told = np.isfinite(people).any(axis=1)
    effective = np.full(len(scale), np.nan)
    effective[told] = np.minimum(np.nanmedian(people[told], axis=1), scale[told])
    nobody = share == 0
    at = np.broadcast_to(effective[:, None], share.shape)
    log[nobody] = ZERO_LOG - np.log(at[nobody])
    return log, np.where(nobody, ZERO_VARIANCE, noise)


def _changes(standards: tuple[str, ...]) -> Floats:
    """Which waves were coded by each classification that is not the last wave's, shape (w, k)."""
    others = [name for name in dict.fromkeys(standards) if name != standards[-1]]
    columns = [[float(name == other) for name in standards] for other in others]
    return np.array(columns, dtype=np.float64).reshape(len(others), len(standards)).T
