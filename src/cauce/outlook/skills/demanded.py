"""The most demanded skills of a scenario: its openings, through links of occupations and skills."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.skill_links import SkillLinks

ENDS = (0.1, 0.9)
"""The ends of an interval of 80 %, as of every number of the outlook."""


@dataclass(frozen=True)
class Demanded:
    """Skills by falling demand, and openings that ask for them; s skills.

    `value`, `low` and `high` have shape (s,): the median of the draws and an interval of 80 %. An
    opening asks for many skills, so they do not add up to openings. `linked` is the share of all
    openings (median) whose occupation has links; the others say nothing here.
    """

    skills: tuple[str, ...]
    names: tuple[str, ...]
    value: Floats
    low: Floats
    high: Floats
    linked: float


def demanded(openings: Floats, occupations: Sequence[str], links: SkillLinks) -> Demanded:
    """Demand of each skill: the sum over occupations of openings times the link.

    Args:
        openings: draws of one scenario over its whole horizon, shape (d, o), none below 0; NaN
            where an occupation's openings are not producible, which then counts for no skill.
        occupations: codes, shape (o,), of the same level as the links'.

    Raises:
        BadInput: openings are negative; the codes do not fit the draws or stand twice; no
            occupation has a link.

    Source: domain page outlook, sections 4.6 and 5; issue 7, point 7.
    """
    if openings.ndim != 2 or openings.shape[1] != len(occupations):
        raise BadInput(f"Openings have shape {openings.shape}, for {len(occupations)} occupations.")
    if len(set(occupations)) < len(occupations):
        raise BadInput("An occupation stands twice: its openings would count twice.")
    if (openings < 0).any():
        raise BadInput("Openings are negative. An occupation that shrinks has none, not fewer.")
    place = {code: at for at, code in enumerate(links.occupations)}
    own = np.array([place.get(code, -1) for code in occupations], dtype=np.int64)
    if not (own >= 0).any():
        raise BadInput(
            f"No occupation has a link in {links.source}. Are both of the same level of ISCO?"
        )
    known = np.nan_to_num(openings)
    matrix = np.zeros((len(links.occupations), len(links.skills)))
    matrix[links.occupation, links.skill] = links.weight
    draws = known[:, own >= 0] @ matrix[own[own >= 0]]
    value = np.median(draws, axis=0)
    order = np.argsort(-value, kind="stable")
    low, high = np.quantile(draws, ENDS, axis=0)
    return Demanded(
        skills=tuple(links.skills[at] for at in order.tolist()),
        names=tuple(links.names[at] for at in order.tolist()),
        value=value[order],
        low=low[order],
        high=high[order],
        linked=_linked(known, known[:, own >= 0]),
    )


def _linked(every: Floats, part: Floats) -> float:
    total = every.sum(axis=1)
    share = np.divide(part.sum(axis=1), total, out=np.zeros(len(total)), where=total > 0)
    return float(np.median(share))
