"""Public registers in the store: editions, all or nothing, rolled back, withdrawn, damaged."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.record import Absent
from cauce.model.shelf import (
    Filled,
    Known,
    PublicPeriod,
    PublicRecord,
    Said,
    Shelf,
    ShelfField,
)
from cauce.model.text import Text
from cauce.model.vintage import Catalog
from cauce.store import Damaged, NotPublished, Reader, Snapshot, Store, Withdrawn
from cauce.store.documents import sealed
from cauce.store.places import Places

NOW, LATER = "2026-01-02T00:00:00+00:00", "2026-01-03T00:00:00+00:00"


def text(word: str) -> Text:
    return Text(word, f"{word} (es)")


SHELF = Shelf(
    id="things",
    name=text("Things"),
    one=text("thing"),
    about=text("Things."),
    topic=Code("T", text("Topic")),
    title=Text("name", "name"),
    country="country",
    version="1",
    source="",
    fields=(
        ShelfField("name", text("Name"), "text"),
        ShelfField("country", text("Country"), "code", codelist="CL_COUNTRY"),
        ShelfField("others", text("Others"), "codes", codelist="CL_COUNTRY"),
        ShelfField("day", text("Day"), "date"),
        ShelfField("share", text("Share"), "number", decimals=2, help=text("help")),
        ShelfField("sure", text("Sure"), "flag"),
        ShelfField("rows", text("Rows"), "rows", columns=(ShelfField("on", text("On"), "date"),)),
    ),
    codelists=(Codelist("CL_COUNTRY", text("Country"), (Code("GTM", text("Guatemala")),)),),
)
VALUES = {
    "name": "=cmd()",
    "country": "GTM",
    "others": ("GTM",),
    "day": date(2024, 2, 29),
    "share": 0.1,
    "sure": True,
    "rows": ({"on": date(2020, 1, 1)}, {"on": Absent.UNKNOWN}),
}


def record(key: str, **more: object) -> PublicRecord:
    since = datetime(2025, 1, 1, 12, 30, 15, 123456, tzinfo=UTC)
    said = Known(since, (PublicPeriod(None, date(2026, 1, 1), {**VALUES, **more}),))
    return PublicRecord(
        key,
        "GTM",
        text(key),
        ("GTM",),
        ("GTM-USA",),
        ("bodies/b",),
        "words",
        (said, Known(since, ())),
    )


def filled(*records: PublicRecord, register: str = "things") -> Filled:
    return Filled(replace(SHELF, id=register), records, said=(Said(("a",), text("said")),))


@pytest.fixture
def shelved(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.publish_registers((filled(record("b"), record("a")),), NOW, "first")
    return store


def now(root: Path) -> Snapshot:
    return Reader(root, every=0).snapshot()


def test_what_was_published_comes_back_as_it_was(shelved: Store, tmp_path: Path) -> None:
    shelves = now(tmp_path).shelves
    assert shelves.ids() == ("things",)
    assert shelves.records("things") == (record("a"), record("b"))
    edition = shelves.edition("things")
    assert (edition.shelf, edition.records, edition.reason) == (SHELF, 2, "first")
    assert edition.said[0].text == text("said")
    assert shelved.scrub() == []


def test_the_same_again_changes_nothing(shelved: Store, tmp_path: Path) -> None:
    shelved.publish_registers((filled(record("b"), record("a")),), LATER)
    assert now(tmp_path).generation == 1


def test_a_new_edition_leaves_the_old_one_readable(shelved: Store, tmp_path: Path) -> None:
    shelved.publish_registers((filled(record("a", name="new")),), LATER)
    shelves = now(tmp_path).shelves
    assert shelves.names("things") == ("2026-01-02", "2026-01-03")
    assert shelves.edition("things").supersedes == "2026-01-02"
    assert len(shelves.records("things", "2026-01-02")) == 2
    assert shelves.records("things")[0].known[0].periods[0].record["name"] == "new"


def test_editions_of_one_day_are_numbered(shelved: Store, tmp_path: Path) -> None:
    shelved.publish_registers((filled(record("a")), filled(register="others")), NOW)
    shelves = now(tmp_path).shelves
    assert shelves.edition("things").edition == "2026-01-02.2"
    assert shelves.edition("others").edition == "2026-01-02.2"


def test_a_register_not_given_is_public_no_more_with_its_earlier_editions(
    shelved: Store, tmp_path: Path
) -> None:
    shelved.publish_registers((filled(register="others"),), LATER)
    shelves = now(tmp_path).shelves
    assert shelves.ids() == ("others",)
    with pytest.raises(NotPublished, match="no public register things"):
        shelves.edition("things", "2026-01-02")


def test_a_part_of_the_registers_leaves_the_others(shelved: Store, tmp_path: Path) -> None:
    shelved.publish_registers((filled(register="others"),), LATER, whole=False)
    assert now(tmp_path).shelves.ids() == ("others", "things")


def test_dataflows_and_registers_do_not_disturb_one_another(
    shelved: Store, tmp_path: Path, release
) -> None:
    shelved.publish(release("v1", ["2020"]), NOW)
    snapshot = now(tmp_path)
    assert len(snapshot.flows()) == 2
    assert snapshot.shelves.ids() == ("things",)
    assert shelved.collect(older_than=0) == 0
    assert shelved.scrub() == []


def test_rollback_brings_back_the_editions_of_a_generation(shelved: Store, tmp_path: Path) -> None:
    shelved.publish_registers((filled(record("a")),), LATER)
    shelved.rollback(1)
    assert now(tmp_path).shelves.edition("things").edition == "2026-01-02"
    assert shelved.rollback(1).generation == 3


def test_rollback_to_a_withdrawn_edition_is_refused(shelved: Store) -> None:
    shelved.publish_registers((filled(record("a")),), LATER)
    shelved.withdraw("things", "2026-01-02", "wrong")
    with pytest.raises(BadInput, match=r"registers\.things 2026-01-02"):
        shelved.rollback(1)


@pytest.mark.parametrize("name", ["things", "registers.things", "registers"])
def test_a_withdrawn_edition_is_deleted_and_the_one_before_is_current(
    shelved: Store, tmp_path: Path, name: str
) -> None:
    shelved.publish_registers((filled(record("z", name="SECRET")),), LATER)
    shelved.withdraw(name, "2026-01-03", "it named somebody")
    shelves = now(tmp_path).shelves
    assert shelves.edition("things").edition == "2026-01-02"
    with pytest.raises(Withdrawn) as raised:
        shelves.edition("things", "2026-01-03")
    assert raised.value.reason == "it named somebody"
    objects = list((tmp_path / "objects").glob("*/*.parquet"))
    assert len(objects) == 1
    assert shelved.withdraw(name, "2026-01-03", "again").generation == 3


def test_a_register_with_nothing_left_says_why(shelved: Store, tmp_path: Path) -> None:
    shelved.withdraw("things", "2026-01-02", "wrong")
    shelves = now(tmp_path).shelves
    assert shelves.ids() == ()
    with pytest.raises(Withdrawn, match="wrong"):
        shelves.edition("things")


def test_a_withdrawn_name_is_not_used_again(shelved: Store, tmp_path: Path) -> None:
    shelved.withdraw("things", "2026-01-02", "wrong")
    shelved.publish_registers((filled(record("a")),), NOW)
    assert now(tmp_path).shelves.edition("things").edition == "2026-01-02.2"


def test_a_reader_of_an_older_generation_hears_of_the_withdrawal(
    shelved: Store, tmp_path: Path
) -> None:
    before = now(tmp_path)
    shelved.withdraw("things", "2026-01-02", "wrong")
    with pytest.raises(Withdrawn, match="wrong"):
        before.shelves.records("things")


def test_an_edition_that_cannot_be_read_can_still_be_withdrawn(
    shelved: Store, tmp_path: Path
) -> None:
    shelved.publish_registers((filled(record("a")),), LATER)
    Places(tmp_path).manifest("registers.things", "2026-01-03").write_bytes(b"{}")
    shelved.withdraw("things", "2026-01-03", "damaged")
    assert now(tmp_path).shelves.edition("things").edition == "2026-01-02"


def test_damage_is_noticed_and_named(shelved: Store, tmp_path: Path) -> None:
    path = next((tmp_path / "objects").glob("*/*.parquet"))
    path.write_bytes(b"PAR1")
    with pytest.raises(Damaged, match="hash differs"):
        now(tmp_path).shelves.records("things")
    assert any("registers.things/2026-01-02" in fault for fault in shelved.scrub())
    shelved.publish_registers((filled(record("b"), record("a"), register="again"),), LATER)
    assert shelved.scrub() == []


def test_records_that_do_not_fit_their_shelf_are_damage(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.publish_registers((filled(record("a", strange=1)),), NOW)
    with pytest.raises(Damaged, match="things cannot be understood"):
        now(tmp_path).shelves.records("things")


def test_records_are_read_once(shelved: Store, tmp_path: Path) -> None:
    shelves = now(tmp_path).shelves
    assert shelves.records("things") is shelves.records("things")


def test_an_edition_nobody_published_is_not_there(shelved: Store, tmp_path: Path) -> None:
    with pytest.raises(NotPublished, match="no edition 1999"):
        now(tmp_path).shelves.edition("things", "1999")


@pytest.mark.parametrize(
    ("given", "at", "message"),
    [
        ((), NOW, "no public register to publish"),
        ((filled(), filled()), NOW, "given twice: things"),
        ((filled(record("a"), record("a")),), NOW, "whose key another one has"),
        ((filled(register="../x"),), NOW, "is no name"),
        ((filled(),), "yesterday", "is no moment"),
    ],
)
def test_what_is_not_fit_is_refused_before_anything_is_written(
    tmp_path: Path, given: tuple[Filled, ...], at: str, message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        Store(tmp_path / "s").publish_registers(given, at)
    assert not (tmp_path / "s").exists()


def test_a_catalog_from_before_registers_still_reads(tmp_path: Path, release) -> None:
    """A field at its default is not written: the catalogs of a store without registers."""
    assert b"shelves" not in sealed(Catalog(1, {}, {}))
    Store(tmp_path).publish(release("v1", ["2020"]), NOW)
    assert now(tmp_path).shelves.ids() == ()
