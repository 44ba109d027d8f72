"""A wave as the file an office would hand out: every year in another shape."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.sources.invented.country import SEED, STRATA, WAVES, Column, build_stratum, random
from cauce.sources.invented.questionnaire import BLANK, answers
from cauce.sources.invented.survey import draw, psus_of_wave
from cauce.sources.invented.year import live

FILES = {
    2021: "ieft2021.csv",
    2022: "ieft2022.csv",
    2023: "ieft2023.zip",
    2024: "ieft2024.csv",
    2025: "ieft2025.parquet",
}


def write_wave(
    folder: Path, year: int, seed: int = SEED, progress: Callable[[int, int], None] | None = None
) -> Path:
    """Write one wave of the invented survey; the same seed gives the same bytes.

    Raises:
        BadInput: the survey has no wave in this year.
    """
    if year not in FILES:
        raise BadInput(
            f"The invented survey has waves in {', '.join(map(str, WAVES))}, not {year}."
        )
    parts = []
    for number, part in enumerate(_strata(year, seed)):
        parts.append(part)
        if progress is not None:
            progress(number + 1, STRATA)
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    path = folder / FILES[year]
    _WRITERS[year](_table(columns), path)
    return path


def _strata(year: int, seed: int) -> Iterator[dict[str, Column]]:
    for number in range(STRATA):
        stratum = build_stratum(number, seed)
        chance = random(seed, 4, number, year)
        drawn = draw(stratum, psus_of_wave(stratum, year, seed), chance)
        life = live(stratum, year, drawn.people, seed)
        yield answers(stratum, drawn, life, year, chance)


def _table(columns: dict[str, Column]) -> pa.Table:
    arrays = {}
    for name, values in columns.items():
        if values.dtype == object:
            arrays[name] = pa.array(values, pa.string(), mask=np.array(values == "", dtype=bool))
        elif values.dtype.kind == "f":
            arrays[name] = pa.array(values, pa.float64())
        else:
            arrays[name] = pa.array(values.astype(np.int32), pa.int32(), mask=values == BLANK)
    return pa.table(arrays)


def _csv(table: pa.Table, path: Path) -> None:
    pcsv.write_csv(table, path, pcsv.WriteOptions(quoting_style="needed"))


def _continental_csv(table: pa.Table, path: Path) -> None:
    """Semicolons, decimal commas and Latin-1, as spreadsheets of the region save it."""
    at = table.column_names.index("factor")
    commas = [f"{weight:.6f}".replace(".", ",") for weight in table["factor"].to_pylist()]
    shown = table.set_column(at, "factor", pa.array(commas))
    sink = pa.BufferOutputStream()
    pcsv.write_csv(shown, sink, pcsv.WriteOptions(delimiter=";", quoting_style="none"))
    path.write_bytes(sink.getvalue().to_pybytes().decode("utf-8").encode("latin-1"))


def _zipped_csv(table: pa.Table, path: Path) -> None:
    sink = pa.BufferOutputStream()
    pcsv.write_csv(table, sink, pcsv.WriteOptions(quoting_style="needed"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # A fixed time: the same seed shall give the same bytes.
        member = zipfile.ZipInfo("ieft2023/personas.csv", (2026, 1, 1, 0, 0, 0))
        archive.writestr(member, sink.getvalue().to_pybytes(), zipfile.ZIP_DEFLATED)


def _parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")


_WRITERS = {
    2021: _csv,
    2022: _continental_csv,
    2023: _zipped_csv,
    2024: _csv,
    2025: _parquet,
}
