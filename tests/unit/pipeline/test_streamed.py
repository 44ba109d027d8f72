"""A wave in one file or in parts, from memory or as it is read: one release, or one message."""

import errno
import json
import random
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cauce.estimate import strata_of
from cauce.harmonise import dataflows, source_columns
from cauce.microdata import Room, open_stream
from cauce.microdata import stream as stream_module
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.pack import CsvFormat, Wave
from cauce.model.release import Release
from cauce.model.stream import Stream
from cauce.pipeline.packs import read_pack
from cauce.pipeline.parts import find_parts, stage_parts
from cauce.pipeline.release import release_pack
from cauce.pipeline.streaming import Streaming
from cauce.pipeline.waves import recipe_of
from cauce.sources import Limits, worker

REGION = Path(__file__).parents[3] / "packs" / "region"
PACK = """
[survey]
id = "CENSUS"
area = "XAA"
name = { en = "Census", es = "Censo" }
vintage = "2024"
population = { en = "Everyone", es = "Todos" }
licence = "none"
source = "us"
invented = true
concepts = {}

[[wave]]
period = "2024"
file = FILE
format = "csv"

[design]
stratum = "h"
psu = "c"
weight = "w"
fpc = "n"
replicates = { none = "none" }
psu_scope = "survey"

[recode.SEX]
from = "sex"
"1" = "M"
"2" = "F"

[number.AGE]
from = "age"
"" = { missing = "not_stated" }

[[table]]
id = "PEOPLE"
name = { en = "People", es = "Personas" }
indicators = ["POP"]
dimensions = ["SEX"]

[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "a rule" }
[[rules.min_respondents]]
from = 2020-01-01
value = 1
ground = "a rule"
"""
ALWAYS, NEVER = Streaming("always"), Streaming("never")


def people() -> list[str]:
    """Three strata of four PSUs, five people each, in order."""
    chance = random.Random(3)  # noqa: S311 - invented people
    return [
        f"{'xyz'[psu // 4]},{psu},{chance.uniform(1, 9)},{chance.choice([9])},"
        f"{chance.choice('12')},{chance.randrange(90)}"
        for psu in range(12)
        for _ in range(5)
    ]


def write(path: Path, rows: Sequence[str], header: str = "h,c,w,n,sex,age") -> None:
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")


@pytest.fixture
def pack(tmp_path: Path) -> Any:
    """The folder of a pack whose wave is in some files."""

    def make(file: str, more: str = "", **files: Sequence[str]) -> Path:
        folder = tmp_path / "pack"
        folder.mkdir(exist_ok=True)
        (folder / "pack.toml").write_text(PACK.replace("FILE", file, 1) + more, "utf-8")
        for name, rows in files.items():
            write(folder / f"{name.replace('_', '-')}.csv", rows)
        return folder

    return make


def released(folder: Path, streaming: Streaming) -> Release:
    return release_pack(folder, REGION, streaming=streaming)


def alike(one: Any, other: Any, path: str = "") -> None:
    """Equal to the last bit, whatever is inside; but for how long it took and which files."""
    if path.endswith((".seconds", ".provenance")):
        return
    if isinstance(one, np.ndarray):
        np.testing.assert_array_equal(one, other, err_msg=path, strict=True)
    elif is_dataclass(one):
        for field in fields(one):
            alike(getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}")
    elif isinstance(one, tuple | list):
        assert len(one) == len(other), path
        for at, (a, b) in enumerate(zip(one, other, strict=True)):
            alike(a, b, f"{path}[{at}]")
    else:
        assert one == other or one != one, path


def test_a_release_from_a_stream_is_that_from_memory(pack) -> None:
    folder = pack('"whole.csv"', whole=people())
    memory, stream = released(folder, NEVER), released(folder, ALWAYS)
    assert stream.provenance == memory.provenance
    assert len(memory.flows[0].value) > 2
    alike(memory, stream)


def test_the_order_of_a_file_changes_no_bit_of_its_stream(pack) -> None:
    mixed = people()
    random.Random(1).shuffle(mixed)  # noqa: S311 - any order
    folder = pack('"whole.csv"', whole=mixed)
    alike(released(folder, NEVER), released(folder, ALWAYS))


def test_a_file_out_of_order_is_put_in_order_before_all_of_it_is_looked_at(
    pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More rows than one batch has: the look at their order ends in the middle of them."""
    rows = people()[::-1] * 2000
    folder = pack('"whole.csv"', whole=rows)
    monkeypatch.setattr(stream_module, "ROWS", 65_536)
    alike(released(folder, NEVER), released(folder, ALWAYS))


def test_parts_are_one_file(pack) -> None:
    rows = people()
    whole = released(pack('"whole.csv"', whole=rows), NEVER)
    parts = {f"part_{number + 1}": rows[number * 6 : number * 6 + 6] for number in range(10)}
    folder = pack('"part-*.csv"', **parts)
    for streaming in (NEVER, ALWAYS):
        found = released(folder, streaming)
        alike(whole, found)
        assert found.provenance is not None
        assert [(one.name, one.rows) for one in found.provenance.inputs] == [("part-*.csv", 60)]


def test_parts_may_be_named_one_by_one(pack) -> None:
    rows = people()
    folder = pack('["a.csv", "b.csv"]', a=rows[:30], b=rows[30:])
    assert released(folder, ALWAYS).flows[0].value.tolist() == pytest.approx(
        released(folder, NEVER).flows[0].value.tolist(), abs=0
    )


def test_a_number_that_is_missing_is_noticed(pack) -> None:
    rows = people()
    folder = pack('"part-*.csv"', part_1=rows[:20], part_2=rows[20:40], part_4=rows[40:])
    with pytest.raises(BadInput, match=r"Of the parts part-\*\.csv number 3 is missing"):
        released(folder, ALWAYS)


def test_the_first_part_may_not_be_missing_either(pack) -> None:
    rows = people()
    folder = pack('"part-*.csv"', part_2=rows[:20], part_3=rows[20:])
    with pytest.raises(BadInput, match="number 1 is missing"):
        released(folder, ALWAYS)


def test_a_part_that_is_named_and_not_there_is_said(pack) -> None:
    folder = pack('["a.csv", "b.csv"]', a=people())
    with pytest.raises(BadInput, match=r"wave 2024, b\.csv, was not found"):
        released(folder, ALWAYS)


def test_a_part_that_is_named_twice_is_said(pack) -> None:
    folder = pack('["a.csv", "*.csv"]', a=people())
    with pytest.raises(BadInput, match=r"would read a\.csv twice"):
        released(folder, ALWAYS)


def test_nothing_that_fits_a_pattern_is_said(pack, tmp_path: Path) -> None:
    folder = pack('"part-*.csv"')
    with pytest.raises(BadInput, match=r"No file of wave 2024 is called part-\*\.csv"):
        released(folder, ALWAYS)
    wave = Wave("2024", "p*.csv", "", "csv", CsvFormat(), parts=("p*.csv",))
    with pytest.raises(BadInput, match="--file: there is no"):
        find_parts(folder, wave, [tmp_path / "nowhere"])


def test_parts_are_found_in_a_folder_or_one_by_one(pack, tmp_path: Path) -> None:
    folder = pack('"part-*.csv"')
    for name in ("part-1.csv", "part-2.csv"):
        write(tmp_path / name, people())
    wave = read_pack(folder, REGION).waves[0]
    both = (tmp_path / "part-1.csv", tmp_path / "part-2.csv")
    assert find_parts(folder, wave, [tmp_path]) == both
    assert find_parts(folder, wave, both[::-1]) == both


def test_a_part_of_another_schema_is_named_with_column_and_kinds(pack) -> None:
    rows = people()
    odd = [row.rsplit(",", 1)[0] + ",old" for row in rows[30:]]
    folder = pack('"part-*.csv"', part_1=rows[:30], part_2=odd)
    for streaming in (NEVER, ALWAYS):
        words = r"part-2\.csv: column age holds text, and in part-1\.csv it holds integer"
        with pytest.raises(BadInput, match=words):
            release_pack(folder, REGION, streaming=streaming)


def test_a_part_without_a_column_is_named(pack) -> None:
    folder = pack('"part-*.csv"', part_1=people()[:30])
    write(folder / "part-2.csv", ["x,11,1,9,1"], "h,c,w,n,sex")
    with pytest.raises(BadInput, match=r"part-2\.csv.*age"):
        released(folder, ALWAYS)


def test_a_part_may_have_a_column_without_a_value(pack) -> None:
    rows = people()
    empty = [row.rsplit(",", 1)[0] + "," for row in rows[:30]]
    folder = pack('"part-*.csv"', part_1=empty, part_2=rows[30:])
    alike(released(folder, NEVER), released(folder, ALWAYS))


def test_what_a_stream_cannot_do_is_named_with_the_way_out(pack) -> None:
    folder = pack('"whole.csv"', whole=people())
    text = (folder / "pack.toml").read_text("utf-8")
    (folder / "pack.toml").write_text(
        text.replace('psu_scope = "survey"', 'psu_scope = "survey"\nwave_psus = "same"'), "utf-8"
    )
    with pytest.raises(MethodFailed, match=r"changes between waves .*--stream never"):
        released(folder, ALWAYS)


def test_what_does_not_fit_the_pack_is_said_by_a_stream_too(pack) -> None:
    wrong = [row.replace(",1,", ",7,") for row in people()]
    folder = pack('"whole.csv"', whole=wrong)
    with pytest.raises(BadInput, match=r"SEX .column sex. has codes the pack does not know: '7'"):
        released(folder, ALWAYS)


def test_a_stream_is_wanted_if_it_would_not_fit() -> None:
    assert not Streaming("auto", 8).wanted(1024 * 1024, 1)
    assert Streaming("auto", 8).wanted(1024 * 1024 + 1, 1)
    assert not Streaming("never", 1).wanted(10**9, 99)
    assert Streaming("always", 10**6).wanted(1, 1)


def opened(folder: Path, spill: Path) -> tuple[Any, Any]:
    """The staged parts of a pack's wave, and its stream, neither of them entered."""
    found = read_pack(folder, REGION)
    wave = found.waves[0]
    files = find_parts(folder, wave, [])
    staged = stage_parts(wave, files, source_columns(found), Limits())

    def stream(of: Any) -> Any:
        recipe = recipe_of(found, wave, of)
        return open_stream(of.paths, of.columns, recipe, "2024", strata_of, Room(spill))

    assert dataflows(found)
    return staged, stream


def test_a_staged_part_that_vanishes_half_way_is_one_message(pack, tmp_path: Path) -> None:
    rows = people()
    folder = pack('"part-*.csv"', part_1=rows[:30], part_2=rows[30:])
    staged, open_it = opened(folder, tmp_path)
    with staged as parts, open_it(parts) as stream:
        parts.paths[1].unlink()
        with pytest.raises(BadInput, match=r"a file there removed. Nothing was published"):
            list(stream.batches())


def test_a_recipe_runs_once_and_what_came_of_it_may_not_vanish(pack, tmp_path: Path) -> None:
    staged, open_it = opened(pack('"whole.csv"', whole=people()), tmp_path)
    with staged as parts, open_it(parts) as stream:
        half = next(iter(stream.batches()))
        first = [batch.weight.tolist() for batch in stream.batches()]
        parts.paths[0].unlink()
        assert [batch.weight.tolist() for batch in stream.batches()] == first
        assert [weight.tolist() for weight in stream.weights()] == first
        assert half.weight.tolist() == first[0]
        (tmp_path / "batches").unlink()
        with pytest.raises(BadInput, match=r"a file there removed. Nothing was published"):
            list(stream.batches())


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (duckdb.OutOfMemoryException("secret"), "more disk than there is"),
        (duckdb.IOException("No space left on device: secret"), "disk of .* full"),
        (OSError(errno.ENOSPC, "secret"), "disk of .* full"),
        (pa.ArrowInvalid("secret"), "does not fit the file"),
    ],
)
def test_a_full_disk_is_one_message_and_leaves_nothing(
    pack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception, words: str
) -> None:
    """The engine fails while it puts the file in order, with words of its own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail(*_: object) -> bool:
        raise error

    monkeypatch.setattr(stream_module, "sort_if_needed", fail)
    folder = pack('"whole.csv"', whole=people())
    with pytest.raises(BadInput, match=words) as told:
        released(folder, ALWAYS)
    assert "secret" not in str(told.value)
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_a_disk_that_fills_up_while_staging_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(worker, "confine", lambda _: None)
    (tmp_path / "request.json").write_text(json.dumps({"limits": {}}), "utf-8")

    def work(*_: object) -> dict[str, Any]:
        (tmp_path / "rough.parquet").write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    worker.main(work)
    answer = json.loads((tmp_path / "answer.json").read_text("utf-8"))
    assert "is full" in answer["bad_input"]
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]


def test_what_is_spilled_lies_where_only_we_may_look(pack, tmp_path: Path) -> None:
    mixed = people()
    random.Random(1).shuffle(mixed)  # noqa: S311 - any order
    staged, open_it = opened(pack('"whole.csv"', whole=mixed), tmp_path)
    with staged as parts, open_it(parts) as stream:
        assert isinstance(stream, Stream)
        assert pq.read_metadata(tmp_path / "sorted.parquet").num_rows == 60
        rows = np.concatenate([batch.row for batch in stream.batches()])
        assert sorted(rows.tolist()) == list(range(60))
        assert rows.tolist() != list(range(60))
