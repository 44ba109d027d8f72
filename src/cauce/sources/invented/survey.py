"""The sample: PSUs that rotate, dwellings in them, who answers, and the weights that follow.

In each stratum eight PSUs are a window on a random order; it moves on by two every year, so a PSU
stays four years. Thirteen dwellings of each are drawn by random numbers of their own that last, so
that most dwellings stay as long as their PSU. Everyone of a household that answers is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.sources.invented.chance import Chance, within
from cauce.sources.invented.country import (
    STRATA,
    WAVES,
    Addresses,
    addresses,
    is_urban,
    psu_keys,
    psus_in,
)

PSUS_DRAWN, PSUS_ROTATED, DWELLINGS_DRAWN = 8, 2, 13
ANSWER_IN_TOWNS, ANSWER_ELSEWHERE = 0.87, 0.915


@dataclass(frozen=True)
class Drawn:
    """The dwellings that answered; arrays of shape (dwellings,).

    `weight` is how many dwellings each stands for: the inverse of the chance to be drawn, times
    the dwellings drawn over those that answered in the PSU. `visit` says for the how-manieth year
    the PSU is in the sample, 1 to 4; PSUs that came in together have the same `panel`.
    """

    where: Addresses
    weight: Floats
    panel: Ints
    visit: Ints


def draw(
    seed: int, year: int, sample: str = "the survey", strata: Sequence[int] = range(STRATA)
) -> Drawn:
    """The dwellings of one wave that answer; another `sample` is another draw of the whole.

    `strata` are those of the country, ascending: a small one has fewer.
    """
    stratum, psu, panel, visit = psus_of_wave(seed, year, sample, strata)
    where = addresses(seed, year, stratum, psu)
    count = np.bincount(_turns(where))
    chosen, answered = _dwellings(seed, year, where, sample)
    turn = _turns(where)
    drawn, got = np.bincount(turn[chosen]), np.bincount(turn[answered], minlength=len(count))
    size = np.array([psus_in(h) for h in range(STRATA)])[stratum]
    weight = size / PSUS_DRAWN * (count / drawn) * (drawn / got)
    at = turn[answered]
    stratum_of, psu_of, number = (part[answered] for part in where)
    return Drawn((stratum_of, psu_of, number), weight[at], panel[at], visit[at])


def psus_of_wave(
    seed: int, year: int, sample: str, strata: Sequence[int] = range(STRATA)
) -> tuple[Ints, Ints, Ints, Ints]:
    """Stratum, PSU, panel and visit of every PSU of a wave, by stratum and place in the order."""
    moved = (year - WAVES[0]) * PSUS_ROTATED
    place = moved + np.arange(PSUS_DRAWN)
    order = [_order(seed, stratum, sample)[place % psus_in(stratum)] for stratum in strata]
    stays = PSUS_DRAWN // PSUS_ROTATED
    panel = place // PSUS_ROTATED
    visit = moved // PSUS_ROTATED + stays - panel
    return (
        np.repeat(np.array(strata), PSUS_DRAWN),
        np.concatenate(order),
        np.tile(panel + 1, len(strata)),
        np.tile(visit, len(strata)),
    )


def _order(seed: int, stratum: int, sample: str) -> Ints:
    psu = np.arange(psus_in(stratum))
    keys = psu_keys(np.full(len(psu), stratum), psu)
    return np.argsort(Chance(seed, 0, keys).once(f"order of the PSUs in {sample}"))


def _turns(where: Addresses) -> Ints:
    """Which PSU of the sample each dwelling belongs to, counted from 0 in the order given."""
    stratum, psu, _ = where
    new = (np.diff(stratum) != 0) | (np.diff(psu) != 0)
    return np.concatenate([[0], np.cumsum(new)])


def _dwellings(seed: int, year: int, where: Addresses, sample: str) -> tuple[Flags, Flags]:
    """Which dwellings are drawn, and which of these answer; at least one in every PSU."""
    stratum, psu, number = where
    turn = _turns(where)
    chance = Chance(seed, year, within(psu_keys(stratum, psu), number))
    order = np.lexsort((chance.once(f"order of the dwellings in {sample}"), turn))
    starts = np.searchsorted(turn, np.arange(turn[-1] + 1))
    rank = np.empty(len(turn), dtype=np.int64)
    rank[order] = np.arange(len(turn)) - starts[turn]
    chosen = rank < DWELLINGS_DRAWN
    willing = np.where(is_urban(stratum) == 1, ANSWER_IN_TOWNS, ANSWER_ELSEWHERE)
    answers = chosen & (chance.mostly(f"answers {sample}", 0.5) < willing)
    silent = np.bincount(turn[answers], minlength=len(starts)) == 0
    return chosen, answers | (silent[turn] & (rank == 0))
