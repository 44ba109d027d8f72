"""From the register log to the public: approved entries and public fields, as one edition."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cauce.model.entry import Entry
from cauce.model.errors import BadInput
from cauce.model.register import Register
from cauce.model.shelf import Filled
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.register_said import BESIDE, said
from cauce.pipeline.registers import Declared
from cauce.registers.public import consented, fill, shelf_of
from cauce.store import Store
from cauce.store.log import Database, Log
from cauce.store.log.verdicts import approved


@dataclass(frozen=True)
class Published:
    """What a publication put on the shelves.

    `waiting` counts entries that nobody has approved, `dropped_links` links to records that are not
    public.
    """

    generation: int
    registers: int
    records: int
    waiting: int
    dropped_links: int


def publish_registers(
    database: Database,
    declared: Declared,
    store: Store,
    now: datetime,
    only: Sequence[str] = (),
    reason: str = "",
    progress: Progress = silent,
) -> Published:
    """Publish what is public and approved of all public registers, or of those named.

    Raises:
        BadInput: a register named is not declared or not public; the store cannot be written.
    """
    filled, waiting = snapshot(database, declared, only, progress)
    progress("Publishing")
    at = now.isoformat(timespec="milliseconds")
    catalog = store.publish_registers(filled, at, reason, whole=not only)
    return Published(
        generation=catalog.generation,
        registers=len(filled),
        records=sum(len(each.records) for each in filled),
        waiting=waiting,
        dropped_links=sum(each.dropped_links for each in filled),
    )


def snapshot(
    database: Database, declared: Declared, only: Sequence[str] = (), progress: Progress = silent
) -> tuple[tuple[Filled, ...], int]:
    """The public registers as approved at this moment, and how many entries wait for approval."""
    public = [register for register in declared.registers.values() if register.public]
    names = [register.id for register in public]
    _refuse_closed(only, names)
    progress("Reading what is approved")
    # Read first: an entry approved meanwhile is left for the next edition, in every register.
    with database.reading() as connection:
        passed = approved(connection, names)
    log = Log(database, declared.registers)
    keys = {each.id: _keys(log, each, passed.get(each.id, {})) for each in public}
    filled: dict[str, Filled] = {}
    waiting = 0
    for register in public:
        wanted = not only or register.id in only
        if not wanted and register.id not in BESIDE:
            continue
        entries = _Counted(log, register, frozenset(passed.get(register.id, {})))
        filled[register.id] = fill(
            shelf_of(register, declared.lists), entries, keys, register.consent
        )
        waiting += entries.waiting if wanted else 0
    beside = {name: each for name, each in filled.items() if name in BESIDE}
    kept = [each for name, each in filled.items() if not only or name in only]
    return tuple(said(each, beside) for each in kept), waiting


def _refuse_closed(only: Sequence[str], public: Sequence[str]) -> None:
    if strange := [name for name in only if name not in public]:
        raise BadInput(
            f"{', '.join(strange)}: no public register is called so. "
            f"Public are: {', '.join(sorted(public))}."
        )


def _keys(log: Log, register: Register, numbers: Mapping[int, str]) -> frozenset[str]:
    """The keys of the records of a register that links may name."""
    if not register.consent:
        return frozenset(numbers.values())
    entries = _Counted(log, register, frozenset(numbers))
    return frozenset(each[0].key for each in entries)


@dataclass
class _Counted:
    """The approved entries of every record of a register; `waiting` counts the others."""

    log: Log
    register: Register
    approved: frozenset[int]
    waiting: int = 0

    def __iter__(self) -> Iterator[tuple[Entry, ...]]:
        for entries in self.log.latest(self.register.id):
            passed = tuple(entry for entry in entries if entry.number in self.approved)
            self.waiting += len(entries) - len(passed)
            if passed and consented(self.register, entries):
                yield passed
