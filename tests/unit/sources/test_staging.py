"""What `stage` gives, and what it leaves behind."""

import hashlib
import os
import stat
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat
from cauce.sources import Limits, stage

ROWS = "sexo,edad,nota\n1,30,x\n2,41,\n"


def test_what_is_staged_says_where_it_came_from(bench, wave):
    path = bench.file("a.csv", ROWS)

    with stage(path, wave("a.csv"), ["edad", "nota"], Limits()) as staged:
        assert staged.columns == {"edad": "integer", "nota": "text"}
        assert (staged.rows, staged.size) == (2, len(ROWS))
        assert staged.sha256 == hashlib.sha256(ROWS.encode()).hexdigest()
        assert pq.read_table(staged.path).to_pydict() == {"edad": [30, 41], "nota": ["x", None]}


def test_the_hash_is_of_the_archive_as_given(bench, wave):
    path = bench.folder / "a.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("a.csv", ROWS)

    with stage(path, wave("a.zip"), None, Limits()) as staged:
        assert staged.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert staged.size == path.stat().st_size


def test_only_the_staged_columns_lie_in_a_folder_nobody_else_can_enter(bench, wave):
    with stage(bench.file("a.csv", ROWS), wave("a.csv"), ["sexo"], Limits()) as staged:
        folder = staged.path.parent
        assert [path.name for path in folder.iterdir()] == ["staged.parquet"]
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(staged.path.stat().st_mode) == 0o600
    assert not folder.exists()


def test_nothing_is_left_behind_after_an_error(bench, wave, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    path = bench.file("a.csv", ROWS)

    with pytest.raises(BadInput), stage(path, wave("a.csv"), ["no"], Limits()):
        pass
    with pytest.raises(RuntimeError), stage(path, wave("a.csv"), None, Limits()):
        raise RuntimeError

    assert list((tmp_path / "temp").iterdir()) == []


def test_errors_name_the_file_and_the_member(bench, wave):
    path = bench.folder / "a.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("in/a.csv", ROWS)

    with (
        pytest.raises(BadInput, match=r"^a\.zip \(in/a\.csv\): the file has no column no"),
        stage(path, wave("a.zip", member="in/a.csv"), ["no"], Limits()),
    ):
        pass


def test_a_file_that_is_not_there_or_is_none_is_refused(bench, wave):
    for path in (bench.folder / "no.csv", bench.folder, Path("/dev/zero")):
        with pytest.raises(BadInput, match=path.name), stage(path, wave("x"), None, Limits()):
            pass


def test_no_columns_at_all_are_refused(bench, wave):
    path = bench.file("a.csv", ROWS)

    with (
        pytest.raises(BadInput, match="no column is asked"),
        stage(path, wave("a.csv"), [], Limits()),
    ):
        pass


def test_a_file_written_while_it_is_read_is_refused(bench, wave):
    path = bench.file("a.csv", ROWS)

    def write(step):
        path.write_text(ROWS + "1,2,3\n")

    with (
        pytest.raises(BadInput, match="changed while it was read"),
        stage(path, wave("a.csv"), None, Limits(), write),
    ):
        pass


def test_the_file_itself_is_never_written(bench, wave):
    path = bench.file("a.csv", ROWS)
    os.chmod(path, 0o400)  # noqa: PTH101 - the mode itself is what is tested
    before = path.stat()

    with stage(path, wave("a.csv"), None, Limits()):
        pass

    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert sorted(p.name for p in bench.folder.iterdir()) == ["a.csv"]


def test_how_the_pack_says_a_csv_is_written_reaches_the_reader(bench, wave):
    path = bench.file("a.csv", "peso;país\n1,5;Perú\n".encode("latin-1"))
    written = CsvFormat(";", ",", "latin-1")

    with stage(path, wave("a.csv", csv=written), ["país", "peso"], Limits()) as staged:
        assert pq.read_table(staged.path).to_pydict() == {"país": ["Perú"], "peso": [1.5]}
