"""Rows as text: what they say, and that what is kept of them changes no byte."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.store.conftest import dataflow

from cauce.model.codelist import Code
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.text import Text
from cauce.publish import Message, Rows, Texts, in_time, plain_csv, plain_json
from cauce.publish import numbers as numbers_of
from cauce.publish import rows as rows_of
from cauce.publish.forms import DATA_FORMATS
from cauce.publish.options import DataSet, Options

STRANGE = ("=1+1", 'say "x", y', "a\nb", "<é & ü>", "-5")
PERIODS = [f"{2000 + year}" for year in range(90)]
FLOATS = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess")
COUNTS = ("df", "n", "cases", "missing", "psus", "strata")
MESSAGE = Message("M", "2026-01-01T10:00:00+00:00", True)
Writer = Callable[[Rows], Iterator[bytes]]


def sdmx(
    name: str, rows: Rows, dimension: str = "TIME_PERIOD", message: Message = MESSAGE
) -> Iterator[bytes]:
    return DATA_FORMATS[name].write([DataSet(rows)], message, Options(dimension))


WRITERS: dict[str, Writer] = {
    "csv": lambda rows: plain_csv(rows, "es"),
    "csv by name": lambda rows: plain_csv(rows, "en", "name"),
    "json": lambda rows: plain_json(rows, "es"),
    "sdmx csv": lambda rows: sdmx("csv-2.0", rows),
    "sdmx csv, cut": lambda rows: sdmx(
        "csv-2.0", rows, message=replace(MESSAGE, value=False, attributes=())
    ),
    "sdmx json": lambda rows: sdmx("json-2.0", rows),
    "sdmx json, flat": lambda rows: sdmx("json-2.0", rows, "AllDimensions"),
    "sdmx ml": lambda rows: sdmx("specific-2.1", rows),
    "sdmx ml, flat": lambda rows: sdmx("specific-2.1", rows, "AllDimensions"),
}


def table(periods: list[str] = PERIODS) -> Observations:
    """Five series with numbers of any size, some withheld, and words that must be escaped."""
    random = np.random.default_rng(5)
    flow = dataflow("XAA_T", periods)
    sexes = tuple(Code(f"S{i}", Text(word, word[::-1])) for i, word in enumerate(STRANGE))
    flow = replace(
        flow,
        dimensions=(
            *flow.dimensions[:3],
            replace(flow.dimensions[3], codes=sexes),
            *flow.dimensions[4:],
        ),
    )
    key = [(0, 0, 0, sex, time) for sex in range(5) for time in range(len(periods))]
    count = len(key)

    def numbers() -> np.ndarray:
        made = random.normal(size=count) * 10.0 ** random.integers(-12, 16, count)
        return np.where(random.random(count) < 0.2, np.nan, made)

    found: dict[str, np.ndarray] = {name: numbers() for name in FLOATS}
    found |= {name: random.integers(-1, 4, count).astype(np.int32) for name in COUNTS}
    found |= {"deff": np.full(count, 1.5), "strata": np.full(count, -1, np.int32)}
    return Observations(
        dataflow=flow,
        key=np.array(key, dtype=np.int32),
        **found,
        obs_status=tuple(np.array([*ObsStatus], object)[random.integers(0, 3, count)]),
        conf_status=tuple(np.array([*ConfStatus], object)[random.integers(0, 3, count)]),
        reliability=tuple(np.array([*Reliability], object)[random.integers(0, 3, count)]),
        rule=tuple(np.array(["", *STRANGE], object)[random.integers(0, 3, count)]),
    )


TABLE = table()


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_is_kept_of_a_table_changes_no_byte(name: str, data: st.DataObject) -> None:
    write, texts = WRITERS[name], Texts(data.draw(st.sampled_from([0, 30_000, 1 << 24])))
    for _ in range(2):
        first = data.draw(st.integers(0, len(TABLE.value)))
        step, last = data.draw(st.integers(1, 40)), data.draw(st.integers(first, len(TABLE.value)))
        at = np.arange(first, last, step)
        alone = b"".join(write(Rows(TABLE, at)))
        for _ in range(2):
            assert b"".join(write(Rows(TABLE, at, texts.beside(TABLE)))) == alone


def told(row: int) -> list[object]:
    """The numbers of a row as they are meant, None where they are withheld."""
    floats = [float(getattr(TABLE, name)[row]) for name in ("value", "se", "cv")]
    counts = [int(getattr(TABLE, name)[row]) for name in ("n", "cases", "missing")]
    floats += [float(getattr(TABLE, name)[row]) for name in ("ci_low", "ci_high")]
    rest = [*floats, *counts, float(TABLE.ess[row]), float(TABLE.deff[row]), int(TABLE.df[row])]
    rest += [int(TABLE.psus[row]), int(TABLE.strata[row])]
    return [None if n != n or (isinstance(n, int) and n < 0) else n for n in rest]


def test_a_csv_file_says_what_the_table_says() -> None:
    texts = Texts(1 << 24)
    at = np.arange(100, 300)
    text = b"".join(plain_csv(Rows(TABLE, at, texts.beside(TABLE)), "en", "both")).decode()
    head, *lines = csv.reader(io.StringIO(text))
    assert len(lines) == len(at)
    start, words = head.index("OBS_VALUE"), head.index("OBS_STATUS")
    for row, line in zip(at.tolist(), lines, strict=True):
        sex = STRANGE[int(TABLE.key[row, 3])]
        assert line[6:8] == [f"S{TABLE.key[row, 3]}", f"'{sex}" if sex[0] in "=-" else sex]
        numbers = [float(word) if word else None for word in line[start:words]]
        assert numbers == told(row)
        assert line[words] == TABLE.obs_status[row]
        assert line[head.index("RULE")].removeprefix("'") == TABLE.rule[row]


def test_a_json_file_says_what_the_table_says() -> None:
    at = np.arange(40, 200, 3)
    found = json.loads(b"".join(plain_json(Rows(TABLE, at, Texts(1 << 24).beside(TABLE)), "en")))
    for row, one in zip(at.tolist(), found["observations"], strict=True):
        assert one["SEX"] == f"S{TABLE.key[row, 3]}"
        assert one["SEX_name"] == STRANGE[int(TABLE.key[row, 3])]
        assert one["TIME_PERIOD"] == PERIODS[int(TABLE.key[row, 4])]
        names = [*one]
        numbers = names[names.index("OBS_VALUE") : names.index("OBS_STATUS")]
        assert [one[name] for name in numbers] == told(row)
        assert one["RULE"] == (TABLE.rule[row] or None)


def test_no_rows_are_a_file_with_its_head_alone() -> None:
    none = np.empty(0, dtype=np.int64)
    for beside in (Rows(TABLE, none), Rows(TABLE, none, Texts(1 << 20).beside(TABLE))):
        assert json.loads(b"".join(plain_json(beside, "en")))["observations"] == []
        assert b"".join(plain_csv(beside, "en")).count(b"\n") == 1
        assert json.loads(b"".join(sdmx("json-2.0", beside)))["data"]["dataSets"][0]["series"] == {}


def test_periods_that_are_not_listed_by_time_are_written_by_time() -> None:
    made = table(["2021", "2019", "2020"])
    rows = Rows(made, in_time(made, np.arange(15)), Texts(1 << 20).beside(made))
    text = b"".join(sdmx("csv-2.0", rows)).decode()
    periods = [line[7] for line in csv.reader(io.StringIO(text))][1:]
    assert periods == ["2019", "2020", "2021"] * 5


def test_a_long_answer_passes_the_memory_by(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, past, at = Texts(1 << 24), Texts(1 << 24), np.arange(len(TABLE.value))
    short = b"".join(plain_csv(Rows(TABLE, at, kept.beside(TABLE)), "en"))
    monkeypatch.setattr(rows_of, "MOST_KEPT", 10)
    assert b"".join(plain_csv(Rows(TABLE, at, past.beside(TABLE)), "en")) == short
    assert past.bytes < kept.bytes


def test_a_series_longer_than_a_block_is_kept_in_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers_of, "MOST", 32)
    texts, at = Texts(1 << 24), np.arange(85, 130)
    own = Rows(TABLE, at, texts.beside(TABLE))
    assert b"".join(plain_csv(own, "en")) == b"".join(plain_csv(Rows(TABLE, at), "en"))
