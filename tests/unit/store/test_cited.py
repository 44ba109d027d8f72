"""What a citation leads to, and why it leads nowhere."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cauce.model.citation import NumberCited, RecordCited
from cauce.model.errors import BadInput
from cauce.model.shelf import Filled, Known, PublicPeriod, PublicRecord
from cauce.model.text import Text
from cauce.store import FoundNumber, FoundRecord, NotPublished, Reader, Store, Withdrawn, follow

from .test_shelves import SHELF

NOW = "2026-01-02T00:00:00+00:00"
FIRST, SECOND = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)
FLOW = "XAA_LFS_T0"


def record(key: str, *states: Known) -> PublicRecord:
    return PublicRecord(key, "", Text(key, key), (), (), (), "", states)


def said(since: datetime, name: str) -> Known:
    return Known(since, (PublicPeriod(None, None, {"name": name}),))


@pytest.fixture
def store(tmp_path: Path, release) -> Store:
    made = Store(tmp_path)
    made.publish(release("v1", ["2020"]), NOW)
    made.publish(release("v2", ["2020"], base=11, reason="weights"), NOW)
    renamed = record("a", said(FIRST, "Old"), said(SECOND, "New"))
    gone = record("b", said(FIRST, "Was"), Known(SECOND, ()))
    hidden = Filled(replace(SHELF, id="badges", listed=False), (renamed,))
    made.publish_registers((Filled(SHELF, (renamed, gone)), hidden), NOW)
    return made


def number(root: Path, vintage: str) -> FoundNumber:
    snapshot = Reader(root).snapshot()
    key = next(d for d in snapshot.manifest(FLOW).dataflow.dimensions if d.id == "INDICATOR")
    cited = NumberCited(FLOW, f"A.XAA.{key.codes[0].id}._T", "2020", vintage)
    found = follow(snapshot, cited)
    assert isinstance(found, FoundNumber)
    return found


def test_a_number_is_that_of_the_vintage_it_is_cited_of(store, tmp_path: Path) -> None:
    one, two = number(tmp_path, "v1"), number(tmp_path, "v2")
    assert one.observations.value[one.row] == 10
    assert two.observations.value[two.row] == 11
    assert (one.manifest.vintage, two.manifest.vintage) == ("v1", "v2")


def test_a_withdrawn_number_says_that_it_was(store, tmp_path: Path) -> None:
    store.withdraw(FLOW, "v1", "a person could be seen")
    with pytest.raises(Withdrawn, match="a person could be seen"):
        number(tmp_path, "v1")


@pytest.mark.parametrize(
    ("cited", "words"),
    [
        (NumberCited("NO", "A", "2020", "v1"), "no dataflow NO"),
        (NumberCited(FLOW, "A.XAA", "2020", "v1"), "The key has 2 parts"),
        (NumberCited(FLOW, "A.XAA.POP._T", "2020", "v9"), "no vintage v9"),
        (RecordCited("no", "a", SECOND), "no public register no"),
        (RecordCited("things", "z", SECOND), "no public record z"),
        (RecordCited("things", "a", datetime(2024, 1, 1, tzinfo=UTC)), "known since 2025-01-01"),
        (RecordCited("things", "b", SECOND), "was not held to be true"),
        (RecordCited("badges", "a", SECOND), "are not cited"),
    ],
)
def test_what_leads_nowhere_says_why(store, tmp_path: Path, cited, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        follow(Reader(tmp_path).snapshot(), cited)


def test_a_record_is_cited_as_it_was_known(store, tmp_path: Path) -> None:
    for moment, name in ((FIRST, "Old"), (SECOND, "New")):
        found = follow(Reader(tmp_path).snapshot(), RecordCited("things", "a", moment))
        assert isinstance(found, FoundRecord)
        assert found.known.periods[0].record == {"name": name}


def test_nothing_that_is_not_public_is_cited(store, tmp_path: Path) -> None:
    with pytest.raises(NotPublished):
        follow(Reader(tmp_path).snapshot(), RecordCited("badges", "a", SECOND))
