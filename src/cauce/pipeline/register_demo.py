"""The registers of the demo: the records that come with Cauce, entered, approved and published."""

from datetime import UTC, datetime
from pathlib import Path

from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.register_publish import Published, publish_registers
from cauce.pipeline.register_seed import enter_seeds, read_seeds
from cauce.pipeline.registers import read_registers
from cauce.store import Store
from cauce.store.log import open_database

EDITOR, REVIEWER = "demo: editor, nobody real", "demo: reviewer, nobody real"


def show_registers(
    folder: Path, database: Path, store: Store, progress: Progress = silent
) -> Published:
    """Enter the seeds of a folder by one and approve them by another, and publish them.

    Those that are in the database already stay as they are.
    """
    declared = read_registers(folder)
    seeds = read_seeds(folder, declared)
    now = datetime.now(UTC)
    opened = open_database(f"sqlite:///{database}")
    try:
        progress("Entering and approving the first records")
        with opened.writing(EDITOR) as connection:
            enter_seeds(connection, declared, seeds, now, approver=REVIEWER, actor=EDITOR)
        return publish_registers(opened, declared, store, now, progress=progress)
    finally:
        opened.close()
