"""Running the reader of one file in a process of its own, and telling what became of it."""

import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cauce
from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat
from cauce.sources.limits import MIB, Limits
from cauce.sources.worker import ANSWER, REQUEST

Progress = Callable[[str], None]
# -s and -P: neither the user's packages nor the folder we stand in can replace a module.
COMMAND = ("-s", "-P", "-m")
WORKER = "cauce.sources.worker"
WORDS: dict[int, str] = {
    signal.SIGXCPU: "it used up its processor time",
    signal.SIGXFSZ: "it wrote more than it may",
    signal.SIGALRM: "it ran out of time",
    signal.SIGABRT: "it aborted",
    signal.SIGSEGV: "it broke down on damaged or hostile bytes",
    signal.SIGKILL: "it was killed, most likely for lack of memory",
}


@dataclass(frozen=True)
class Request:
    """What a worker is asked. No `columns` means all.

    `task` is "stage" or "examine"; of workbooks "read" or "mark", which only need `path`.
    """

    task: str
    path: Path
    member: str
    format: str
    csv: CsvFormat | None
    columns: tuple[str, ...] | None


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder only this user can enter, gone at the end whatever happens."""
    with tempfile.TemporaryDirectory(prefix="cauce-reading-") as folder:
        yield Path(folder)


def ask(
    request: Request,
    folder: Path,
    limits: Limits,
    progress: Progress | None,
    worker: str = WORKER,
) -> dict[str, Any]:
    """The answer of a worker, named by its module. Of its files only what it made remains.

    Raises:
        BadInput: what the worker found wrong, or how it ended without an answer.
    """
    question = asdict(request) | {"path": str(request.path.resolve()), "limits": asdict(limits)}
    (folder / REQUEST).write_text(json.dumps(question), "utf-8")
    ended, late = run(folder, limits, progress, worker)
    answer = read_answer(folder / ANSWER, limits)
    for name in (REQUEST, ANSWER, "unpacked", "text.csv"):
        (folder / name).unlink(missing_ok=True)
    if answer is None:
        raise BadInput(f"could not be read: the reader stopped ({reason(ended, late, limits)}).")
    if "bad_input" in answer:
        raise BadInput(str(answer["bad_input"]))
    found: dict[str, Any] = answer["found"]
    return found


def run(
    folder: Path, limits: Limits, progress: Progress | None, worker: str = WORKER
) -> tuple[int, bool]:
    """The exit code of the worker, and whether we had to end it for being late."""
    late = threading.Event()
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, and no shell
        [sys.executable, *COMMAND, worker],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(limits.wall_seconds, end)
        timer.start()
        try:
            for line in process.stdout or ():
                if progress is not None:
                    progress(line.strip())
            return process.wait(), late.is_set()
        finally:
            timer.cancel()
            process.kill()


def environment() -> dict[str, str]:
    """All a worker knows of its surroundings: where our code is, and to be modest with threads."""
    return {
        "PYTHONPATH": str(Path(cauce.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def read_answer(path: Path, limits: Limits) -> dict[str, Any] | None:
    """What the worker wrote; None if it did not come to that."""
    if not path.is_file():
        return None
    if path.stat().st_size > limits.answer_bytes:
        raise BadInput(f"its labels alone take more than {limits.answer_bytes:,} bytes.")
    try:
        answer: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError:
        return None
    return answer


def reason(ended: int, late: bool, limits: Limits) -> str:
    """Why a worker ended without an answer, and the limit it ran into."""
    if late:
        return f"it took longer than {limits.wall_seconds:g} seconds"
    if ended >= 0:
        return f"it ended with code {ended}, most likely for lack of memory: {memory(limits)}"
    name = WORDS.get(-ended, "it was ended")
    return f"{name}; signal {-ended}, {memory(limits)}"


def memory(limits: Limits) -> str:
    return (
        f"it may use {limits.memory_bytes // MIB:,} MiB of memory and "
        f"{limits.cpu_seconds:,} seconds"
    )
