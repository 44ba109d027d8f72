"""Who lives where: households, ages, families, where people were born and how they came.

A household stays four years at its dwelling and ages there; then another one moves in. A quarter
of the dwellings changes hands each year, so the country as a whole keeps its shape.
"""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.sources.invented.chance import Chance, logistic, pick, within
from cauce.sources.invented.country import (
    BORDER,
    FIRST_YEAR,
    SOUTH_COAST,
    Addresses,
    by_region,
    is_urban,
    psu_keys,
    region_of,
)

STAY = 4
COUPLES = 0.68
SIZES = np.array(
    [[0.11, 0.16, 0.20, 0.20, 0.14, 0.10, 0.09], [0.17, 0.24, 0.23, 0.19, 0.10, 0.05, 0.02]]
)
HEAD, PARTNER, CHILD, OTHER = 1, 2, 3, 4
HEAD_AGES = ((0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0), (19.0, 26.0, 35.0, 43.0, 53.0, 69.0, 90.0))
OTHER_AGES = ((0.0, 0.35, 0.6, 0.8, 1.0), (-3.0, 14.0, 26.0, 55.0, 92.0))
OLDEST = 97
# Households from abroad by region, on the scale of logits: most in the capital and at the border.
FROM_ABROAD = (-2.2, -2.7, -2.9, -3.4, -3.1, -3.6, -3.0, -1.9)
COUNTRIES = np.array([[0.42, 0.22, 0.14, 0.22], [0.75, 0.05, 0.05, 0.15], [0.12, 0.66, 0.12, 0.10]])


@dataclass(frozen=True)
class People:
    """The people of some dwellings in one year, in the order of the dwellings; shape (people,).

    `dwelling` counts from 0 among the dwellings asked for. `birth` is the position in BIRTH, 0 the
    country itself. `arrival` is the year of arrival of those born abroad, 0 for others; `lived`
    and `worked` say whether those born here lived and worked abroad, `back` the year of return.
    """

    chance: Chance
    home: Chance
    place: Chance
    stratum: Ints
    psu: Ints
    dwelling: Ints
    number: Ints
    person: Ints
    moved_in: Ints
    role: Ints
    sex: Ints
    age: Ints
    birth: Ints
    citizen: Flags
    arrival: Ints
    lived: Flags
    worked: Flags
    back: Ints
    before: Ints

    @property
    def t(self) -> int:
        return self.chance.year - FIRST_YEAR

    @property
    def urban(self) -> Ints:
        return is_urban(self.stratum)

    @property
    def adult(self) -> Flags:
        return self.age >= 15


def people(seed: int, year: int, where: Addresses) -> People:
    """Everyone who lives in some dwellings in a year."""
    stratum, psu, number = where
    address = within(psu_keys(stratum, psu), number)
    phase = pick(Chance(seed, year, address).once("year of moving"), np.ones(STAY))
    moved_in = year - (year + phase) % STAY
    household = within(address, moved_in - FIRST_YEAR)
    size = _sizes(Chance(seed, year, household), is_urban(stratum))
    dwelling = np.repeat(np.arange(len(number)), size)
    person = np.arange(len(dwelling)) - np.repeat(np.cumsum(size) - size, size)
    role, sex, then = _families(
        Chance(seed, year, household),
        Chance(seed, year, within(household[dwelling], person)),
        dwelling,
        person,
    )
    age = np.floor(then).astype(np.int64) + year - moved_in[dwelling]
    born = age >= 0
    dwelling, person = dwelling[born], person[born]
    chance = Chance(seed, year, within(household[dwelling], person))
    home = Chance(seed, year, household[dwelling])
    place = Chance(seed, year, psu_keys(stratum, psu)[dwelling])
    age = np.minimum(age[born], OLDEST)
    came = moved_in[dwelling]
    birth, arrival = _origins(chance, home, place, stratum[dwelling], age, came)
    citizen = _citizens(chance, birth, arrival)
    lived, worked, back, before = _returned(chance, stratum[dwelling], age, birth, came)
    return People(
        chance=chance,
        home=home,
        place=place,
        stratum=stratum[dwelling],
        psu=psu[dwelling],
        dwelling=dwelling,
        number=number[dwelling],
        person=person,
        moved_in=came,
        role=role[born],
        sex=sex[born],
        age=age,
        birth=birth,
        citizen=citizen,
        arrival=arrival,
        lived=lived,
        worked=worked,
        back=back,
        before=before,
    )


def _sizes(home: Chance, urban: Ints) -> Ints:
    return 1 + pick(home.once("size"), SIZES[urban])


def _families(home: Chance, own: Chance, dwelling: Ints, person: Ints) -> tuple[Ints, Ints, Floats]:
    """Role, sex (0 men, 1 women) and age at moving in, negative for those to be born later."""
    head_age = np.interp(home.once("age of the head"), *HEAD_AGES)[dwelling]
    head_sex = (home.once("sex of the head") < 0.36).astype(np.int64)[dwelling]
    couple = (home.once("couple") < COUPLES)[dwelling]
    u = own.once("role")
    partner = (person == 1) & couple
    child = (person > 0) & ~partner & (u < 0.74)
    role = np.select([person == 0, partner, child], [HEAD, PARTNER, CHILD], OTHER)
    drawn = (own.once("sex") < 0.5).astype(np.int64)
    sex = np.select([role == HEAD, role == PARTNER], [head_sex, 1 - head_sex], drawn)
    v = own.once("age")
    youngest = np.maximum(head_age - 40, -3)
    oldest = np.maximum(np.minimum(head_age - 18, 34), youngest + 2)
    age = np.select(
        [role == HEAD, role == PARTNER, role == CHILD],
        [head_age, np.maximum(head_age + 10 * (v - 0.5), 17), youngest + (oldest - youngest) * v],
        np.interp(v, *OTHER_AGES),
    )
    return role, sex, age


def _origins(
    own: Chance, home: Chance, place: Chance, stratum: Ints, age: Ints, came: Ints
) -> tuple[Ints, Ints]:
    """Country of birth and year of arrival; people from one country live near each other."""
    lean = by_region(FROM_ABROAD, stratum) + 0.45 * place.bell("people from abroad")
    lean = lean + 0.035 * (came - FIRST_YEAR)
    family = home.once("family from abroad") < logistic(lean)
    region = region_of(stratum)
    row = np.select([region == BORDER, region == SOUTH_COAST], [1, 2], 0)
    country = 1 + pick(home.once("from which country"), COUNTRIES[row])
    here = -9.0 * np.log(home.once("years here"))
    since = np.floor(np.where(family, here, 25 * own.once("years here alone"))).astype(np.int64)
    arrival = came - np.minimum(since, 60)
    year_of_birth = own.year - age
    abroad = np.where(family, own.once("born abroad") < 0.93, own.once("born abroad") < 0.012)
    abroad &= (arrival >= year_of_birth) & (arrival <= own.year)
    return np.where(abroad, country, 0), np.where(abroad, arrival, 0)


def _citizens(own: Chance, birth: Ints, arrival: Ints) -> Flags:
    years = np.where(birth > 0, own.year - arrival, 0)
    naturalised = own.once("citizenship") < np.clip(0.03 * (years - 3), 0.0, 0.6)
    return np.where(birth > 0, naturalised, own.once("citizenship") < 0.998).astype(np.bool_)


def _returned(
    own: Chance, stratum: Ints, age: Ints, birth: Ints, came: Ints
) -> tuple[Flags, Flags, Ints, Ints]:
    """Lived abroad, worked there, year of return, and from which country; for those born here."""
    share = by_region((0.04, 0.06, 0.05, 0.09, 0.05, 0.1, 0.06, 0.08), stratum)
    lived = (birth == 0) & (age >= 20) & (own.once("lived abroad") < share)
    worked = lived & (own.once("worked abroad") < 0.72)
    ago = np.floor(16 * own.once("years since the return") ** 2).astype(np.int64)
    back = np.where(lived, came - np.minimum(ago, age - 18), 0)
    before = 1 + pick(own.once("where abroad"), np.array([0.2, 0.15, 0.1, 0.55]))
    return lived, worked, back, np.where(lived, before, 0)
