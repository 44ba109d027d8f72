"""What a journey needs to be walked in a browser: apps at an address, Chromium, and a clock."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 120
"""Seconds until something is called lost: a machine may be slow, and no test is about that."""
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def from_noon() -> Callable[[], datetime]:
    """A clock that begins at a noon and goes on: no journey sees a midnight, whenever it is."""
    begun = time.monotonic()
    return lambda: NOON + timedelta(seconds=time.monotonic() - begun)


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of an app, on a port of its own."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        assert server.started, "the app does not start"
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def started(*words: object, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that is told to end, whatever happens, and ended if it does not."""
    process = subprocess.Popen([str(word) for word in words], text=True, **more)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@contextmanager
def chromium(*more: str) -> Iterator[Any]:
    """A browser; the test is skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("There is no Chromium here: no page was tried in a browser.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        args, wait = [*QUIET, *more], PATIENCE * 1000
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=args, timeout=wait)
        try:
            yield found
        finally:
            found.close()
