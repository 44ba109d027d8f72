"""A file of moments: the same bytes for the same moments, and nothing believed on reading."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.federated import made, same, survey_of

from cauce.estimate import told_by
from cauce.model.difference import Differences
from cauce.model.errors import BadInput
from cauce.model.lineage import Lineage, Step
from cauce.model.moments import Sent
from cauce.model.observation import Reliability
from cauce.store import moments_from_bytes, moments_read, moments_to_bytes
from cauce.store.documents import digest
from cauce.store.files import sha256

MANIFEST = "manifest.json"


@pytest.fixture(scope="module")
def sent() -> Sent:
    found = made(survey_of()).sent
    flow = found.flows[0].dataflow
    two = Differences(
        flow,
        np.array([[0, 0, 1, 0, 0, 0]], dtype=np.int32),
        np.array([3], dtype=np.int32),
        np.array([1], dtype=np.int32),
        *(np.array([x]) for x in (1.0, 0.5, 0.1, 1.9, np.nan)),
        *(np.array([n], dtype=np.int32) for n in (10, 4)),
        reliability=(Reliability.RELIABLE,),
    )
    steps = (Step("SEX", "recode", "1 → M", ("sexo",), "pack.toml", 3, "Sex || Sexo"),)
    return replace(
        found, differences=(two,), lineages=(Lineage(flow.id, "RATE", steps),), notes=("n",),
        reason="a reason",
    )  # fmt: skip


@pytest.fixture(scope="module")
def content(sent: Sent) -> bytes:
    return moments_to_bytes(sent)


def test_what_is_written_is_read_again(sent: Sent, content: bytes) -> None:
    found = moments_from_bytes(content, "x.moments")
    own, other = sent.flows[0], found.flows[0]
    same(own.observations, other.observations)
    for name in ("linear", "proportion", "alone", "weighted", "sums"):
        np.testing.assert_array_equal(getattr(own, name), getattr(other, name))
    same(told_by(own), told_by(other))
    assert own.dataflow == other.dataflow
    for name in ("survey", "vintage", "minimum", "lineages", "provenance", "notes", "reason"):
        assert getattr(found, name) == getattr(sent, name)
    assert found.differences[0].se.tolist() == [0.5]


def test_the_same_moments_give_the_same_bytes(sent: Sent, content: bytes) -> None:
    assert moments_to_bytes(moments_from_bytes(content, "x")) == content
    assert b"/home/" not in content


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(found: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, one in found.items():
            archive.writestr(name, one)
    return sink.getvalue()


def manifest(content: bytes, change: Callable[[dict], None]) -> bytes:
    """The file with another manifest, its hash right."""
    found = members(content)
    value = json.loads(found[MANIFEST])
    value.pop("sha256")
    change(value)
    found[MANIFEST] = json.dumps({**value, "sha256": digest(value)}).encode()
    return zipped(found)


def table(content: bytes, change: Callable[[pa.Table], pa.Table], **how: str) -> bytes:
    """The file with another first table, all hashes right."""
    found = members(content)
    sink = pa.BufferOutputStream()
    made = change(pq.read_table(pa.BufferReader(found["0000.parquet"])))
    pq.write_table(made, sink, **{"compression": "none", "store_schema": False, **how})
    found["0000.parquet"] = sink.getvalue().to_pybytes()

    def hashes(value: dict) -> None:
        cells = value["tables"][0]["cells"]
        cells["sha256"], cells["rows"] = sha256(found["0000.parquet"]), made.num_rows

    return manifest(zipped(found), hashes)


def put(name: str, values: pa.Array) -> Callable[[pa.Table], pa.Table]:
    def change(one: pa.Table) -> pa.Table:
        return one.set_column(one.column_names.index(name), name, values(one))

    return change


def first(name: str, value: object) -> Callable[[pa.Table], pa.Table]:
    return put(name, lambda t: pa.array([value, *t[name].to_pylist()[1:]], t[name].type))


def rows(value: dict, count: int) -> None:
    value["tables"][0]["cells"]["rows"] = count


BROKEN: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda c: c[: len(c) // 2], "no whole file of moments"),
    (lambda c: b"", "no whole file of moments"),
    (lambda c: b"PAR1" + c, "no whole file|hash"),
    (lambda c: c.replace(b"XAA_LFS", b"XAB_LFS", 1), "no whole file|not what was written"),
    (lambda c: zipped(members(c), zipfile.ZIP_DEFLATED), "is compressed, and a file of moments"),
    (lambda c: zipped({**members(c), "../x": b""}), "has a member '../x'"),
    (lambda c: zipped({**members(c), "0009.parquet": b""}), "names other members"),
    (lambda c: zipped({n: x for n, x in members(c).items() if n != MANIFEST}), "no manifest.json"),
    (lambda c: zipped({**members(c), "0000.parquet": b"x"}), "0000.parquet is not what was writ"),
    (lambda c: zipped({**members(c), MANIFEST: b"[" * 9000}), "manifest.json is not what was wr"),
    (lambda c: zipped({**members(c), MANIFEST: b'{"a": NaN}'}), "manifest.json is not what was"),
    (lambda c: manifest(c, lambda v: v.update(format=9)), "format 9, and this program reads 1"),
    (lambda c: manifest(c, lambda v: v.update(who="me")), "other keys than expected: who"),
    (lambda c: manifest(c, lambda v: v.update(tables=[])), "names other members|0 tables"),
    (lambda c: manifest(c, lambda v: rows(v, 10**9)), "more rows than"),
    (lambda c: manifest(c, lambda v: rows(v, -1)), "more rows than"),
    (lambda c: manifest(c, lambda v: rows(v, 5)), "rows where 5 are named"),
    (lambda c: table(c, lambda t: t.drop_columns(["V_ZZ"])), "other columns than a table"),
    (lambda c: table(c, put("V_ZZ", lambda t: t["V_ZZ"].cast(pa.float32()))), "other columns"),
    (lambda c: table(c, lambda t: t, compression="zstd"), "it is compressed"),
    (lambda c: table(c, first("SEX", "Q")), "SEX has codes its dataflow does not know: Q"),
    (lambda c: table(c, first("SEX", None)), "SEX is empty in 1 rows"),
    (lambda c: table(c, first("N_STRATA_ALONE", None)), "N_STRATA_ALONE is empty in 1 rows"),
    (lambda c: table(c, first("OBS_STATUS", "?")), "is not a valid ObsStatus"),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_a_file_that_is_not_one_is_refused_in_one_sentence(content: bytes, number: int) -> None:
    change, says = BROKEN[number]
    with pytest.raises(BadInput, match=says) as found:
        moments_from_bytes(change(content), "x.moments")
    assert "x.moments" in str(found.value)


def test_a_member_twice_is_refused(content: bytes) -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(MANIFEST, b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(MANIFEST, b"2")
    with pytest.raises(BadInput, match="two members of one name"):
        moments_from_bytes(sink.getvalue(), "x.moments")


def test_an_encrypted_member_is_refused(content: bytes) -> None:
    found = bytearray(content)
    central = found.rindex(b"PK\x01\x02")
    found[central + 8] |= 1
    with pytest.raises(BadInput, match="is encrypted"):
        moments_from_bytes(bytes(found), "x.moments")


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_MANIFEST", "MOST_TABLES", "MOST_ROWS"])
def test_there_is_a_limit_to_everything(
    content: bytes, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moments_read, limit, 0)
    with pytest.raises(BadInput, match=r"at most 0|more than any|more than 0|than the 0"):
        moments_from_bytes(content, "x.moments")


def test_a_word_that_is_no_code_is_not_written_out(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dictionary of one long word, named in each of a million rows, would fill the memory."""
    monkeypatch.setattr(moments_read, "LONGEST_CODE", 2)
    with pytest.raises(BadInput, match="a code of more than 2 letters"):
        moments_from_bytes(content, "x.moments")
