"""Occupations and industries are forecast together, and their change is taken apart."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.proving.proof import MODEL
from cauce.pipeline.outlook import demand
from cauce.pipeline.outlook.demand import level, margin, stated, totals_of
from cauce.pipeline.outlook.staffing import staffing_of, steady, taken_apart

NAN = float("nan")
YEARS = np.arange(2018.0, 2026.0)


def told(dimensions, cells, value, total=None, name="groups"):
    """A table as it is read: waves of cells, errors of 2 %, and the published total."""
    numbers = np.array(value, dtype=float)
    years = YEARS[-len(numbers) :]

    def history(at, these):
        n = np.full(these.shape, 900, dtype=np.int32)
        return History(at, cells if at else ((),), years, these, 0.02 * these, n, ("08",) * len(n))

    whole = numbers.sum(axis=1) if total is None else np.array(total, dtype=float)
    names = tuple(SimpleNamespace(name=Text(one, one)) for one in dimensions)
    return demand.Read(
        SimpleNamespace(name=name), history(dimensions, numbers), history((), whole[:, None]),
        names, SimpleNamespace(dataflow=SimpleNamespace(source=SimpleNamespace(area="XAA"))), None,
    )  # fmt: skip


def grown(*base, waves=8, by=0.02):
    return [[one * (1 + by) ** wave for one in base] for wave in range(waves)]


GROUPS = told(("OCU",), (("7",), ("4",)), grown(6000, 3000))
SLOWING = told(
    ("OCU",),
    (("7",), ("4",)),
    # A share that grows and slows down, in waves that are 2 % off by chance.
    [
        (np.array([6000 * np.exp(0.5 * (1 - 0.85**wave)), 3000]) * np.exp(off)).tolist()
        for wave, off in enumerate(np.random.default_rng(0).normal(0, 0.02, (8, 2)))
    ],
)
INDUSTRY = told(("ECO",), (("CON",), ("PUB",)), grown(5000, 4000))
CELLS = (("CON", "7"), ("CON", "4"), ("PUB", "7"), ("PUB", "4"))
MATRIX = told(("ECO", "OCU"), CELLS, grown(4500, 500, 1500, 2500))


def run(draws):
    return SimpleNamespace(horizon=3, draws=draws, seed=1)


def test_few_unstated_are_spread_and_many_stay_a_cell():
    few = told(("OCU",), (("7",), ("4",), ("_U",)), [[6000, NAN, 90]] * 4, total=[9090] * 4)
    read, words = stated(few)
    assert read.history.cells == (("7",), ("4",))
    assert read.history.value[0, 0] == pytest.approx(6000 * 9090 / 9000)
    assert "spread" in words[0].en
    many = told(("OCU",), (("7",), ("_U",)), [[6000, 3000]] * 4)
    assert stated(many)[0].history.cells == (("7",), ("_U",))
    assert stated(GROUPS) == (GROUPS, ())


def test_a_total_that_no_wave_published_is_none_and_a_missing_one_is_missing():
    history = GROUPS.history
    assert totals_of(GROUPS, history).value[-1, 0] == pytest.approx(history.value[-1].sum())
    late = told(("OCU",), (("7",), ("4",)), grown(1, 2, waves=7))
    assert np.isnan(totals_of(late, history).value[0, 0])
    never = SimpleNamespace(years=np.array([1990.0]))
    assert totals_of(SimpleNamespace(total=never), history) is None


def test_what_is_published_is_as_wide_as_past_errors_ask_for():
    """The ends of 80 % lie 1.2816 calibrated standard errors off, at every horizon."""
    found = level(GROUPS, run(4000))
    forecast = demand.published(found.proof, found.read.history, demand.methods(found.read))
    low, high = np.percentile(np.log(found.employed), (10, 90), axis=0)
    assert (high - low) / 2 == pytest.approx(1.2816 * np.sqrt(forecast.variance), rel=0.08)


def test_where_the_model_is_published_its_own_draws_are_and_they_are_calibrated():
    """Shares that drift and slow down: the filter does best at every horizon."""
    found = level(SLOWING, run(4000))
    assert [one.method for one in found.proof.champions] == [MODEL] * 3
    plain = demand.forecast_shares(found.read.history, np.arange(1.0, 4.0),
                                   totals=totals_of(found.read, found.read.history))  # fmt: skip
    asked = np.sqrt(plain.forecast().variance * found.proof.factor[:, None])
    assert np.log(found.employed).std(axis=0) == pytest.approx(asked, rel=0.15)
    assert any("Harvey" in one.en for one in found.said)


def test_industry_and_staffing_effect_add_up_to_net_growth():
    groups = level(GROUPS, run(300))
    staff = staffing_of(MATRIX, INDUSTRY, groups.cells)
    none = np.zeros((3, 2))
    found = taken_apart(staff, margin(INDUSTRY, run(300)), groups, none)
    value = found["PRJ_IND_NB"][0] + found["PRJ_STF_NB"][0]
    assert value == pytest.approx(np.median(groups.employed, axis=0) - groups.base)
    for number, low, high in found.values():
        assert (low <= number).all()
        assert (number <= high).all()
    more = taken_apart(staff, margin(INDUSTRY, run(300)), groups, none + np.array([2000, 0]))
    assert (more["PRJ_IND_NB"][0][:, 0] > found["PRJ_IND_NB"][0][:, 0]).all()


def test_without_a_matrix_or_industries_the_effects_say_what_they_would_need():
    groups, need = level(GROUPS, run(100)), Text("needed", "falta")
    none, lost = np.zeros((3, 2)), NotProducible("x", need)
    staff = staffing_of(MATRIX, INDUSTRY, groups.cells)
    assert taken_apart(staffing_of(None, None, groups.cells), lost, groups, none).because != need
    assert taken_apart(staff, lost, groups, none).because == need
    other = margin(told(("ECO",), (("CON",),), grown(5000)), run(100))
    assert "PUB" in taken_apart(staff, other, groups, none).because.en
    unknown = replace(
        margin(INDUSTRY, run(100)), start=np.array([NAN, 1.0]), employed=np.ones((100, 3, 2))
    )
    assert "cannot be forecast" in taken_apart(staff, unknown, groups, none).because.en


def test_the_matrix_leaves_out_the_unstated_and_a_cell_no_wave_has_is_nobody():
    cells = (("CON", "7"), ("CON", "_U"), ("PUB", "4"), ("_U", "4"))
    read = told(("ECO", "OCU"), cells, grown(4500, 50, 2500, 10))
    found = staffing_of(read, None, ("7", "4"))
    assert found.sectors == ("CON", "PUB")
    assert found.share.sum(axis=1) == pytest.approx([1, 1])
    assert found.share[0, 0] > 0.99


def test_too_few_waves_are_told_for_a_margin_too():
    two = told(("ECO",), (("CON",), ("PUB",)), grown(1, 2, waves=2))
    assert isinstance(margin(two, run(100)), NotProducible)


def test_constant_staffing_is_a_rule_that_the_model_must_not_be_worse_than():
    """Industries fade by what they drifted, each with the occupations of the origin."""
    more = steady(MATRIX, INDUSTRY, GROUPS)
    proof = demand.proved(GROUPS, np.array([1.0, 2.0, 3.0]), more=more)
    card = proof.scorecards[0]
    [own] = [one for one in card.scores if one.method == "constant_staffing"]
    assert own.origins == len(card.origins)
    assert 0 < own.wape < 0.02
    assert level(GROUPS, run(100), more=more).employed.shape == (100, 3, 2)


def test_without_its_tables_there_is_no_rule_of_constant_staffing():
    other = told(("ECO",), (("CON",),), grown(5000))
    assert steady(None, INDUSTRY, GROUPS) == steady(MATRIX, None, GROUPS) == {}
    assert steady(MATRIX, INDUSTRY, None) == steady(MATRIX, other, GROUPS) == {}
