"""Differences are kept beside the observations they are of, and older vintages do without."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.difference import Differences
from cauce.model.errors import BadInput
from cauce.model.observation import Observations, Reliability
from cauce.model.release import Release
from cauce.store import Damaged, Reader, Store
from cauce.store.difference_table import from_parquet, to_table
from cauce.store.held import release_in
from cauce.store.table import to_parquet

AT, LATER = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
FLOW = "XAA_LFS_T0"


def differences_of(flow: Observations, second: int = 0) -> Differences:
    """Men less everybody in the first period; of everybody each later period less that before."""
    periods = len(flow.dataflow.dimensions[-1].codes)
    rows = [((0, 0, 0, 0, t), 4, t - 1) for t in range(1, periods)]
    rows.append(((0, 0, 0, 1, 0), 3, second))
    count = len(rows)
    numbers = np.arange(count) / 3
    numbers[-1] = np.nan if count > 2 else numbers[-1]
    return Differences(
        flow.dataflow,
        np.array([key for key, _, _ in rows], dtype=np.int32),
        np.array([across for _, across, _ in rows], dtype=np.int32),
        np.array([second for _, _, second in rows], dtype=np.int32),
        *(numbers + place for place in range(5)),
        df=np.full(count, 9, dtype=np.int32),
        common=np.array([-1, *range(1, count)], dtype=np.int32),
        reliability=(Reliability.WEAK,) * count,
    )


@pytest.fixture
def compared(release):
    def make(*arguments, **more) -> Release:
        made = release(*arguments, **more)
        return replace(made, differences=tuple(differences_of(flow) for flow in made.flows))

    return make


def same(one: Differences, other: Differences) -> None:
    for name in Differences.__dataclass_fields__:
        if name != "dataflow":
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_what_was_published_is_read_again(compared, tmp_path) -> None:
    made = compared("v1", ["2020", "2021", "2022"])
    Store(tmp_path).publish(made, AT)
    found = Reader(tmp_path).snapshot()
    same(found.differences(FLOW), differences_of(made.flows[0]))
    assert found.differences(FLOW) is found.differences(FLOW)
    same(release_in(tmp_path).differences[0], made.differences[0])


def test_a_vintage_from_before_comparisons_has_none_and_keeps_its_hash(
    release, compared, tmp_path
) -> None:
    Store(tmp_path).publish(release("v1", ["2020", "2021"]), AT)
    found = Reader(tmp_path).snapshot()
    assert len(found.differences(FLOW).key) == 0
    assert all(not part.differences_sha256 for part in found.manifest(FLOW).parts)
    with pytest.raises(BadInput, match="never overwritten"):
        Store(tmp_path).publish(compared("v1", ["2020", "2021"]), LATER)


def test_a_change_since_a_number_that_was_computed_again_is_left_out(compared, tmp_path) -> None:
    """2021 is carried along; the 2020 it was compared with is revised."""
    Store(tmp_path).publish(compared("v1", ["2020", "2021"]), AT)
    Store(tmp_path).publish(compared("v2", ["2020"], base=20.0, reason="weights"), LATER)
    snapshot = Reader(tmp_path).snapshot()
    assert snapshot.differences(FLOW).across.tolist() == [3]
    assert sorted(snapshot.differences(FLOW, "v1").across.tolist()) == [3, 4]


def test_differences_of_what_is_not_published_are_refused(compared, tmp_path) -> None:
    """The last of the observations, women in the last period, is withheld."""
    made = compared("v1", ["2020"])
    women = replace(made, differences=(differences_of(made.flows[0], second=2),))
    with pytest.raises(BadInput, match="1 differences of numbers that are not published"):
        Store(tmp_path).publish(women, AT)
    alone = replace(compared("v1", ["2020", "2021"]), flows=made.flows[:1])
    with pytest.raises(BadInput, match="no such observations beside them"):
        Store(tmp_path).publish(alone, AT)


def test_damage_is_noticed(compared, tmp_path) -> None:
    made = compared("v1", ["2020", "2021", "2022"])
    Store(tmp_path).publish(made, AT)
    digest = Reader(tmp_path).snapshot().manifest(FLOW).parts[0].differences_sha256
    path = tmp_path / "objects" / digest[:2] / f"{digest}.parquet"
    path.unlink()
    snapshot = Reader(tmp_path).snapshot()
    snapshot.flows()
    assert any(digest in alarm for alarm in snapshot.alarms)
    with pytest.raises(Damaged):
        snapshot.differences(FLOW)
    assert any(digest in fault for fault in Store(tmp_path).scrub())


def test_a_part_that_does_not_fit_is_damaged(compared) -> None:
    [own, _] = compared("v1", ["2020", "2021"]).differences
    table = to_table(own, np.arange(2))
    fewer = own.dataflow.dimensions[:-1]
    with pytest.raises(Damaged, match="other columns"):
        from_parquet([to_parquet(table)], replace(own.dataflow, dimensions=fewer))
    odd = table.set_column(table.column_names.index("SECOND"), "SECOND", [["X"] * table.num_rows])
    with pytest.raises(Damaged, match="a code its dataflow does not know: X"):
        from_parquet([to_parquet(odd)], own.dataflow)
