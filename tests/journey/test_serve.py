"""Processes that answer together: none is missed for long, and none is left behind."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.unit.portal.conftest import figures_of, flow_of, release_of

from cauce.cli.listening import listen
from cauce.model.errors import BadInput
from cauce.store import Store

from .serving import PATIENCE

CREW = """
import os, sys, time
from pathlib import Path
from cauce.cli.workers import keep_working

def work():
    Path(sys.argv[1], str(os.getpid())).touch()
    {body}

keep_working(work, 2, lambda told: print(told, flush=True))
print("all ended", flush=True)
"""


def heard() -> None:
    """Who runs the tests by nohup has them begin deaf to SIGHUP."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    ours = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=heard,
    )
    try:
        yield ours
    finally:
        ours.kill()
        ours.communicate(timeout=PATIENCE)


def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_free(port: int) -> bool:
    with suppress(BadInput):
        listen("127.0.0.1", port).close()
        return True
    return False


def alive(pid: int) -> bool:
    """Whether a process is there and no corpse that waits for its parent."""
    with suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def begun(folder: Path) -> list[int]:
    return sorted(int(path.name) for path in folder.iterdir())


@contextmanager
def crew(folder: Path, body: str = "time.sleep(60)") -> Iterator[subprocess.Popen[str]]:
    with running("-c", CREW.format(body=body), str(folder)) as ours:
        until(lambda: len(begun(folder)) >= 2)
        yield ours


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    with crew(tmp_path) as ours:
        first, second = begun(tmp_path)
        time.sleep(1.0)
        os.kill(first, signal.SIGKILL)
        until(lambda: len(begun(tmp_path)) == 3)
        assert alive(second)
        ours.terminate()
        out, _ = ours.communicate(timeout=PATIENCE)
    assert out.splitlines() == [
        "A worker ended (signal 9); another takes its place.",
        "all ended",
    ]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_however_it_ends_no_worker_is_left(tmp_path: Path, told: signal.Signals) -> None:
    with crew(tmp_path) as ours:
        ours.send_signal(told)
        until(lambda: not any(map(alive, begun(tmp_path))))
        assert ours.wait(PATIENCE) == (0 if told != signal.SIGKILL else -signal.SIGKILL)


def test_who_is_told_twice_ends_those_who_do_not_listen(tmp_path: Path) -> None:
    body = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    with crew(tmp_path, body) as ours:
        time.sleep(0.1)
        ours.terminate()
        time.sleep(0.5)
        ours.terminate()
        until(lambda: not any(map(alive, begun(tmp_path))))


def test_a_worker_that_cannot_begin_is_begun_once_a_second(tmp_path: Path) -> None:
    start = time.monotonic()
    with crew(tmp_path, "raise SystemExit(3)") as ours:
        time.sleep(0.5)
        there = len(begun(tmp_path))
        assert there <= 2 * (2 + time.monotonic() - start)
        ours.terminate()
        out, _ = ours.communicate(timeout=PATIENCE)
    assert "A worker ended (status 1)" in out


def test_a_worker_takes_no_more_memory_than_it_may(tmp_path: Path) -> None:
    body = """
    from cauce.cli.workers import bound_memory
    bound_memory(64 << 20)
    kept = bytearray(32 << 20)
    try:
        bytearray(64 << 20)
    except MemoryError:
        Path(sys.argv[1], "0").touch()
    time.sleep(60)"""
    with crew(tmp_path, body):
        until(lambda: 0 in begun(tmp_path))


def test_what_is_accepted_sends_small_pieces_at_once() -> None:
    async def nodelay() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            found.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        place = listen("127.0.0.1", 0)
        async with await asyncio.start_server(met, sock=place):
            _, writer = await asyncio.open_connection(*place.getsockname())
            writer.close()
            return await found

    assert asyncio.run(nodelay())


def test_the_portal_goes_on_when_a_worker_dies_and_its_port_is_free_at_the_end(
    tmp_path: Path,
) -> None:
    release = release_of(figures_of(flow_of(["2024", "2025"])))
    Store(tmp_path / "store").publish(release, "2026-01-01T10:00:00Z")
    words = ["serve", "--store", str(tmp_path / "store"), "--port", "0", "--workers", "2"]
    main = "from cauce.cli.main import main; main()"
    with running("-c", main, *words) as ours:
        assert ours.stdout is not None
        address = re.search(r"http://127.0.0.1:(\d+)", ours.stdout.readline())
        assert address is not None
        children = Path(f"/proc/{ours.pid}/task/{ours.pid}/children")
        until(lambda: len(children.read_text().split()) == 2)
        first, second = map(int, children.read_text().split())
        os.kill(first, signal.SIGKILL)
        for _ in range(5):
            with urlopen(f"{address[0]}/en/tables/XAA_LFS_LABOUR", timeout=PATIENCE) as page:
                assert b"Labour force by sex" in page.read()
        ours.terminate()
        assert ours.wait(PATIENCE) == 0
        assert not alive(second)
    # Other tests may have the port for a moment.
    until(lambda: is_free(int(address[1])))
