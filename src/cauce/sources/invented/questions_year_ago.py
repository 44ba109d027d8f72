"""The questions about work a year ago: who left work, who came back, who changed occupation."""

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.sources.invented.chance import pick
from cauce.sources.invented.occupations import CODES
from cauce.sources.invented.population import Population
from cauce.sources.invented.writing import Columns, hidden, only

WORKED, BEFORE, NEVER = 1, 2, 3
OLD = (25, 55, 65)
# Of those outside the labour force who have worked, who left within the year, by age.
LEFT = np.array([0.13, 0.13, 0.16, 0.05])
# Of those at work, who did not work a year ago; some of them never had.
NEW = np.array([0.20, 0.02, 0.006, 0.006])
MOVED = 0.04
"""Share of those at work then and now who did something else a year ago."""


def year_ago(of: Population, former: Ints) -> Columns:
    """Whether people of 15 and over worked a year ago, and as what.

    Args:
        former: occupation of the last work of those without work, by people.
    """
    a, own, adult = of.activity, of.people.chance, of.people.adult
    state = _state(of)
    code = of.spread(of.jobs.code, 0)
    other = CODES[pick(own.yearly("occupation a year ago"), np.ones(len(CODES)))]
    then = np.where(own.yearly("changed occupation") < MOVED, other, code)
    said = hidden(np.where(a.employed, then, former), own, "occupation a year ago", 0.01, 9999)
    return {
        "p17_hace1": only(adult, state),
        "p18_ocupa1": only(adult & (state == WORKED), said),
    }


def _state(of: Population) -> Ints:
    a, own, age = of.activity, of.people.chance, of.people.age
    u = own.yearly("work a year ago")
    band = np.searchsorted(OLD, age, side="right")
    new = a.employed & (u < NEW[band])
    first = own.yearly("first work") < np.where(age < OLD[0], 0.75, 0.3)
    outside: Flags = a.outside & (u < LEFT[band])
    lost = a.unemployed & (a.months < 12) & (u < 0.8)
    worked = (a.employed & ~new) | (a.before & (outside | lost))
    return np.select([worked, new & first, new | a.before], [WORKED, NEVER, BEFORE], NEVER)
