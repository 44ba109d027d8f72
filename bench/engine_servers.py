"""Servers of Spark Connect that a benchmark starts and ends: Sail, and Apache Spark itself."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PATIENCE = 120
SAIL = """
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer()
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
"""


def why_no_sail() -> str:
    """Why no Sail server can be asked, "" if one can."""
    needed = {"pysail": "pysail", "pyspark": "pyspark-client", "grpc": "grpcio"}
    lost = [name for module, name in needed.items() if find_spec(module) is None]
    return f"not installed: {', '.join(lost)}" if lost else ""


def why_no_spark(python: str) -> str:
    """Why no server of Apache Spark can be asked, "" if one can."""
    if not python:
        return "no --pyspark PYTHON"
    if shutil.which("java") is None:
        return "Java is not installed"
    client = find_spec("pyspark") and find_spec("grpc")
    return "" if client else "not installed: pyspark-client"


@contextmanager
def serving(command: Sequence[str], port: int = 0) -> Iterator[str]:
    """The address of a server in a process of its own; its port is told if it is not given."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as process:
        try:
            told = port or int(process.stdout.readline())
            until = time.monotonic() + PATIENCE
            while socket.socket().connect_ex(("127.0.0.1", told)):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"{command[0]} did not start a server on port {told}.")
                time.sleep(0.5)
            yield f"sc://127.0.0.1:{told}"
        finally:
            process.kill()


@contextmanager
def sail(_: str = "") -> Iterator[str]:
    """A Sail server of this interpreter."""
    with serving([sys.executable, "-c", SAIL]) as address:
        yield address


@contextmanager
def spark_of(python: str) -> Iterator[str]:
    """An Apache Spark server of an interpreter's own `pyspark`."""
    where = "import pyspark, os; print(os.path.dirname(pyspark.__file__))"
    home = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(home.stdout.strip()) / "bin" / "spark-submit"), "--master", "local[2]"]
    command += ["--driver-memory", "4g", "--conf", f"spark.connect.grpc.binding.port={port}"]
    command += ["--conf", "spark.ui.enabled=false"]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    with serving([*command, "spark-internal"], port) as address:
        yield address
