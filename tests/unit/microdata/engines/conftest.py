"""A Sail server in a process of its own, that a test may end."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

SERVER = """
import sys, time
from pysail.spark import SparkConnectServer
server = SparkConnectServer()
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
"""


@contextmanager
def serving() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a server, and its process."""
    for module in ("pysail", "pyspark", "grpc"):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed: no Spark Connect endpoint to ask")
    command = [sys.executable, "-c", SERVER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as process:
        assert process.stdout is not None
        try:
            yield f"sc://127.0.0.1:{int(process.stdout.readline())}", process
        finally:
            process.kill()


@pytest.fixture(scope="session")
def sail() -> Iterator[str]:
    """The address of a Sail server."""
    with serving() as (address, _):
        yield address


@pytest.fixture
def sail_to_end() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A Sail server of the test's own, which it may end."""
    with serving() as served:
        yield served


class Between:
    """A wire to a server, which is ended as soon as a query with some word has reached it."""

    def __init__(self, process: subprocess.Popen[str], port: int, word: bytes) -> None:
        self._process, self._port, self._word = process, port, word
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"sc://127.0.0.1:{self._listening.getsockname()[1]}"
        self.cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self._port))
                except OSError:
                    client.close()
                    continue
                for ends, asking in (((client, server), True), ((server, client), False)):
                    threading.Thread(target=self._pass, args=(*ends, asking), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, asking: bool) -> None:
        """Hand on what comes, until the word was in it; then nothing comes back any more."""
        said = b""
        with suppress(OSError):
            while (part := source.recv(1 << 16)) and not (self.cut and not asking):
                said = said[-len(self._word) :] + part
                self.cut = self.cut or (asking and self._word in said)
                target.sendall(part)
                if self.cut:
                    self._process.kill()
                    self._process.wait()
                    break
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture
def ending_at(sail_to_end: tuple[str, subprocess.Popen[str]]) -> Iterator[Callable[[str], Between]]:
    """A server that is ended while it works at the first query with a word."""
    address, process = sail_to_end
    wires: list[Between] = []

    def until(word: str) -> Between:
        wires.append(Between(process, int(address.rpartition(":")[2]), word.encode()))
        return wires[-1]

    yield until
    for wire in wires:
        wire.close()


@pytest.fixture
def people(tmp_path: Path) -> Callable[..., Path]:
    """A file of sixty people: three strata of two PSUs, with a missing answer and a weight of 0."""

    def write(name: str = "people.parquet", **more: list[object]) -> Path:
        n = 60
        columns: dict[str, list[object]] = {
            "st": [f"s{i % 3}" for i in range(n)],
            "psu": [i % 6 for i in range(n)],
            "w": [0.0 if i == 7 else (i * 37 % 100 + 5) / 8 for i in range(n)],
            "sex": [None if i == 11 else i % 2 for i in range(n)],
            "region": ["ñandú" if i % 5 else "b" for i in range(n)],
            "emp": [i % 7 > 2 for i in range(n)],
            "pay": [None if i % 9 == 4 else 1e6 + (i * 53 % 101) / 100 for i in range(n)],
            "hours": [i % 13 for i in range(n)],
        }
        path = tmp_path / name
        pq.write_table(pa.table(columns | more), path)
        return path

    return write
