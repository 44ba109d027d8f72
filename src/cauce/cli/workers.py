"""Several processes that do the same work: each replaced when it ends, all ended together."""

import gc
import os
import resource
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

Handler = Callable[[int, FrameType | None], object] | int | None
TOLD = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SOON, PATIENCE = 1.0, 15.0
"""Seconds: who ends sooner than that after a start is replaced as much later, and how long those
who are told to end may take."""


def cores() -> int:
    """How many processors this process may run on."""
    return len(os.sched_getaffinity(0))


def bound_memory(room: int) -> None:
    """Let this process take so many bytes more than it has; beyond them is a MemoryError."""
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (pages * resource.getpagesize() + room, most))


def keep_working(work: Callable[[], None], count: int, say: Callable[[str], None]) -> None:
    """Do the work in so many processes, until this one is told to end; `say` is told of losses.

    With this process the others end, however it ended: they hold the other end of a pipe of its.
    The work may use no thread that was started before: the others do not have it.
    """
    # What is there now stays; no process copies its pages only to count it.
    gc.freeze()
    with _Ear() as ear:
        _Crew(work, ear).work(count, say)


class _Ear:
    """Hears signals through a pipe, whichever thread the system gives them to."""

    def __enter__(self) -> "_Ear":
        self._heard, told = os.pipe()
        os.set_blocking(told, False)
        self._before: dict[signal.Signals, Handler] = {signal.SIGCHLD: signal.SIG_DFL}
        for one in TOLD:
            # Who started us with nohup wants us to stay when the terminal goes.
            if (before := signal.getsignal(one)) is not signal.SIG_IGN:
                self._before[one] = before
        self._old, self._told = signal.set_wakeup_fd(told), told
        for one in self._before:
            signal.signal(one, lambda *_: None)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hear no more: signals do again what they did before."""
        for one, before in self._before.items():
            signal.signal(one, before)
        signal.set_wakeup_fd(self._old)
        os.close(self._heard)
        os.close(self._told)

    def told_to_end(self, seconds: float | None = None) -> bool:
        """Whether we are told to end, once something is heard or the time is over."""
        if not select.select([self._heard], [], [], seconds)[0]:
            return False
        return any(number in TOLD for number in os.read(self._heard, 1 << 10))


class _Crew:
    """The processes by their ids, each with the moment it began."""

    def __init__(self, work: Callable[[], None], ear: _Ear) -> None:
        self._work = work
        self._ear = ear
        self._begun: dict[int, float] = {}
        self._theirs, self._ours = os.pipe()

    def work(self, count: int, say: Callable[[str], None]) -> None:
        try:
            while True:
                while len(self._begun) < count:
                    self._start()
                if self._ear.told_to_end():
                    return
                lost = self._ended()
                for how, _ in lost:
                    say(f"A worker ended ({how}); another takes its place.")
                # Who cannot even begin is not begun again and again.
                soon = any(lived < SOON for _, lived in lost)
                if soon and self._ear.told_to_end(SOON):
                    return
        finally:
            self._end()

    def _start(self) -> None:
        # What a new process is told before it listens must wait, and not be heard by us.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, TOLD)
        try:
            if pid := os.fork():
                self._begun[pid] = time.monotonic()
            else:
                self._be_one(mask)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    def _be_one(self, mask: set[int | signal.Signals]) -> None:
        """Work in the new process, to its end."""
        code = 1
        try:
            self._ear.close()
            os.close(self._ours)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            threading.Thread(target=_end_with_parent, args=(self._theirs,), daemon=True).start()
            self._work()
            code = 0
        except KeyboardInterrupt:
            code = 0
        except BaseException:  # noqa: BLE001 - it is told, and no exception leaves this process
            traceback.print_exc()
        finally:
            with suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            # Nothing of the first process is tidied up here: it is not ours.
            os._exit(code)

    def _ended(self) -> list[tuple[str, float]]:
        """How each process that ended did, and the seconds it lived."""
        found = []
        for pid in list(self._begun):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                code = os.waitstatus_to_exitcode(status)
                how = f"signal {-code}" if code < 0 else f"status {code}"
                found.append((how, time.monotonic() - self._begun.pop(pid)))
        return found

    def _end(self) -> None:
        """Tell all to end; after a while, or told again ourselves, end them."""
        self._tell(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while self._begun and time.monotonic() < deadline:
            again = self._ear.told_to_end(0.1)
            self._ended()
            if again:
                break
        self._tell(signal.SIGKILL)
        for pid in self._begun:
            os.waitpid(pid, 0)
        os.close(self._theirs)
        os.close(self._ours)

    def _tell(self, number: signal.Signals) -> None:
        for pid in self._begun:
            os.kill(pid, number)


def _end_with_parent(pipe: int) -> None:
    """Wait until the pipe has no other end any more, then end as if told to."""
    with suppress(OSError):
        os.read(pipe, 1)
    os.kill(os.getpid(), signal.SIGTERM)
