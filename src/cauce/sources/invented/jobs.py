"""The work of the employed: occupation, industry, status, formality. Also former work."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.sources.invented.activity import Activity
from cauce.sources.invented.chance import Chance, logistic, pick
from cauce.sources.invented.country import BORDER, FIRST_YEAR, SOUTH_SEED, region_of
from cauce.sources.invented.occupations import (
    CODES,
    DIVISION_COUNT,
    DIVISIONS,
    MAJOR,
    SUBSISTENCE,
    major_shares,
    unit_weights,
    units_of,
)
from cauce.sources.invented.people import People
from cauce.sources.invented.schooling import Schooling

EMPLOYEE, EMPLOYER, OWN_ACCOUNT, COOPERATIVE, FAMILY = 1, 2, 3, 4, 5
# By major group 0 to 9: employees, employers, own account, cooperatives, family workers.
STATUS_SHARES = np.array(
    [
        [1.00, 0.00, 0.00, 0.000, 0.00],
        [0.45, 0.30, 0.25, 0.003, 0.00],
        [0.85, 0.03, 0.12, 0.002, 0.00],
        [0.84, 0.02, 0.13, 0.004, 0.00],
        [0.96, 0.00, 0.02, 0.005, 0.01],
        [0.62, 0.03, 0.31, 0.003, 0.04],
        [0.24, 0.05, 0.58, 0.020, 0.11],
        [0.58, 0.04, 0.36, 0.004, 0.02],
        [0.66, 0.02, 0.30, 0.010, 0.01],
        [0.76, 0.00, 0.19, 0.002, 0.05],
    ]
)
FORMAL = np.array([6.0, 1.2, 1.4, 1.1, 1.1, -0.1, -1.6, -0.4, 0.0, -0.8])
# Informality grows slowly and jumps with the shock.
INFORMAL_YEARS = (0.0, 0.0, 0.03, 0.05, 0.1, 0.1, 0.32, 0.38, 0.34, 0.3, 0.28, 0.3)
SIZE_SHARES = np.array([0.36, 0.22, 0.18, 0.14, 0.10])
PUBLIC, PRIVATE, HOUSEHOLD = 1, 2, 3
OWN_MIX, OWN_DRIFT = 0.3, 0.012
"""How far the neighbour's shares lie off, and how they drift apart a year; of logarithms."""


@dataclass(frozen=True)
class Jobs:
    """The main job of the employed, `who` their positions among all; else shape (employed,).

    `unit` is the position of the occupation in OCCUPATIONS. `informal` follows the 17th ICLS:
    employees without social security paid by the employer, family workers, and independents whose
    business neither is registered nor keeps books. `contract` is 1 written and open, 2 written
    with an end, 3 by word, 0 for independents. `abroad` works across the border.
    """

    who: Ints
    unit: Ints
    division: Ints
    status: Ints
    sector: Ints
    size: Ints
    social_security: Flags
    paid_leave: Flags
    sick_leave: Flags
    registered: Flags
    books: Flags
    informal: Flags
    contract: Ints
    union: Flags
    second: Flags
    abroad: Flags

    @property
    def code(self) -> Ints:
        """ISCO-08 unit group as a number: 110 is 0110."""
        return CODES[self.unit]

    @property
    def major(self) -> Ints:
        return MAJOR[self.unit]

    @property
    def employee(self) -> Flags:
        return np.asarray(self.status == EMPLOYEE)


def jobs(of: People, learned: Schooling, week: Activity) -> Jobs:
    """The main jobs of the employed."""
    who = np.flatnonzero(week.employed)
    own = of.chance.among(who)
    unit = np.where(week.subsistence[who], SUBSISTENCE, units(of, learned, who))
    turn = np.floor(own.once("industry") * DIVISION_COUNT[unit]).astype(np.int64)
    division = DIVISIONS[unit, turn]
    status = 1 + pick(own.mostly("status", 0.85), STATUS_SHARES[MAJOR[unit]])
    status = np.where(week.subsistence[who], OWN_ACCOUNT, status)
    status = np.where((division == 97) & (status != FAMILY), EMPLOYEE, status)
    status = np.where((division == 84) | (unit == 0), EMPLOYEE, status)
    sector = _sector(own, division, status)
    lean = _formality(of, learned, who, MAJOR[unit], division, sector)
    covered = own.mostly("formal", 0.85) < logistic(lean)
    border = region_of(of.stratum[who]) == BORDER
    independent = np.isin(status, (EMPLOYER, OWN_ACCOUNT, COOPERATIVE))
    lift = (
        1.2 * (status == EMPLOYER) + 3.0 * (status == COOPERATIVE) - 1.5 * (status == OWN_ACCOUNT)
    )
    trading = own.mostly("registered", 0.9) < logistic(lean + lift)
    registered = independent & trading & ~week.subsistence[who]
    books = independent & ~week.subsistence[who]
    books &= own.once("books") < np.where(registered, 0.7, 0.03)
    employee = status == EMPLOYEE
    formal = (employee & covered) | (independent & (registered | books))
    return Jobs(
        who=who,
        unit=unit,
        division=division,
        status=status,
        sector=sector,
        size=_size(own, status, sector, formal),
        social_security=np.where(employee, covered, formal & (own.once("cover") < 0.55)),
        paid_leave=employee & (own.once("leave") < np.where(covered, 0.94, 0.06)),
        sick_leave=employee & (own.once("sick") < np.where(covered, 0.92, 0.05)),
        registered=registered,
        books=books,
        informal=~formal,
        contract=np.where(employee, _contract(own, covered), 0),
        union=employee & covered & (own.once("union") < np.where(sector == PUBLIC, 0.4, 0.06)),
        second=own.yearly("second job") < 0.055,
        abroad=own.once("works abroad") < np.where(border, 0.03, 0.002),
    )


def units(of: People, learned: Schooling, who: Ints) -> Ints:
    """The unit group somebody works in, or would; it changes slowly with the times."""
    own = of.chance.among(who)
    tier, sex = learned.tier[who], of.sex[who]
    shares = major_shares(of.t, wobble(own.seed, of.chance.year, 10))
    row = ((tier * 2 + sex) * 2 + of.urban[who]) * 2 + (of.birth[who] > 0)
    major = pick(own.mostly("major group", 0.9), shares.reshape(-1, 10)[row])
    # What a place is known for: a tenth of its people work in the same group.
    local = of.place.among(who)
    common = pick(local.once("trade of the place"), shares[1, 0, 1, 0])
    major = np.where(own.once("works as the place does") < 0.1, common, major)
    weights = unit_weights(of.t, wobble(own.seed, of.chance.year, len(CODES)))
    u = own.mostly("unit group", 0.9)
    found = np.zeros(len(who), dtype=np.int64)
    for group in range(10):
        at = units_of(group)
        for one in (0, 1):
            mine = (major == group) & (sex == one)
            found[mine] = at[pick(u[mine], weights[one, at])]
    return found


@lru_cache(maxsize=128)
def wobble(seed: int, year: int, count: int) -> Floats:
    """How far shares are off their trend in a year: a slow wave of its own for each, summed up
    from yearly steps, so that the future is not the past drawn on; shape (count,).

    The southern neighbour shares the trend but for a mix and a drift of its own."""
    numbers = np.arange(count).astype(np.uint64) + np.uint64(7 * count)
    steps = [
        Chance(seed, step, numbers).yearly_bell("shares")
        for step in range(FIRST_YEAR + 1, year + 1)
    ]
    walk = 0.02 * np.sum(steps, axis=0) if steps else np.zeros(count)
    if seed != SOUTH_SEED:
        return walk
    own = Chance(seed, FIRST_YEAR, numbers)
    drift = OWN_DRIFT * (year - FIRST_YEAR) * own.bell("drift of its own")
    return np.asarray(walk + OWN_MIX * own.bell("mix of its own") + drift)


def _sector(own: Chance, division: Ints, status: Ints) -> Ints:
    share = np.select([division == 84, division == 85, division == 86], [1.0, 0.7, 0.6], 0.01)
    public = (status == EMPLOYEE) & (own.once("public") < share) & (division != 97)
    return np.where(public, PUBLIC, np.where(division == 97, HOUSEHOLD, PRIVATE))


def _formality(
    of: People, learned: Schooling, who: Ints, major: Ints, division: Ints, sector: Ints
) -> Floats:
    x = FORMAL[major] + 0.3 * learned.tier[who] + 0.25 * of.urban[who] - 0.65 * (of.birth[who] > 0)
    x = x + 3.0 * (sector == PUBLIC) - 1.3 * (division == 97) - 0.25 * (of.age[who] < 25)
    return np.asarray(x + 0.5 * of.place.among(who).bell("formality") - INFORMAL_YEARS[of.t])


def _size(own: Chance, status: Ints, sector: Ints, formal: Flags) -> Ints:
    """People at the place of work: 1 alone, 2 two to four, 3 to nineteen, 4 to 99, 5 more."""
    u = own.once("size of the place")
    large = np.where(formal, u**0.6, u)
    size = 1 + pick(large, SIZE_SHARES)
    size = np.where(status == OWN_ACCOUNT, np.minimum(size, 1 + (u > 0.75)), size)
    size = np.where(sector == PUBLIC, np.maximum(size, 3), size)
    return np.where((status != OWN_ACCOUNT) & (size == 1), 2, size)


def _contract(own: Chance, covered: Flags) -> Ints:
    u = own.once("contract")
    return np.where(
        covered,
        np.select([u < 0.72, u < 0.95], [1, 2], 3),
        np.select([u < 0.08, u < 0.2], [1, 2], 3),
    )
