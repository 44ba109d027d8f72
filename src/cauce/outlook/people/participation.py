"""Who works or looks for work: participation by age and sex, unemployment, and the two together.

Participation is followed on the scale of its logit, which no forecast can leave, by the filter of
shares: a level that wanders and a slope, of which the sampling error is known.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, logit

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.chance import stream
from cauce.outlook.people.ages import refuse_no_chance
from cauce.outlook.shares import Path, Series, path, path_draws

DAMPING = 0.85
RHO = 0.7
LEAST_WAVES = 3
LEAST_VARIANCE = 1e-6
EDGE = 1e-4
"""Rates are taken to be this far from 0 and 1: where all or none of a sample work, others may."""

FULL_EMPLOYMENT = Text(
    "Unemployment returns to its mean of the waves used; each year, 70 % of the distance remains, "
    "and it varies around that as the waves did. No recession or boom is foreseen.",
    "El desempleo vuelve a la media de las rondas usadas; cada año queda el 70 % de la distancia, "
    "y varía alrededor como lo hicieron las rondas. No se prevé recesión ni auge.",
)
DAMPED = Text(
    "Participation of each age and sex goes on as it went, with 85 % of its slope left each year; "
    "a slope that the survey's error may explain is drawn toward none.",
    "La participación de cada edad y sexo sigue como iba, con el 85 % de su pendiente cada año; "
    "una pendiente que el error de la encuesta puede explicar se acerca a ninguna.",
)
REGIONAL = Text(
    "Levels of participation are drawn toward the region's profile by age and sex as far as the "
    "country's own figures are unsure.",
    "Los niveles de participación se acercan al perfil regional por edad y sexo en la medida en "
    "que las cifras del país son inseguras.",
)


@dataclass(frozen=True)
class Rates:
    """Published rates by wave and cell of sex and age with their standard errors, shape (w, c).

    A rate that is withheld or was not asked is NaN. `years` ascend, with gaps of any length;
    `cells` are the codes of each column, as `cells` makes them.
    """

    cells: tuple[tuple[str, ...], ...]
    years: Floats
    rate: Floats
    se: Floats


@dataclass(frozen=True)
class Trend:
    """Where the logits of participation of each cell stand and go, and how sure that is."""

    cells: tuple[tuple[str, ...], ...]
    path: Path


def trend(
    rates: Rates, horizon: int, profile: Floats | None = None, damping: float = DAMPING
) -> Trend | NotProducible:
    """Participation in the years to come, drawn toward the region's profile by age and sex.

    A cell that no wave tells is not known, unless the profile tells it.

    Args:
        horizon: years after the last wave.
        profile: rates of the region in the same cells, shape (c,). Its own level does not matter:
            only how cells differ is taken from it.

    Raises:
        BadInput: years that do not ascend, rates outside 0 to 1, errors that are missing, 0 or
            below, or a profile of other cells.

    Source: domain page outlook, sections 4.3 and 4.4; empirical Bayes by moments, Efron and Morris
    (1975), JASA 70:311.
    """
    _check(rates, profile)
    if len(rates.years) < LEAST_WAVES:
        return NotProducible("participation", _few(len(rates.years)))
    found = _series(rates)
    ahead = np.arange(1.0, horizon + 1)
    alone = path(found, ahead, damping)
    if alone is None:
        return NotProducible("participation", NO_PAIR)
    if profile is None:
        return Trend(rates.cells, alone)
    drawn = path(_toward(found, alone, profile), ahead, damping)
    return Trend(rates.cells, alone if drawn is None else drawn)


def participation(found: Trend, draws: int, seed: int) -> Floats:
    """Draws of participation, shape (d, h, c), each between 0 and 1; NaN where nothing is known."""
    names = tuple("participation " + " ".join(codes) for codes in found.cells)
    drawn: Floats = expit(path_draws(found.path, names, "participation", seed, draws))
    return drawn


def labour_force(people: Floats, rate: Floats) -> Floats:
    """People in the labour force, of draws of people and of participation, both (d, h, c).

    Raises:
        BadInput: the two are not of the same draws, years and cells.
    """
    if people.shape != rate.shape:
        raise BadInput(
            f"Population {people.shape} and participation {rate.shape} are not of the same draws, "
            "years and cells of sex and age."
        )
    return people * rate


def unemployment(last: Floats, mean: Floats, horizon: int, rho: float = RHO) -> Floats:
    """Rates of unemployment u(T+h) = ū + ρʰ(u(T) − ū), h = 1 to `horizon`, shape (…, h).

    An assumption (`FULL_EMPLOYMENT`), not a forecast. `last` and `mean` may be numbers or draws.

    Raises:
        BadInput: a rate outside 0 to 1, or ρ outside 0 to 1.
    """
    refuse_no_chance("The rate of unemployment", np.append(last, mean))
    refuse_no_chance("What remains of a distance each year (ρ)", np.array([rho]))
    left = rho ** np.arange(1, horizon + 1)
    apart = np.asarray(last) - mean
    path: Floats = np.asarray(mean)[..., None] + apart[..., None] * left
    return path


def varying(path: Floats, spread: float, draws: int, seed: int, rho: float = RHO) -> Floats:
    """Draws of unemployment around its path, shape (d, h), as far from it as rounds were apart.

    The distance of a year is ρ times that of the year before and what the year adds: with time its
    standard deviation reaches `spread`. No rate leaves 0 to 1.

    Raises:
        BadInput: a spread that is not known or below 0.
    """
    if not 0 <= spread < np.inf:
        raise BadInput("How far unemployment varies is not known: three rounds or more tell it.")
    new = stream(seed, "unemployment").normal(size=(draws, len(path)))
    apart = np.zeros((draws, len(path)))
    for year in range(len(path)):
        before = apart[:, year - 1] if year else 0.0
        apart[:, year] = rho * before + spread * (1 - rho**2) ** 0.5 * new[:, year]
    drawn: Floats = np.clip(path + apart, 0.0, 1.0)
    return drawn


def employment(force: Floats, unemployed: Floats) -> Floats:
    """People employed, shape (d, h): the labour force of all cells less the unemployed share.

    Args:
        force: the labour force, shape (d, h, c).
        unemployed: rate of unemployment, shape (h,) or (d, h).
    """
    working: Floats = force.sum(axis=2) * (1 - unemployed)
    return working


NO_PAIR = Text(
    "No age and sex has two rounds: how participation moves cannot be learnt.",
    "Ninguna edad y sexo tiene dos rondas: no se aprende cómo se mueve la participación.",
)


def _few(waves: int) -> Text:
    return Text(
        f"{LEAST_WAVES} rounds of participation are needed and there are {waves}.",
        f"Se necesitan {LEAST_WAVES} rondas de participación y hay {waves}.",
    )


def _check(rates: Rates, profile: Floats | None) -> None:
    if (np.diff(rates.years) <= 0).any():
        raise BadInput("The years of participation ascend, and no year stands twice.")
    refuse_no_chance("Participation", rates.rate)
    if count := int((np.isfinite(rates.rate) & ~(rates.se > 0)).sum()):
        raise BadInput(f"{count} rates of participation have no standard error above 0.")
    if profile is None:
        return
    if profile.shape != rates.rate.shape[1:]:
        raise BadInput(
            f"The regional profile has {len(profile)} cells of sex and age and the country "
            f"{rates.rate.shape[1]}: give the profile of the same cells."
        )
    refuse_no_chance("The regional profile", profile)


def _series(rates: Rates) -> Series:
    """Logits in the place of logarithms; their sampling variance by the delta method."""
    inner = np.clip(rates.rate, EDGE, 1 - EDGE)
    noise = np.maximum((rates.se / (inner * (1 - inner))) ** 2, LEAST_VARIANCE)
    seen = np.isfinite(rates.rate)
    waves, columns = rates.rate.shape
    none = np.zeros(columns, dtype=bool)
    return Series(
        log=np.where(seen, logit(inner), 0.0).T,
        noise=np.where(seen, noise, 1.0).T,
        seen=seen.T,
        years=rates.years - rates.years[-1],
        changes=np.empty((waves, 0)),
        scale=np.full(waves, np.nan),
        scale_noise=np.zeros(waves),
        whole=none,
        never=none,
        gone=none,
    )


def _toward(found: Series, alone: Path, profile: Floats) -> Series:
    """The waves, with the profile at the country's own level as one more answer in the last.

    It is as good an answer as cells that the country knows lie near it.
    """
    aim = logit(np.clip(profile, EDGE, 1 - EDGE))
    apart, variance = alone.now.level - aim, alone.now.level_variance
    both = np.isfinite(apart)
    if not both.any():
        return found
    weight = 1 / variance[both]
    offset = float((weight * apart[both]).sum() / weight.sum())
    excess = (weight**2 * ((apart[both] - offset) ** 2 - variance[both])).sum()
    tau2 = max(LEAST_VARIANCE, float(excess / (weight**2).sum()))
    told, seen = np.isfinite(aim), found.seen[:, -1]
    own = np.where(seen, 1 / found.noise[:, -1], 0.0)
    total = own + np.where(told, 1 / tau2, 0.0)
    known = total > 0
    joined = own * found.log[:, -1] + np.where(told, (aim + offset) / tau2, 0.0)
    log, noise, there = found.log.copy(), found.noise.copy(), found.seen.copy()
    log[:, -1] = np.divide(joined, total, where=known, out=np.zeros_like(total))
    noise[:, -1] = np.divide(1.0, total, where=known, out=np.ones_like(total))
    there[:, -1] = known
    return replace(found, log=log, noise=noise, seen=there)
