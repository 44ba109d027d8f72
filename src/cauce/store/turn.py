"""Whose turn it is to write: one publisher at a time, and clear words when the disk refuses."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.store.catalogs import Current, current_catalog
from cauce.store.files import called, make_folder
from cauce.store.places import Places, check_free, check_version
from cauce.store.recover import found, recovered


@contextmanager
def turn(places: Places, create: bool) -> Iterator[Current]:
    """The generation to build on, while nobody else writes.

    Args:
        create: make the store if there is none.

    Raises:
        BadInput: there is no store; someone else is writing; the disk is full, fails or is read
            only. Whatever happened, one whole generation is current.
    """
    try:
        if create:
            check_free(places)
            make_folder(places.root)
        else:
            check_version(places)
        with places.lock.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BadInput(
                    "Another publication is under way in this store. Try again when it is done."
                ) from None
            if create and not places.version.exists() and not any(places.generations()):
                found(places)
            yield recovered(places)
    except OSError as error:
        raise BadInput(
            f"The store could not be written: {_words(error)}. {_what_holds(places)}"
        ) from error


def _words(error: OSError) -> str:
    words = error.strerror or str(error)
    return f"{words} ({called(Path(error.filename))})" if error.filename else words


def _what_holds(places: Places) -> str:
    """Which generation is current after a failure: the old one, or the new one if it got so far."""
    with suppress(BadInput, OSError):
        return f"Generation {current_catalog(places).catalog.generation} is current, and whole."
    return "Nothing was published."
