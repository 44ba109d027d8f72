"""One pack's recipe, added up by our kernel, DuckDB and a Sail server."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cauce.cli.places import own_packs, own_region
from cauce.estimate import Exactly, estimate
from cauce.harmonise import compile_recipe, dataflows, source_columns
from cauce.model.errors import BadInput
from cauce.pipeline.engine_release import Engines, refuse
from cauce.pipeline.packs import read_pack
from cauce.pipeline.waves import read_wave
from cauce.sources.invented import write_south


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory):
    """The smallest invented survey: its pack, tables, first wave and file."""
    folder = tmp_path_factory.mktemp("south")
    pack = read_pack(own_packs() / "demo" / "south_2025", own_region())
    wave = pack.waves[-1]
    write_south(folder, int(wave.period))
    return pack, dataflows(pack), wave, folder / Path(wave.file).name


def added(survey, engine: str, tables: tuple[str, ...] = ()):
    pack, flows, wave, file = survey
    sample, _ = read_wave(pack, wave, file)
    with Engines(engine, tables).adder(pack, wave, file, flows) as adder:
        exactly = Exactly(adder)
        return estimate(sample, flows, exactly), exactly.sha256s


def test_a_packs_recipe_has_the_same_integers_on_every_engine(survey, sail: str) -> None:
    kernel, hashes = added(survey, "kernel")
    assert hashes
    for engine in ("duckdb", sail):
        cells, own = added(survey, engine)
        assert own == hashes
        for one, other in zip(kernel, cells, strict=True):
            for name in ("key", "value", "se", "ci_low", "ci_high", "n", "cases", "missing"):
                np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_a_table_of_other_people_is_not_taken(survey, sail: str, tmp_path: Path) -> None:
    pack, _, wave, file = survey
    from cauce.sources import Limits, stage

    with stage(file, wave, source_columns(pack), Limits()) as staged:
        rows = pq.read_table(staged.path)
    fewer = tmp_path / "fewer.parquet"
    pq.write_table(pa.concat_tables([rows, rows.slice(0, 5)]), fewer)
    with pytest.raises(Exception, match="other people than the file"):
        added(survey, sail, (f"{wave.period}={fewer}",))


@pytest.mark.parametrize(
    ("engine", "tables", "told"),
    [
        ("duckdb", ("2025=t",), "--table goes with --engine sc://"),
        ("sc://far.example", ("people",), "say which wave it is"),
        ("oracle", (), "--engine must be"),
    ],
)
def test_what_does_not_go_together_is_said(engine: str, tables, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        Engines(engine, tables)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"psu": ""}, "The pack names no PSUs"),
        ({"stages": ("a stage",)}, "further stages or replicate weights"),
        ({"replicates": "some"}, "further stages or replicate weights"),
        (
            {"doubts": ("pack.toml, line 3",)},
            "may take these expressions apart:\npack.toml, line 3",
        ),
    ],
)
def test_what_is_more_than_sums_by_psu_is_refused(survey, change, told: str) -> None:
    pack, _, wave, _ = survey
    columns = dict.fromkeys(source_columns(pack), "text")
    with pytest.raises(BadInput, match=told):
        refuse(replace(compile_recipe(pack, columns, False, wave.weighted, wave.period), **change))


def test_weights_that_are_raised_here_are_not_those_of_an_engine(survey) -> None:
    pack, flows, wave, file = survey
    raised = replace(pack, calibration="some")
    adder = Engines("duckdb").adder(raised, wave, file, flows)
    with pytest.raises(BadInput, match="The pack raises its weights"):
        adder.__enter__()


def test_no_file_is_sent_to_another_machine(survey) -> None:
    with pytest.raises(BadInput, match="is another machine, and no file is sent"):
        added(survey, "sc://far.example")
