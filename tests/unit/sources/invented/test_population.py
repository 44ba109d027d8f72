"""Who lives in the invented country and what they do."""

from dataclasses import fields

import numpy as np

from cauce.sources.invented import live, stratum_population
from cauce.sources.invented.country import SEED, dwellings_in, psus_in, stratum_addresses
from cauce.sources.invented.occupations import CODES, OCCUPATIONS, SUBSISTENCE


def test_a_sample_meets_the_people_a_census_meets(village) -> None:
    where = tuple(part[100:200] for part in stratum_addresses(SEED, 2025, 20))
    few = live(SEED, 2025, where)
    them = (village.people.dwelling >= 100) & (village.people.dwelling < 200)
    assert (few.people.age == village.people.age[them]).all()
    assert (few.amounts(few.pay.month) == village.amounts(village.pay.month)[them]).all()


def test_every_adult_is_employed_unemployed_or_outside_and_nothing_twice(village) -> None:
    week = village.activity
    states = week.employed.astype(int) + week.unemployed + week.outside
    assert (states == village.people.adult).all()


def test_nobody_arrived_before_birth_or_in_the_future(village) -> None:
    p = village.people
    abroad = p.birth > 0
    assert abroad.any()
    assert (p.arrival[abroad] >= 2025 - p.age[abroad]).all()
    assert (p.arrival[abroad] <= 2025).all()


def test_nobody_left_school_faster_than_they_could(village) -> None:
    young = village.people.age < 6
    assert (village.schooling.level[young] == 0).all()


def test_people_age_where_they_stay() -> None:
    now, later = stratum_population(2024, 3).people, stratum_population(2025, 3).people
    same = np.intersect1d(now.chance.keys, later.chance.keys)
    assert 0.6 < len(same) / len(now.age) < 0.8
    at = [np.searchsorted(np.sort(p.chance.keys), same) for p in (now, later)]
    ages = [
        p.age[np.argsort(p.chance.keys)][where] for p, where in zip((now, later), at, strict=True)
    ]
    assert (ages[1] - ages[0] <= 1).all()
    assert (ages[1] - ages[0]).mean() > 0.99


def test_formality_is_what_the_seventeenth_icls_says(village) -> None:
    j = village.jobs
    independent = ~j.employee & (j.status != 5)
    assert (j.informal[j.employee] == ~j.social_security[j.employee]).all()
    assert (j.informal[independent] == ~(j.registered | j.books)[independent]).all()
    assert j.informal[j.status == 5].all()


def test_the_underemployed_work_under_forty_hours_and_can_work_more(village) -> None:
    q = village.pay
    assert q.under.any()
    assert (q.usual[q.under] < 40).all()
    assert q.can_more[q.under].all()


def test_own_use_producers_farm_and_are_not_paid(village) -> None:
    them = village.activity.subsistence[village.jobs.who]
    assert them.any()
    assert (village.jobs.unit[them] == SUBSISTENCE).all()
    assert (village.pay.month[them] == 0).all()


def test_the_population_grows_by_dwellings() -> None:
    psu = np.arange(psus_in(7))
    stratum = np.full(len(psu), 7)
    first, last = (dwellings_in(SEED, year, stratum, psu) for year in (2014, 2025))
    assert (last >= first).all()
    assert 1.05 < last.sum() / first.sum() < 1.13


def test_unit_groups_have_four_digits_and_stand_once() -> None:
    assert len(set(CODES.tolist())) == len(OCCUPATIONS)
    assert ((CODES >= 110) & (CODES <= 9999)).all()


def test_all_that_is_known_of_people_has_a_value_for_each(village) -> None:
    count = len(village.people.age)
    for part in (village.people, village.schooling, village.activity):
        for field in fields(part):
            values = getattr(part, field.name)
            assert len(getattr(values, "keys", values)) == count, field.name
