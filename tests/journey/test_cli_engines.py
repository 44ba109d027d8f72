"""A release whose sums another engine makes: the same observations, or one message and nothing."""

from pathlib import Path

import numpy as np
import pytest

from cauce.store import Reader
from cauce.store.table import COUNTS, NUMBERS, WORDS

PACK = """
[survey]
id = "LFS"
area = "XAA"
name = { en = "Survey", es = "Encuesta" }
vintage = "2024"
freq = "A"
population = { en = "Everyone", es = "Todos" }
licence = "none"
source = "us"
invented = true
concepts = { icls = "13" }

[[wave]]
period = "2024"
file = "people.csv"
format = "csv"

[design]
stratum = "h"
psu = "c"
weight = "w"
fpc = { none = "unknown" }
replicates = { none = "none" }
psu_scope = "survey"

[recode.SEX]
from = "sex"
"1" = "M"
"2" = "F"

[number.AGE]
from = "age"

[recode.STATUS]
from = "status"
"1" = "EMP"
"2" = "UNE"
"3" = "EIP"

[recode.STE]
from = "ste"
"1" = "1"
"2" = "3"
"" = { missing = "not_applicable" }

[number.EARN_MONTH]
from = "pay"
"" = { missing = "not_applicable" }
"-1" = { missing = "refused" }

[[table]]
id = "WORK"
name = { en = "Work", es = "Trabajo" }
indicators = ["UNE_DEAP", "EMP_DWAP", "EMP_TEMP"]
dimensions = ["SEX", "AGE_YTH"]

[[table]]
id = "PAY"
name = { en = "Pay", es = "Ingresos" }
indicators = ["EAR_XEES", "LMIS_EARMED_SEX_NB"]
dimensions = ["SEX"]

[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "a rule" }
[[rules.min_respondents]]
from = 2020-01-01
value = 4
ground = "a rule"
"""
TABLES = ("XAA_LFS_WORK", "XAA_LFS_PAY")
COLUMNS = ("key", *NUMBERS.values(), *COUNTS.values(), *(name for name, _ in WORDS.values()))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of rates, totals, a mean and a median, with its file beside it."""
    folder = tmp_path_factory.mktemp("pack")
    random = np.random.default_rng(7)
    lines = ["h,c,w,sex,age,status,ste,pay"]
    for psu in range(24):
        for _ in range(random.integers(10, 20)):
            status = random.choice([1, 1, 1, 2, 3])
            ste = random.integers(1, 3) if status == 1 else ""
            pay = random.choice([-1, *random.integers(10**4, 10**6, 9) / 100]) if ste else ""
            person = (
                round(random.uniform(50, 90), 4),
                random.integers(1, 3),
                random.integers(15, 70),
            )
            lines.append(",".join(map(str, (psu // 4, psu, *person, status, ste, pay))))
    (folder / "people.csv").write_text("\n".join(lines) + "\n")
    (folder / "pack.toml").write_text(PACK)
    return folder


@pytest.fixture(scope="module")
def stores(run_here, pack: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store for each engine, and what the release said."""
    root = tmp_path_factory.mktemp("stores")
    for engine in ("kernel", "duckdb"):
        store = root / engine
        done = run_here("release", pack, "--engine", engine, "--store", store)
        assert done.returncode == 0, done.stderr
        (root / f"{engine}.said").write_text(done.stdout)
    return {engine: root / engine for engine in ("kernel", "duckdb")}


def test_what_is_published_is_the_same_to_the_last_bit(stores: dict[str, Path]) -> None:
    kernel, duck = (Reader(stores[engine]).snapshot() for engine in ("kernel", "duckdb"))
    for name in TABLES:
        one, other = kernel.observations(name), duck.observations(name)
        assert np.isfinite(one.se).any()
        for column in COLUMNS:
            np.testing.assert_array_equal(getattr(one, column), getattr(other, column), column)


def test_the_release_says_who_added_up_and_the_hash_of_the_sums(stores: dict[str, Path]) -> None:
    said = {name: store.with_suffix(".said").read_text() for name, store in stores.items()}
    sums = {name: text.split("; sums ")[1].split()[0] for name, text in said.items()}
    assert "Added up by duckdb" in said["duckdb"]
    assert sums["kernel"] == sums["duckdb"]
    assert len(sums["kernel"]) == len("0" * 64)


@pytest.mark.parametrize("engine", ["kernel", "duckdb"])
def test_it_is_verified_bit_for_bit_without_the_engine(
    run_here, stores: dict[str, Path], pack: Path, engine: str
) -> None:
    found = run_here("verify", "2024", "--store", stores[engine], "--pack", pack)
    assert found.returncode == 0, found.stderr
    assert "bit for bit" in found.stdout


def test_an_endpoint_that_is_not_there_is_one_message_and_no_vintage(
    run, pack: Path, tmp_path: Path
) -> None:
    engine = "sc://127.0.0.1:1/;token=s3cret"
    done = run("release", pack, "--engine", engine, "--store", tmp_path / "store")
    assert done.returncode == 1
    assert done.stderr.count("Error") == 1
    assert "The engine at sc://127.0.0.1:1 does not answer" in " ".join(done.stderr.split())
    for words in ("Traceback", "s3cret"):
        assert words not in done.stderr + done.stdout
    assert not (tmp_path / "store" / "CURRENT").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--engine", "oracle"), "--engine must be local, kernel, duckdb"),
        (("--engine", "duckdb", "--table", "2024=t"), "--table goes with --engine sc://"),
        (("--engine", "sc://far.example"), "no file is sent there"),
        (("--engine", "duckdb", "--stream", "always"), "do not go together"),
    ],
)
def test_what_does_not_go_together_is_said_before_anything_is_published(
    run_here, pack: Path, tmp_path: Path, more: tuple[str, ...], told: str
) -> None:
    done = run_here("release", pack, *more, "--store", tmp_path / "store")
    assert done.returncode == 1
    assert told in done.stderr
    assert not (tmp_path / "store" / "CURRENT").exists()
