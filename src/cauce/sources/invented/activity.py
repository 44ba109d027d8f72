"""Who works, who looks for work, who would like to: the state of everyone in the reference week."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.sources.invented.chance import logistic, pick
from cauce.sources.invented.people import People
from cauce.sources.invented.schooling import Schooling

# Unemployment over twelve years on the scale of logits: a quiet time, the shock of 2020, recovery.
CYCLE = (0.0, -0.05, 0.02, -0.03, 0.04, 0.1, 0.78, 0.5, 0.27, 0.12, 0.02, 0.06)
# A shock also sends people home: what participation lost.
WITHDRAWN = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.4, 0.18, 0.08, 0.03, 0.0, 0.0)


@dataclass(frozen=True)
class Activity:
    """The reference week; shape (people,). False and 0 for children and where it does not apply.

    `employed`, `unemployed`, `outside` are the 13th ICLS. `subsistence` people are employed by it
    as producers of food mainly for their own use, and not employed by the 19th. `potential` is the
    potential labour force: who seeks but is not available, or is available, wants and does not
    seek. `months` is the time without work.
    """

    employed: Flags
    unemployed: Flags
    outside: Flags
    absent: Flags
    subsistence: Flags
    seeking: Flags
    available: Flags
    starting: Flags
    wanting: Flags
    potential: Flags
    reason: Ints
    months: Ints
    before: Flags


def activity(of: People, learned: Schooling) -> Activity:
    """The labour force status of everyone and what lies behind it."""
    own, adult = of.chance, of.adult
    active = adult & (own.mostly("active", 0.75) < logistic(_participation(of, learned)))
    jobless = active & (own.mostly("jobless", 0.45) < logistic(_joblessness(of, learned)))
    employed = active & ~jobless
    outside = adult & ~active
    near = outside & (of.age < 70) & (own.yearly("near") < 0.13)
    unavailable = near & (own.yearly("kind of near") < 0.3)
    starting = jobless & (own.yearly("starting") < 0.06)
    return Activity(
        employed=employed,
        unemployed=jobless,
        outside=outside,
        absent=employed & (own.yearly("absent") < 0.028),
        subsistence=_subsistence(of, learned, employed),
        seeking=(jobless & ~starting) | unavailable,
        available=jobless | (near & ~unavailable),
        starting=starting,
        wanting=jobless | near | (outside & (own.yearly("wanting") < 0.05)),
        potential=near,
        reason=np.where(outside & ~unavailable, _reason(of, learned, near), 0),
        months=np.where(jobless, _months(of), 0),
        before=adult & ~employed & (own.once("worked before") < np.where(of.age < 25, 0.35, 0.82)),
    )


def _participation(of: People, learned: Schooling) -> Floats:
    x = 1.75 - 0.0026 * (of.age - 41.0) ** 2 - 1.05 * of.sex + 0.22 * learned.tier
    x = x + 0.45 * (of.birth > 0) - 1.7 * learned.attends + 0.3 * of.place.bell("activity")
    return np.asarray(x + 0.025 * of.t * of.sex - WITHDRAWN[of.t] - 0.5 * (learned.limited > 2))


def _joblessness(of: People, learned: Schooling) -> Floats:
    x = -2.85 + 1.0 * (of.age < 25) - 0.1 * learned.tier + 0.2 * of.sex + 0.25 * of.urban
    x = x + 0.22 * (of.birth == 1) + 0.45 * of.place.bell("jobs")
    return np.asarray(x + 0.25 * of.place.yearly_bell("jobs") + CYCLE[of.t])


def _subsistence(of: People, learned: Schooling, employed: Flags) -> Flags:
    poor = employed & (of.urban == 0) & (learned.tier < 2)
    return np.asarray(poor & (of.chance.mostly("subsistence", 0.8) < 0.06 + 0.12 * (of.age > 55)))


def _reason(of: People, learned: Schooling, near: Flags) -> Ints:
    """Why somebody does not look for work: 1 lost hope, 2 studies, 3 care, 4 illness, 5 retired,
    6 does not need to, 7 other."""
    u = of.chance.yearly("reason")
    care = np.where(of.sex == 1, 0.6, 0.1)
    rest = np.select([learned.attends, of.age >= 65, u < care], [2, 5, 3], 0)
    other = 4 + pick(of.chance.yearly("other reason"), np.array([0.35, 0.1, 0.2, 0.35]))
    return np.where(near & (u < 0.55), 1, np.where(rest > 0, rest, other))


def _months(of: People) -> Ints:
    """How long the search has lasted: one month to five years, half of them under five months."""
    u = of.chance.yearly("months")
    return np.minimum(np.ceil(-7.0 * np.log(u)), 60).astype(np.int64)
