"""What people learned and whether they still do; marriage and limitations."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.sources.invented.people import COUPLES, HEAD, PARTNER, People

# Where the levels end on the scale of logits: none, primary begun, primary, lower secondary,
# upper secondary, technical, university, beyond.
LEVEL_ENDS = np.array([-3.3, -1.9, -0.7, 0.2, 1.75, 2.35, 4.2])
# The highest level a person can have reached by an age.
REACHED_BY = np.array(
    [0] * 7 + [1] * 5 + [2] * 3 + [3] * 3 + [4] * 3 + [5] * 2 + [6] * 3 + [7] * 80
)
TIER = np.array([0, 0, 1, 1, 2, 3, 3, 3])
"""Position in CL_EDU of each level: LTB, BAS, INT, ADV (ILOSTAT's aggregate levels)."""


@dataclass(frozen=True)
class Schooling:
    """Level 0–7, attendance, training, marriage 1–6 and limitation 1–4; shape (people,)."""

    level: Ints
    attends: Flags
    trains: Flags
    married: Ints
    limited: Ints

    @property
    def tier(self) -> Ints:
        return TIER[self.level]


def schooling(of: People) -> Schooling:
    """The education of everyone."""
    own, age = of.chance, of.age
    u = own.once("education")
    lean = (
        0.95 * of.urban - 0.027 * (age - of.t - 35) + 0.1 * of.sex + 0.6 * of.home.bell("learning")
    )
    lean = lean + 0.6 * of.place.bell("learning")
    lean = lean + np.array([0.0, -0.55, -0.2, 0.15, 0.7])[of.birth]
    reached = np.searchsorted(LEVEL_ENDS, lean + np.log(u / (1 - u)))
    level = np.minimum(reached, REACHED_BY[age])
    return Schooling(
        level=level,
        attends=_attends(of, reached),
        trains=(age >= 15) & (own.yearly("training") < 0.045),
        married=_married(of),
        limited=_limited(of),
    )


def _attends(of: People, reached: Ints) -> Flags:
    own, age = of.chance, of.age
    share = np.select(
        [age < 4, age < 6, age < 15, age < 18, age < 25],
        [0.0, 0.8, 0.97, 0.8, 0.14 + 0.1 * np.maximum(reached - 3, 0)],
        0.015,
    )
    share = np.where((of.birth > 0) & (age >= 15), 0.7 * share, share)
    return np.asarray(own.mostly("school", 0.7) < share)


def _limited(of: People) -> Ints:
    """1 no difficulty, 2 some, 3 much, 4 cannot do it; more often with age."""
    u = of.chance.once("limitation")
    share = 0.03 + 0.35 * (of.age / 80) ** 2
    return 1 + (u < share).astype(np.int64) + (u < 0.25 * share) + (u < 0.04 * share)


def _married(of: People) -> Ints:
    """1 single, 2 living together, 3 married, 4 separated, 5 divorced, 6 widowed."""
    u = of.chance.once("marriage")
    together = np.where(u < 0.42, 2, 3)
    alone = np.select([u < 0.5, u < 0.75, u < 0.88], [1, 4, 5], 6)
    alone = np.where(of.age >= 70, np.where(u < 0.6, 6, 1), alone)
    company = np.bincount(of.dwelling)[of.dwelling] > 1
    couple = company & (of.home.once("couple") < COUPLES)
    paired = (of.role == PARTNER) | ((of.role == HEAD) & couple)
    return np.where(paired, together, np.where(of.age < 30, 1, alone))
