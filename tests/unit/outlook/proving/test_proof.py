"""A level on trial: champions, inflation and scorecards in one go, and as published numbers."""

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import Source
from cauce.model.indicator import Indicator
from cauce.model.observation import ObsStatus
from cauce.model.projected import Base, Outlook
from cauce.model.release import InputFile, Provenance
from cauce.model.text import Text
from cauce.outlook.proving import LEAST, Level, Shelf, prove, published, scores
from cauce.outlook.shares import NAIVE, filtered
from cauce.protect import derive

from .conftest import after, history, times

RNG = np.random.default_rng(2)
WALK = 1000 * np.exp(0.05 * RNG.normal(size=(10, 6)).cumsum(axis=0))
PAST = history(WALK, se=0.03 * WALK)
AHEAD = np.array([1.0, 3.0, 9.0])
METHODS = {"filter": filtered, "mean_share": NAIVE["mean_share"], "no_change": NAIVE["no_change"]}
PROOF = prove(Level("XAA", "ocu1", PAST, leave_out=(2020.0,)), METHODS, AHEAD)
X = Text("x", "x")


def test_every_horizon_has_a_scorecard_with_all_methods():
    card = PROOF.scorecards[0]

    assert [one.method for one in card.scores] == list(METHODS)
    assert [one.horizon for one in PROOF.scorecards] == [1, 3, 9]
    assert card.champion == PROOF.champions[0].method
    assert (card.cells, card.left_out) == (6, (2020.0,))
    assert card.origins == (2017.0, 2018.0, 2021.0, 2022.0, 2023.0)
    assert [one.nominal for one in card.coverage] == [0.5, 0.8]
    assert {one.against for one in card.claims} == {"mean_share", "no_change"}


def test_a_horizon_without_a_past_says_so_and_claims_nothing():
    card = PROOF.scorecards[2]

    assert card.origins == ()
    assert card.judged_at == 3
    assert np.isnan(card.claims[0].gain)
    assert np.isnan(card.coverage[0].achieved)


def test_the_floor_is_of_the_model_and_plain_rules_have_none():
    methods = {"model": times(1.0, 100.0), "rule": times(1.2, 100.0)}
    won = prove(Level("XAA", "x", PAST), methods, AHEAD[:1], model="model", fallback="rule")
    lost = prove(Level("XAA", "x", PAST), methods, AHEAD[:1], model="rule", fallback="model")

    assert (won.champions[0].method, won.factor[0]) == ("model", LEAST)
    assert (lost.champions[0].method, lost.factor[0]) == ("model", 1.0)


def test_what_is_published_is_the_champion_of_each_horizon_with_its_inflation():
    found = published(PROOF, PAST, METHODS)

    for at, each in enumerate(PROOF.champions):
        own = METHODS[each.method](PAST, AHEAD)
        np.testing.assert_allclose(found.value[at], own.value[at])
        np.testing.assert_allclose(found.variance[at], PROOF.factor[at] * own.variance[at])


def test_nothing_is_published_where_the_champion_declines():
    methods = {"model": times(1.0), "rule": times(1.2)}
    proof = prove(Level("XAA", "x", PAST), methods, AHEAD[:1], model="model", fallback="rule")

    found = published(proof, PAST, {"model": after(99, times(1.0))})
    assert np.isnan(found.value).all()


def test_other_countries_widen_intervals():
    calm = history(np.full((8, 6), 1000.0), se=np.full((8, 6), 1.0))
    methods = {"model": times(1.0, 1e-4), "rule": times(1.2, 1e-4)}

    def factor(*elsewhere):
        level = Level("XAA", "x", calm, elsewhere=elsewhere)
        return prove(level, methods, AHEAD[:1], model="model", fallback="rule").factor[0]

    wild = prove(Level("XBB", "x", PAST), methods, AHEAD[:1], model="model", fallback="rule")
    assert factor() == LEAST
    assert factor(wild.trials) > LEAST


def test_vintages_that_were_kept_are_the_origins():
    """The first vintage had another number for its last wave: that is what was known."""
    known = [history(WALK[:5] * 1.1), history(WALK[:6])]
    found = prove(Level("XAA", "ocu1", PAST), METHODS, AHEAD[:1], known=known)

    assert found.trials.origins.tolist() == [2019, 2020]
    np.testing.assert_allclose(found.trials.start[0], WALK[4] * 1.1)


def test_a_model_that_is_none_of_the_methods_is_our_own_mistake():
    with pytest.raises(KeyError):
        prove(Level("XAA", "ocu1", PAST), METHODS, AHEAD, model="theta")


def indicator(name, unit="PT"):
    return Indicator(name, X, X, "total", "", "", "", unit, 100.0, 1, "", source="outlook")


SHELF = Shelf(
    id="XAA_OUTLOOK_SCORES",
    name=X,
    source=Source("XAA_OUTLOOK", "XAA", X, X, "Open", "An office (2026)", True),
    area=Code("XAA", X),
    levels={"ocu1": Text("Major groups", "Grandes grupos")},
    indicators={name: indicator(name) for name in ("PRJ_WAPE_RT", "PRJ_HIT_RT", "PRJ_COV_RT")},
    period="2024",
)


def codes_of(found, at):
    return [one.codes[k].id for one, k in zip(found.dataflow.dimensions, at, strict=True)]


def told(found):
    return {
        tuple(codes_of(found, at)[2:6]): (value, words)
        for at, value, words in zip(found.key, found.value, found.rule, strict=True)
    }


def test_scores_are_published_in_the_unit_of_their_indicator():
    card, found = PROOF.scorecards[0], told(scores(PROOF.scorecards, SHELF))

    value, _ = found["PRJ_WAPE_RT", "OCU1", "H1", "NO_CHANGE"]
    assert value == pytest.approx(100 * card.scores[2].wape)
    assert found["PRJ_WAPE_RT", "OCU1", "H1", "PERFECT"][0] == pytest.approx(100 * card.wape_floor)
    assert found["PRJ_HIT_RT", "OCU1", "H1", "EVERYTHING_GROWS"][0] == pytest.approx(
        100 * card.everything_grows
    )


def test_the_method_that_is_published_carries_the_verdict():
    card, found = PROOF.scorecards[0], told(scores(PROOF.scorecards, SHELF))

    _, words = found["PRJ_WAPE_RT", "OCU1", "H1", card.champion.upper()]
    assert card.verdict.en in words
    assert card.verdict.es in words


def test_a_score_that_is_not_there_is_no_zero():
    found = scores(PROOF.scorecards, SHELF)
    at = [row[2:6] for row in (codes_of(found, one) for one in found.key)]
    empty = at.index(["PRJ_WAPE_RT", "OCU1", "H9", "FILTER"])

    assert np.isnan(found.value[empty])
    assert found.status[empty] is ObsStatus.NOT_POSSIBLE
    assert "too few past forecasts" in found.rule[empty]


def test_scores_leave_by_the_second_door():
    inputs = (InputFile("x", "0" * 64, 1, "2024", 1),)
    origin = Provenance("x", "0" * 64, inputs, "1", "", "", ())
    outlook = Outlook(
        "XAA_OUTLOOK", "2024", "BASELINE", (scores(PROOF.scorecards, SHELF),), (),
        (Base("XAA_LFS", "2024", "0" * 64, 1),), (),
    )  # fmt: skip

    released = derive(outlook, origin, 10)
    assert len(released.flows[0].value) == len(scores(PROOF.scorecards, SHELF).value)
