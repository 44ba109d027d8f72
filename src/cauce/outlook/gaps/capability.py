"""What each way of closing a gap could do at most; never what it is required to do."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput
from cauce.model.text import Text

Step = Literal["CONDITIONS", "TRAINING", "RECOGNITION", "RETURN", "CHANNELS"]
STEPS: tuple[Step, ...] = ("CONDITIONS", "TRAINING", "RECOGNITION", "RETURN", "CHANNELS")
"""In the order in which they are asked: what is nearest home comes first.
Source: domain page outlook, section 4.8."""


@dataclass(frozen=True)
class Capability:
    """How many people a step could bring to each post until each year, at most, (d, h, o).

    `people` is NaN where an input is not known, which is not 0. `lead` are the years before it
    brings anybody, (o,), NaN if not known. `source` is where the assumption comes from.
    """

    step: Step
    people: Floats
    lead: Floats
    source: Text


def reach(potential: Floats, share: Floats | float, counted: Floats) -> Floats:
    """People a step could bring beyond those that the supply has counted already, (d, h, o).

    For better conditions, recognition and return alike: those who could come, times the part that
    would. Whoever is in the supply already (idle, resident migrants, returnees) counts once.

    Args:
        potential: those who could, until each year, (d, h, o).
        share: the part that would, from 0 to 1; NaN where nobody knows.
        counted: those of them who are in the supply, (d, h, o).

    Raises:
        BadInput: a share is not between 0 and 1: more people would come than exist.

    Source: domain page outlook, sections 4.7, 4.8 and 4.12 (double counting).
    """
    part = np.asarray(share, dtype=np.float64)
    if ((part < 0) | (part > 1)).any():
        raise BadInput("A share of people who would come is not between 0 and 1.")
    beyond: Floats = np.maximum(potential * part - counted, 0.0)
    return beyond


@dataclass(frozen=True)
class Programmes:
    """Extra seats of k programmes, and what becomes of those who sit in them.

    `seats` opened in each year ahead, (h, k); `completion` and `activity` are the parts who finish
    and who then work or look for work, (d, k); `allocation` the parts who go to each post, (d, k,
    o), at most 1 in all; `lead` are whole years from opening to finishing, (k,). NaN where unknown.
    """

    seats: Floats
    completion: Floats
    activity: Floats
    allocation: Floats
    lead: Ints


def training(programmes: Programmes) -> Floats:
    """People trained by extra seats until each year, (d, h, o): nobody before the lead time.

    A seat of year t brings nobody before year t + lead. A programme that is not known in some part
    makes the posts it leads to unknown from its first graduation on, and not before.

    Raises:
        BadInput: a part is not between 0 and 1, the parts of a programme exceed 1, or seats or
            lead times are negative.

    Source: domain page outlook, section 4.8: extra seats × completion × activity × allocation.
    """
    _check(programmes)
    finishing = programmes.completion * programmes.activity
    horizon = len(programmes.seats)
    trained = np.zeros((len(finishing), horizon, programmes.allocation.shape[2]))
    for at, lead in enumerate(programmes.lead.tolist()):
        seats = np.zeros(horizon)
        seats[lead:] = np.cumsum(programmes.seats[: max(horizon - lead, 0), at])
        brought = (finishing[:, at, None] * programmes.allocation[:, at, :])[:, None, :]
        # Nothing times unknown is nothing: no seat, or nobody who goes there.
        none = (seats == 0)[None, :, None] | (programmes.allocation[:, at, None, :] == 0)
        trained += np.where(none, 0.0, seats[None, :, None] * brought)
    return trained


def first_year(people: Floats) -> Floats:
    """Years until a step brings anybody, (o,): NaN where it never does or is not known.

    Args:
        people: what it could bring until each year, (d, h, o).

    Source: domain page outlook, section 4.8.
    """
    some = (people > 0).any(axis=0)
    return np.where(some.any(axis=0), some.argmax(axis=0) + 1.0, np.nan)


def _check(found: Programmes) -> None:
    for part, words in (
        (found.completion, "who finish"),
        (found.activity, "who then work"),
        (found.allocation, "who go to a post"),
        (found.allocation.sum(axis=2) - 1e-9, "who go to any post"),
    ):
        if ((part < 0) | (part > 1)).any():
            raise BadInput(f"The part of a programme's students {words} is not between 0 and 1.")
    if (found.seats < 0).any() or (found.lead < 0).any():
        raise BadInput("Extra seats and lead times are 0 or more, some are less.")


PayFlag = Literal["PAY_BELOW", "PAY_NOT_BELOW", "PAY_NOT_KNOWN"]


def pay_flags(relative_wage: Floats) -> tuple[PayFlag, ...]:
    """Whether a post pays less than the median of all, so that its shortage may be one of pay.

    Args:
        relative_wage: median wage of each post over the median wage of all, (o,); NaN if unknown.

    Source: domain page outlook, section 4.8; Migration Advisory Committee's "sensible" test.
    """
    return tuple(
        "PAY_NOT_KNOWN" if np.isnan(wage) else "PAY_BELOW" if wage < 1 else "PAY_NOT_BELOW"
        for wage in relative_wage.tolist()
    )
