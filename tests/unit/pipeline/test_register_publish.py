"""From the register log to the public: approved by another, public fields, all at one moment."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cauce.model.entry import Action, Draft, Entry
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.pipeline.register_publish import Published, publish_registers
from cauce.pipeline.registers import Declared
from cauce.store import Reader, Shelves, Store
from cauce.store.log import Database, append, open_database
from cauce.store.log.review import Verdict, judge

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WRITER, JUDGE = "ana-who-writes", "eva-who-judges"
P0, P2 = Sensitivity.P0, Sensitivity.P2


def words(text: str) -> Text:
    return Text(text, text)


def register(id: str, public: bool = True, consent: str = "") -> Register:
    return Register(
        id=id,
        name=words(id),
        one=words("thing"),
        about=words("Things."),
        title=words("name"),
        country="",
        public=public,
        consent=consent,
        fields=(
            Field("name", words("Name"), "text", True, P0, True),
            Field("informant", words("Informant"), "text", False, P2, False),
            Field("agreed", words("Agreed"), "flag", False, P2, False),
            Field("other", words("Other"), "link", False, P0, True, register="listed"),
            Field("person", words("Person"), "link", False, P0, True, register="people"),
        ),
    )


REGISTERS = {
    each.id: each
    for each in (
        register("things"),
        register("listed", consent="agreed"),
        register("people", public=False),
    )
}
DECLARED = Declared(REGISTERS, {})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    yield opened
    opened.close()


def save(
    database: Database,
    register: str,
    key: str,
    record: Record,
    approved: bool = True,
    action: Action = Action.OPEN,
    days: int = 0,
) -> Sequence[Entry]:
    since = None if action is Action.OPEN else date(2026, 2, 1)
    why = "because of Luis Inventado"
    draft = Draft(register, key, "", action, record, since, None, WRITER, why, 0)
    at = NOW + timedelta(days=days)
    with database.writing(WRITER) as connection:
        made = append(connection, REGISTERS, [draft], at)
    if approved:
        with database.writing(JUDGE) as connection:
            judge(connection, made[0].number, Verdict.APPROVED, JUDGE, "approved by the judge", at)
    return made


def publish(database: Database, tmp_path: Path, *only: str) -> Published:
    return publish_registers(database, DECLARED, Store(tmp_path / "store"), NOW, only)


def shelves(tmp_path: Path) -> Shelves:
    return Reader(tmp_path / "store", every=0).snapshot().shelves


def names(tmp_path: Path, register: str = "things") -> list[str]:
    return [record.title.en for record in shelves(tmp_path).records(register)]


def test_only_what_a_second_person_approved_is_published(database, tmp_path: Path) -> None:
    save(database, "things", "a", {"name": "seen"})
    save(database, "things", "b", {"name": "draft"}, approved=False)
    done = publish(database, tmp_path)
    assert (done.records, done.waiting) == (1, 1)
    assert names(tmp_path) == ["seen"]


def test_an_entry_that_waits_leaves_what_was_approved_before(database, tmp_path: Path) -> None:
    save(database, "things", "a", {"name": "old"})
    save(database, "things", "a", {"name": "new"}, approved=False, action=Action.CHANGE, days=1)
    publish(database, tmp_path)
    assert names(tmp_path) == ["old"]


def test_closed_registers_are_not_published_not_even_by_name(database, tmp_path: Path) -> None:
    save(database, "people", "p", {"name": "Luis"})
    publish(database, tmp_path)
    assert shelves(tmp_path).ids() == ("listed", "things")
    with pytest.raises(BadInput, match="people: no public register"):
        publish(database, tmp_path, "people")


def test_links_to_closed_registers_and_to_what_waits_are_dropped(database, tmp_path: Path) -> None:
    save(database, "people", "p", {"name": "Luis"})
    save(database, "listed", "yes", {"name": "yes", "agreed": True})
    save(database, "listed", "no", {"name": "no", "agreed": False})
    save(database, "listed", "waits", {"name": "waits", "agreed": True}, approved=False)
    for key in ("yes", "no", "waits"):
        save(database, "things", key, {"name": key, "other": key, "person": "p"})
    done = publish(database, tmp_path)
    assert done.dropped_links == 5
    linked = {record.key: record.links for record in shelves(tmp_path).records("things")}
    assert linked == {"yes": ("listed/yes",), "no": (), "waits": ()}


def test_who_takes_a_consent_back_waits_for_nobody(database, tmp_path: Path) -> None:
    save(database, "listed", "a", {"name": "a", "agreed": True})
    publish(database, tmp_path)
    assert names(tmp_path, "listed") == ["a"]
    taken = {"name": "a", "agreed": False}
    save(database, "listed", "a", taken, approved=False, action=Action.CHANGE, days=1)
    publish(database, tmp_path)
    assert names(tmp_path, "listed") == []


def test_some_registers_are_published_and_the_others_stay(database, tmp_path: Path) -> None:
    save(database, "things", "a", {"name": "a"})
    publish(database, tmp_path)
    save(database, "things", "b", {"name": "b"})
    save(database, "listed", "c", {"name": "c", "agreed": True})
    assert publish(database, tmp_path, "listed").registers == 1
    assert (names(tmp_path), names(tmp_path, "listed")) == (["a"], ["c"])


def test_no_actor_reason_note_or_closed_field_is_in_any_file(database, tmp_path: Path) -> None:
    closed = {"informant": "Luis Inventado", "person": "person-key"}
    save(database, "things", "a", {"name": "a", **closed})
    publish(database, tmp_path)
    content = b"".join(p.read_bytes() for p in (tmp_path / "store").rglob("*") if p.is_file())
    # Compressed bytes hold any three letters sooner or later, and none of these.
    for secret in (WRITER, JUDGE, "Luis Inventado", "the judge", "person-key", "informant"):
        assert secret.encode() not in content, secret
