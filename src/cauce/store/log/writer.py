"""Writing to the log: a batch of entries in one transaction, all or none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, bindparam, insert, null, select, text, update

from cauce.model.entry import Action, Draft, Entry
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.register import Register
from cauce.registers.log import FIRST, entry_of, refuse_nonsense
from cauce.registers.values import folded
from cauce.store.log import schema
from cauce.store.log.rows import moment, to_entry, to_row
from cauce.store.log.sealing import refuse_unsealed

AT_ONCE = 500
Place = tuple[str, str]


class StaleSave(BadInput):
    """Somebody saved meanwhile: `current` is what is there now, to be shown beside the draft."""

    def __init__(self, draft: Draft, current: Entry) -> None:
        super().__init__(
            f"{draft.register} {draft.key} was changed meanwhile: entry {current.number} came "
            f"after entry {draft.base}, which you had before you. Compare both and save again."
        )
        self.draft = draft
        self.current = current


def append(
    connection: Connection,
    registers: Mapping[str, Register],
    drafts: Sequence[Draft],
    now: datetime,
) -> tuple[Entry, ...]:
    """Append entries within a writing transaction; they are kept when it ends.

    Raises:
        StaleSave: the key got another entry after the one the draft rests on.
        BadInput: the draft makes no sense after what is there, or holds in the clear what is to be
            sealed.
    """
    known = _known(connection, registers, drafts)
    number, previous = last(connection)
    made: list[Entry] = []
    versions: dict[Place, dict[str, object]] = {}
    closed: list[dict[str, object]] = []
    for draft in drafts:
        place = draft.register, draft.key
        before = known.setdefault(place, [])
        if before and draft.base and draft.base != before[-1].number:
            raise StaleSave(draft, before[-1])
        refuse_nonsense(draft, before)
        refuse_unsealed(registers[draft.register], draft.record or {})
        entry = entry_of(draft, number + 1, previous, _later(now, before))
        if place in versions:
            closed.append({**versions[place], "superseded_at": moment(entry.recorded_at)})
        versions[place] = version_row(entry, registers[draft.register], before)
        before.append(entry)
        number, previous = entry.number, entry.hash
        made.append(entry)
    if made:
        connection.execute(insert(schema.entry), [to_row(entry) for entry in made])
        _supersede(connection, made)
        connection.execute(insert(schema.version), [*closed, *versions.values()])
        _name(connection, made, {place: _thing(registers, known[place]) for place in versions})
    return tuple(made)


def _known(
    connection: Connection, registers: Mapping[str, Register], drafts: Sequence[Draft]
) -> dict[Place, list[Entry]]:
    """The entries there are of the keys the drafts are about."""
    keys: dict[str, dict[str, None]] = {}
    for draft in drafts:
        keys.setdefault(draft.register, {})[draft.key] = None
    found: dict[Place, list[Entry]] = {}
    table = schema.entry
    for register, wanted in keys.items():
        for part in batched(wanted, AT_ONCE):
            asked = select(table).where(table.c.register == register, table.c.key.in_(part))
            for row in connection.execute(asked.order_by(table.c.number)):
                found.setdefault((register, row.key), []).append(to_entry(row, registers))
    return found


def batched(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    """The keys in lists of at most `size`."""
    rest = iter(keys)
    while part := list(islice(rest, size)):
        yield part


def last(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry, whoever's it is."""
    table = schema.entry.c
    if connection.dialect.name == "postgresql":
        found = connection.execute(text("SELECT number, hash FROM cauce_last()")).one()
        return (0, FIRST) if found.number is None else (found.number, found.hash)
    row = connection.execute(
        select(table.number, table.hash).order_by(table.number.desc()).limit(1)
    ).first()
    return (0, FIRST) if row is None else (row.number, row.hash)


def entries_of(
    connection: Connection, registers: Mapping[str, Register], register: str, key: str
) -> tuple[Entry, ...]:
    """All entries of a key, oldest first."""
    table = schema.entry
    rows = connection.execute(
        select(table)
        .where(table.c.register == register, table.c.key == key)
        .order_by(table.c.number)
    )
    return tuple(to_entry(row, registers) for row in rows)


def _later(now: datetime, before: Sequence[Entry]) -> datetime:
    """Now, but never before the last entry: a clock that was set back must not reorder the log."""
    return max(now, before[-1].recorded_at) if before else now


def _supersede(connection: Connection, made: Sequence[Entry]) -> None:
    """What the database had of these keys was known until the first of the new entries."""
    table = schema.version
    first: dict[Place, Entry] = {}
    for entry in made:
        if entry.action is not Action.OPEN:
            first.setdefault((entry.register, entry.key), entry)
    if first:
        connection.execute(
            update(table)
            .where(
                table.c.register == bindparam("of_register"),
                table.c.key == bindparam("of_key"),
                table.c.superseded_at == null(),
            )
            .values(superseded_at=bindparam("until")),
            [
                {"of_register": e.register, "of_key": e.key, "until": moment(e.recorded_at)}
                for e in first.values()
            ],
        )


def _name(
    connection: Connection, made: Sequence[Entry], things: Mapping[Place, dict[str, str]]
) -> None:
    """Keep what each key is called and was ever found by."""
    table = schema.thing
    opened = {(e.register, e.key) for e in made if e.action is Action.OPEN}
    new = [
        {"register": register, "key": key, **thing}
        for (register, key), thing in things.items()
        if (register, key) in opened
    ]
    old = [
        {"of_register": register, "of_key": key, **thing}
        for (register, key), thing in things.items()
        if (register, key) not in opened
    ]
    if new:
        connection.execute(insert(table), new)
    if old:
        mine = (table.c.register == bindparam("of_register")) & (table.c.key == bindparam("of_key"))
        named = update(table).where(mine)
        connection.execute(named.values(title=bindparam("title"), ever=bindparam("ever")), old)


def _thing(registers: Mapping[str, Register], entries: Sequence[Entry]) -> dict[str, str]:
    register = registers[entries[0].register]
    records = [entry.record for entry in entries if entry.record is not None]
    words = dict.fromkeys(w for record in records for w in searched(register, record).split())
    return {"title": folded(title(register, records[-1]))[:200], "ever": " ".join(words)}


def version_row(entry: Entry, register: Register, before: Sequence[Entry]) -> dict[str, object]:
    """What lists and search know of an entry; an ended record keeps the words it had."""
    there = bool(before) and before[-1].record is not None
    record = entry.record
    if record is None:
        record = next((e.record for e in reversed(before) if e.record is not None), {})
    return {
        "number": entry.number,
        "register": entry.register,
        "key": entry.key,
        "country": entry.country,
        "recorded_at": moment(entry.recorded_at),
        "superseded_at": None,
        "ended": int(entry.record is None),
        "delta": int(entry.record is not None) - int(there),
        "title": folded(title(register, record))[:200],
        "words": searched(register, record),
    }


def title(register: Register, record: Record, language: str = "es") -> str:
    """The name of a record in a language, or in the other where that is not filled in."""
    names = (register.title.es, register.title.en)
    for name in names if language == "es" else names[::-1]:
        if isinstance(value := record.get(name), str):
            return value
    return ""


def searched(register: Register, record: Record) -> str:
    """The words a record is found by: its texts that harm nobody, folded."""
    texts = [
        value
        for field in register.fields
        if field.sensitivity <= 1 and isinstance(value := record.get(field.id), str)
    ]
    return folded(" · ".join(texts))
