"""A run says what follows from released tables, the same every time, or that it cannot."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.observation import ObsStatus
from cauce.outlook.proving import published as published_by
from cauce.pipeline.outlook.demand import level, methods
from cauce.pipeline.outlook.histories import read_history
from cauce.pipeline.outlook.run import Asked, Done, asked, release_outlook
from cauce.store import Reader, Store

from .conftest import AT, REGION, published, tables


@pytest.fixture(scope="session")
def ran(pack, store):
    known: dict[str, Done] = {}

    def run(scenario: str, **changed: object) -> Done:
        if changed or scenario not in known:
            own = replace(pack, **changed)
            done = release_outlook(Asked(own, own.scenario(scenario)), store, REGION)
            if changed:
                return done
            known[scenario] = done
        return known[scenario]

    return run


def flow(done: Done, ending: str):
    return next(one for one in done.release.flows if one.dataflow.id.endswith(ending))


def numbers(observations, indicator: str, code: str) -> np.ndarray:
    """Values of an indicator and occupation, by year."""
    ids = [[c.id for c in d.codes] for d in observations.dataflow.dimensions]
    fits = (observations.key[:, 2] == ids[2].index(indicator)) & (
        observations.key[:, 4] == ids[4].index(code)
    )
    return observations.value[fits][np.argsort(observations.key[fits, -1])]


def test_every_number_is_a_forecast_with_an_interval_of_80_per_cent(ran) -> None:
    found = flow(ran("BASELINE"), "_OCCUPATION")
    there = np.isfinite(found.value)
    assert there.all()
    assert set(found.obs_status) == {ObsStatus.FORECAST}
    assert (found.ci_low <= found.value).all()
    assert "80 %" in found.dataflow.method.var_method
    assert [c.id for c in found.dataflow.dimensions[-1].codes] == ["2026", "2027", "2028"]


def test_the_same_tables_and_seed_give_the_same_numbers_and_name(ran) -> None:
    one, two = ran("BASELINE"), ran("BASELINE", draws=200)
    assert one.release.vintage == two.release.vintage
    for a, b in zip(one.release.flows, two.release.flows, strict=True):
        assert np.array_equal(a.value, b.value, equal_nan=True)


def test_intervals_are_those_that_past_errors_ask_for_and_the_gate_is_told(ran, pack, store):
    """The released ends lie 1.2816 calibrated standard errors off the champion's number."""
    read = read_history(Reader(store).snapshot(), pack.wanted["groups"])
    found = level(read, pack)
    champion = published_by(found.proof, found.read.history, methods(found.read))
    table = flow(ran("BASELINE"), "_GROUP")
    ids = [[c.id for c in d.codes] for d in table.dataflow.dimensions]
    fits = (table.key[:, 2] == ids[2].index("PRJ_EMP_NB")) & (table.key[:, 4] == ids[4].index("7"))
    order = np.argsort(table.key[fits, -1])
    low, value, high = (
        np.log(each[fits][order]) for each in (table.ci_low, table.value, table.ci_high)
    )
    own = champion.value[:, found.cells.index("7")]
    sigma = champion.variance[:, found.cells.index("7")] ** 0.5
    assert value == pytest.approx(np.log(own), abs=0.02)
    assert (high - low) / 2 == pytest.approx(1.2816 * sigma, rel=0.25)
    said = [note for note in ran("BASELINE").release.notes if "years ahead" in note]
    assert len(said) == 2


def test_a_project_adds_its_workers_and_no_chance(ran) -> None:
    found = flow(ran("PORT"), "_GROUP")
    added = numbers(found, "PRJ_DIF_NB", "7") + numbers(found, "PRJ_DIF_NB", "4")
    assert added.tolist() == pytest.approx([1000, 2000, 0])
    assert numbers(found, "PRJ_DIF_NB", "7")[0] == pytest.approx(900)
    fine = flow(ran("PORT"), "_OCCUPATION")
    assert numbers(fine, "PRJ_DIF_NB", "71")[0] == pytest.approx(600, rel=0.01)


def test_the_three_numbers_are_three(ran) -> None:
    found = flow(ran("BASELINE"), "_GROUP")
    growth, newcomers, gross = (
        numbers(found, name, "7")[-1] for name in ("PRJ_EXP_NB", "PRJ_OPN_NB", "PRJ_GRO_NB")
    )
    assert growth < newcomers < gross


def test_gaps_channels_and_what_is_lacking_are_published_beside_them(ran) -> None:
    done = ran("BASELINE")
    ids = {one.dataflow.id.rpartition("_")[2] for one in done.release.flows}
    assert {"GAPS", "CAPABILITY", "CHANNELS"} <= ids
    assert any("migrants below" in one.output or "below their" in one.output
               for one in done.lacking)  # fmt: skip
    assert any(note.startswith("Not produced: ") for note in done.release.notes)


def test_what_would_change_a_class_is_told_where_somebody_says_how_far_off_it_may_be(ran, pack):
    """Carpenters lack people; with twenty times the graduates they would not."""
    graduates = replace(pack.assumptions["graduates"], low=1.0, high=20.0)
    done = ran("BASELINE", assumptions={**pack.assumptions, "graduates": graduates})
    found = flow(done, "_CHANGES")
    codes = {d.id: [c.id for c in d.codes] for d in found.dataflow.dimensions}
    assert codes["ASSUMPTION"] == ["GRADUATES"]
    assert (found.value > 100).all()
    assert (found.value <= 2000).all()
    without = [one for one in ran("BASELINE").lacking if "would change" in one.output]
    assert "how far off" in without[0].because.en
    sure = replace(graduates, low=0.999, high=1.001)
    done = ran("BASELINE", assumptions={**pack.assumptions, "graduates": sure})
    lacking = [one for one in done.lacking if "would change" in one.output]
    assert "changes a class" in lacking[0].because.en


def test_without_ages_there_are_no_openings_and_the_run_says_so(ran, pack) -> None:
    without = {name: one for name, one in pack.wanted.items() if name != "ages"}
    done = ran("BASELINE", wanted=without)
    found = flow(done, "_GROUP")
    assert "PRJ_OPN_NB" not in [one.id for one in found.dataflow.indicators]
    assert any("replacement" in one.output for one in done.lacking)


def test_one_wave_says_that_three_are_needed_and_publishes_nothing(pack, tmp_path) -> None:
    store = published(tmp_path / "one", *tables(["2025"]))
    done = release_outlook(Asked(pack, pack.scenarios[0]), store, REGION)
    assert done.release is None
    assert any("3" in one.because.en or "three" in one.because.en.lower() for one in done.lacking)


def test_a_table_that_is_not_released_is_named(pack, tmp_path) -> None:
    store = published(tmp_path / "few", *tables()[1:])
    done = release_outlook(Asked(pack, pack.scenarios[0]), store, REGION)
    assert done.release is None
    assert [one.output for one in done.lacking] == ["FINE"]


def test_a_run_goes_into_the_store_and_twice_changes_nothing(ran, tmp_path) -> None:
    store = Store(published(tmp_path / "store", *tables()))
    release = ran("BASELINE").release
    store.publish(release, AT, signed="by one person alone")
    store.publish(release, AT, signed="by one person alone")
    assert {one.name for one in release.provenance.inputs} >= {"FINE, vintage 2025"}
    assert release.provenance.rules == ("outlook-2",)


def test_a_scenario_is_found_by_its_name_and_a_wrong_one_names_those_there_are(pack) -> None:
    assert asked([pack], "port").scenario.id == "PORT"
    assert asked([pack], "xaa/PORT").pack is pack
    with pytest.raises(BadInput, match="xaa/BASELINE, xaa/PORT"):
        asked([pack], "HARBOUR")
    with pytest.raises(BadInput, match="Say which"):
        asked([pack, replace(pack, folder="xbb")], "PORT")
