"""Workers whom rebuilding needs: what links a crisis to demand, gap and channels."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.crisis import Triple
from cauce.model.errors import BadInput
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.crisis.ranges import triangular, uniform


@dataclass(frozen=True)
class Rebuilding:
    """What is assumed of rebuilding; `damage` and `workers` in the same currency.

    `rebuilt` is the part of the damage that is rebuilt, `workers` worker-years a million of money,
    `phase` the part of the work in each year after, adding up to 1.
    """

    damage: Triple
    rebuilt: Triple
    workers: Triple
    phase: tuple[float, ...]


def needed_workers(rules: Rebuilding, seed: int, draws: int) -> Floats:
    """Construction workers needed in each year after, over those of the baseline, shape (d, years).

    Source: domain page outlook, section 6: damage × part rebuilt × labour coefficient × phase.

    Raises:
        BadInput: the phases do not add up to 1, or one is negative.
    """
    phase = np.array(rules.phase)
    if not len(phase) or (phase < 0).any() or abs(float(phase.sum()) - 1) > 1e-6:
        raise BadInput(
            f"The phases of rebuilding add up to {float(phase.sum()):g}. Give the part of each "
            "year, none negative, together 1."
        )
    stated = (("damage", rules.damage), ("rebuilt", rules.rebuilt), ("coefficient", rules.workers))
    work: Floats = np.ones(draws)
    for name, one in stated:
        ends = (np.array(one.low), np.array(one.central), np.array(one.high))
        work = work * triangular(*ends, uniform(seed, f"crisis {name}", draws))
    needed: Floats = work[:, None] / 1e6 * phase[None]
    return needed


def rebuilding_lever(
    workers: Floats, first_year: int, sector: dict[str, str], source: Text
) -> Lever:
    """The middle of the draws as a typed change of a scenario, for demand, gap and channels."""
    middle = np.quantile(workers, 0.5, axis=0)
    amounts = {first_year + at: round(float(n), 3) for at, n in enumerate(middle)}
    return Lever("crisis", sector, "add", "PERSONS", amounts, source)
