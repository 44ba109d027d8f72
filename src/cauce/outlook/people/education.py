"""Education by cohort replacement: the young who leave school take the place of the old.

Source: domain page outlook, section 4.3. Whoever was 25 to 29 is 30 to 34 five years on, with the
education they had but for what adults add to it.
"""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.outlook.people.ages import refuse_negative, refuse_no_chance

TOLERANCE = 1e-6


def educated(
    shares: Floats, entering: Floats, upgrade: Floats, joining: float, steps: int
) -> Floats:
    """Shares of each level of education by band of age, every five years, shape (steps, a, e).

    Args:
        shares: of the people of each band of age, shape (a, e); each row adds up to 1, and the
            last band is open.
        entering: shares of those who reach the first band after each step, from enrolment, shape
            (steps, e).
        upgrade: relative growth of each level within a band in five years, as −0.1 or 0.05, shape
            (e,) or (a, e) by the band reached; rows are brought back to 1.
        joining: share of the open band's people who were in the band before it five years earlier.

    Raises:
        BadInput: shares that do not add up to 1, an upgrade below −1, or shapes that do not fit.
    """
    _check(shares, entering, upgrade, steps)
    refuse_no_chance("Education, who joins the open band", np.array([joining]))
    now = shares
    course = []
    for step in range(steps):
        moved = np.vstack([entering[step], now[:-1]])
        moved[-1] = joining * now[-2] + (1 - joining) * now[-1]
        # Who enters has just been counted; only those who were here already add to what they have.
        moved[1:] *= np.broadcast_to(1 + upgrade, moved.shape)[1:]
        total = moved.sum(axis=1, keepdims=True)
        if (total == 0).any():
            raise BadInput("Education: the upgrade leaves a band of age without any level.")
        now = moved / total
        course.append(now)
    return np.array(course)


def _check(shares: Floats, entering: Floats, upgrade: Floats, steps: int) -> None:
    if shares.ndim != 2 or len(shares) < 2 or entering.shape != (steps, shares.shape[1]):
        raise BadInput(
            f"Education: shares {shares.shape} by age and level, and entering cohorts "
            f"{entering.shape} by step and level, do not fit {steps} steps."
        )
    if upgrade.shape not in ((shares.shape[1],), shares.shape):
        raise BadInput(f"Education: an upgrade of the shape {upgrade.shape} fits no level.")
    refuse_negative("Education, 1 + upgrade", 1 + upgrade)
    for name, rows in (("by age", shares), ("of entering cohorts", entering)):
        refuse_no_chance(f"Education, shares {name}", rows)
        if count := int((np.abs(rows.sum(axis=1) - 1) > TOLERANCE).sum()):
            raise BadInput(f"Education, shares {name}: {count} rows do not add up to 1.")
