"""What is found after a crash or a damage, and what may be built on it."""

import json
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.store import Damaged, NotPublished, Reader, Store, Withdrawn

NOW = "2026-01-01T00:00:00+00:00"
FLOW = "XAA_LFS_T0"


@pytest.fixture
def store(tmp_path: Path, release) -> Store:
    made = Store(tmp_path)
    made.publish(release("v1", ["2020"]), NOW)
    made.publish(release("v2", ["2020"], base=20, reason="weights"), NOW)
    return made


def current(root: Path) -> str:
    return Reader(root).snapshot().manifest(FLOW).vintage


def test_a_damaged_pointer_is_mended_by_the_next_publication(
    store, tmp_path: Path, release
) -> None:
    (tmp_path / "CURRENT").write_bytes(b"")
    assert Reader(tmp_path).snapshot().alarms
    assert store.publish(release("v2", ["2020"], base=20), NOW).generation == 2
    assert Reader(tmp_path).snapshot().alarms == ()
    assert store.scrub() == []


def test_a_lost_catalog_stops_writing_until_somebody_decides(
    store, tmp_path: Path, release
) -> None:
    (tmp_path / "catalog" / "2.json").write_bytes(b"{}")
    assert current(tmp_path) == "v1"
    for write in (
        lambda: store.publish(release("v3", ["2021"]), NOW),
        lambda: store.withdraw(FLOW, "v1", "why"),
        store.collect,
    ):
        with pytest.raises(Damaged, match=r"catalog/2\.json.*rollback --to 1"):
            write()
    assert store.rollback(1).generation == 3
    store.publish(release("v3", ["2021"]), NOW)
    assert current(tmp_path) == "v3"
    assert Reader(tmp_path).snapshot().alarms == ()


def test_a_lost_withdrawal_is_not_undone_by_serving_an_older_catalog(store, tmp_path: Path) -> None:
    store.withdraw("XAA_LFS", "v2", "a person could be seen")
    (tmp_path / "catalog" / "3.json").unlink()
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.generation == 2
    assert snapshot.manifest(FLOW).vintage == "v1"
    with pytest.raises(Withdrawn, match="a person could be seen"):
        snapshot.observations(FLOW, "v2")


def test_a_grave_whose_stone_cannot_be_read_is_still_a_grave(store, tmp_path: Path) -> None:
    store.withdraw("XAA_LFS", "v2", "a person could be seen")
    (tmp_path / "catalog" / "3.json").unlink()
    (tmp_path / "withdrawn" / FLOW / "v2.json").write_bytes(b"")
    with pytest.raises(Withdrawn, match="cannot be read"):
        Reader(tmp_path).snapshot().observations(FLOW, "v2")


def test_a_catalog_changed_by_hand_is_not_believed(store, tmp_path: Path) -> None:
    """Even where CURRENT is lost, so that nothing else vouches for it."""
    path = tmp_path / "catalog" / "2.json"
    path.write_bytes(path.read_bytes().replace(b'"XAA_LFS_T0": "v2"', b'"XAA_LFS_T0": "v1"'))
    (tmp_path / "CURRENT").unlink()
    assert Reader(tmp_path).snapshot().generation == 1


def test_an_old_pointer_put_back_is_noticed_before_anything_is_deleted(
    store, tmp_path: Path, release
) -> None:
    old = (tmp_path / "CURRENT").read_bytes()
    store.publish(release("v3", ["2021"]), NOW)
    store.publish(release("v4", ["2022"]), NOW)
    (tmp_path / "CURRENT").write_bytes(old)
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.generation == 2
    assert "an old CURRENT was put back" in snapshot.alarms[0]
    with pytest.raises(Damaged, match="put back"):
        store.publish(release("v5", ["2023"]), NOW)
    store.rollback(4)
    assert current(tmp_path) == "v4"
    assert store.scrub() == []


def test_without_any_catalog_the_store_asks_for_its_backup(store, tmp_path: Path) -> None:
    for path in (tmp_path / "catalog").iterdir():
        path.write_bytes(b"")
    with pytest.raises(Damaged, match="Restore the store from a backup"):
        Reader(tmp_path).snapshot()


def test_a_store_without_its_version_is_damaged_not_empty(store, tmp_path: Path, release) -> None:
    (tmp_path / "VERSION").unlink()
    with pytest.raises(Damaged, match="lacks VERSION"):
        Reader(tmp_path).snapshot()
    with pytest.raises(Damaged, match="lacks VERSION"):
        store.publish(release("v3", ["2021"]), NOW)
    (tmp_path / "VERSION").write_bytes(b"\xff")
    with pytest.raises(Damaged, match="VERSION"):
        store.publish(release("v3", ["2021"]), NOW)


def test_rolling_back_takes_nothing_that_a_crash_left(store, tmp_path: Path) -> None:
    """A catalog nobody ever pointed at is no generation."""
    content = (tmp_path / "catalog" / "2.json").read_bytes()
    (tmp_path / "catalog" / "3.json").write_bytes(content)
    with pytest.raises(NotPublished, match="no generation 3"):
        store.rollback(3)
    assert store.rollback().generation == 3
    assert current(tmp_path) == "v1"


def test_withdrawing_does_not_bring_back_what_was_rolled_back(store, tmp_path: Path) -> None:
    store.rollback(1)
    store.withdraw("XAA_LFS", "v1", "wrong weights")
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.flows() == ()
    assert snapshot.vintages(FLOW) == ("v2",)


def test_withdrawing_twice_is_withdrawing_once(store) -> None:
    once = store.withdraw("XAA_LFS", "v2", "wrong weights")
    assert store.withdraw("XAA_LFS", "v2", "wrong weights") == once


def test_withdrawing_one_dataflow_leaves_the_others(store, tmp_path: Path) -> None:
    store.withdraw(FLOW, "v2", "wrong weights")
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.manifest(FLOW).vintage == "v1"
    assert snapshot.manifest("XAA_LFS_T1").vintage == "v2"


def test_a_vintage_whose_manifest_is_damaged_can_be_withdrawn(store, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*.parquet"))
    gone = {p.object_sha256 for p in Reader(tmp_path).snapshot().manifest(FLOW).parts}
    (tmp_path / "vintages" / FLOW / "v2.json").write_bytes(b"")
    store.withdraw("XAA_LFS", "v2", "a person could be seen")
    assert current(tmp_path) == "v1"
    assert gone.isdisjoint(path.stem for path in tmp_path.rglob("*.parquet"))
    assert len(set(tmp_path.rglob("*.parquet"))) == len(before) - 2
    assert store.scrub() == []


def test_a_damaged_vintage_does_not_stop_the_withdrawal_of_another(store, tmp_path: Path) -> None:
    (tmp_path / "vintages" / FLOW / "v1.json").write_bytes(b"")
    store.withdraw("XAA_LFS", "v2", "a person could be seen")
    assert Reader(tmp_path).snapshot().withdrawn(FLOW) == {"v2": "a person could be seen"}


def test_nothing_is_collected_while_a_manifest_cannot_be_read(store, tmp_path: Path) -> None:
    (tmp_path / "vintages" / FLOW / "v1.json").write_bytes(b"")
    with pytest.raises(Damaged, match=r"v1\.json"):
        store.collect(older_than=-1)


def test_a_generation_where_nothing_was_left_is_no_place_to_go_back_to(store) -> None:
    store.withdraw("XAA_LFS", "v1", "wrong")
    store.withdraw("XAA_LFS", "v2", "wrong")
    with pytest.raises(NotPublished, match="no generation 0"):
        store.rollback(0)
    with pytest.raises(BadInput, match="withdrawn"):
        store.rollback(1)
    with pytest.raises(BadInput, match="Nothing was published in generation 4"):
        store.rollback(4)


def test_rolling_back_to_what_is_current_changes_nothing(store, tmp_path: Path) -> None:
    assert store.rollback(2).generation == 2


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path, release) -> None:
    draft = tmp_path / "thesis.tmp"
    draft.write_text("mine")
    (tmp_path / "thesis.odt").write_text("mine")
    with pytest.raises(BadInput, match="holds other things"):
        Store(tmp_path).publish(release("v1", ["2020"]), NOW)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["thesis.odt", "thesis.tmp"]


@pytest.mark.parametrize(
    "write",
    [
        lambda s: s.rollback(),
        lambda s: s.withdraw("A", "v", "x"),
        lambda s: s.collect(),
        lambda s: s.scrub(),
    ],
)
def test_only_publishing_makes_a_store(tmp_path: Path, write) -> None:
    with pytest.raises(BadInput, match="There is no store"):
        write(Store(tmp_path / "new"))
    assert list(tmp_path.iterdir()) == []


def test_the_pointer_is_as_documented(store, tmp_path: Path) -> None:
    pointer = json.loads((tmp_path / "CURRENT").read_bytes())
    assert sorted(pointer) == ["generation", "sha256"]
