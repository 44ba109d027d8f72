"""What the log holds already that a workbook must be compared with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from cauce.model.entry import Entry
from cauce.model.record import Record
from cauce.model.register import Register, Sensitivity
from cauce.registers.canonical import to_json
from cauce.registers.fields import field_of
from cauce.registers.uniqueness import Identity, identities
from cauce.store.log import Log
from cauce.store.log.writer import title

MAX_TITLES = 5_000


@dataclass(frozen=True)
class Known:
    """The entries of the records of a workbook, and what all other records must not share.

    `taken` has the key of who has an identity, `whole` of who says exactly the same.
    """

    entries: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    taken: Mapping[Identity, str] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)


def known_of(register: Register, log: Log | None, keys: frozenset[str]) -> Known:
    """What is known of some keys, and what all other records say, whoever's they are."""
    if log is None:
        return Known()
    taken: dict[Identity, str] = {}
    whole: dict[str, str] = {}
    for key, record in replace(log, countries=None).current(register.id):
        if key not in keys:
            taken |= {identity: key for _, identity in identities(register, record)}
            whole[same(record)] = key
    return Known(log.entries_of(register.id, keys), taken, whole)


def same(record: Record) -> str:
    """Equal for records that say exactly the same."""
    return to_json(record)


def titles_of(
    registers: Mapping[str, Register], log: Log | None, wanted: Iterable[str], language: str
) -> dict[str, dict[str, str]]:
    """The titles of the records of some registers by key, in the order of the titles.

    A register of more than `MAX_TITLES` records, or whose titles name people, gives keys alone.
    """
    found: dict[str, dict[str, str]] = {}
    for name in dict.fromkeys(wanted) if log else ():
        register = registers[name]
        named = all(
            field_of(register, part).sensitivity <= Sensitivity.P1
            for part in (register.title.en, register.title.es)
        )
        records = islice(log.current(name), MAX_TITLES + 1) if log else ()
        titles = {key: title(register, r, language) if named else "" for key, r in records}
        found[name] = dict(sorted(titles.items(), key=lambda item: item[1].casefold()))
    return found
