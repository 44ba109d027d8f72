"""Vintages are kept, never overwritten; publishing is all or nothing."""

import threading
from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.store import Reader, Store, Withdrawn, revisions

NOW = "2026-01-01T00:00:00+00:00"
FLOW = "XAA_LFS_T0"


def everything(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_what_was_published_is_read_back_to_the_last_bit(tmp_path: Path, release) -> None:
    made = release("2020", ["2020", "2021"])
    Store(tmp_path).publish(made, NOW)
    found = Reader(tmp_path).snapshot().observations(FLOW)
    kept = made.flows[0]
    for name in ("key", "value", "se", "cv", "ci_low", "ci_high", "deff", "ess", "df", "n", "psus"):
        np.testing.assert_array_equal(getattr(found, name), getattr(kept, name))
    assert found.rule == kept.rule
    assert found.obs_status == kept.obs_status
    assert found.dataflow == kept.dataflow


def test_the_manifest_keeps_lineage_provenance_and_headlines(tmp_path: Path, release) -> None:
    made = release("2020", ["2020"])
    Store(tmp_path).publish(made, NOW)
    manifest = Reader(tmp_path).snapshot().manifest(FLOW)
    assert manifest.parts[0].provenance == made.provenance
    assert manifest.headlines == made.headlines
    assert manifest.lineages == (made.lineages[0],)
    assert not manifest.audited


def test_publishing_the_same_again_changes_no_byte(tmp_path: Path, release) -> None:
    Store(tmp_path).publish(release("2020", ["2020"]), NOW)
    before = everything(tmp_path)
    catalog = Store(tmp_path).publish(release("2020", ["2020"]), "2027-01-01T00:00:00+00:00")
    assert catalog.generation == 1
    assert everything(tmp_path) == before


def test_a_vintage_is_never_overwritten(tmp_path: Path, release) -> None:
    Store(tmp_path).publish(release("2020", ["2020"]), NOW)
    with pytest.raises(BadInput, match="never overwritten"):
        Store(tmp_path).publish(release("2020", ["2020"], base=11), NOW)
    assert Reader(tmp_path).snapshot().generation == 1


def test_a_correction_needs_a_reason_and_the_old_vintage_stays(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("2020", ["2020"]), NOW)
    with pytest.raises(BadInput, match="reason"):
        store.publish(release("2020.1", ["2020"], base=11), NOW)
    store.publish(release("2020.1", ["2020"], base=11, reason="weights corrected"), NOW)
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.vintages(FLOW) == ("2020", "2020.1")
    assert snapshot.observations(FLOW).value[0] == 11
    assert snapshot.observations(FLOW, "2020").value[0] == 10
    changed = revisions(snapshot.observations(FLOW, "2020"), snapshot.observations(FLOW))
    assert {r.key[3]: (r.old, r.new) for r in changed}["_T"] == (10, 11)


def test_a_new_period_carries_the_earlier_ones_along(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("v2020", ["2020"]), NOW)
    store.publish(release("v2021", ["2021"], base=20), NOW)
    snapshot = Reader(tmp_path).snapshot()
    found = snapshot.observations(FLOW)
    assert [c.id for c in found.dataflow.dimensions[-1].codes] == ["2020", "2021"]
    assert len(found.value) == 6
    assert [p.vintage for p in snapshot.manifest(FLOW).parts] == ["v2020", "v2021"]


def test_nothing_is_never_success(tmp_path: Path, release, changed) -> None:
    with pytest.raises(BadInput, match="no observation"):
        Store(tmp_path).publish(changed(release("2020", ["2020"]), flows=()), NOW)


def test_rollback_points_back_and_deletes_nothing(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("2020", ["2020"]), NOW)
    store.publish(release("2020.1", ["2020"], base=11, reason="weights"), NOW)
    assert store.rollback().generation == 3
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.observations(FLOW).value[0] == 10
    assert snapshot.observations(FLOW, "2020.1").value[0] == 11
    with pytest.raises(BadInput, match="no generation 9"):
        store.rollback(9)


def test_a_withdrawn_vintage_is_deleted_and_says_why(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("2020", ["2020"]), NOW)
    before = set(tmp_path.rglob("*.parquet"))
    store.publish(release("2020.1", ["2020"], base=11, reason="weights"), NOW)
    store.withdraw("XAA_LFS", "2020.1", "a person could be seen")
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.manifest(FLOW).vintage == "2020"
    assert set(tmp_path.rglob("*.parquet")) == before
    with pytest.raises(Withdrawn, match="a person could be seen"):
        snapshot.observations(FLOW, "2020.1")
    with pytest.raises(BadInput, match="withdrawn"):
        store.rollback(2)


def test_the_last_vintage_withdrawn_leaves_the_dataflow_gone(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("2020", ["2020"]), NOW)
    store.withdraw("XAA_LFS", "2020", "wrong weights")
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.flows() == ()
    assert not list(tmp_path.rglob("*.parquet"))
    with pytest.raises(Withdrawn):
        snapshot.manifest(FLOW)


def test_what_carries_a_withdrawn_part_goes_with_it(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("v2020", ["2020"]), NOW)
    store.publish(release("v2021", ["2021"], base=20), NOW)
    store.withdraw("XAA_LFS", "v2020", "wrong weights")
    assert Reader(tmp_path).snapshot().flows() == ()


def test_withdrawing_asks_for_a_reason_and_a_vintage_that_exists(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("2020", ["2020"]), NOW)
    with pytest.raises(BadInput, match="Say why"):
        store.withdraw("XAA_LFS", "2020", " ")
    with pytest.raises(BadInput, match="no vintage 1999"):
        store.withdraw("XAA_LFS", "1999", "why not")


def test_a_second_publisher_is_told(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    with store._writing(), pytest.raises(BadInput, match="under way"):
        Store(tmp_path).publish(release("2020", ["2020"]), NOW)


def test_one_flipped_byte_is_noticed_wherever_it_is(tmp_path: Path, release) -> None:
    Store(tmp_path).publish(release("2020", ["2020"]), NOW)
    for path in sorted(p for p in tmp_path.rglob("*") if p.is_file() and p.name != "lock"):
        content = path.read_bytes()
        damaged = bytearray(content)
        damaged[len(damaged) // 2] ^= 0x40
        path.write_bytes(bytes(damaged))
        assert noticed(tmp_path), path.name
        path.write_bytes(content)
    assert Store(tmp_path).scrub() == []


def noticed(root: Path) -> bool:
    try:
        return bool(Store(root).scrub())
    except BadInput:
        return True


def test_a_damaged_dataflow_does_not_stop_the_others(tmp_path: Path, release) -> None:
    Store(tmp_path).publish(release("2020", ["2020"]), NOW)
    (tmp_path / "vintages" / FLOW / "2020.json").unlink()
    snapshot = Reader(tmp_path).snapshot()
    assert [m.dataflow.id for m in snapshot.flows()] == ["XAA_LFS_T1"]
    assert "2020.json" in snapshot.alarms[0]
    assert len(snapshot.observations("XAA_LFS_T1").value) == 3


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"generation": 7, "sha256": "x"}'])
def test_a_damaged_pointer_serves_the_newest_catalog_with_an_alarm(
    tmp_path: Path, release, content: bytes
) -> None:
    Store(tmp_path).publish(release("2020", ["2020"]), NOW)
    (tmp_path / "CURRENT").write_bytes(content)
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.generation == 1
    assert "Generation 1" in snapshot.alarms[0]


def test_a_newer_format_is_refused(tmp_path: Path, release) -> None:
    Store(tmp_path).publish(release("2020", ["2020"]), NOW)
    (tmp_path / "VERSION").write_text("2")
    with pytest.raises(BadInput, match="format 2"):
        Reader(tmp_path).snapshot()
    with pytest.raises(BadInput, match="format 2"):
        Store(tmp_path).publish(release("2021", ["2021"]), NOW)


def test_there_is_no_store_where_none_was_made(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no store"):
        Reader(tmp_path / "nowhere").snapshot()


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "x" * 200, "a\nb"])
def test_names_cannot_leave_the_store(tmp_path: Path, release, name: str) -> None:
    Store(tmp_path).publish(release("2020", ["2020"]), NOW)
    with pytest.raises(BadInput):
        Store(tmp_path).publish(release(name, ["2021"]), NOW)
    with pytest.raises(BadInput):
        Reader(tmp_path).snapshot().manifest(name)


def test_unreferenced_objects_are_collected_and_others_stay(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("2020", ["2020"]), NOW)
    stray = tmp_path / "objects" / "ff" / f"{'f' * 64}.parquet"
    stray.parent.mkdir()
    stray.write_bytes(b"x")
    assert store.collect() == 0
    assert store.collect(older_than=-1) == 1
    assert store.scrub() == []


def test_a_reader_never_sees_two_generations(tmp_path: Path, release) -> None:
    """Fifty publications while another thread reads: both dataflows always agree."""
    store = Store(tmp_path)
    store.publish(release("v0", ["2020"], base=0), NOW)
    mixed: list[float] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            snapshot = Reader(tmp_path).snapshot()
            first = snapshot.observations("XAA_LFS_T0").value[0]
            second = snapshot.observations("XAA_LFS_T1").value[0]
            if second - first != 1:
                mixed.append(first)

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(1, 50):
        store.publish(release(f"v{number}", ["2020"], base=number, reason="again"), NOW)
    done.set()
    thread.join()
    assert mixed == []


def test_a_running_reader_sees_the_new_generation(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("2020", ["2020"]), NOW)
    reader = Reader(tmp_path)
    pinned = reader.snapshot()
    store.publish(release("2020.1", ["2020"], base=11, reason="weights"), NOW)
    reader._looked -= 2
    assert pinned.observations(FLOW).value[0] == 10
    assert reader.snapshot().observations(FLOW).value[0] == 11
