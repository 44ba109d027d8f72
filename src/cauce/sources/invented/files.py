"""A wave as the file an office would hand out: every year in another shape."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput
from cauce.sources.invented.country import SEED, WAVES
from cauce.sources.invented.labels import LABELS, WORDS
from cauce.sources.invented.population import live
from cauce.sources.invented.questionnaire import answers
from cauce.sources.invented.stata import Variable, stata_bytes
from cauce.sources.invented.survey import draw
from cauce.sources.invented.writing import BLANK

FILES = {
    2021: "eft2021.csv",
    2022: "eft2022.csv",
    2023: "eft2023.zip",
    2024: "eft2024.parquet",
    2025: "eft2025.csv",
}
# A fixed time: the same seed shall give the same bytes.
_WRITTEN = (2026, 1, 1, 0, 0, 0)
Wave = dict[str, Ints | Floats | NDArray[np.object_]]


def write_wave(
    folder: Path, year: int, seed: int = SEED, progress: Callable[[str], None] | None = None
) -> Path:
    """Write one wave of the invented survey; the same seed gives the same bytes.

    Raises:
        BadInput: the survey has no wave in this year.
    """
    if year not in FILES:
        waves = ", ".join(map(str, WAVES))
        raise BadInput(f"The invented survey has waves in {waves}, not in {year}. Ask for one.")
    tell = progress or _nobody
    tell(f"Asking the people of {year}")
    wave = wave_columns(seed, year)
    tell(f"Writing {FILES[year]}")
    path = folder / FILES[year]
    _WRITERS[year](wave, path)
    return path


def wave_columns(seed: int, year: int) -> Wave:
    """The columns of one wave in the order of the file, as arrays of shape (people asked,)."""
    drawn = draw(seed, year)
    columns, weight, titles = answers(drawn, live(seed, year, drawn.where))
    wave: Wave = dict(columns)
    wave["factor"], wave["p22_oficio"] = np.round(weight, 6), titles
    return {name: wave[name] for name in LABELS}


def _nobody(message: str) -> None:
    del message


def _table(wave: Wave) -> pa.Table:
    arrays = {}
    for name, values in wave.items():
        if values.dtype.kind == "O":
            arrays[name] = pa.array(values, pa.string(), mask=values == "")
        elif values.dtype.kind == "f":
            arrays[name] = pa.array(values, pa.float64())
        else:
            arrays[name] = pa.array(values.astype(np.int32), pa.int32(), mask=values == BLANK)
    return pa.table(arrays)


def _text(table: pa.Table, delimiter: str) -> bytes:
    sink = pa.BufferOutputStream()
    options = pcsv.WriteOptions(delimiter=delimiter, quoting_style="none", quoting_header="none")
    pcsv.write_csv(table, sink, options)
    return bytes(sink.getvalue().to_pybytes())


def _continental(wave: Wave, path: Path) -> None:
    """Semicolons, decimal commas and Latin-1, as spreadsheets of the region save it."""
    table = _table(wave)
    at = table.column_names.index("factor")
    commas = [f"{weight:.6f}".replace(".", ",") for weight in table["factor"].to_pylist()]
    shown = table.set_column(at, "factor", pa.array(commas))
    path.write_bytes(_text(shown, ";").decode("utf-8").encode("latin-1"))


def _plain(wave: Wave, path: Path) -> None:
    path.write_bytes(_text(_table(wave), ","))


def _tabbed(wave: Wave, path: Path) -> None:
    """Tabs, with the mark at the front that some programs put before UTF-8."""
    path.write_bytes(b"\xef\xbb\xbf" + _text(_table(wave), "\t"))


def _parquet(wave: Wave, path: Path) -> None:
    pq.write_table(_table(wave), path, compression="zstd")


def _zipped_stata(wave: Wave, path: Path) -> None:
    variables = {
        name: Variable(LABELS[name], _stored(values), WORDS.get(name, {}))
        for name, values in wave.items()
    }
    content = stata_bytes("Encuesta de fuerza de trabajo, datos inventados", variables)
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo("eft2023/personas.dta", _WRITTEN)
        archive.writestr(member, content, zipfile.ZIP_DEFLATED, 6)


def _stored(values: NDArray[Any]) -> NDArray[Any]:
    """Text as bytes of one length; numbers as they are."""
    return np.char.encode(values.astype(np.str_), "utf-8") if values.dtype.kind == "O" else values


_WRITERS: dict[int, Callable[[Wave, Path], None]] = {
    2021: _continental,
    2022: _plain,
    2023: _zipped_stata,
    2024: _parquet,
    2025: _tabbed,
}
