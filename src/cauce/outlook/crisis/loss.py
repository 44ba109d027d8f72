"""Work and income that are lost while what stopped comes back.

J(t) = J(0) exp(−t/τ): jobs that are still stopped t months after. What a month loses is the
integral of J over it; whole days lost are that times the days worked in a month, and income is
that times the pay of a month. Source: domain page outlook, section 6.
"""

import numpy as np

from cauce.model.arrays import Floats


def stopped_over_time(first: Floats, months: Floats, horizon: int) -> Floats:
    """Jobs still stopped at the start of each month after, shape (d, horizon, c).

    Args:
        first: jobs stopped at first, shape (d, c).
        months: τ, after how many months 1/e of them are stopped still, shape (d, c); 0 says that
            they are back at once.
    """
    t = np.arange(horizon)[None, :, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(months[:, None, :] > 0, np.exp(-t / months[:, None, :]), (t == 0) * 1.0)
    return first[:, None, :] * (left + 0 * months[:, None, :])


def workdays_lost(first: Floats, months: Floats, horizon: int, days_a_month: float) -> Floats:
    """Workdays that each month loses, shape (d, horizon, c)."""
    t = np.arange(horizon)[None, :, None]
    tau = months[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        lost = tau * (np.exp(-t / tau) - np.exp(-(t + 1) / tau))
    lost = np.where(tau > 0, lost, 0.0) + 0 * tau
    days: Floats = first[:, None, :] * lost * days_a_month
    return days


def income_lost(workdays: Floats, pay_a_month: Floats, days_a_month: float) -> Floats:
    """Pay of the days that are lost, in the currency of the pay; NaN where no pay is known.

    Args:
        workdays: shape (d, horizon, c).
        pay_a_month: the median of each cell, shape (c,). The median stands for the mean of those
            whose work stopped: nobody knows who they are.
    """
    lost: Floats = workdays / days_a_month * pay_a_month
    return lost
