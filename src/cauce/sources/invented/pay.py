"""Hours and earnings of the employed, and what they would like of both."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.sources.invented.activity import Activity
from cauce.sources.invented.chance import Chance, pick
from cauce.sources.invented.jobs import EMPLOYEE, FAMILY, OWN_ACCOUNT, PUBLIC, Jobs
from cauce.sources.invented.people import People
from cauce.sources.invented.schooling import Schooling

UNDER = 40
"""Hours a week below which somebody who wants more is underemployed, by the rule of the country."""
FULL_TIME = np.array([40, 44, 45, 48, 50, 54, 60])
FULL_SHARES = np.array([0.24, 0.16, 0.08, 0.32, 0.07, 0.06, 0.07])
PART_TIME = np.array([6, 10, 15, 20, 24, 25, 30, 35])
PART_SHARES = np.array([0.06, 0.1, 0.12, 0.25, 0.1, 0.08, 0.19, 0.1])
PAY_BY_MAJOR = np.array([0.35, 0.75, 0.6, 0.35, 0.15, -0.05, -0.35, 0.05, 0.05, -0.3])
MONTHLY = np.array([1.0, 2.0, 52 / 12])
"""Months' worth of a month's, a fortnight's and a week's pay."""


@dataclass(frozen=True)
class Pay:
    """Hours a week and pay of the employed; shape (employed,).

    `period` is 1 month, 2 fortnight, 3 week; `amount` is what one period pays, in whole pesos of
    the invented country; `month` the same for a month. 0 for family workers and own-use producers.
    """

    usual_main: Ints
    usual: Ints
    actual_main: Ints
    actual: Ints
    wants_more: Flags
    can_more: Flags
    under: Flags
    period: Ints
    amount: Ints
    month: Floats
    in_kind: Ints
    other: Ints


def pay(of: People, learned: Schooling, week: Activity, job: Jobs) -> Pay:
    """What the employed work and earn."""
    own = of.chance.among(job.who)
    usual_main = _usual(of, own, week, job)
    second = np.where(job.second, 4 + np.floor(14 * own.yearly("second hours")), 0).astype(np.int64)
    usual = usual_main + second
    worked = np.where(week.absent[job.who], 0, 1)
    change = np.select([own.yearly("week") < 0.1, own.yearly("week") > 0.93], [-8, 6], 0)
    actual_main = worked * np.maximum(usual_main + change, 1)
    wants = own.mostly("more hours", 0.5) < np.where(usual < UNDER, 0.4, 0.09) + 0.08 * job.informal
    can = wants & (own.yearly("could work more") < 0.85)
    period, amount, month = _earnings(of, learned, job, own, usual_main)
    unpaid = (job.status == FAMILY) | week.subsistence[job.who]
    return Pay(
        usual_main=usual_main,
        usual=usual,
        actual_main=actual_main,
        actual=actual_main + worked * second,
        wants_more=wants,
        can_more=can,
        under=can & (usual < UNDER),
        period=np.where(unpaid, 0, period),
        amount=np.where(unpaid, 0, amount),
        month=np.where(unpaid, 0.0, month),
        in_kind=np.where(~unpaid & (own.once("in kind") < 0.07), np.rint(0.12 * month), 0).astype(
            np.int64
        ),
        other=np.where(job.second, np.rint(month * second / 60), 0).astype(np.int64),
    )


def _usual(of: People, own: Chance, week: Activity, job: Jobs) -> Ints:
    share = 0.12 + 0.14 * of.sex[job.who] + 0.16 * (job.status == OWN_ACCOUNT)
    share = share + 0.4 * (job.status == FAMILY) + 0.25 * week.subsistence[job.who]
    part = own.mostly("part time", 0.7) < share
    u = own.mostly("hours", 0.7)
    full = FULL_TIME[pick(u, FULL_SHARES)]
    full = np.where(job.sector == PUBLIC, np.minimum(full, 44), full)
    return np.where(part, PART_TIME[pick(u, PART_SHARES)], full)


def _earnings(
    of: People, learned: Schooling, job: Jobs, own: Chance, hours: Ints
) -> tuple[Ints, Ints, Floats]:
    who = job.who
    x = 6.55 + 0.17 * learned.tier[who] + PAY_BY_MAJOR[job.major] - 0.13 * of.sex[who]
    x = x + 0.018 * np.minimum(of.age[who] - 15, 25) - 0.14 * (of.birth[who] > 0)
    x = x - 0.3 * job.informal + 0.55 * np.log(hours / 44) + 0.15 * (job.sector == PUBLIC)
    x = x + 0.12 * of.place.among(who).bell("pay") + 0.034 * of.t + 0.08 * of.urban[who]
    x = x + 0.28 * own.bell("pay") + 0.2 * own.yearly_bell("pay")
    x = x + np.where(job.status == EMPLOYEE, 0.0, 0.25 * own.yearly_bell("trade") - 0.05)
    period = 1 + pick(own.once("pay period"), np.array([0.52, 0.33, 0.15]))
    worth = MONTHLY[period - 1]
    amount = np.maximum(np.rint(np.exp(x) / worth), 1).astype(np.int64)
    return period, amount, amount * worth
