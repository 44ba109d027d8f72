"""The register log under faults: every save an editor was told of is there afterwards."""

import fcntl
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from cauce.model.errors import BadInput
from cauce.pipeline.status import Looked, how_it_is
from cauce.store.log import Database, Log, open_database
from cauce.store.log.copies import check_sqlite
from cauce.store.log.schema import entry

# Ten editors save one record after the other; each says so after it was told that it is kept.
EDITORS = """
import sys, threading
from datetime import UTC, date, datetime
from itertools import count
from cauce.model.entry import Action, Draft
from cauce.registers.declaration import parse_registers
from cauce.store.log import Together, open_database

DECLARED = '''
id = "agencies"
name = { en = "Agencies", es = "Agencias" }
one = { en = "agency", es = "agencia" }
about = { en = "Who recruits.", es = "Quien recluta." }
title = { en = "name", es = "name" }
[[field]]
id = "name"
name = { en = "Name", es = "Nombre" }
kind = "text"
'''
registers = parse_registers({"agencies.toml": DECLARED}, {})
turn = threading.Lock()

def edit(desk, editor):
    for number in count():
        key = f"{sys.argv[2]}-{editor}-{number}"
        record = {"name": f"Agency {key} " + "x" * 300}
        try:
            desk.save(Draft("agencies", key, "", Action.OPEN, record, date(2026, 1, 1), None,
                            f"e{editor}", "", 0))
            if number % 3 == 0:
                base = desk.save(Draft("agencies", key, "", Action.CHANGE, record,
                                       date(2026, 2, 1), None, f"e{editor}", "why", 0))
        except Exception as error:
            with turn:
                print("refused", type(error).__name__, flush=True)
            return
        with turn:
            print(key, flush=True)

with Together(open_database(sys.argv[1]), registers) as desk:
    threads = [threading.Thread(target=edit, args=(desk, n), daemon=True) for n in range(10)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""


@contextmanager
def editors(url: str, run: str) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-c", EDITORS, url, run]
    # Their last words, of a disk that is gone, are no news.
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def acknowledged(process: subprocess.Popen[str], first: int = 1) -> list[str]:
    """The saves that were told, at least so many."""
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(first)]


def rest(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    lines = process.stdout.read().splitlines()
    return [line for line in lines if line and not line.startswith("refused")]


def kept(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(connection.execute(select(entry.c.key)).scalars())


def whole(url: str, told: list[str]) -> None:
    """Everything that was told is there, the log is chained, and it can be written."""
    database = open_database(url)
    try:
        assert set(told) <= kept(database)
        assert list(Log(database, {}).faults()) == []
    finally:
        database.close()


def killed(url: str, run: int, chance: np.random.Generator) -> list[str]:
    with editors(url, f"r{run}") as process:
        told = acknowledged(process)
        time.sleep(chance.uniform(0, 0.5))
        process.send_signal(signal.SIGKILL)
        told += rest(process)
    # The last line may have been cut in the middle.
    return [key for key in told if key.count("-") == 2]


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_told_survives_a_kill_at_any_moment(tmp_path: Path, seed: int) -> None:
    chance, url, told = np.random.default_rng(seed), f"sqlite:///{tmp_path / 'r.sqlite'}", []
    for run in range(2):
        told += killed(url, run, chance)
        whole(url, told)
    assert len(told) > 10


@pytest.mark.prove
def test_what_was_told_survives_many_kills_one_on_top_of_the_other(tmp_path: Path) -> None:
    chance, url, told = np.random.default_rng(0), f"sqlite:///{tmp_path / 'r.sqlite'}", []
    for run in range(40):
        told += killed(url, run, chance)
        whole(url, told)
    assert len(told) > 1000


@pytest.mark.prove
def test_what_was_told_survives_when_the_server_of_the_database_dies(
    monkeypatch, tmp_path: Path
) -> None:
    """PostgreSQL stopped as by a crash (SIGQUIT, nothing is written any more), then recovered."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pgserver
    from pgserver._commands import pg_ctl

    # The server has a user of its own, who must be able to enter.
    folder = Path(tempfile.mkdtemp())
    server = pgserver.get_server(folder, cleanup_mode="stop")
    told: list[str] = []
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        user = server.system_user
        for run in range(5):
            with editors(url, f"r{run}") as process:
                told += acknowledged(process, 50)
                os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
                process.kill()
                told += [key for key in rest(process) if key.count("-") == 2]
            while (folder / "postmaster.pid").exists():
                time.sleep(0.1)
            start = ["-w", "-o", '-h ""', "-o", f"-k {folder}"]
            pg_ctl([*start, "-l", str(folder / "log"), "start"], pgdata=folder, user=user)
            whole(url, told)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A file system of its own; skips where mounting is not allowed."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("Mounting a file system of its own takes root.")
    folder.mkdir()
    made = subprocess.run(["mount", *options, folder], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"A file system cannot be mounted here: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_refuses_saves_and_loses_none(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1500k", "tmpfs") as disk:
        url, ballast = f"sqlite:///{disk / 'r.sqlite'}", disk / "ballast"
        ballast.write_bytes(bytes(300_000))
        with editors(url, "full") as process:
            told = rest(process)
            assert process.wait(60) == 0, "every editor was told that the disk is full"
        assert len(told) > 10
        whole(url, told)
        ballast.unlink()
        with editors(url, "again") as process:
            told += acknowledged(process, 5)
        whole(url, [key for key in told if key.count("-") == 2])


FS_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2


@pytest.mark.prove
@pytest.mark.parametrize("saves", [1, 2, 5, 20, 60, 150])
def test_what_was_told_survives_a_power_cut(tmp_path: Path, saves: int) -> None:
    """Ext4 on a loop device, shut down without flushing while ten editors save."""
    if shutil.which("mkfs.ext4") is None or not Path("/dev/loop-control").exists():
        pytest.skip("A power cut takes loop devices and mkfs.ext4.")
    image = tmp_path / "image"
    with image.open("wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    loop = ("-o", "loop", str(image))
    with (
        mounted(tmp_path / "before", *loop) as disk,
        editors(f"sqlite:///{disk / 'r.sqlite'}", "cut") as process,
    ):
        told = acknowledged(process, saves)
        handle = os.open(disk, os.O_RDONLY)
        fcntl.ioctl(handle, FS_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        os.close(handle)
        process.kill()
        told += rest(process)
    with mounted(tmp_path / "after", *loop) as disk:
        whole(f"sqlite:///{disk / 'r.sqlite'}", [key for key in told if key.count("-") == 2])


def test_a_damaged_page_is_named_whichever_it_is(tmp_path: Path) -> None:
    """Each page in turn is lost; the check of the pages or of the chain says so."""
    url, file = f"sqlite:///{tmp_path / 'r.sqlite'}", tmp_path / "r.sqlite"
    with editors(url, "page") as process:
        acknowledged(process, 40)
    open_database(url).close()
    with closing(sqlite3.connect(file)) as connection:
        # Pages that migrations left free hold nothing that could be lost.
        connection.execute("VACUUM")
    whole_file = file.read_bytes()
    pages = len(whole_file) // 4096
    assert pages > 20
    for page in range(1, pages):
        damaged = bytearray(whole_file)
        damaged[page * 4096 : (page + 1) * 4096] = bytes(4096)
        file.write_bytes(damaged)
        with pytest.raises(BadInput, match=r"r\.sqlite is damaged: .*[Pp]age|malformed"):
            check_sqlite(file)
        lines = how_it_is(Looked(url, deep=True), datetime.now(UTC)).lines
        assert any(line.health == "act" and line.id in ("pages", "database") for line in lines)


def test_a_flipped_bit_in_any_entry_is_named_by_its_row(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'r.sqlite'}", tmp_path / "r.sqlite"
    with editors(url, "bit") as process:
        acknowledged(process, 12)
    open_database(url).close()
    content = file.read_bytes()
    chance = np.random.default_rng(3)
    places = [at for at in range(len(content)) if content.startswith(b'{"name":"Agency bit', at)]
    assert len(places) > 10
    for place in places:
        damaged = bytearray(content)
        damaged[place + int(chance.integers(3, 250))] ^= 1 << int(chance.integers(7))
        file.write_bytes(damaged)
        database = open_database(url)
        found = list(Log(database, {}).faults())
        database.close()
        assert len(found) == 1
        assert "is not as it was written" in found[0]
