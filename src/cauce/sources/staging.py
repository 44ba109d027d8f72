"""From a file of the outside to one Parquet file of the columns that are needed."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput
from cauce.model.pack import Wave
from cauce.sources.hashing import hash_file
from cauce.sources.limits import Limits
from cauce.sources.process import Progress, Request, ask, private_folder
from cauce.sources.worker import STAGED


@dataclass(frozen=True)
class Staged:
    """The columns of one wave as a Parquet file, and where they came from.

    `path` lives as long as the `with stage(…)` block. `sha256` and `size` are of the file as given,
    the zip itself if it was one. `columns` holds name → "integer", "float", "text", "boolean" or
    "date"; `labels` column → text; `value_labels` column → {code → text}. `names` are those of all
    columns of the file. Columns that are `empty` have no value in any row, so that their kind says
    nothing.
    """

    path: Path
    sha256: str
    size: int
    rows: int
    columns: dict[str, str]
    labels: dict[str, str]
    value_labels: dict[str, dict[str, str]]
    names: tuple[str, ...] = ()
    empty: list[str] = field(default_factory=list)


@contextmanager
def stage(
    path: Path,
    wave: Wave,
    columns: Sequence[str] | None,
    limits: Limits,
    progress: Progress | None = None,
) -> Iterator[Staged]:
    """Read some columns of a survey's file in a separate, limited process.

    Args:
        path: the file, alone or in a zip.
        wave: what the pack says of it: format, member of the zip, how a CSV is written.
        columns: the columns wanted; None for all.
        limits: what reading may cost.
        progress: told where the reader is.

    Raises:
        BadInput: the file is not what was promised, or too much; the message names the file.
    """
    asked = None if columns is None else tuple(columns)
    request = Request("stage", path, wave.member, wave.format, wave.csv, asked)
    with private_folder() as folder:
        found, sha256, size = read(request, folder, limits, progress)
        names = tuple(found.pop("names"))
        yield Staged(folder / STAGED, sha256, size, **found, names=names)


def read(
    request: Request, folder: Path, limits: Limits, progress: Progress | None
) -> tuple[dict[str, Any], str, int]:
    """The worker's answer with hash and size of the file, taken while it reads.

    Raises:
        BadInput: with the name of the file in front; also if the file changed meanwhile.
    """
    path = request.path
    name = f"{path.name} ({request.member})" if request.member else path.name
    try:
        before = identity(path)
        with ThreadPoolExecutor(max_workers=1) as threads:
            hashed = threads.submit(hash_file, path)
            try:
                found = ask(request, folder, limits, progress)
            finally:  # half a file has faults of its own; that it changed is what matters
                refuse_change(path, before)
            sha256, size = hashed.result()
        refuse_change(path, before)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from error
    except OSError as error:
        raise BadInput(f"{name}: cannot be opened ({error.strerror}).") from error
    return found, sha256, size


def refuse_change(path: Path, before: tuple[int, int, int]) -> None:
    if identity(path) != before:
        raise BadInput("changed while it was read. Try again when nobody writes it.")


def identity(path: Path) -> tuple[int, int, int]:
    """Changes when the file is written or replaced. Raises BadInput for a folder or a device."""
    if not path.exists():
        raise BadInput("there is no such file.")
    if not path.is_file():
        raise BadInput("not a regular file.")
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
