"""The same question on every engine there is: hashes of its whole-number sums, and seconds.

A rate, a mean and a total of a million invented people in 2,000 PSUs by three groupings, asked in
one text: of our kernel, of DuckDB, of a Sail server and, with --pyspark PYTHON (an interpreter that
has the package `pyspark`, and Java), of Apache Spark; both servers are started and ended here.
Seconds are from the file to the estimates, the least of some rounds, so that a server is warm.
Prints JSON, writes it to bench/results/engines.json and ends with 1 if hashes or estimates differ.
Run from the repository: python bench/engines.py [PEOPLE] [--pyspark PYTHON]
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cauce.estimate import (
    POLICIES,
    Estimates,
    Frame,
    Grouping,
    Measure,
    Summed,
    by_grouping,
    frame_of,
    measure_of,
    rows_of,
    sum_here,
)
from cauce.estimate.grouping import group
from cauce.harmonise import CubeScore, CubeSource
from cauce.microdata import DuckEngine, SparkEngine, endpoint_of
from cauce.pipeline.engine_release import cells_of
from cauce.pipeline.summing import Engine, Summing, psu_sums, summed
from cube_people import CODES, SIZES, arrays, people
from engine_servers import sail, spark_of, why_no_sail, why_no_spark

PSUS, ROUNDS = 2_000, 3
GROUPINGS: tuple[tuple[int, ...], ...] = ((), (3,), (0, 5))
ASKED = (0, 1, 3)  # of the statistics of `cube_people`: employed, unemployment, wage
NUMBERS = ("value", "se", "ci_low", "ci_high", "n", "cases", "deff")
RESULT = Path(__file__).parent / "results" / "engines.json"
SCORES = (
    CubeScore("TRUE", "FALSE", "CAST(employed AS DOUBLE)", binary=True),
    CubeScore("active", "FALSE", "1e0 - CAST(employed AS DOUBLE)", binary=True),
    CubeScore("employed", "FALSE", "wage"),
)
SOURCE = CubeSource("", "source", "stratum", "psu", "weight", "", tuple(CODES), SCORES)


@dataclass(frozen=True)
class Answered:
    """What an engine gave: its sums, and the estimates of each grouping and statistic."""

    own: Summed
    estimates: list[list[Estimates]]

    @property
    def sha256(self) -> str:
        return self.own.sums.sha256(self.own.scales)

    def same(self, other: "Answered") -> bool:
        """Whether hashes and all numbers are equal, to the last bit."""
        return self.sha256 == other.sha256 and all(
            np.array_equal(getattr(a, name), getattr(b, name), equal_nan=True)
            for ours, theirs in zip(self.estimates, other.estimates, strict=True)
            for a, b in zip(ours, theirs, strict=True)
            for name in NUMBERS
        )


def of_a_survey(count: int) -> pa.Table:
    """Invented people, with weights of six decimals and wages in cents, as files have them."""
    table = people(count, -(-count // PSUS))
    for name, decimals in (("weight", 6), ("wage", 2)):
        rounded = pa.array(np.round(table[name].to_numpy(), decimals))
        table = table.set_column(table.column_names.index(name), name, rounded)
    return table


def answered(
    own: Summed, measures: Sequence[Measure], frame: Frame, groupings: Sequence[Grouping]
) -> Answered:
    sizes = [grouping.size for grouping in groupings]
    return Answered(own, by_grouping(sizes, measures, frame, own, POLICIES["refuse"]))


def here(file: Path) -> tuple[Answered, list[Grouping], list[Measure]]:
    """The sums of our kernel, from the file."""
    design, codes, scores = arrays(pq.read_table(file))
    asked = [scores[at] for at in ASKED]
    measures = [measure_of(score) for score in asked]
    rows = rows_of(design, ())
    groupings = [group(codes, SIZES, dims, len(rows.psu)) for dims in GROUPINGS]
    own = sum_here(rows, groupings, asked)
    return answered(own, measures, frame_of(rows), groupings), groupings, measures


def there(
    engine: Engine, kinds: dict[str, str], groupings: list[Grouping], measures: list[Measure]
) -> Answered:
    """The sums of an engine: its PSUs, the digits of its numbers, and one text of GROUPING SETS."""
    summing = Summing(engine, SOURCE, kinds)
    psus = summing.psus("survey", "refuse")
    counted = summing.counted()
    found, scales = summing.sums(measures, counted, GROUPINGS)
    sizes = [[SIZES[dim] for dim in dims] for dims in GROUPINGS]
    sums = psu_sums(found, cells_of(found, groupings, GROUPINGS, sizes), measures, psus)
    return answered(summed(sums, scales, counted), measures, psus.frame, groupings)


def kinds_of(table: pa.Table) -> dict[str, str]:
    words = {"bool": "boolean", "double": "float", "int32": "integer"}
    return {field.name: words[str(field.type)] for field in table.schema}


def timed(ask: Callable[[], Answered]) -> tuple[Answered, list[float]]:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = ask()
        seconds.append(time.perf_counter() - began)
    return found, seconds


def compared(file: Path, kinds: dict[str, str], pyspark: str) -> dict[str, Any]:
    """What each engine said beside our kernel, by its name; why it was not asked, if it was not."""
    first, groupings, measures = here(file)
    told: dict[str, Any] = {}

    def tell(name: str, ask: Callable[[], Answered]) -> None:
        found, seconds = timed(ask)
        told[name] = {
            "sha256": found.sha256,
            "same_bits": found.same(first),
            "seconds": round(min(seconds), 2),
            "rounds": [round(one, 2) for one in seconds],
        }
        print(f"{name:8} {told[name]['seconds']:7.2f} s  {found.sha256[:16]}…", file=sys.stderr)

    def ask_duckdb() -> Answered:
        with DuckEngine.over(file) as duck:
            return there(duck, kinds, groupings, measures)

    def ask_at(address: str) -> Answered:
        with SparkEngine.at(endpoint_of(address)) as spark:
            spark.use([str(file)], files=True)
            return there(spark, kinds, groupings, measures)

    tell("kernel", lambda: here(file)[0])
    tell("duckdb", ask_duckdb)
    servers = {"sail": (why_no_sail(), sail), "spark": (why_no_spark(pyspark), spark_of)}
    for name, (why, serve) in servers.items():
        if why:
            told[name] = {"skipped": why}
            continue
        with serve(pyspark) as address:
            tell(name, partial(ask_at, address))
    return told


def main() -> None:
    words = sys.argv[1:]
    pyspark = words[words.index("--pyspark") + 1] if "--pyspark" in words else ""
    count = next((int(word) for word in words if word.isdigit()), 1_000_000)
    table = of_a_survey(count)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.parquet"
        pq.write_table(table, file)
        told = compared(file, kinds_of(table), pyspark)
    found = {"people": count, "psus": PSUS, "groupings": GROUPINGS, "engines": told}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1))
    print(json.dumps(found, indent=1))
    other = [name for name, one in told.items() if not one.get("same_bits", True)]
    if other:
        raise SystemExit(f"Other sums or estimates than our kernel's: {', '.join(other)}.")


if __name__ == "__main__":
    main()
