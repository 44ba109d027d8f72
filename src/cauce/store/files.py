"""Writing so that a crash leaves the old or the new, and reading so that damage is noticed."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from cauce.store.errors import Damaged

TEMPORARY = ".tmp"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """A folder whose own name is durable, with every folder above it that was missing."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write_durably(path: Path, content: bytes) -> None:
    """Put content at a path, whole or not at all, and durable when this returns."""
    write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Put every content at its path, each whole or not at all, all durable when this returns."""
    for path, content in files.items():
        make_folder(path.parent)
        _write(path, content)
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def remove_all(paths: Iterable[Path]) -> None:
    """Delete the files, durably; what is not there is not missed."""
    found = [path for path in paths if path.exists()]
    for path in found:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in found}:
        sync_folder(folder)


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        # On a full disk, what was half written would keep the space the next attempt needs.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def read(path: Path) -> bytes:
    """The content of a file of the store. Raises Damaged, naming it, if it cannot be had."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Damaged(f"The store lacks {called(path)}. Restore it from a backup.") from None
    except OSError as error:
        raise Damaged(f"{called(path)} of the store cannot be read: {error.strerror}.") from error


def read_checked(path: Path, expected: str) -> bytes:
    """The content of a file whose hash is known.

    Raises:
        Damaged: the file is gone or not what was written; the message names it.
    """
    content = read(path)
    if sha256(content) != expected:
        raise Damaged(
            f"{called(path)} of the store is not what was written: its hash differs. "
            "Restore it from a backup; `cauce scrub` checks every file."
        )
    return content


def called(path: Path) -> str:
    """A file by its last folders: enough to find it, without the machine's paths."""
    return "/".join(path.parts[-3:])
