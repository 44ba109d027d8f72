"""Whatever stops a publication, the old generation is served or the new one, whole."""

import errno
import fcntl
import inspect
import io
import os
import pickle
import runpy
import shutil
import signal
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.store import Damaged, Reader, Store, Withdrawn

NOW = "2026-01-01T00:00:00+00:00"
FIRST, SECOND = "XAA_LFS_T0", "XAA_LFS_T1"
make_release = runpy.run_path(str(Path(__file__).parent.parent / "unit" / "store" / "conftest.py"))[
    "make_release"
]


def act(root: Path, action: str, releases: dict[str, object]) -> None:
    """Publish, roll back or withdraw."""
    word, _, rest = action.partition(":")
    if word == "publish":
        Store(root).publish(releases[rest], "2026-01-01T00:00:00+00:00")
    elif word == "rollback":
        Store(root).rollback(int(rest))
    else:
        Store(root).withdraw("XAA_LFS", rest, "a person could be seen")


# Told "root n action", it forks a process that does the action and is killed, without any chance
# to clean up, just before the n-th change of the disk. It answers with how that one ended.
VICTIM = """
import io, os, pickle, signal, sys
from pathlib import Path
import numpy as np
from cauce.store import Store
from cauce.store.table import to_parquet, to_table

releases = pickle.loads(Path(sys.argv[1]).read_bytes())
left = 0
# What is loaded once here need not be loaded in every fork. Writing a table starts no thread.
for release in releases.values():
    to_parquet(to_table(release.flows[0], np.arange(2)))

def step():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def deadly(call):
    def wrapped(*args, **kwargs):
        step()
        return call(*args, **kwargs)
    return wrapped

def deadly_open(call):
    def wrapped(file, mode="r", *args, **kwargs):
        if mode[0] not in "wax":
            return call(file, mode, *args, **kwargs)
        step()
        opened = call(file, mode, *args, **kwargs)
        step()  # the file is there, and empty
        return opened
    return wrapped

for line in sys.stdin:
    root, number, action = line.split()
    child = os.fork()
    if child == 0:
        left = int(number)
        for name in ("fsync", "replace", "mkdir", "unlink"):
            setattr(os, name, deadly(getattr(os, name)))
        io.open = deadly_open(io.open)
        code = 1
        try:
            act(Path(root), action, releases)
            code = 0
        finally:
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def releases() -> dict[str, object]:
    return {
        "v1": make_release("v1", ["2020"], base=1),
        "v2": make_release("v2", ["2020", "2021"], base=2, reason="weights"),
    }


@pytest.fixture(scope="module")
def victim(releases, tmp_path_factory) -> Iterator[Callable[[Path, int, str], int]]:
    kept = tmp_path_factory.mktemp("victim") / "releases"
    kept.write_bytes(pickle.dumps(releases))
    script = f"from __future__ import annotations\n{inspect.getsource(act)}\n{VICTIM}"
    with subprocess.Popen(
        [sys.executable, "-c", script, kept],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def run(root: Path, number: int, action: str) -> int:
            print(root, number, action, file=process.stdin, flush=True)
            return int(process.stdout.readline())

        yield run
        process.stdin.close()


@pytest.fixture(scope="module")
def stores(releases, tmp_path_factory) -> dict[str, Path]:
    """A store before each action: nothing yet, one vintage, two vintages."""
    folder = tmp_path_factory.mktemp("stores")
    found = {name: folder / name for name in ("none", "one", "two")}
    Store(found["one"]).publish(releases["v1"], NOW)
    shutil.copytree(found["one"], found["two"])
    Store(found["two"]).publish(releases["v2"], NOW)
    return found


def served(root: Path) -> str:
    """The vintage that is served, or "" if none is, after a look at everything that is readable."""
    if not (root / "VERSION").exists():
        with pytest.raises(BadInput, match="There is no store"):
            Reader(root).snapshot()
        return ""
    snapshot = Reader(root).snapshot()
    flows = snapshot.flows()
    assert snapshot.alarms == ()
    for vintage in snapshot.vintages(FIRST):
        difference = (
            snapshot.observations(SECOND, vintage).value
            - snapshot.observations(FIRST, vintage).value
        )
        np.testing.assert_allclose(difference[~np.isnan(difference)], 1)
    vintages = {manifest.vintage for manifest in flows}
    assert len(flows) in (0, 2)
    assert len(vintages) <= 1, "two generations are mixed"
    return vintages.pop() if vintages else ""


def copied(store: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    if store.exists():
        shutil.copytree(store, to)
    return to


def nothing_is_left_over(root: Path) -> None:
    snapshot = Reader(root).snapshot()
    assert Store(root).scrub() == []
    assert not list(root.rglob("*.tmp"))
    assert [int(p.stem) for p in (root / "catalog").glob("*.json")].count(snapshot.generation) == 1
    kept = {tuple(name.split("/")) for name in snapshot.catalog.manifests}
    assert {(p.parent.name, p.stem) for p in (root / "vintages").glob("*/*")} == kept


ACTIONS = [
    ("none", "publish:v1", "", "v1"),
    ("one", "publish:v2", "v1", "v2"),
    ("two", "rollback:1", "v2", "v1"),
    ("two", "withdraw:v2", "v2", "v1"),
]


@pytest.mark.parametrize(("start", "action", "old", "new"), ACTIONS)
def test_a_process_killed_at_any_step_leaves_the_old_or_the_new(
    victim, stores, releases, tmp_path: Path, start: str, action: str, old: str, new: str
) -> None:
    """Kill -9 before the first change of the disk, the second, … until the action ends."""
    seen, number, ended = set(), 0, -signal.SIGKILL
    while ended != 0:
        number += 1
        root = copied(stores[start], tmp_path / "store")
        ended = victim(root, number, action)
        assert ended in (0, -signal.SIGKILL)
        seen.add(served(root))
        assert served(root) in (old, new)
        act(root, action, releases)
        assert served(root) == new
        nothing_is_left_over(root)
    assert number > 5
    assert seen == {old, new}


@pytest.mark.parametrize(("start", "action", "old", "new"), ACTIONS)
def test_a_process_killed_again_and_again_gets_there(
    victim, stores, tmp_path: Path, start: str, action: str, old: str, new: str
) -> None:
    """All crashes on the same store, each on top of what the last one left."""
    root = copied(stores[start], tmp_path / "store")
    number = 1
    while victim(root, number, action) != 0:
        assert served(root) in (old, new)
        number += 1
    assert served(root) == new
    nothing_is_left_over(root)


def test_withdrawn_numbers_are_gone_from_the_disk_after_any_crash(
    victim, stores, tmp_path: Path
) -> None:
    public = {path.name for path in stores["one"].rglob("*.parquet")}
    number, ended = 0, -signal.SIGKILL
    while ended != 0:
        number += 1
        root = copied(stores["two"], tmp_path / "store")
        ended = victim(root, number, "withdraw:v2")
        act(root, "withdraw:v2", {})
        assert {path.name for path in root.rglob("*.parquet")} == public
        with pytest.raises(Withdrawn, match="a person could be seen"):
            Reader(root).snapshot().observations(FIRST, "v2")


@contextmanager
def failing(monkeypatch, name: str, number: int, error: int, forever: bool) -> Iterator[list[int]]:
    """The n-th call that changes the disk fails, and all later ones if `forever`."""
    calls = [0]

    def wrap(call: Callable[..., object], counts: Callable[..., bool]) -> Callable[..., object]:
        def wrapped(*args, **kwargs):
            if counts(args):
                calls[0] += 1
                if calls[0] == number or (forever and calls[0] > number):
                    raise OSError(error, os.strerror(error))
            return call(*args, **kwargs)

        return wrapped

    with monkeypatch.context() as patch:
        for each in ("fsync", "replace", "mkdir") if name == "all" else (name,):
            patch.setattr(os, each, wrap(getattr(os, each), lambda args: True))
        if name == "all":
            opens = wrap(io.open, lambda args: args[1:2] in (("wb",), ("a",)))
            patch.setattr(io, "open", opens)
        yield calls


@pytest.mark.parametrize("forever", [False, True], ids=["once", "always"])
@pytest.mark.parametrize(
    ("calls", "error", "words"),
    [("all", errno.ENOSPC, "No space left"), ("fsync", errno.EIO, "Input/output error")],
)
def test_a_disk_that_refuses_leaves_the_old_or_the_new_and_says_which(
    monkeypatch, stores, releases, tmp_path: Path, calls: str, error: int, words: str, forever: bool
) -> None:
    number, said = 0, "not tried"
    while said:
        number += 1
        root = copied(stores["one"], tmp_path / "store")
        with failing(monkeypatch, calls, number, error, forever):
            said = refusal(root, releases["v2"])
        assert not said or words in said
        assert not said or f"Generation {Reader(root).snapshot().generation} is current" in said
        assert served(root) in ("v1", "v2")
        Store(root).publish(releases["v2"], NOW)
        assert served(root) == "v2"
        nothing_is_left_over(root)
    assert number > 5


def refusal(root: Path, release: object) -> str:
    """What publishing says when it fails, "" when it does not."""
    try:
        Store(root).publish(release, NOW)
    except BadInput as refused:
        return str(refused)
    return ""


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A file system of its own; skips where mounting is not allowed."""
    folder.mkdir()
    made = subprocess.run(["mount", *options, folder], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"A file system cannot be mounted here: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def needs_root() -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("Mounting a file system of its own takes root.")


def test_a_full_disk_keeps_the_old_generation_and_takes_the_retry(releases, tmp_path: Path) -> None:
    needs_root()
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=256k", "tmpfs") as disk:
        root = disk / "store"
        Store(root).publish(releases["v1"], NOW)
        ballast = disk / "ballast"
        with pytest.raises(OSError, match="No space left"):
            ballast.write_bytes(bytes(1 << 20))
        with pytest.raises(BadInput, match="No space left"):
            Store(root).publish(releases["v2"], NOW)
        assert served(root) == "v1"
        ballast.unlink()
        Store(root).publish(releases["v2"], NOW)
        assert served(root) == "v2"
        nothing_is_left_over(root)


def test_a_disk_without_inodes_keeps_the_old_generation(releases, tmp_path: Path) -> None:
    needs_root()
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "nr_inodes=40", "tmpfs") as disk:
        root = disk / "store"
        Store(root).publish(releases["v1"], NOW)
        with pytest.raises(OSError, match="No space left"):
            deque((disk / f"ballast{number}").touch() for number in range(99))
        with pytest.raises(BadInput, match="No space left"):
            Store(root).publish(releases["v2"], NOW)
        assert served(root) == "v1"


def test_a_read_only_disk_is_read_and_not_written(releases, tmp_path: Path) -> None:
    needs_root()
    with mounted(tmp_path / "disk", "-t", "tmpfs", "tmpfs") as disk:
        Store(disk).publish(releases["v1"], NOW)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert served(disk) == "v1"
        assert Store(disk).scrub() == []
        with pytest.raises(BadInput, match="Read-only file system"):
            Store(disk).publish(releases["v2"], NOW)


def test_a_reader_in_another_process_sees_no_mixed_generation_in_100_publications(
    tmp_path: Path,
) -> None:
    """Two threads read while another process publishes a hundred times."""
    kept = tmp_path / "releases"
    names = [f"v{number}" for number in range(101)]
    made = {n: make_release(n, ["2020"], base=i, reason="again") for i, n in enumerate(names)}
    kept.write_bytes(pickle.dumps(made))
    root = tmp_path / "store"
    Store(root).publish(made["v0"], NOW)
    seen: set[int] = set()
    wrong: list[str] = []
    done = threading.Event()

    def read(reader: Reader) -> None:
        while not done.is_set():
            snapshot = reader.snapshot()
            pair = [snapshot.observations(flow).value[0] for flow in (FIRST, SECOND)]
            named = {snapshot.manifest(flow).vintage for flow in (FIRST, SECOND)}
            seen.add(snapshot.generation)
            if pair[1] - pair[0] != 1 or named != {f"v{pair[0]:.0f}"} or snapshot.alarms:
                wrong.append(f"{snapshot.generation}: {pair} {named} {snapshot.alarms}")

    shared = Reader(root, every=0)
    threads = [threading.Thread(target=read, args=(shared,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    script = (
        "import pickle, sys; from pathlib import Path; from cauce.store import Store\n"
        "made = pickle.loads(Path(sys.argv[1]).read_bytes())\n"
        "for n in range(1, 101):\n"
        f"    Store(Path(sys.argv[2])).publish(made[f'v{{n}}'], '{NOW}')\n"
    )
    try:
        subprocess.run([sys.executable, "-c", script, kept, root], check=True, timeout=120)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert len(seen) > 10
    assert shared.snapshot().generation == 101
    assert len(shared.snapshot().vintages(FIRST)) == 101


def damages(content: bytes) -> Iterator[bytes | None]:
    """One byte flipped at the start, in the middle and at the end; cut short; empty; deleted."""
    for place in (0, len(content) // 2, len(content) - 1):
        damaged = bytearray(content)
        damaged[place] ^= 0x01
        yield bytes(damaged)
    yield content[: len(content) // 2]
    yield b""
    yield None


def put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


def unreadable(root: Path) -> list[str]:
    """The dataflows that cannot be read, each with the sentence that says why."""
    snapshot = Reader(root).snapshot()
    found = []
    for flow in snapshot.catalog.current:
        for vintage in snapshot.vintages(flow):
            try:
                snapshot.observations(flow, vintage)
            except Damaged as error:
                found.append(f"{flow}: {error}")
    return found


def test_any_damaged_file_is_named_and_the_other_dataflows_are_served(
    stores, releases, tmp_path: Path
) -> None:
    root = copied(stores["two"], tmp_path / "store")
    Store(root).publish(make_release("v3", ["2022"], base=3), NOW)
    Store(root).withdraw("XAA_LFS", "v3", "a person could be seen")
    files = [
        p for p in sorted(root.rglob("*")) if p.is_file() and p.name not in ("lock", "VERSION")
    ]
    assert len(files) > 12
    for path in files:
        content = path.read_bytes()
        for damaged in damages(content):
            put(path, damaged)
            assert Store(root).scrub(), f"{path.name} is damaged and scrub says nothing"
            broken = unreadable(root)
            assert len({sentence.split(":")[0] for sentence in broken}) <= 1, broken
            assert all(path.name in sentence for sentence in broken)
            with pytest.raises(Withdrawn):
                Reader(root).snapshot().observations(FIRST, "v3")
            assert Reader(root).snapshot().observations(FIRST if broken == [] else other(broken))
        path.write_bytes(content)
    assert Store(root).scrub() == []


def other(broken: list[str]) -> str:
    return SECOND if broken[0].startswith(FIRST) else FIRST


FS_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2

# Publishes one vintage after the other and says so after each; the power goes while it does.
WORKLOAD = """
import pickle, sys
from pathlib import Path
from cauce.store import Store

made = pickle.loads(Path(sys.argv[1]).read_bytes())
for name, release in made.items():
    Store(Path(sys.argv[2])).publish(release, "2026-01-01T00:00:00+00:00")
    print(name, flush=True)
"""


@pytest.mark.prove
@pytest.mark.parametrize("acknowledged", [1, 2, 3, 5, 8, 13])
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    """Ext4 on a loop device, shut down without flushing while a process publishes."""
    needs_root()
    if shutil.which("mkfs.ext4") is None or not Path("/dev/loop-control").exists():
        pytest.skip("A power cut takes loop devices and mkfs.ext4.")
    kept, image = tmp_path / "releases", tmp_path / "image"
    made = {f"v{n}": make_release(f"v{n}", ["2020"], base=n, reason="again") for n in range(40)}
    kept.write_bytes(pickle.dumps(made))
    with image.open("wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    loop = ("-o", "loop", str(image))
    with mounted(tmp_path / "before", *loop) as disk:
        words = [sys.executable, "-c", WORKLOAD, kept, disk]
        # Its last words, of a disk that is gone, are no news.
        quiet = subprocess.DEVNULL
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=quiet, text=True) as process:
            for _ in range(acknowledged):
                last = process.stdout.readline().strip()
            handle = os.open(disk, os.O_RDONLY)
            fcntl.ioctl(handle, FS_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
            os.close(handle)
            process.kill()
            rest = process.stdout.read().split()
    with mounted(tmp_path / "after", *loop) as disk:
        now = int(served(disk)[1:])
        assert now >= int((rest or [last])[-1][1:])
        Store(disk).publish(made["v39"], NOW)
        assert served(disk) == "v39"
        nothing_is_left_over(disk)
