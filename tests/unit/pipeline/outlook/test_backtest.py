"""A back-test says how every method did on the same tables, or that there is nothing to test."""

from cauce.pipeline.outlook.backtest import backtest

from .conftest import published, tables


def test_both_levels_are_tested_at_every_horizon_with_the_plain_rules(pack, store) -> None:
    cards, lacking = backtest(pack, store)
    assert not lacking
    assert {card.level for card in cards} == {"occupation", "groups"}
    assert [card.horizon for card in cards[:3]] == [1, 2, 3]
    assert {"filter", "no_change", "mean_share"} <= {one.method for one in cards[0].scores}


def test_one_wave_has_nothing_to_test_and_a_missing_table_is_named(pack, tmp_path) -> None:
    store = published(tmp_path / "one", *tables(["2025"])[1:])
    cards, lacking = backtest(pack, store)
    assert not cards
    assert lacking[0].output == "FINE"
    assert len(lacking) == 2
