"""Writing so that a crash leaves the old or the new, and reading so that damage is noticed."""

import hashlib
import os
from pathlib import Path

from cauce.model.errors import BadInput


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, content: bytes) -> None:
    """Put content at a path, whole or not at all, and durable when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def read_checked(path: Path, expected: str) -> bytes:
    """The content of a file whose hash is known.

    Raises:
        BadInput: the file is gone or not what was written; the message names it.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"The store lacks {_name(path)}. Restore it from a backup.") from None
    except OSError as error:
        raise BadInput(f"{_name(path)} of the store cannot be read: {error.strerror}.") from error
    if sha256(content) != expected:
        raise BadInput(
            f"{_name(path)} of the store is not what was written: its hash differs. "
            "Restore it from a backup; `cauce scrub` checks every file."
        )
    return content


def _name(path: Path) -> str:
    """A file by its last folders: enough to find it, without the machine's paths."""
    return "/".join(path.parts[-3:])
