"""People are conserved, chances are chances, and nobody is ever fewer than 0."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.model.projected import NotProducible
from cauce.outlook.leaving import fit_exits, leaving, openings
from cauce.outlook.people import Rates, Schedules, educated, participation, project, trend
from cauce.outlook.people import survival as surviving

QUICK = settings(max_examples=25)
SEEDS = st.integers(0, 2**32 - 1)


def chance(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def schedules(some: np.random.Generator, start: np.ndarray) -> Schedules:
    """Some, with emigration that leaves somebody of every age; infants only come."""
    bands = start.shape[1]
    survival = surviving(some.uniform(0.0005, 0.1, size=(2, bands + 1)))
    births = np.concatenate([[0.0], some.uniform(0, 0.2, bands - 1)])
    migrants = some.uniform(-0.1 * start, start)
    migrants[:, 0] = np.abs(migrants[:, 0])
    return Schedules(survival, births, some.uniform(0.9, 1.2), migrants)


@QUICK
@given(SEEDS, st.integers(3, 21))
def test_people_are_those_there_were_and_the_born_and_the_arrived_less_the_dead(seed, bands):
    some = chance(seed)
    start = some.uniform(50, 100, size=(2, bands))
    for step in project(start, [schedules(some, start)]):
        expected = step.start.sum() + step.births.sum() - step.deaths.sum() + step.migrants.sum()
        assert abs(step.end.sum() - expected) < 1e-9 * step.end.sum()
        assert (step.deaths >= -1e-9).all()
        assert (step.end >= 0).all()


@QUICK
@given(SEEDS)
def test_who_lives_on_is_a_share_whatever_the_death_rates(seed):
    rates = chance(seed).uniform(1e-5, 0.35, size=(2, 22))
    found = surviving(rates)
    assert ((found >= 0) & (found <= 1)).all()


@QUICK
@given(SEEDS, st.floats(1e-4, 0.2))
def test_participation_never_leaves_0_to_1_however_wild_the_waves(seed, se):
    some = chance(seed)
    rate = some.uniform(0, 1, size=(4, 3))
    years = np.array([2005.0, 2006, 2012, 2020])
    rates = Rates((("F", "a"), ("F", "b"), ("M", "a")), years, rate, np.full((4, 3), se))
    found = trend(rates, 10, some.uniform(0, 1, 3))
    assert not isinstance(found, NotProducible)
    drawn = participation(found, 20, 1)
    assert ((drawn >= 0) & (drawn <= 1)).all()


@QUICK
@given(SEEDS)
def test_shares_of_education_stay_shares(seed):
    some = chance(seed)
    shares, entering = some.dirichlet(np.ones(4), size=5), some.dirichlet(np.ones(4), size=3)
    found = educated(shares, entering, some.uniform(-0.5, 0.5, 4), some.uniform(), 3)
    assert np.allclose(found.sum(axis=2), 1)
    assert (found >= 0).all()


@QUICK
@given(SEEDS)
def test_newcomers_are_never_fewer_than_0_and_transfers_never_change_them(seed):
    some = chance(seed)
    base, forecast = some.uniform(0, 100, 4), some.uniform(0, 100, (5, 3, 4))
    replaced = some.uniform(0, 30, (5, 3, 4))
    moving = some.uniform(0, 50, (5, 3, 4))
    none, some_move = (openings(base, forecast, replaced, each) for each in (moving * 0, moving))
    assert (none.for_newcomers >= 0).all()
    assert np.array_equal(none.for_newcomers, some_move.for_newcomers)
    assert np.array_equal(none.gross, none.for_newcomers)
    assert (some_move.gross >= some_move.for_newcomers).all()
    assert (none.for_newcomers >= none.net_growth).all()


@QUICK
@given(SEEDS)
def test_causes_of_leaving_add_up_and_are_never_more_than_everybody(seed):
    some = chance(seed)
    exits, away = some.uniform(0, 0.5, (2, 4, 3)), some.uniform(0, 0.5, (2, 4))
    found = leaving(some.uniform(0, 100, (2, 4, 3)), some.uniform(0, 1, (2, 4)), exits, away)
    assert np.allclose(found.deaths + found.exits + found.emigration, found.total)
    assert ((found.total >= 0) & (found.total <= 1)).all()


@QUICK
@given(SEEDS)
def test_an_occupation_with_fewer_respondents_is_no_farther_from_the_others(seed):
    some = chance(seed)
    asked = some.integers(50, 500, 6).astype(float)
    left = some.binomial(asked.astype(int), some.uniform(0.05, 0.3, 6)).astype(float)
    one, at = np.ones((6, 1)), np.arange(6)
    found = fit_exits(left, asked, one, at, 6)
    raw = np.log((left + 0.5) / (asked - left + 0.5)) - found.beta
    assert (np.abs(found.effect) <= np.abs(raw) + 0.05).all()
