"""Many records at once: the entries of some keys, and what all say today."""

from tests.unit.store.log.test_log import REGISTERS, draft, write

from cauce.model.entry import Action
from cauce.store.log import Database, Log


def test_the_entries_and_the_latest_words_of_many_records(database: Database) -> None:
    (first, _) = write(database, draft("a", "One"), draft("b", "Two"))
    write(database, draft("b", "Two", Action.END, base=2))
    log = Log(database, REGISTERS)
    found = log.entries_of("agencies", ["a", "b", "nobody"])
    assert {key: len(entries) for key, entries in found.items()} == {"a": 1, "b": 2}
    assert dict(log.current("agencies")) == {"a": first.record}

    nowhere = Log(database, REGISTERS, countries=frozenset())
    assert nowhere.entries_of("agencies", ["a"]) == {}
    assert list(nowhere.current("agencies")) == []
