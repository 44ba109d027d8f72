"""The registers of the demo: the records that come with Cauce, and invented ones of Caudaria.

They are entered by one and approved by another, published, and counted into the tables.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from cauce.model.codelist import Code
from cauce.model.entry import Action, Draft
from cauce.model.record import Record
from cauce.model.release import Release
from cauce.model.text import Text
from cauce.pipeline.capture import release_capture
from cauce.pipeline.mobility_demo import enter_cards
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.recruitment_costs import AskedCosts, release_costs
from cauce.pipeline.register_count import Asked, Rulebook, release_counts
from cauce.pipeline.register_publish import Published, publish_registers
from cauce.pipeline.register_seed import enter_seeds, read_seeds
from cauce.pipeline.register_waits import release_waits
from cauce.pipeline.registers import Declared, read_house, read_registers
from cauce.sources.invented import (
    invented_passages,
    invented_permits,
    invented_records,
    write_costs,
)
from cauce.store import Store
from cauce.store.log import append, open_database, review
from cauce.store.log.database import acting
from cauce.store.log.review import Verdict
from cauce.store.log.writer import entries_of

EDITOR, REVIEWER = "demo: editor, nobody real", "demo: reviewer, nobody real"
PLACES = (
    Code("XCA", Text("Caudaria (invented)", "Caudaria (inventada)")),
    Code("XNA", Text("Northern neighbour (invented)", "Vecino del norte (inventado)")),
    Code("XIS", Text("Island state (invented)", "Estado insular (inventado)")),
)
MONEY = Code("XTS", Text("Money of Caudaria (invented)", "Moneda de Caudaria (inventada)"))
"""ISO 4217 keeps the code for tests."""
COUNTED = ("recruiter_licences", "recruiter_sanctions", "quotas", "complaints", "mobility_permits")
DAY, REASON = date(2026, 1, 15), "Demo"


def show_registers(
    folder: Path,
    database: Path,
    store: Store,
    progress: Progress = silent,
    keys: Path | None = None,
) -> Published:
    """Enter the seeds of a folder and what is invented, publish them, and count what is invented.

    What is in the database already stays as it is. Without a folder for their keys there are no
    cards and no events.
    """
    declared = with_invented_places(read_registers(folder))
    seeds = read_seeds(folder, declared)
    now = datetime.now(UTC)
    opened = open_database(f"sqlite:///{database}")
    try:
        progress("Entering and approving the first records")
        with opened.writing(EDITOR) as connection:
            enter_seeds(connection, declared, seeds, now, approver=REVIEWER, actor=EDITOR)
            enter_invented(connection, declared, now)
            if keys is not None:
                progress("Issuing invented cards")
                passages = invented_passages(invented_permits())
                enter_cards(connection, keys, passages, EDITOR, now)
        done = publish_registers(opened, declared, store, now, progress=progress)
    finally:
        opened.close()
    return done


def with_invented_places(declared: Declared) -> Declared:
    """The code lists of countries and currencies with those of the demo, which no other has."""
    more = {"CL_COUNTRY": PLACES, "CL_CURRENCY": (MONEY,)}
    lists = {
        name: replace(declared.lists[name], codes=(*declared.lists[name].codes, *codes))
        for name, codes in more.items()
    }
    return replace(declared, lists={**declared.lists, **lists})


def enter_invented(connection: Connection, declared: Declared, now: datetime) -> None:
    """Enter what is invented and not there yet, in a writing transaction, and approve it."""
    drafts = [
        _draft(declared, register, key, record)
        for register, key, record in invented_records()
        if not entries_of(connection, declared.registers, register, key)
    ]
    entries = append(connection, declared.registers, drafts, now)
    with acting(connection, REVIEWER):
        for entry in entries:
            review.judge(connection, entry.number, Verdict.APPROVED, REVIEWER, "", now)


def _draft(declared: Declared, register: str, key: str, record: Record) -> Draft:
    country = declared.registers[register].country
    return Draft(
        register=register,
        key=key,
        country=str(record.get(country, "")) if country else "",
        action=Action.OPEN,
        record=record,
        valid_from=None,
        valid_to=None,
        actor=EDITOR,
        reason="Invented for the demonstration",
        base=0,
    )


def count_invented(
    folder: Path, database: Path, store: Path, progress: Progress = silent
) -> Iterator[Release]:
    """The counts of the demo's registers, one release after the other, to be published in turn.

    Permits are set beside the survey, and so the counts have to be in the store by then.
    """
    house = replace(read_house(folder), invented=True)
    given: Rulebook = with_invented_places(read_registers(folder)), house
    opened = open_database(f"sqlite:///{database}")
    try:
        for register in COUNTED:
            asked = Asked(register, DAY, reason=REASON)
            yield release_counts(folder, opened, asked, progress, given)
        yield release_waits(folder, opened, Asked("", DAY, reason=REASON), progress, given)
    finally:
        opened.close()
    yield release_capture(house, store, "", DAY, progress, REASON)
    progress("Estimating what recruitment cost")
    costs = AskedCosts(
        period=str(DAY.year - 1), by=("sex", "destination"), reason=REASON, invented=True
    )
    with TemporaryDirectory() as scratch:
        survey = write_costs(Path(scratch))
        yield release_costs(survey, folder, costs, given[0].lists)[0]
