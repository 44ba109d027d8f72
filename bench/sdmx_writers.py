"""A million observations written whole in every SDMX format, beside DuckDB's own COPY.

6,000 invented monthly series of 168 observations, in ten columns: seven dimensions, the value, its
status and its confidentiality. DuckDB holds the same ten columns in memory, codes as text, and
copies them to CSV in /dev/null; ours are counted and thrown away. Each writer runs in a process of
its own, which has written a hundredth of it before, several times in turn with DuckDB, and the best
of its runs is told:

- `cpu_s`: processor time of all its threads; `times_copy` is that over DuckDB's;
- `first_byte_ms`, and `first_row_ms`: when the first portion of rows is out;
- `held_mb`: the memory of the process with the table, before it writes; `added_mb`: how much more
  the writing took at its highest. A writer that streams adds the same whatever the rows.

`all attributes` are the 33 attributes every observation of ours has, on the same rows, beside
DuckDB with the same 41 columns. `--sizes` tells the memory at a tenth of a million and at three
million, too; `--peers` writes the ten columns with pysdmx and sdmx1 as well, as they take them (up
to minutes each). Prints JSON.

Run: python bench/sdmx_writers.py [--runs N] [--sizes] [--peers] [--only WORD]
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cauce.publish import ATTRIBUTES, Message, Rows
from cauce.publish.forms import DATA_FORMATS
from cauce.publish.options import DataSet, Options
from cauce.publish.structure.ml.message import structures_ml
from cauce.publish.structure.own.artefacts import own_artefacts
from invented_table import KINDS, MONTHS, PLACES, SEXES, figures_of, flow_of

SIZES = {"0.1 million": 10, "1 million": 100, "3 million": 300}
"""The places of a table of so many observations."""
KEPT = ("OBS_STATUS", "CONF_STATUS")
MESSAGE = Message(
    "BENCH",
    "2026-01-01T10:00:00+00:00",
    True,
    attributes=tuple(a for a in ATTRIBUTES if a.id in KEPT),
)
LAID = {
    "flat": Options(dimension="AllDimensions"),
    "by SEX": Options(dimension="SEX"),
    "labels": Options(labels="both"),
}
PORTION = 50_000
"""Bytes that a portion of rows has, and no head."""
COPY, ALL = "duckdb copy", " all attributes"
Found = dict[str, Any]
Chunks = Iterator[bytes]
IDS = ["FREQ", "REF_AREA", "INDICATOR", "PLACE", "KIND", "SEX", "TIME_PERIOD"]


def table(places: int) -> Rows:
    return Rows.all(figures_of(flow_of("XAA_BENCH", places, KINDS, SEXES, MONTHS)))


def ours(name: str, rows: Rows) -> Chunks:
    """A format of ours by its name, and how it is laid out."""
    form, _, how = name.partition(" ")
    message = replace(MESSAGE, attributes=ATTRIBUTES) if name.endswith(ALL) else MESSAGE
    return DATA_FORMATS[form].write([DataSet(rows)], message, LAID.get(how, Options()))


def copied(name: str, rows: Rows) -> Callable[[], Any]:
    """DuckDB with the ten columns, or with those of all attributes, and its COPY."""
    import duckdb

    con = duckdb.connect()
    if name == COPY:
        con.register("ten", columns(rows))
        con.execute("CREATE TABLE obs AS SELECT * FROM ten")
        con.unregister("ten")
    else:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            file.writelines(ours(f"csv-2.0{ALL}", rows))
            file.flush()
            told = f"read_csv('{file.name}', nullstr = ['', 'NaN'])"
            left = "STRUCTURE, STRUCTURE_ID, ACTION"
            con.execute(f"CREATE TABLE obs AS SELECT * EXCLUDE ({left}) FROM {told}")
    return lambda: con.execute("COPY obs TO '/dev/null' (FORMAT csv)")


def columns(rows: Rows) -> Any:
    """The ten columns as an Arrow table."""
    import pyarrow as pa

    observations, found = rows.observations, {}
    for at, dimension in enumerate(observations.dataflow.dimensions):
        codes = pa.array([code.id for code in dimension.codes])
        found[dimension.id] = codes.take(pa.array(observations.key[:, at]))
    found["OBS_VALUE"] = pa.array(observations.value)
    found["OBS_STATUS"] = pa.array(map(str, observations.obs_status))
    found["CONF_STATUS"] = pa.array(map(str, observations.conf_status))
    return pa.table(found)


def memory_mb(field: str) -> float:
    """What the kernel says of this process: VmRSS is now, VmHWM its highest (Linux)."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith(field))) / 1024


def forget_highest() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def measured(name: str, places: int) -> Found:
    """One writing of one writer in this process."""
    for _ in prepared(name, table(1))():
        pass
    rows = table(places)
    count = len(rows)
    write = prepared(name, rows)
    held = memory_mb("VmRSS")
    forget_highest()
    cpu, began, size = time.process_time(), time.monotonic(), 0
    first_byte = first_rows = 0.0
    for chunk in write():
        size += len(chunk)
        first_byte = first_byte or time.monotonic() - began
        if not first_rows and len(chunk) > PORTION:
            first_rows = time.monotonic() - began
    found: Found = {
        "cpu_s": round(time.process_time() - cpu, 3),
        "wall_s": round(time.monotonic() - began, 3),
        "observations": count,
        "held_mb": round(held),
        "added_mb": round(memory_mb("VmHWM") - held),
    }
    if not name.startswith(COPY):
        found |= {"out_mb": round(size / 1e6, 1)}
        found |= {"first_byte_ms": round(first_byte * 1e3, 1)}
        found |= {"first_row_ms": round(first_rows * 1e3, 1)}
    return found


def prepared(name: str, rows: Rows) -> Callable[[], Iterator[bytes]]:
    """A writer with what it writes at hand, as bytes when it is called."""
    if name.startswith(COPY):
        copy = copied(name, rows)
        return lambda: iter([b"" for _ in [copy()]])
    if name.startswith("pysdmx"):
        return theirs_pysdmx(name, rows)
    if name.startswith("sdmx1"):
        return theirs_sdmx1(rows)
    return lambda: ours(name, rows)


def _artefacts(rows: Rows) -> list[Any]:
    """The data structure of the table and what it refers to: pysdmx cannot read all kinds."""
    kinds = ("dataflow", "datastructure", "conceptscheme", "codelist", "agencyscheme")
    artefacts = own_artefacts([rows.observations.dataflow])
    return [one for one in artefacts if one.ref.kind in kinds]


def theirs_pysdmx(name: str, rows: Rows) -> Callable[[], Iterator[bytes]]:
    """pysdmx with the ten columns as the data frame it takes."""
    import pysdmx.io as pio
    from pysdmx.io.format import Format
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model import Schema

    content = structures_ml(_artefacts(rows), MESSAGE, "2.1")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "structure.xml"
        place.write_bytes(content)
        message = pio.read_sdmx(place)
    structure = message.get_data_structure_definitions()[0]
    kept = {*IDS, "OBS_VALUE", "OBS_STATUS", "CONF_STATUS"}
    components = type(structure.components)([c for c in structure.components if c.id in kept])
    schema = Schema(
        context="datastructure",
        agency="CAUCE",
        id=structure.id,
        version=structure.version,
        components=components,
        artefacts=[],
    )
    data = PandasDataset(structure=schema, data=columns(rows).to_pandas().astype(str))
    wanted = {
        "pysdmx csv-2.0": Format.DATA_SDMX_CSV_2_0_0,
        "pysdmx specific-2.1": Format.DATA_SDMX_ML_2_1_STR,
        "pysdmx generic-2.1": Format.DATA_SDMX_ML_2_1_GEN,
        "pysdmx ml-3.0": Format.DATA_SDMX_ML_3_0,
    }[name]

    def write() -> Iterator[bytes]:
        text = pio.write_sdmx(data, sdmx_format=wanted, dimension_at_observation=None)
        yield (text or "").encode()

    return write


def theirs_sdmx1(rows: Rows) -> Callable[[], Iterator[bytes]]:
    """sdmx1 with values alone: it has no way to make attributes from columns."""
    import sdmx
    from sdmx.model import v21

    content = structures_ml(_artefacts(rows), MESSAGE, "2.1")
    structure = next(iter(sdmx.read_sdmx(io.BytesIO(content)).structure.values()))
    frame = columns(rows).to_pandas()

    def write() -> Iterator[bytes]:
        data = v21.StructureSpecificDataSet(structured_by=structure)
        data.obs.extend(
            v21.Observation(
                dimension=structure.make_key(v21.Key, dict(zip(IDS, key, strict=True))),
                value=value,
                value_for=structure.measures[0],
            )
            for *key, value, _, _ in frame.itertuples(index=False)
        )
        yield sdmx.to_xml(sdmx.message.DataMessage(data=[data]))

    return write


PEERS = ("pysdmx csv-2.0", "pysdmx specific-2.1", "pysdmx generic-2.1", "pysdmx ml-3.0", "sdmx1")
MEASURED = (
    *DATA_FORMATS,
    "json-2.1 flat",
    "ml-3.1 flat",
    "json-2.1 by SEX",
    "csv-2.1 labels",
    "csv-2.0 all attributes",
    "json-1.0 all attributes",
    "json-2.1 all attributes",
    "ml-3.1 all attributes",
)


def alone(name: str, places: int) -> Found:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--one", name, "--places", str(places)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    found: Found = json.loads(done.stdout)
    return found


def best(runs: list[Found]) -> Found:
    good = [run for run in runs if "cpu_s" in run]
    if not good:
        return runs[0]
    found = dict(min(good, key=lambda run: run["cpu_s"]))
    for name in ("first_byte_ms", "first_row_ms"):
        if name in found:
            found[name] = min(run[name] for run in good)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--one", default="")
    parser.add_argument("--places", type=int, default=PLACES)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.one, asked.places)))
        return
    names = [name for name in MEASURED if asked.only in name]
    runs: dict[str, list[Found]] = {name: [] for name in (COPY, COPY + ALL, *names)}
    for _ in range(asked.runs):
        for name, found in runs.items():
            found.append(alone(name, asked.places))
    told = {name: best(found) for name, found in runs.items()}
    for name, found in told.items():
        copy = told[COPY + ALL if name.endswith(ALL) else COPY]
        if "cpu_s" in found:
            found["times_copy"] = round(found["cpu_s"] / copy["cpu_s"], 2)
    result: Found = {"writers": told}
    if asked.peers:
        result["peers"] = {name: alone(name, asked.places) for name in PEERS}
    if asked.sizes:
        result["added_mb_by_size"] = {
            name: {size: memory_of(alone(name, places)) for size, places in SIZES.items()}
            for name in names
        }
    print(json.dumps(result, indent=1))


def memory_of(found: Found) -> Found:
    return {field: found.get(field) for field in ("held_mb", "added_mb")}


if __name__ == "__main__":
    main()
