"""The quality of a release goes with it: by dataflow, and whole again from a held one."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cauce.model.quality import Quality, TableResult, WaveQuality
from cauce.model.text import Text
from cauce.store import Holds, Reader, Store

T = Text("x", "x")
NOW = datetime(2026, 11, 1, 12, 0, 0, tzinfo=UTC)


def table(flow: str) -> TableResult:
    return TableResult(flow, T, 6, 3, 1, 1, 1, 0, 0, 0.1, float("nan"))


def quality() -> Quality:
    both = (table("XAA_LFS_T0"), table("XAA_LFS_T1"))
    wave = WaveQuality("2020", 9, 1, 2, 0, 9.5, 1.0, ((0.5, 2.0),), (), (), (), (), both)
    return Quality(5, (), (wave,), 0, 0)


def flows(found: Quality | None) -> list[str]:
    assert found is not None
    return [one.flow for one in found.waves[0].tables]


def test_each_dataflow_keeps_its_own_verdicts(release, tmp_path: Path) -> None:
    Store(tmp_path).publish(replace(release("v1", ["2020"]), quality=quality()), NOW.isoformat())
    snapshot = Reader(tmp_path).snapshot()
    assert flows(snapshot.manifest("XAA_LFS_T0").quality) == ["XAA_LFS_T0"]
    assert flows(snapshot.manifest("XAA_LFS_T1").quality) == ["XAA_LFS_T1"]


def test_a_held_release_is_published_with_its_whole_quality(release, tmp_path: Path) -> None:
    holds = Holds(tmp_path / "held", tmp_path / "store")
    holds.hold(replace(release("v1", ["2020"]), quality=quality()), "ana", NOW, None)
    holds.approve("XAA_LFS", "v1", "ben", NOW)
    assert len(holds.publish_due(NOW)) == 1
    snapshot = Reader(tmp_path / "store").snapshot()
    assert flows(snapshot.manifest("XAA_LFS_T1").quality) == ["XAA_LFS_T1"]


def test_the_same_numbers_with_another_report_change_nothing(release, tmp_path: Path) -> None:
    first = release("v1", ["2020"])
    Store(tmp_path).publish(first, NOW.isoformat())
    again = Store(tmp_path).publish(replace(first, quality=quality()), NOW.isoformat())
    assert again.generation == 1
