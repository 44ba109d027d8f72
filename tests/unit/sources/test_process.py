"""The separate process: what it may use, and what its end means to us."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.sources import Limits, stage
from cauce.sources.process import environment, reason, run


def many_rows(bench, rows, line="1,2\n"):
    return bench.file("many.csv", "a,b\n" + line * rows)


def test_a_reader_out_of_memory_is_a_refusal(bench):
    path = bench.file("a.csv", "a,b\n" + "".join(f"text {n},{n}\n" for n in range(2_000_000)))

    message = bench.stage_refusal(path, limits=Limits(memory_bytes=330 << 20))

    assert message.startswith("a.csv: ")
    assert "memory" in message


def test_a_reader_without_memory_even_to_start_is_a_refusal(bench):
    """How far it comes depends on the Python: it stops, or says itself what it lacks."""
    path = bench.file("a.csv", "a,b\n1,2\n")

    message = bench.stage_refusal(path, limits=Limits(memory_bytes=60 << 20))

    assert message.startswith("a.csv: ")
    assert "the reader stopped" in message or "needs more memory" in message


def test_a_reader_out_of_processor_time_is_a_refusal(bench):
    path = many_rows(bench, 6_000_000, '"1",2\n')

    message = bench.stage_refusal(path, limits=Limits(cpu_seconds=1))

    assert "the reader stopped (it used up its processor time" in message
    assert "1 seconds" in message


def test_a_reader_that_takes_too_long_is_ended(bench):
    path = many_rows(bench, 3_000_000)
    start = time.monotonic()

    message = bench.stage_refusal(path, limits=Limits(wall_seconds=0.3))

    assert "the reader stopped (it took longer than 0.3 seconds)" in message
    assert time.monotonic() - start < 60


def test_a_reader_that_writes_too_much_is_a_refusal(bench):
    """The clean copy of UTF-16 has the size of the file here; Latin-1 letters grow in UTF-8."""
    path = bench.file("a.csv", b"a,b\n" + (b"\xe9" * 500 + b",1\n") * 200_000)
    size = path.stat().st_size
    from cauce.model.pack import CsvFormat, Wave

    wave = Wave("2024", "a.csv", "", "csv", CsvFormat(encoding="latin-1"))
    with (
        pytest.raises(BadInput, match=r"a\.csv: could not be read: the reader stopped"),
        stage(path, wave, ["b"], Limits(unpacked_bytes=size)),
    ):
        pass


def test_a_reader_that_is_killed_is_a_refusal(bench, wave):
    """Someone ends the worker by its id while it reads, as the kernel does without memory."""
    path = many_rows(bench, 3_000_000)
    steps = []

    def kill(step):
        steps.append(step)
        if step == "reading":
            for pid in children():
                os.kill(pid, signal.SIGKILL)

    with (
        pytest.raises(BadInput, match="the reader stopped \\(it was killed"),
        stage(path, wave("many.csv"), None, Limits(), kill),
    ):
        pass
    assert steps == ["opening", "reading"]


def children():
    """The processes this one started that are readers."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        pids = (task / "children").read_text().split()
        found += [
            int(pid)
            for pid in pids
            if b"cauce.sources.worker" in Path("/proc", pid, "cmdline").read_bytes()
        ]
    return found


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGSEGV, "it broke down on damaged or hostile bytes"),
        (signal.SIGABRT, "it aborted"),
        (signal.SIGUSR1, "it was ended"),
    ],
)
def test_every_signal_has_words(number, words):
    assert reason(-number, False, Limits()).startswith(words)


def test_no_reader_outlives_its_reading(bench):
    bench.stage_refusal(many_rows(bench, 3_000_000), limits=Limits(wall_seconds=0.3))

    assert children() == []


def test_progress_is_told_in_order(bench, wave):
    steps = []

    with stage(bench.file("a.csv", "a\n1\n"), wave("a.csv"), None, Limits(), steps.append):
        pass

    assert steps == ["opening", "reading"]


def test_two_files_can_be_read_at_once(bench):
    paths = [bench.file(f"{n}.csv", f"a\n{n}\n") for n in range(3)]
    rows = []
    threads = [
        threading.Thread(target=lambda p=path: rows.append(bench.stage(p)[0])) for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert rows == [1, 1, 1]


def test_the_worker_knows_nothing_of_our_surroundings(monkeypatch):
    monkeypatch.setenv("A_SECRET", "x")

    assert "A_SECRET" not in environment()
    assert "HOME" not in environment()


def test_a_module_beside_the_file_cannot_replace_ours(tmp_path):
    """The worker stands in a private folder, and even what lies there is not imported."""
    (tmp_path / "json.py").write_text("raise SystemExit(99)")

    ended, late = run(tmp_path, Limits(), None)

    assert (ended != 99, late) == (True, False)


def test_the_worker_grants_itself_no_more_than_its_limits(tmp_path):
    code = (
        "import resource as r; from cauce.sources.worker import confine; "
        "from cauce.sources import Limits; confine(Limits(open_files=32, cpu_seconds=5)); "
        "print(r.getrlimit(r.RLIMIT_NOFILE), r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_CORE))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
    )

    assert found.stdout.strip() == "(32, 32) (5, 6) (0, 0)"
