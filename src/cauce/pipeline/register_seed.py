"""Entering the seeds: records that come with Cauce, each with its source."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from cauce.model.entry import Action, Draft, Entry
from cauce.model.seed import Seed
from cauce.pipeline.registers import Declared
from cauce.registers.seed import parse_seeds
from cauce.sources import read_register_folder
from cauce.store.log import append, review
from cauce.store.log.database import acting
from cauce.store.log.review import Verdict
from cauce.store.log.writer import entries_of

ACTOR = "cauce"
REASON = "Seed"


def read_seeds(folder: Path, declared: Declared) -> tuple[Seed, ...]:
    """The seeds of a folder of registers. Raises BadInput with everything that is wrong."""
    texts = {
        name: text
        for name, text in read_register_folder(folder).items()
        if name.startswith("seeds/")
    }
    return parse_seeds(texts, declared.registers, declared.lists)


def enter_seeds(
    connection: Connection,
    declared: Declared,
    seeds: Sequence[Seed],
    now: datetime,
    approver: str = "",
    actor: str = ACTOR,
) -> tuple[Entry, ...]:
    """The entries of seeds that were not there yet, in a writing transaction.

    A seed is entered once, whatever became of it. They wait for review, or are approved by who
    looked at them before.
    """
    new = [
        seed
        for seed in seeds
        if not entries_of(connection, declared.registers, seed.register, seed.key)
    ]
    entries = append(connection, declared.registers, [_draft(seed, actor) for seed in new], now)
    if approver:
        with acting(connection, approver):
            for entry in entries:
                review.judge(connection, entry.number, Verdict.APPROVED, approver, "", now)
    return entries


def _draft(seed: Seed, actor: str) -> Draft:
    return Draft(
        register=seed.register,
        key=seed.key,
        country=seed.country,
        action=Action.OPEN,
        record=seed.record,
        valid_from=seed.valid_from,
        valid_to=None,
        actor=actor,
        reason=REASON,
        base=0,
    )
