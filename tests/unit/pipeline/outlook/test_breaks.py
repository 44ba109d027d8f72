"""Two classifications in one series are carried through the break, or not produced and why."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from cauce.cli.outlook import app
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.pipeline.outlook.breaks import read_wanted
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.run import read_outlooks
from cauce.store import Reader

from .conftest import DECLARED, WORDS, YEARS, published, surveyed, tables

OLD_YEARS = ("2016", "2018", "2020")
PARTS = "old,new,part,coded_twice\n61,71,0.25,200\n61,72,0.75,200\n62,72,1,\n40,41,1,\n"
CORRESPONDENCE = f"""
[[correspondence]]
from = "ISCO-88"
to = "ISCO-08"
file = "parts.csv"
source = {WORDS}
"""
BEFORE = """
[[from.occupation.before]]
flow = "OLD"
indicator = "EMP_TEMP"
over = ["OC2"]
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of ISCO-08, and one of ISCO-88 before them, of which nobody stated 1 %."""
    old = {"61": 40_000.0, "62": 15_000.0, "40": 28_000.0, "_U": 800.0}
    values = {(c, y): x for c, x in old.items() for y in OLD_YEARS}
    values |= {("_T", y): sum(old.values()) for y in OLD_YEARS}
    coded = surveyed("OLD", "EMP_TEMP", {"OC2": ["_T", *old]}, values)
    flow = replace(coded.dataflow, method=replace(coded.dataflow.method, isco="88"))
    fine = {"71": 40_000.0, "72": 20_000.0, "41": 30_000.0, "_U": 900.0}
    grown = {y: 1 + 0.03 * n for n, y in enumerate(YEARS)}
    new = {(c, y): x * grown[y] for c, x in fine.items() for y in YEARS}
    new |= {("_T", y): sum(fine.values()) * grown[y] for y in YEARS}
    unstated = surveyed("FINE", "EMP_TEMP", {"OC2": ["_T", *fine]}, new)
    return published(
        tmp_path_factory.mktemp("breaks") / "store",
        unstated, replace(coded, dataflow=flow), *tables()[1:],
    )  # fmt: skip


def pack_of(tmp_path: Path, text: str, parts: str = PARTS):
    (tmp_path / "xaa").mkdir()
    (tmp_path / "xaa" / "outlook.toml").write_text(text, encoding="utf-8")
    (tmp_path / "xaa" / "parts.csv").write_text(parts, encoding="utf-8")
    return read_outlooks(tmp_path)[0]


def declared(before: str = BEFORE, more: str = CORRESPONDENCE) -> str:
    head, mark, rest = DECLARED.partition("[from.groups]")
    first, other, last = rest.partition("[assumption.deaths]")
    return head + before + mark + first + more + other + last


def read(store: Path, pack) -> Read | NotProducible:
    return read_wanted(Reader(store).snapshot(), pack, pack.wanted["occupation"])


def test_old_codes_are_carried_to_the_new_by_their_parts_with_their_variance(store, tmp_path):
    """A quarter of 40,000 are carpenters: 200 were coded twice, so √(¼·¾/201) of them is unsure."""
    found = read(store, pack_of(tmp_path, declared()))
    history = found.history
    carpenters = history.cells.index(("71",))
    assert history.years.tolist() == [2016, 2018, 2020, 2021, 2022, 2023, 2024, 2025]
    assert history.value[:3, carpenters].tolist() == [10_000] * 3
    assert history.value[0, history.cells.index(("72",))] == pytest.approx(45_000)
    assert history.value[0, history.cells.index(("_U",))] == 800
    unsure = 40_000 * np.sqrt(0.25 * 0.75 / 201)
    sampled = 0.25 * 0.05 * 40_000
    assert history.se[0, carpenters] == pytest.approx(np.hypot(unsure, sampled))
    assert history.standards[:4] == ("ISCO-88>ISCO-08",) * 3 + ("ISCO-08",)
    assert "adds up to 12 % of a number" in found.said[0].en
    assert [one.base.flow for one in found.earlier] == ["OLD"]


def test_parts_that_nobody_measured_are_equal_and_said_to_be(store, tmp_path):
    equal = "old,new,part\n6110,7101,\n6110,7202,\n6201,7203,\n4001,4101,\n"
    found = read(store, pack_of(tmp_path, declared(), equal))
    assert found.history.value[0, found.history.cells.index(("71",))] == 20_000
    assert any("no weights" in one.en for one in found.said)


def test_a_wave_that_a_table_holds_in_another_classification_may_be_named(store, tmp_path):
    text = declared('standards = { 2021 = "ISCO-88" }\n', "")
    found = read(store, pack_of(tmp_path, text))
    assert isinstance(found, NotProducible)
    assert "The waves of 2021 are coded by ISCO-88" in found.because.en
    assert "[[correspondence]]" in found.because.es
    wrong = declared('standards = { 1999 = "ISCO-88" }\n', "")
    with pytest.raises(BadInput, match="FINE has no wave of 1999"):
        read(store, pack_of(tmp_path / "x", wrong) if (tmp_path / "x").mkdir() is None else None)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (PARTS.replace("0.25", "-0.25"), "parts.csv: The crosswalk has a negative weight for 61"),
        (PARTS.replace("0.25", ""), "some of the new codes of 61 a weight, not all"),
        (PARTS.replace("0.25", "0.5"), "weights of 61 add up to 1.25"),
        (PARTS.replace("0.25", "a quarter"), "parts.csv, line 2: 'a quarter' is no number"),
        ("from,to\n61,71\n", "columns old, new, part"),
        ("", "columns old, new, part"),
    ],
)
def test_weights_that_are_none_are_refused_by_their_file(tmp_path, parts, words):
    with pytest.raises(BadInput, match=words):
        pack_of(tmp_path, declared(), parts)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (PARTS.replace("62,72,1,\n", ""), "no row for 62"),
        (PARTS.replace("40,41", "40,49"), "leads to 49, which FINE does not have"),
    ],
)
def test_codes_that_go_nowhere_are_refused_by_name(store, tmp_path, parts, words):
    with pytest.raises(BadInput, match=words):
        read(store, pack_of(tmp_path, declared(), parts))


def test_tables_that_overlap_or_are_not_there_are_told(store, tmp_path):
    both = declared(BEFORE.replace("OLD", "FINE"))
    pack = pack_of(tmp_path, both)
    with pytest.raises(BadInput, match="FINE does not end before FINE begins"):
        read(store, pack)
    own = replace(pack.wanted["occupation"].before[0], flow="NOWHERE")
    lost = replace(pack.wanted["occupation"], before=(own,))
    found = read_wanted(Reader(store).snapshot(), pack, lost)
    assert isinstance(found, NotProducible)
    assert found.output == "NOWHERE"


def test_a_classification_to_itself_and_a_year_that_is_none_are_refused(tmp_path):
    same = CORRESPONDENCE.replace("ISCO-88", "ISCO-08")
    with pytest.raises(BadInput, match="to itself carries nothing over"):
        pack_of(tmp_path, declared(more=same))
    (tmp_path / "x").mkdir()
    with pytest.raises(BadInput, match="'soon' is no year"):
        pack_of(tmp_path / "x", declared('standards = { soon = "ISCO-88" }\n'))


@pytest.mark.parametrize("command", [["run", "BASELINE", "--look"], ["backtest", "xaa"]])
def test_the_commands_go_through_the_break_and_stop_at_one_without_a_correspondence(
    store, tmp_path, command
):
    where = ["--store", str(store), "--packs", str(tmp_path)]
    pack_of(tmp_path, declared())
    done = CliRunner().invoke(app, [*command, *where])
    assert done.exit_code == 0, done.output
    (tmp_path / "xaa" / "outlook.toml").write_text(declared(more=""), encoding="utf-8")
    broken = CliRunner().invoke(app, [*command, *where])
    assert "The waves of 2016, 2018, 2020 are coded by" in " ".join(broken.output.split())
