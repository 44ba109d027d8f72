"""What a pinned generation answers."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.store import Damaged, NotPublished, Reader, Snapshot, Store, Withdrawn

NOW = "2026-01-01T00:00:00+00:00"
FLOW = "XAA_LFS_T0"


@pytest.fixture
def store(tmp_path: Path, release) -> Store:
    """Vintage v2 corrects the first of two periods of v1."""
    made = Store(tmp_path)
    made.publish(release("v1", ["2020", "2021"]), NOW)
    made.publish(release("v2", ["2020"], base=11, reason="weights"), NOW)
    return made


def now(root: Path) -> Snapshot:
    return Reader(root).snapshot()


def test_revisions_are_of_the_periods_both_vintages_have(store, tmp_path: Path) -> None:
    found = now(tmp_path).revisions(FLOW)
    assert {r.key[3]: (r.old, r.new) for r in found}["_T"] == (10, 11)
    assert {r.key[-1] for r in found} == {"2020"}
    assert {(r.old_status, r.new_status) for r in found} == {("A", "A"), ("A", "Q")}


def test_revisions_between_any_two_vintages_can_be_asked(store, tmp_path: Path) -> None:
    snapshot = now(tmp_path)
    forth, back = snapshot.revisions(FLOW, "v1", "v2"), snapshot.revisions(FLOW, "v2", "v1")
    assert [(r.old, r.key) for r in forth] == [(r.new, r.key) for r in back]
    assert snapshot.revisions(FLOW, "v1", "v1") == ()
    assert snapshot.revisions(FLOW, new="v1") == ()


def test_history_says_when_what_was_done_and_why(store, tmp_path: Path) -> None:
    store.rollback()
    store.withdraw(FLOW, "v2", "a person could be seen")
    history = now(tmp_path).history()
    assert [c.generation for c in history] == [1, 2, 3, 4]
    assert [c.action for c in history] == [
        "publish XAA_LFS v1",
        "publish XAA_LFS v2",
        "rollback to 1",
        "withdraw XAA_LFS_T0 v2",
    ]
    assert [c.reason for c in history] == ["", "weights", "", "a person could be seen"]
    assert history[0].at == NOW


def test_a_store_can_be_asked_as_of_a_moment(tmp_path: Path, release) -> None:
    store = Store(tmp_path)
    store.publish(release("v1", ["2020"]), NOW)
    store.publish(release("v2", ["2020"], base=11, reason="weights"), "2026-02-01T00:00:00+00:00")
    january = datetime(2026, 1, 31, tzinfo=UTC)
    assert now(tmp_path).at(january).catalog.current[FLOW] == "v1"
    assert now(tmp_path).at(datetime(2026, 2, 1, tzinfo=UTC)).catalog.current[FLOW] == "v2"
    with pytest.raises(NotPublished, match="Nothing was published by 2025-12-31"):
        now(tmp_path).at(datetime(2025, 12, 31, tzinfo=UTC))
    store.withdraw(FLOW, "v1", "a person could be seen")
    assert FLOW not in now(tmp_path).at(january).catalog.current


def test_a_damaged_old_catalog_is_left_out_of_history_with_an_alarm(store, tmp_path: Path) -> None:
    (tmp_path / "catalog" / "1.json").write_bytes(b"{}")
    snapshot = now(tmp_path)
    assert [c.generation for c in snapshot.history()] == [2]
    assert "catalog/1.json" in snapshot.alarms[0]


def test_a_part_says_which_vintage_computed_a_period(store, tmp_path: Path) -> None:
    snapshot = now(tmp_path)
    assert [snapshot.part(FLOW, period).vintage for period in ("2020", "2021")] == ["v2", "v1"]
    assert snapshot.part(FLOW, "2020", "v1").vintage == "v1"
    with pytest.raises(NotPublished, match="no 1999"):
        snapshot.part(FLOW, "1999")


def test_what_was_never_published_is_told_from_what_was_withdrawn(store, tmp_path: Path) -> None:
    store.withdraw(FLOW, "v2", "a person could be seen")
    snapshot = now(tmp_path)
    assert snapshot.withdrawn(FLOW) == {"v2": "a person could be seen"}
    with pytest.raises(Withdrawn) as gone:
        snapshot.manifest(FLOW, "v2")
    assert gone.value.reason == "a person could be seen"
    for flow, vintage in ((FLOW, "v9"), (FLOW, ""), ("NOTHING", None), ("../..", "v1")):
        with pytest.raises(NotPublished):
            snapshot.observations(flow, vintage)


def test_a_pinned_generation_says_withdrawn_when_its_numbers_are_gone(
    store, tmp_path: Path
) -> None:
    pinned = now(tmp_path)
    later = now(tmp_path)
    assert later.manifest(FLOW).vintage == "v2"
    store.withdraw("XAA_LFS", "v2", "a person could be seen")
    for snapshot in (pinned, later):
        with pytest.raises(Withdrawn, match="a person could be seen"):
            snapshot.observations(FLOW)


def test_a_reader_forgets_withdrawn_numbers(store, tmp_path: Path) -> None:
    reader = Reader(tmp_path, every=0)
    pinned = reader.snapshot()
    pinned.observations(FLOW)
    store.withdraw("XAA_LFS", "v2", "a person could be seen")
    reader.snapshot()
    with pytest.raises(Withdrawn):
        pinned.observations(FLOW)


def test_a_missing_object_is_an_alarm_and_stops_only_its_dataflow(store, tmp_path: Path) -> None:
    digest = now(tmp_path).manifest(FLOW).parts[0].object_sha256
    (tmp_path / "objects" / digest[:2] / f"{digest}.parquet").unlink()
    snapshot = now(tmp_path)
    assert len(snapshot.flows()) == 2
    assert digest in snapshot.alarms[0]
    with pytest.raises(Damaged, match=digest):
        snapshot.observations(FLOW)
    assert len(snapshot.observations("XAA_LFS_T1").value) == 6


def test_flows_are_read_once_and_their_files_counted_again_when_asked(
    store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = now(tmp_path)
    assert snapshot.flows() is snapshot.flows()
    digest = snapshot.manifest(FLOW).parts[0].object_sha256
    (tmp_path / "objects" / digest[:2] / f"{digest}.parquet").unlink()
    snapshot.count_files()
    assert snapshot.alarms == ()
    monkeypatch.setattr("cauce.store.snapshot.COUNTED", 0.0)
    snapshot.count_files()
    assert digest in snapshot.alarms[0]


def test_tables_are_read_once_and_take_no_more_memory_than_allowed(store, tmp_path: Path) -> None:
    snapshot = now(tmp_path)
    first = snapshot.observations(FLOW)
    assert snapshot.observations(FLOW) is first
    tight = Reader(tmp_path, memory=first.held_bytes).snapshot()
    first = tight.observations(FLOW)
    assert tight.observations(FLOW) is first
    tight.observations("XAA_LFS_T1")
    assert tight.observations(FLOW) is not first


def test_a_table_that_several_ask_for_at_once_is_read_once(store, tmp_path: Path) -> None:
    snapshot = now(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: snapshot.observations(FLOW), range(16)))
    assert len({id(each) for each in found}) == 1


def test_a_reader_looks_at_current_once_a_second_at_most(store, tmp_path: Path, release) -> None:
    reader = Reader(tmp_path, every=3600)
    assert reader.snapshot().generation == 2
    store.publish(release("v3", ["2022"]), NOW)
    assert reader.snapshot().generation == 2
    assert Reader(tmp_path).snapshot().generation == 3
    assert reader.at_hand() is reader.snapshot()
    assert Reader(tmp_path).at_hand() is None


def test_a_reader_goes_on_serving_what_it_has_when_the_store_vanishes(
    store, tmp_path: Path
) -> None:
    reader = Reader(tmp_path, every=0)
    assert reader.snapshot().alarms == ()
    version = (tmp_path / "VERSION").read_bytes()
    (tmp_path / "VERSION").unlink()
    (tmp_path / "CURRENT").unlink()
    found = [reader.snapshot() for _ in range(3)][-1]
    assert found.generation == 2
    assert len(found.alarms) == 1
    assert "VERSION" in found.alarms[0]
    (tmp_path / "VERSION").write_bytes(version)
    assert "CURRENT" in reader.snapshot().alarms[0]


def test_a_new_generation_has_in_memory_what_the_last_one_had(
    store, tmp_path: Path, release, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(tmp_path, every=0)
    reader.snapshot().observations(FLOW)
    store.publish(release("v3", ["2022"], reason="newer"), NOW)
    snapshot = reader.snapshot()
    monkeypatch.setattr("cauce.store.snapshot.from_parquet", None)
    assert snapshot.manifest(FLOW).vintage == "v3"
    assert len(snapshot.observations(FLOW).value) > 0
    with pytest.raises(TypeError):
        snapshot.observations("XAA_LFS_T1")


def test_nobody_waits_while_another_looks_but_after_a_silence_all_do(
    store, tmp_path: Path, release
) -> None:
    reader = Reader(tmp_path, every=0)
    before = reader.snapshot()
    store.publish(release("v3", ["2022"]), NOW)
    with ThreadPoolExecutor(1) as threads:
        with reader._turn:
            assert reader.snapshot() is before
            assert reader.at_hand() is before
            reader._looked -= 60
            assert reader.at_hand() is None
            waiting = threads.submit(reader.snapshot)
            with pytest.raises(TimeoutError):
                waiting.result(0.05)
        assert waiting.result(20).generation == before.generation + 1


def test_threads_can_share_a_reader(store, tmp_path: Path) -> None:
    reader = Reader(tmp_path, every=0)
    faults: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(20):
                assert len(reader.snapshot().observations(FLOW).value) == 6
        except (AssertionError, BadInput, KeyError, RuntimeError) as error:
            faults.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
