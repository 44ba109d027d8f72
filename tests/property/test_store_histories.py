"""Whatever is published, rolled back and withdrawn in whatever order, every promise holds."""

import runpy
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cauce.model.errors import BadInput
from cauce.store import Reader, Store, Withdrawn

NOW = "2026-01-01T00:00:00+00:00"
FLOWS = ("XAA_LFS_T0", "XAA_LFS_T1")
PERIODS = ("2019", "2020", "2021")
make_release = runpy.run_path(str(Path(__file__).parent.parent / "unit" / "store" / "conftest.py"))[
    "make_release"
]


class Histories(RuleBasedStateMachine):
    """Beside the store, what it should say: by vintage, number and origin of each period."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.store = Store(self.root)
        self.reader = Reader(self.root, every=0)
        self.kept: dict[str, dict[str, tuple[float, str]]] = {}
        self.before: dict[str, str] = {}
        self.gone: set[str] = set()
        self.current = ""
        self.past = [""]

    @rule(periods=st.sets(st.sampled_from(PERIODS), min_size=1))
    def publish(self, periods: set[str]) -> None:
        number = len(self.kept) + len(self.gone) + 1
        vintage = f"v{number}"
        # The release gives the n-th period of a dataflow the number base + n / 3.
        made = make_release(vintage, sorted(periods), base=10 * number, reason="news")
        self.store.publish(made, NOW)
        fresh = {p: (10 * number + n / 3, vintage) for n, p in enumerate(sorted(periods))}
        self.kept[vintage] = {**self.kept.get(self.current, {}), **fresh}
        self.before[vintage] = self.current
        self.remember(vintage)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def publish_the_same_again(self, data: st.DataObject) -> None:
        vintage = data.draw(st.sampled_from(sorted(self.kept)))
        periods = sorted(p for p, (_, origin) in self.kept[vintage].items() if origin == vintage)
        again = make_release(vintage, periods, base=10 * int(vintage[1:]))
        assert self.store.publish(again, NOW).generation == len(self.past) - 1
        with pytest.raises(BadInput, match="never overwritten"):
            self.store.publish(make_release(vintage, periods, base=1), NOW)

    @precondition(lambda self: len(self.past) > 1)
    @rule(data=st.data())
    def rollback(self, data: st.DataObject) -> None:
        generation = data.draw(st.integers(1, len(self.past) - 1))
        wanted = self.past[generation]
        if wanted in self.gone or not wanted:
            with pytest.raises(BadInput):
                self.store.rollback(generation)
        else:
            self.store.rollback(generation)
            if wanted != self.current:
                self.remember(wanted)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        vintage = data.draw(st.sampled_from(sorted(self.kept)))
        self.store.withdraw("XAA_LFS", vintage, "a person could be seen")
        for name, periods in list(self.kept.items()):
            if any(origin == vintage for _, origin in periods.values()) or name == vintage:
                del self.kept[name]
                self.gone.add(name)
        now = self.current
        while now in self.gone:
            now = self.before[now]
        self.remember(now)

    def remember(self, current: str) -> None:
        self.current = current
        self.past.append(current)

    @invariant()
    def the_reader_sees_exactly_one_generation(self) -> None:
        if len(self.past) == 1:
            return
        snapshot = self.reader.snapshot()
        assert snapshot.alarms == ()
        assert snapshot.generation == len(self.past) - 1
        assert {m.vintage for m in snapshot.flows()} == ({self.current} if self.current else set())
        assert len(snapshot.flows()) == (2 if self.current else 0)

    @invariant()
    def every_kept_vintage_says_what_it_said(self) -> None:
        if len(self.past) == 1:
            return
        snapshot = Reader(self.root).snapshot()
        for shift, flow in enumerate(FLOWS):
            assert set(snapshot.vintages(flow)) == self.kept.keys()
            for vintage, periods in self.kept.items():
                found = snapshot.observations(flow, vintage)
                names = [code.id for code in found.dataflow.dimensions[-1].codes]
                totals = found.key[:, 3] == 0
                said = zip(found.key[totals, -1], found.value[totals], strict=True)
                assert {names[p]: value for p, value in said} == pytest.approx(
                    {period: number + shift for period, (number, _) in periods.items()}
                )

    @invariant()
    def what_was_withdrawn_is_gone_from_answers_and_disk(self) -> None:
        if len(self.past) == 1:
            return
        snapshot = Reader(self.root).snapshot()
        for vintage in self.gone:
            with pytest.raises(Withdrawn, match="a person could be seen"):
                snapshot.observations(FLOWS[0], vintage)
        manifests = [snapshot.manifest(f, v) for f in FLOWS for v in snapshot.vintages(f)]
        wanted = {part.object_sha256 for manifest in manifests for part in manifest.parts}
        assert {path.stem for path in self.root.rglob("*.parquet")} == wanted

    def teardown(self) -> None:
        if len(self.past) > 1:
            assert self.store.scrub() == []
        shutil.rmtree(self.root)


Histories.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestHistories = Histories.TestCase
