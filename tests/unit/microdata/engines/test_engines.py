"""The same integers from every engine, and one clear message where there is none."""

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from cauce.microdata import DuckEngine, SparkEngine, endpoint_of
from cauce.microdata.engines import Answer, limbs_of
from cauce.model.errors import BadInput, MethodFailed
from cauce.pipeline.engine_estimate import estimate_exactly
from cauce.pipeline.file_estimate import Answer as Estimated
from cauce.pipeline.file_estimate import Question, estimate_file

BASE = {"stratum": "st", "psu": "psu", "weight": "w"}
QUESTIONS = {
    "mean": Question(**BASE, mean="pay", by=("sex", "region")),
    "rate": Question(**BASE, mean="emp", by=("region",), where="hours between 1 and 10"),
    "ratio": Question(**BASE, ratio="pay", over="hours", where="emp"),
    "total": Question(**BASE, total="hours / 4", by=("sex",), where="region <> 'b'"),
    "people": Question(**BASE, total="emp", fpc="psus"),
}


def same(one: Estimated, other: Estimated) -> None:
    assert one.labels == other.labels
    assert (one.people, one.missing, one.weightless) == (
        other.people,
        other.missing,
        other.weightless,
    )
    for name in one.estimates.__dataclass_fields__:
        left, right = (getattr(a.estimates, name)[list(a.rows)] for a in (one, other))
        np.testing.assert_array_equal(left, right, err_msg=name)
    assert one.exact is not None
    assert other.exact is not None
    assert one.exact.sha256 == other.exact.sha256


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_engine_has_the_same_integers_and_bits(people, sail: str, name: str) -> None:
    file = people(psus=[9] * 60)
    kernel, duck, spark = (
        estimate_exactly(file, QUESTIONS[name], engine) for engine in ("kernel", "duckdb", sail)
    )
    same(kernel, duck)
    same(kernel, spark)
    floats = estimate_file(file, QUESTIONS[name])
    assert floats.labels == kernel.labels
    for part in ("value", "se", "ci_low", "ci_high"):
        ours = getattr(kernel.estimates, part)[list(kernel.rows)]
        theirs = getattr(floats.estimates, part)[list(floats.rows), 0]
        np.testing.assert_allclose(ours, theirs, 1e-9)


def test_tables_of_the_endpoint_are_asked_without_a_file(people, sail: str) -> None:
    file = people()
    question = QUESTIONS["mean"]
    same(
        estimate_exactly(None, question, sail, [str(file)]),
        estimate_exactly(file, question, "kernel"),
    )


def test_parts_are_one_table_and_must_be_alike(people, sail: str) -> None:
    one, two = people("one.parquet"), people("two.parquet")
    question = Question(**BASE, total="emp")
    both = estimate_exactly(None, question, sail, [str(one), str(two)])
    single = estimate_exactly(None, question, sail, [str(one)])
    assert both.people == 2 * single.people
    other = people("other.parquet", hours=[1.5] * 60)
    with pytest.raises(BadInput, match=r"another schema .*: hours\. .*Nothing was published"):
        estimate_exactly(None, question, sail, [str(one), str(other)])


def test_a_table_without_a_column_is_named(people, sail: str) -> None:
    with pytest.raises(BadInput, match="The file has no column peso"):
        estimate_exactly(None, Question("st", "psu", "peso", total="emp"), sail, [str(people())])


def test_a_table_that_is_not_there_is_told_in_our_words(sail: str) -> None:
    with pytest.raises(BadInput, match=r"nowhere cannot be read there .*Nothing was published"):
        estimate_exactly(None, QUESTIONS["rate"], sail, ["nowhere"])


def test_an_endpoint_that_is_not_there_is_told(people) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(BadInput, match=r"does not answer .*Nothing was published"):
        estimate_exactly(people(), QUESTIONS["rate"], f"sc://127.0.0.1:{port}")


@pytest.fixture
def hanging_up() -> Iterator[int]:
    """The port of an endpoint that takes every call and closes it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        going = threading.Event()

        def serve() -> None:
            server.settimeout(0.1)
            while not going.is_set():
                try:
                    server.accept()[0].close()
                except TimeoutError:
                    continue

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        going.set()
        thread.join()


def test_an_endpoint_that_hangs_up_is_told_without_its_token(people, hanging_up: int) -> None:
    address = f"sc://127.0.0.1:{hanging_up}/;token=s3cret"
    with pytest.raises(BadInput, match="stopped half-way") as caught:
        estimate_exactly(people(), QUESTIONS["rate"], address)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_engine_that_dies_half_way_gives_nothing(
    people, sail_to_end: tuple[str, subprocess.Popen[str]]
) -> None:
    address, process = sail_to_end
    with SparkEngine.at(endpoint_of(address)) as engine:
        engine.use([str(people())], files=True)
        assert engine.ask("SELECT COUNT(*) AS people FROM source").counts("people")[0] == 60
        process.kill()
        process.wait()
        with pytest.raises(BadInput, match=r"stopped half-way: .* nothing was published"):
            engine.ask("SELECT COUNT(*) AS people FROM source")


@pytest.mark.parametrize("word", ["f_none", "GROUPING("])
def test_an_engine_that_is_ended_within_a_query_is_told_in_one_message(
    people, ending_at, word: str
) -> None:
    """By a word of the question for PSUs, and of that for sums."""
    wire = ending_at(word)
    with pytest.raises(BadInput, match=r"stopped half-way: the endpoint could not add up") as told:
        estimate_exactly(people(), QUESTIONS["mean"], wire.address)
    assert wire.cut
    assert "nothing was published" in str(told.value)
    assert told.value.__cause__ is None


def test_what_an_engine_says_of_a_value_is_not_repeated(people, sail: str) -> None:
    with SparkEngine.at(endpoint_of(sail)) as engine:
        engine.use([str(people(odd=["secret"] * 60))], files=True)
        with pytest.raises(BadInput, match="refused: the endpoint could not add up") as caught:
            engine.ask("SELECT SUM(CAST(odd AS BIGINT)) AS n FROM source")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("state", ["UNAUTHENTICATED", "PERMISSION_DENIED"])
def test_a_wrong_token_is_told_as_one(state: str) -> None:
    from cauce.microdata.engines.spark import _reason

    class Refused(Exception):  # noqa: N818 - a state as the client has it
        def code(self) -> object:
            return type("State", (), {"name": state})()

    told = _reason(Refused("token abc"), endpoint_of("sc://h;token=abc"), "it")
    assert "the token is missing or wrong" in told
    assert "abc" not in told


def test_without_the_client_the_extra_is_named(people, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cauce.microdata.engines.spark.find_spec", lambda name: None)
    with pytest.raises(BadInput, match=r"pip install 'cauce\[cluster\]'"):
        estimate_exactly(people(), QUESTIONS["rate"], "sc://127.0.0.1:1")


def test_no_file_is_sent_to_another_machine(people) -> None:
    with pytest.raises(BadInput, match=r"sc://far\.example:15002 is another machine"):
        estimate_exactly(people(), QUESTIONS["rate"], "sc://far.example")


@pytest.mark.parametrize(
    ("file", "engine", "tables", "told"),
    [
        (True, "duckdb", ["t"], "--table goes with --engine sc://"),
        (False, "duckdb", [], "Name the file to read"),
        (True, "sc://h", ["t"], "either a file or --table"),
        (True, "oracle", [], "--engine must be local, kernel, duckdb"),
    ],
)
def test_what_does_not_go_together_is_said(people, file, engine, tables, told) -> None:
    with pytest.raises(BadInput, match=told):
        estimate_exactly(people() if file else None, QUESTIONS["rate"], engine, tables)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"certainty": "sure"}, "--certainty needs more than sums by PSU"),
        ({"psu": ""}, "Say --stratum and --psu"),
    ],
)
def test_designs_that_need_more_than_sums_by_psu_are_refused(people, more, told: str) -> None:
    question = Question(**BASE | {"total": "emp"} | more)
    for engine in ("kernel", "duckdb", "sc://127.0.0.1:1"):
        with pytest.raises(BadInput, match=told):
            estimate_exactly(people(), question, engine)


def test_numbers_that_overflow_are_refused_on_every_engine(people, sail: str) -> None:
    file = people(big=[10.0**16] * 60)
    for engine in ("kernel", "duckdb", sail):
        with pytest.raises(BadInput, match="60 values of the numerator of total have more than 15"):
            estimate_exactly(file, Question(**BASE, total="big"), engine)


@pytest.mark.parametrize(
    ("weights", "told"), [([None] * 60, "60 of 60 weights are missing"), ([0.0] * 60, "All 60")]
)
def test_weights_are_checked_on_every_engine(people, sail: str, weights, told: str) -> None:
    file = people(w=pa.array(weights, pa.float64()))
    for engine in ("kernel", "duckdb", sail):
        with pytest.raises(BadInput, match=told):
            estimate_exactly(file, Question(**BASE, total="emp"), engine)


def test_duckdb_reaches_no_other_file(people: Callable[..., Path]) -> None:
    one, two = people("one.parquet"), people("two.parquet")
    with DuckEngine.over(one) as engine:
        assert engine.ask("SELECT COUNT(*) AS n FROM source").counts("n")[0] == 60
        with pytest.raises(BadInput, match="PermissionException"):
            engine.ask("SELECT * FROM read_parquet('{}')".format(two))  # noqa: S608, UP032


def test_numbers_with_fractions_are_no_words_for_every_engine(people, sail: str) -> None:
    words = Question(**BASE, total="length(cast(half as varchar)) = 1")
    whole, half = people("whole.parquet", half=[2.0, 3.0] * 30), people(half=[2.0, 2.5] * 30)
    same(estimate_exactly(whole, words, "duckdb"), estimate_exactly(whole, words, sail))
    with pytest.raises(BadInput, match="half has fractions for 30 respondents"):
        estimate_exactly(half, words, sail)


def test_what_is_rounded_is_said(people) -> None:
    answer = estimate_exactly(people(), Question(**BASE, total="hours / 3"), "duckdb")
    assert answer.exact is not None
    (said,) = answer.exact.rounded
    assert "37 values of --total were rounded to 14 decimals" in said


@pytest.mark.parametrize("text", ["sc://", "sc://h:x", "sc://u@h", "http://h", "sc://h/path", "x"])
def test_what_is_no_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(BadInput, match="--engine must be"):
        endpoint_of(text)


def test_an_address_is_shown_without_its_token() -> None:
    endpoint = endpoint_of("sc://[::1]:443/;use_ssl=true;token=s3cret")
    assert (str(endpoint), endpoint.here) == ("sc://[::1]:443", True)
    assert "s3cret" not in repr(endpoint)
    assert endpoint.url == "sc://[::1]:443/;use_ssl=true;token=s3cret"


def test_sums_that_are_no_whole_numbers_are_not_taken() -> None:
    with pytest.raises(MethodFailed, match="not as whole numbers"):
        limbs_of(pa.chunked_array([[1.5]]))
    empty = pa.chunked_array([pa.array([], pa.decimal128(38, 0))])
    assert limbs_of(empty).shape == (0, 2)


def test_a_psu_nobody_named_has_no_place() -> None:
    known = Answer(pa.table({"h": [1, 2], "c": ["a", "b"]}))
    found = Answer(pa.table({"h": [2, 2, 1], "c": ["b", "a", "z"]}))
    assert found.place_in(known, "h", "c").tolist() == [1, -1, -1]
