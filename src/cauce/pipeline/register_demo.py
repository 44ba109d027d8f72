"""The registers of the demo: the records that come with Cauce, entered, approved and published."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.model.seed import Seed
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.register_publish import Published, publish_registers
from cauce.pipeline.registers import Declared, read_registers
from cauce.registers.seed import parse_seeds
from cauce.sources import read_register_folder
from cauce.store import Store
from cauce.store.log import Database, Log, append, open_database
from cauce.store.log.approved import approve

EDITOR, REVIEWER = "demo: editor, nobody real", "demo: reviewer, nobody real"


def show_registers(
    folder: Path, database: Path, store: Store, progress: Progress = silent
) -> Published:
    """Enter the seeds of a folder into a new database, approve and publish them.

    Those that are there already stay as they are.
    """
    declared = read_registers(folder)
    now = datetime.now(UTC)
    opened = open_database(f"sqlite:///{database}")
    try:
        progress("Entering and approving the first records")
        enter(opened, declared, read_seeds(folder, declared), now)
        return publish_registers(opened, declared, store, now, progress=progress)
    finally:
        opened.close()


def read_seeds(folder: Path, declared: Declared) -> tuple[Seed, ...]:
    """The seeds beside the declarations. Raises BadInput if one may not be entered as it is."""
    texts = read_register_folder(folder / "seeds")
    seeds = parse_seeds(texts, declared.registers, declared.lists)
    wrong = [
        f"{seed.place.file}, line {seed.place.line}: {fault.field}: {fault.message.en}"
        for seed in seeds
        for fault in seed.faults
        if not fault.warning
    ]
    if wrong:
        raise BadInput("\n".join(["The seeds cannot be entered:", *wrong]))
    return seeds


def enter(database: Database, declared: Declared, seeds: Sequence[Seed], now: datetime) -> None:
    """Enter seeds by one and approve them by another, both named as the demo's."""
    log = Log(database, declared.registers)
    names = dict.fromkeys(seed.register for seed in seeds)
    known = {(name, entries[0].key) for name in names for entries in log.latest(name)}
    drafts = [_draft(seed) for seed in seeds if (seed.register, seed.key) not in known]
    with database.writing(EDITOR) as connection:
        entries = append(connection, declared.registers, drafts, now)
        approve(connection, entries, REVIEWER, now)


def _draft(seed: Seed) -> Draft:
    return Draft(
        register=seed.register,
        key=seed.key,
        country=seed.country,
        action=Action.OPEN,
        record=seed.record,
        valid_from=seed.valid_from,
        valid_to=None,
        actor=EDITOR,
        reason="",
        base=0,
    )
