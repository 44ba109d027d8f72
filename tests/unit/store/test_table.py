"""Observations as Parquet: readable by anyone, withheld numbers null, the same bytes every time."""

import socket
from dataclasses import fields, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import ADMITTED, Dimension
from cauce.model.observation import WITHHELD, ConfStatus, Observations, Reliability
from cauce.model.rule import rule
from cauce.store.errors import Damaged
from cauce.store.table import from_parquet, numbers_sha256, to_parquet, to_table


@pytest.fixture
def flow(release) -> Observations:
    return release("v", ["2020", "2021"]).flows[0]


def every(flow: Observations) -> np.ndarray:
    return np.arange(len(flow.value))


def taken(flow: Observations, rows: np.ndarray) -> Observations:
    """The observations in another order."""
    columns = {
        f.name: getattr(flow, f.name) for f in fields(flow) if f.name not in ("dataflow", "theirs")
    }
    return replace(
        flow,
        **{
            name: c[rows] if isinstance(c, np.ndarray) else tuple(c[r] for r in rows)
            for name, c in columns.items()
        },
    )


def test_a_person_with_duckdb_reads_codes_and_numbers(flow, tmp_path: Path) -> None:
    path = tmp_path / "object.parquet"
    path.write_bytes(to_parquet(to_table(flow, every(flow))))
    table = duckdb.read_parquet(str(path)).filter("SEX = '_T' AND TIME_PERIOD = '2020'")
    found = table.project("OBS_VALUE, N_UNW").fetchall()
    assert found == [(10.0, 40)]


def test_what_is_withheld_is_null_never_a_number(flow) -> None:
    table = pq.read_table(pa.BufferReader(to_parquet(to_table(flow, every(flow)))))
    hidden = table.filter(pa.compute.equal(table["CONF_STATUS"], "C")).to_pylist()
    numbers = [name for name in table.column_names if table.schema.field(name).type != pa.string()]
    assert len(numbers) == 13
    assert [hidden[0][name] for name in numbers] == [None] * 13
    assert not any(pa.compute.any(pa.compute.is_nan(table[n])).as_py() for n in numbers[:7])


NARROW = (
    ConfStatus.SMALL_COUNT,
    ConfStatus.DOMINANCE_ONE,
    ConfStatus.DOMINANCE_TWO,
    ConfStatus.SECONDARY,
)


def told_apart(flow: Observations) -> Observations:
    """As a vintage of before the rules conf-4 says it: why each of its last four is withheld."""
    count = len(flow.value) - len(NARROW)
    shut = (np.arange(len(flow.value)) >= count) | np.isnan(flow.value)
    return replace(
        flow,
        value=np.where(shut, np.nan, flow.value),
        conf_status=(*(ConfStatus.FREE,) * count, *NARROW),
        rule=(*flow.rule[:count], *(f"for {one.value}" for one in NARROW)),
    )


def test_a_vintage_that_told_reasons_apart_is_read_as_alike(flow) -> None:
    content = to_parquet(to_table(told_apart(flow), every(flow)))
    table = from_parquet([content], flow.dataflow)
    shut = [row for row, conf in enumerate(table.conf_status) if conf is not ConfStatus.FREE]
    said = {(table.conf_status[r], table.reliability[r], table.rule[r]) for r in shut}
    assert len(shut) == len(NARROW)
    assert said == {(ConfStatus.CONFIDENTIAL, Reliability.NONE, rule(WITHHELD))}


def test_what_another_producer_said_is_read_as_it_was_said(flow) -> None:
    method = replace(flow.dataflow.method, var_method=ADMITTED)
    theirs = replace(flow, dataflow=replace(flow.dataflow, method=method))
    content = to_parquet(to_table(told_apart(theirs), every(flow)))
    assert set(from_parquet([content], theirs.dataflow).conf_status) == {ConfStatus.FREE, *NARROW}


def test_the_same_observations_in_any_order_give_the_same_bytes(flow) -> None:
    there = to_parquet(to_table(flow, every(flow)))
    back = taken(flow, every(flow)[::-1])
    assert to_parquet(to_table(back, every(back))) == there


def test_a_code_nobody_uses_changes_no_byte(flow) -> None:
    sex: Dimension = flow.dataflow.dimensions[3]
    more = replace(sex, codes=(*sex.codes, Code("X", sex.name)))
    dimensions = (*flow.dataflow.dimensions[:3], more, flow.dataflow.dimensions[4])
    wider = replace(flow, dataflow=replace(flow.dataflow, dimensions=dimensions))
    assert to_parquet(to_table(wider, every(flow))) == to_parquet(to_table(flow, every(flow)))


def test_the_file_says_neither_where_nor_when_it_was_written(flow) -> None:
    content = to_parquet(to_table(flow, every(flow)))
    file = pq.ParquetFile(pa.BufferReader(content))
    assert file.metadata.metadata is None
    assert file.metadata.created_by.startswith("parquet-cpp-arrow version")
    host = socket.gethostname().encode()
    assert len(host) < 8 or host not in content, "a short name any bytes may hold"
    assert str(Path.cwd()).encode() not in content


def test_what_was_written_comes_back_in_the_order_of_keys(flow) -> None:
    back = taken(flow, every(flow)[::-1])
    found = from_parquet([to_parquet(to_table(back, every(back)))], flow.dataflow)
    for field in fields(flow):
        kept = getattr(flow, field.name)
        same = np.array_equal if isinstance(kept, np.ndarray) else None
        other = getattr(found, field.name)
        equal_nan = kept.dtype == np.float64 if same else False
        assert same(other, kept, equal_nan=equal_nan) if same else other == kept, field.name
        assert not same or other.dtype == kept.dtype, field.name


def test_the_hash_of_the_numbers_notices_one_bit_and_one_absence(flow) -> None:
    there = numbers_sha256(to_table(flow, every(flow)))
    value = flow.value.copy()
    value[0] = np.nextafter(value[0], 99)
    assert numbers_sha256(to_table(replace(flow, value=value), every(flow))) != there
    value[0] = 0
    zero = numbers_sha256(to_table(replace(flow, value=value.copy()), every(flow)))
    value[0] = np.nan
    assert numbers_sha256(to_table(replace(flow, value=value), every(flow))) != zero
    rule = ("another", *flow.rule[1:])
    assert numbers_sha256(to_table(replace(flow, rule=rule), every(flow))) != there


def test_the_hash_of_the_numbers_survives_other_bytes(flow) -> None:
    """As another version of the library might write them."""
    table = to_table(flow, every(flow))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="none", use_dictionary=False)
    other = pq.read_table(pa.BufferReader(sink.getvalue()))
    assert sink.getvalue().to_pybytes() != to_parquet(table)
    assert numbers_sha256(other) == numbers_sha256(table)


def test_a_code_the_dataflow_does_not_know_is_named(flow, release) -> None:
    content = to_parquet(to_table(flow, every(flow)))
    with pytest.raises(Damaged, match="TIME_PERIOD has codes its dataflow does not know: 2021"):
        from_parquet([content], release("v", ["2020"]).flows[0].dataflow)


def test_a_part_with_other_columns_is_refused(flow) -> None:
    content = to_parquet(to_table(flow, every(flow)).drop_columns(["SE"]))
    with pytest.raises(Damaged, match="other columns"):
        from_parquet([content], flow.dataflow)
