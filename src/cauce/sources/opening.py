"""From the path of a file, alone or in a zip, to a reader of its columns. Runs in the worker."""

from dataclasses import dataclass
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat
from cauce.sources.archive import unpack
from cauce.sources.csv_file import CsvReader
from cauce.sources.csv_guess import guess_csv
from cauce.sources.layout import Reader
from cauce.sources.limits import Limits
from cauce.sources.magic import check_format, guess_format, kind_of_file
from cauce.sources.parquet_file import ParquetReader
from cauce.sources.statistical import StatisticalReader


@dataclass(frozen=True)
class Wanted:
    """What is to be opened. An empty `format` or no `csv` is guessed, for proposals only."""

    path: Path
    member: str
    format: str
    csv: CsvFormat | None


@dataclass(frozen=True)
class Opened:
    """A reader, and what was found out on the way."""

    reader: Reader
    member: str
    format: str
    csv: CsvFormat | None


def open_file(wanted: Wanted, folder: Path, limits: Limits) -> Opened:
    """Unpack if need be, check the first bytes, and open. `folder` is private and ours."""
    path, member = wanted.path, ""
    if kind_of_file(path) == "zip":
        path = folder / "unpacked"
        member = unpack(wanted.path, wanted.member, wanted.format, path, limits)
    elif wanted.member:
        raise BadInput(f"a member {wanted.member!r} is asked of it, but it is no zip archive.")
    elif path.stat().st_size > limits.unpacked_bytes:
        raise BadInput(f"larger than {limits.unpacked_bytes:,} bytes.")
    format_ = wanted.format or guess_format(path, member or wanted.path.name)
    check_format(path, format_)
    csv = wanted.csv or (guess_csv(path) if format_ == "csv" else CsvFormat())
    return Opened(reader_of(path, format_, csv, folder, limits), member, format_, csv)


def reader_of(path: Path, format_: str, csv: CsvFormat, folder: Path, limits: Limits) -> Reader:
    if format_ == "csv":
        return CsvReader(path, csv, limits, folder)
    if format_ == "parquet":
        return ParquetReader(path, limits)
    # Only an encoding other than the default overrules what a statistical file says of itself.
    encoding = "" if csv.encoding.lower() in {"utf-8", "utf8"} else csv.encoding
    return StatisticalReader(path, format_, encoding, limits)
