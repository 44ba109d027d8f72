"""The folder that letters are dropped into: one file each, of which the name says the country."""

import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from cauce.letterbox.letter import LONGEST

MOST = 5_000
"""Letters that may wait: beyond it, whoever floods us fills no disk."""
NAME = re.compile(r"([A-Z]{3})-([0-9a-f]{20,64})\.letter")


class FullBox(Exception):  # noqa: N818 - a way of answering, not a failure
    """There is no room for another letter until some are taken in."""


@dataclass(frozen=True)
class Waiting:
    """A letter that nobody took in yet."""

    country: str
    path: Path


@dataclass(frozen=True)
class Box:
    """The two folders that the form and the office share."""

    letters: Path
    answers: Path


def drop(folder: Path, country: str, name: str, sealed: bytes, most: int = MOST) -> None:
    """Put a letter into the folder, on disk before it returns. The same name is the same letter.

    Its time is midnight of its day: nobody learns from the file at which hour somebody wrote.

    Raises:
        FullBox: too many letters wait.
    """
    if sum(1 for _ in folder.iterdir()) >= most:
        raise FullBox
    path = folder / f"{country}-{name}.letter"
    partial = folder / f".{secrets.token_hex(8)}"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    midnight = datetime.combine(datetime.now(UTC).date(), time(), UTC).timestamp()
    os.utime(partial, (midnight, midnight))
    partial.replace(path)
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def waiting(folder: Path, countries: frozenset[str] | None = None) -> tuple[Waiting, ...]:
    """The letters that wait for some countries, None for all, by name: in no order of arrival."""
    found = []
    for path in sorted(folder.glob("*.letter")):
        match = NAME.fullmatch(path.name)
        if match and (countries is None or match[1] in countries):
            found.append(Waiting(match[1], path))
    return tuple(found)


def sealed_in(one: Waiting) -> bytes:
    """The bytes of a letter; of one longer than any is, only so much that it does not open."""
    with one.path.open("rb") as file:
        return file.read(LONGEST + 4096)


def remove(one: Waiting) -> None:
    """Take a letter out of the folder, once it is in the log."""
    one.path.unlink(missing_ok=True)


def set_aside(one: Waiting) -> None:
    """Keep a letter that does not open where nobody tries it again: its key may come back."""
    one.path.rename(one.path.with_suffix(".unopened"))
