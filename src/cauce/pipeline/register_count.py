"""From a register's log to a release of its counts: the whole story, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from cauce.model.cell import Cells
from cauce.model.errors import BadInput
from cauce.model.house import House
from cauce.model.lent import Lent
from cauce.model.register import Register
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.retained import Retained
from cauce.model.terms import Terms
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.pipeline.register_lend import Lender, from_file
from cauce.pipeline.registers import Declared, read_house, read_registers
from cauce.pipeline.retained import retained_in
from cauce.protect import protect
from cauce.registers.count import Counted, count_register, named_as_of
from cauce.registers.counted import list_named
from cauce.registers.fields import field_of
from cauce.registers.house import check_named
from cauce.registers.record_keys import record_keys
from cauce.store.log import Database
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.reader import last_of

BESIDE_COUNTS = ("DF_PERMIT_CAPTURE", "DF_MOBILITY_WAITS")
"""Dataflows of registers that no [[count]] declares."""

NOISE = "noise"
"""The name of the key from which noise is made; another key would make other noise of the same."""
Rulebook = tuple[Declared, House]
"""What is declared, and by which rules it is counted."""


@dataclass(frozen=True)
class Asked:
    """Which register is counted, as of which day, as known at which moment.

    `approved` leaves out what no second person has approved; without it nothing is published.
    `store` is where earlier counts are public, None if nowhere.
    """

    register: str
    day: date
    known_at: datetime | None = None
    approved: bool = True
    vintage: str = ""
    reason: str = ""
    store: Path | None = None


def release_counts(
    folder: Path,
    database: Database,
    asked: Asked,
    progress: Progress = silent,
    given: Rulebook | None = None,
    keys: Path | None = None,
) -> Release:
    """Count a register and clear every cell; nothing is kept or published here.

    `given` stands for what the folder declares; in the folder of `keys` is that of noise, which is
    asked for only where a dataflow is protected by it.

    Raises:
        BadInput: there is no such register; it declares no counts; nothing is in it on that day;
            what is withheld can be found from what would be public.
    """
    # Fixed before anything is read: counting again at this moment finds the same.
    asked = replace(asked, known_at=asked.known_at or datetime.now(UTC))
    ready = counted(folder, database, asked, progress, given, keys)
    progress("Protecting")
    release = protect(
        ready.cells,
        ready.terms,
        asked.day,
        progress=progress,
        secret=ready.secret,
        retained=ready.retained,
    )
    return replace(
        release,
        provenance=provenance(ready.register, database, asked, release),
        notes=(*release.notes, *notes(ready.register, ready.found)),
        reason=asked.reason or f"Counted anew from the register as of {asked.day}.",
        lent=ready.lent,
    )


@dataclass(frozen=True)
class Ready:
    """A register that is counted and not cleared, and what clearing it takes.

    `secret` is the key of noise, no bytes where none is asked for.
    """

    register: Register
    found: tuple[Counted, ...]
    terms: Terms
    lent: tuple[Lent, ...]
    secret: bytes = field(repr=False)
    retained: tuple[Retained, ...]

    @property
    def cells(self) -> list[Cells]:
        return [one.cells for one in self.found if one.cells is not None]


def counted(
    folder: Path,
    database: Database,
    asked: Asked,
    progress: Progress,
    given: Rulebook | None = None,
    keys: Path | None = None,
) -> Ready:
    """A register counted, as `release_counts` does before it protects. Raises as that does."""
    known_at = asked.known_at or datetime.now(UTC)
    declared, house = given or (read_registers(folder), read_house(folder))
    check_named(house, dataflows_of(declared))
    register = chosen(declared, asked.register)
    terms = terms_of(register, house, asked)
    progress(f"Reading {register.id}")
    lender = Lender(database, declared, asked.day, known_at, asked.approved)
    records = named_as_of(lender.groups(register.id), asked.day, known_at)
    secret = noise_secret(terms, keys)
    progress(f"Counting {register.id}")
    wanted = lists_counted_by(register)
    loans = lender.lend(wanted)
    lists = loans.over(declared.lists)
    numbers = record_keys(secret, register.id, records) if secret else ()
    found = count_register(register, [*records.values()], lists, house, asked.day, numbers)
    ready = Ready(
        register,
        tuple(found),
        terms,
        (*_own(declared, wanted, asked.day), *loans.lent),
        secret,
        retained_in(asked.store, terms.survey, terms.vintage),
    )
    if not ready.cells:
        raise BadInput(nothing_there(register, asked))
    return ready


def noise_secret(terms: Terms, keys: Path | None) -> bytes:
    """The key that noise is made from, where a rule asks for noise; no bytes where none does."""
    methods = [one for rules in terms.rules.tables for one in rules.safeguards.methods]
    return KeyFolder(keys).key(NOISE) if methods and keys is not None else b""


def dataflows_of(declared: Declared) -> set[str]:
    """Every dataflow that rules of a house may name."""
    counts = (count.id for one in declared.registers.values() for count in one.counts)
    return {*counts, *BESIDE_COUNTS}


def lists_counted_by(register: Register) -> set[str]:
    """The code lists that the counts of a register use; of links, those that registers lend."""
    fields = (field_of(register, name) for count in register.counts for name in count.by)
    return {name for field in fields if (name := list_named(field))}


def _own(declared: Declared, wanted: set[str], day: date) -> Iterator[Lent]:
    """The state of the lists that files declare."""
    for name in sorted(wanted & set(declared.lists)):
        yield from_file(declared.lists[name], f"registers/codelists/{name}.csv", day)


def chosen(declared: Declared, name: str) -> Register:
    """The register of that name. Raises BadInput if there is none, or it counts nothing."""
    if name not in declared.registers:
        known = ", ".join(sorted(declared.registers))
        raise BadInput(f"There is no register {name[:60]}. There are: {known}.")
    register = declared.registers[name]
    if not register.counts:
        raise BadInput(f"{name} declares no [[count]], so there is nothing to count.")
    return register


def terms_of(register: Register, house: House, asked: Asked) -> Terms:
    """On which terms a register is counted: if one of its counts is sensitive, all are."""
    sensitive = any(count.sensitive for count in register.counts)
    return Terms(
        survey=f"{house.area}_{register.id.upper()}",
        vintage=asked.vintage or asked.day.isoformat(),
        rules=house.sensitive if sensitive else house.open,
    )


def nothing_there(register: Register, asked: Asked) -> str:
    what = "approved records" if asked.approved else "records"
    return f"{register.id} has no {what} on {asked.day} that one of its counts would count."


def notes(register: Register, found: Sequence[Counted]) -> tuple[str, ...]:
    """What was left out of a table because it is of no period, unless that would tell of people."""
    if any(count.sensitive for count in register.counts):
        return ()
    return tuple(
        f"{count.id}: {one.without_period:,} without {count.period}, and so in no period."
        for count, one in zip(register.counts, found, strict=True)
        if one.without_period
    )


def provenance(
    register: Register, database: Database, asked: Asked, release: Release
) -> Provenance:
    """What is needed to count again: the declaration, and the register's last entry then."""
    number, digest = last_of(database, register.id, asked.known_at)
    periods = {code.id for flow in release.flows for code in flow.dataflow.dimensions[-1].codes}
    known = "" if asked.known_at is None else asked.known_at.isoformat()
    name = f"register log to entry {number}, {register.id} as of {asked.day}, known at {known}"
    return Provenance(
        pack=f"registers/{register.id} {register.version}",
        pack_sha256=register.sha256,
        inputs=tuple(InputFile(name, digest, 0, period, number) for period in sorted(periods)),
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=tuple(sorted({flow.dataflow.method.rule_version for flow in release.flows})),
    )
