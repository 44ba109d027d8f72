"""What may be published, and what a new vintage says beside the one it replaces."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus
from cauce.model.release import Release
from cauce.model.text import Text
from cauce.store import Damaged, Reader, Store
from cauce.store.table import COUNTS, NUMBERS

NOW = "2026-01-01T00:00:00+00:00"
FLOW = "XAA_LFS_T0"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def altered(release, **changes: object):
    """The release with its first dataflow's definition changed."""
    first = release.flows[0]
    flow = replace(first, dataflow=replace(first.dataflow, **changes))
    return replace(release, flows=(flow, *release.flows[1:]))


def with_flow(release, **changes: object):
    return replace(release, flows=(replace(release.flows[0], **changes), *release.flows[1:]))


def none_of(release):
    empty = {
        name: value[:0]
        for name, value in vars(release.flows[0]).items()
        if name not in ("dataflow", "key")
    }
    return with_flow(release, key=release.flows[0].key[:0], **empty)


def for_two_reasons(release: Release) -> Release:
    """Everything withheld, in other words each time."""
    flow = release.flows[0]
    numbers = {x: np.full(len(flow.value), np.nan) for x in NUMBERS.values()}
    counts = {x: np.full(len(flow.value), -1, dtype=np.int32) for x in COUNTS.values()}
    conf = (ConfStatus.CONFIDENTIAL,) * len(flow.value)
    rules = tuple(f"reason {at}" for at in range(len(conf)))
    return with_flow(release, **numbers, **counts, conf_status=conf, rule=rules)


def for_its_own_sake(release: Release) -> Release:
    """Withheld, and the status says for what."""
    conf = (*release.flows[0].conf_status[:-1], ConfStatus.SMALL_COUNT)
    return with_flow(release, conf_status=conf)


REFUSED = [
    (for_two_reasons, "why each is withheld"),
    (for_its_own_sake, "why each is withheld"),
    (none_of, "T0 has no observation"),
    (lambda r: replace(r, provenance=None), "does not say what it was computed from"),
    (lambda r: replace(r, flows=r.flows * 2), "a dataflow twice"),
    (lambda r: with_flow(r, key=r.flows[0].key * 0), "T0 has 2 observations whose key"),
    (lambda r: with_flow(r, value=np.nan_to_num(r.flows[0].value)), "1 withheld observations"),
    (lambda r: with_flow(r, n=abs(r.flows[0].n)), "1 withheld observations"),
    (lambda r: with_flow(r, se=r.flows[0].se + np.inf), "2 infinite numbers|confidential"),
    (
        lambda r: altered(r, dimensions=r.flows[0].dataflow.dimensions[::-1]),
        "last dimension of XAA_LFS_T0 must be TIME_PERIOD",
    ),
    (
        lambda r: altered(
            r,
            dimensions=(
                replace(r.flows[0].dataflow.dimensions[0], id="SE"),
                *r.flows[0].dataflow.dimensions[1:],
            ),
        ),
        "named as its measures: SE",
    ),
]


@pytest.mark.parametrize(("change", "words"), REFUSED)
def test_what_is_not_fit_is_refused_before_anything_is_written(
    store, release, tmp_path: Path, change, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        store.publish(change(release("v", ["2020"])), NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-01-01T00:00:00"])
def test_a_publication_has_a_moment_with_an_offset(store, release, moment: str) -> None:
    with pytest.raises(BadInput, match="no moment"):
        store.publish(release("v", ["2020"]), moment)


def test_other_words_under_the_same_name_are_refused_too(store, release) -> None:
    store.publish(release("v", ["2020"]), NOW)
    with pytest.raises(BadInput, match="never overwritten"):
        store.publish(altered(release("v", ["2020"]), name=Text("other", "otro")), NOW)


def test_a_newer_program_that_says_the_same_publishes_nothing(store, release) -> None:
    first = release("v", ["2020"])
    store.publish(first, NOW)
    newer = replace(first.provenance, code_version="2", machine="another", pack_sha256="d" * 64)
    assert store.publish(replace(first, provenance=newer), NOW).generation == 1


def test_a_table_added_to_a_vintage_leaves_the_others_as_they_are(store, release) -> None:
    store.publish(release("v", ["2020"], flows=1), NOW)
    catalog = store.publish(release("v", ["2020"], flows=2), NOW)
    assert catalog.generation == 2
    assert list(catalog.current) == ["XAA_LFS_T0", "XAA_LFS_T1"]


def test_a_longer_release_with_the_old_numbers_unchanged_needs_no_reason(
    store, release, tmp_path: Path
) -> None:
    longer = release("v2", ["2020", "2021"], base=10)
    store.publish(only(longer, "2020", "v1"), NOW)
    store.publish(longer, NOW)
    assert Reader(tmp_path).snapshot().manifest(FLOW).supersedes == "v1"


def only(release, period: str, vintage: str):
    """The release cut down to one period."""
    flows = []
    for flow in release.flows:
        place = [c.id for c in flow.dataflow.dimensions[-1].codes].index(period)
        rows = np.flatnonzero(flow.key[:, -1] == place)
        cut = {
            name: value[rows] if isinstance(value, np.ndarray) else tuple(value[i] for i in rows)
            for name, value in vars(flow).items()
            if name not in ("dataflow", "theirs")
        }
        flows.append(replace(flow, **cut))
    return replace(release, vintage=vintage, flows=tuple(flows))


def test_a_dataflow_belongs_to_one_survey(store, release) -> None:
    store.publish(release("v1", ["2020"]), NOW)
    with pytest.raises(BadInput, match="belongs to the survey XAA_LFS"):
        store.publish(replace(release("v2", ["2021"]), survey="XAA_HH"), NOW)


def test_an_indicator_keeps_its_unit_while_earlier_periods_are_kept(store, release) -> None:
    store.publish(release("v1", ["2020"]), NOW)
    later = release("v2", ["2021"])
    (indicator,) = later.flows[0].dataflow.indicators
    with pytest.raises(BadInput, match="UNE of XAA_LFS_T0 has another unit"):
        store.publish(altered(later, indicators=(replace(indicator, scale=1),)), NOW)


def test_other_dimensions_cannot_stand_in_one_table(store, release) -> None:
    store.publish(release("v1", ["2020"]), NOW)
    later = release("v2", ["2021"])
    sex = replace(later.flows[0].dataflow.dimensions[3], id="GENDER")
    dimensions = list(later.flows[0].dataflow.dimensions)
    dimensions[3] = sex
    with pytest.raises(BadInput, match="other dimensions"):
        store.publish(altered(later, dimensions=tuple(dimensions)), NOW)


def test_codes_and_indicators_that_only_earlier_periods_have_stay(
    store, release, tmp_path: Path
) -> None:
    store.publish(release("v1", ["2020"]), NOW)
    later = release("v2", ["2021"], flows=1)
    flow = later.flows[0].dataflow
    (indicator,) = flow.indicators
    kind = replace(flow.dimensions[2], codes=(replace(flow.dimensions[2].codes[0], id="EMP"),))
    new = altered(
        later,
        indicators=(replace(indicator, id="EMP"),),
        dimensions=(*flow.dimensions[:2], kind, *flow.dimensions[3:]),
    )
    store.publish(new, NOW)
    found = Reader(tmp_path).snapshot().manifest(FLOW).dataflow
    assert [i.id for i in found.indicators] == ["EMP", "UNE"]
    assert [c.id for c in found.dimensions[2].codes] == ["EMP", "UNE"]


def test_earlier_periods_by_another_method_are_said_to_be(store, release, tmp_path: Path) -> None:
    store.publish(replace(release("v1", ["2020"]), notes=("old note",)), NOW)
    later = release("v2", ["2021"])
    method = replace(later.flows[0].dataflow.method, rule_version="2")
    store.publish(replace(altered(later, method=method), audited=True), NOW)
    manifest = Reader(tmp_path).snapshot().manifest(FLOW)
    assert "old note" in manifest.notes
    assert "2020: computed for vintage v1 by other methods" in manifest.notes[-1]
    assert not manifest.audited, "the earlier period was not audited"


def test_a_damaged_part_is_not_carried_into_a_new_vintage(store, release, tmp_path: Path) -> None:
    store.publish(release("v1", ["2020"]), NOW)
    next(tmp_path.rglob("*.parquet")).write_bytes(b"x")
    with pytest.raises(Damaged, match="hash differs"):
        store.publish(release("v2", ["2021"]), NOW)


def test_publishing_mends_an_object_it_writes_again(store, release, tmp_path: Path) -> None:
    store.publish(release("v1", ["2020"]), NOW)
    path = next(tmp_path.rglob("*.parquet"))
    content = path.read_bytes()
    path.write_bytes(b"x")
    store.publish(release("v2", ["2020"], reason="again"), NOW)
    assert path.read_bytes() == content
    assert store.scrub() == []


def test_a_withdrawn_name_is_never_used_again(store, release) -> None:
    store.publish(release("v1", ["2020"]), NOW)
    store.withdraw("XAA_LFS", "v1", "a person could be seen")
    with pytest.raises(BadInput, match=r"was withdrawn \(a person could be seen"):
        store.publish(release("v1", ["2020"]), NOW)


def test_progress_is_told_in_words(store, release) -> None:
    told: list[str] = []
    store.publish(release("v1", ["2020"]), NOW, told.append)
    assert told[-1] == "Writing 2 objects"
    store.publish(release("v1", ["2020"]), NOW, told.append)
    assert told[-1] == "It is published already"
