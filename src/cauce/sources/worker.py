"""The process that opens a file from outside: reads it within limits, writes Parquet, and ends.

Started by `process` in a private folder as `python -m cauce.sources.worker`; workbooks have a
worker of their own, which differs in the work. It reads `request.json`, writes `staged.parquet` (or
only looks) and `answer.json`. It speaks to no network: nothing it imports opens a connection.
"""

import errno
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat
from cauce.sources.limits import MIB, Limits

STAGED = "staged.parquet"
ANSWER = "answer.json"
REQUEST = "request.json"


Work = Callable[[dict[str, Any], Path, Limits], dict[str, Any]]


def main(work: Work) -> None:
    """Answer the request of the folder we stand in, by some work within its limits."""
    os.umask(0o077)
    folder = Path.cwd()
    request = json.loads((folder / REQUEST).read_text("utf-8"))
    limits = Limits(**request["limits"])
    confine(limits)
    answer: dict[str, Any]
    try:
        answer = {"found": work(request, folder, limits)}
    except BadInput as error:
        answer = {"bad_input": str(error)}
    except OSError as error:
        full = error.errno == errno.ENOSPC
        # Without room there is none for the answer either: what was begun is of no use.
        for path in folder.iterdir() if full else ():
            path.unlink()
        answer = {"bad_input": out_of_room(folder) if full else stopped(error)}
    except MemoryError:
        answer = {"bad_input": out_of_memory(limits)}
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does, the parent is told
        # The message of an unknown error may quote a value, so only its place is told.
        answer = {"bad_input": stopped(error)}
    (folder / ANSWER).write_text(json.dumps(answer), "utf-8")


def confine(limits: Limits) -> None:
    """Take from this process, for good, what the limits do not grant. No core file is left."""
    lower(resource.RLIMIT_AS, limits.memory_bytes)
    lower(resource.RLIMIT_CPU, limits.cpu_seconds)
    lower(resource.RLIMIT_FSIZE, limits.unpacked_bytes + 64 * MIB)
    lower(resource.RLIMIT_NOFILE, limits.open_files)
    lower(resource.RLIMIT_CORE, 0)
    # If the parent dies, nobody else ends us.
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + 10)


def lower(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    # A second more until the hard limit, so that the signal names processor time as the reason.
    top = value + 1 if what == resource.RLIMIT_CPU else value
    bound = top if hard == resource.RLIM_INFINITY else min(top, hard)
    resource.setrlimit(what, (min(value, bound), bound))


def work(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    """What was asked for: the columns staged, or what the file seems to hold."""
    # Not before the limits hold: these imports are most of the start.
    from cauce.sources.examine import examine
    from cauce.sources.opening import Wanted, open_file
    from cauce.sources.write import write_columns

    csv = request["csv"]
    wanted = Wanted(
        path=Path(request["path"]),
        member=request["member"],
        format=request["format"],
        csv=CsvFormat(**csv) if csv else None,
    )
    say("opening")
    opened = open_file(wanted, folder, limits)
    say("reading")
    if request["task"] == "examine":
        return examine(opened, limits)
    return write_columns(opened, request["columns"], folder / STAGED, limits)


def say(step: str) -> None:
    """One line to the parent about where we are."""
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()


def out_of_memory(limits: Limits) -> str:
    return f"needs more memory than the {limits.memory_bytes // MIB:,} MiB a reader may use."


def out_of_room(folder: Path) -> str:
    return (
        f"the disk of {folder.parent} is full: the columns that are needed are copied there while "
        "they are read. Make room, or name another place in TMPDIR. Nothing was published."
    )


def stopped(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name} line {frame.lineno}"
    return f"could not be read: the reader stopped ({type(error).__name__} at {place})."


class WithoutPandas:
    """Arrow imports pandas if it is there, for types nobody here has: a third of the start."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


if __name__ == "__main__":
    sys.meta_path.insert(0, WithoutPandas)
    main(work)
