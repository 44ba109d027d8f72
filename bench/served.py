"""A server in processes of its own: its address, the processor time it takes, and its end."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

CAUCE = [sys.executable, "-c", "from cauce.cli.main import main; main()"]
TICK = os.sysconf("SC_CLK_TCK")
PLAIN = {"Accept-Encoding": "identity"}


@contextmanager
def served(command: list[str], port: int, log: Path) -> Iterator[int]:
    """The process id of a server that answers at a port."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        for _ in range(600):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended: {log.read_text()[-400:]}")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def cpu_seconds(pid: int) -> float:
    """User and system time so far of a process, its workers and those it had (Linux)."""
    own = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    spent = sum(int(own[field]) for field in (11, 12, 13, 14)) / TICK
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return spent + sum(cpu_seconds(int(worker)) for worker in workers)


def machine_seconds() -> float:
    """Processor time of everything on the machine so far (Linux)."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    # user, nice, system, irq, softirq, steal: all but waiting; guests are in user already.
    return sum(int(fields[field]) for field in (0, 1, 2, 5, 6, 7)) / TICK


def get(
    connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str] = PLAIN
) -> tuple[int, bytes]:
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    return answer.status, answer.read()
