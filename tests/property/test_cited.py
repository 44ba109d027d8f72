"""A record never changes a published number, and a number never changes a record."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.model.citation import Citation, NumberCited, RecordCited
from cauce.model.shelf import Filled
from cauce.store import FoundNumber, FoundRecord, Reader, Store, follow
from cauce.store.citations import pieces_of

from ..journey.test_cited import FIRST, FLOW, KEY, STUDIES, release, study

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("number"), st.integers(1, 99)),
        st.tuples(st.just("record"), st.integers(1, 99)),
    ),
    min_size=2,
    max_size=6,
)


def keep(root: Path) -> dict[str, str]:
    """What every vintage and edition says, by its hash."""
    return dict(Reader(root).snapshot().catalog.manifests)


def cited(root: Path, vintages: int) -> list[float]:
    """Every number as it is cited of its vintage."""
    snapshot = Reader(root).snapshot()
    found = [follow(snapshot, NumberCited(FLOW, KEY, "2020", f"v{n}")) for n in range(vintages)]
    return [float(f.observations.value[f.row]) for f in found if isinstance(f, FoundNumber)]


@settings(max_examples=15)
@given(STEPS)
def test_whatever_is_published_no_number_and_no_record_changes(steps) -> None:
    """Numbers cite the record, the record cites the numbers, and both go on being published."""
    with tempfile.TemporaryDirectory() as folder:
        root, numbers, states = Path(folder), [], []
        before: dict[str, str] = {}
        for day, (kind, value) in enumerate(steps, start=1):
            at = FIRST.replace(day=day)
            if kind == "number":
                source = f"After record:studies/s1@{at.isoformat()}, {value}."
                made = release(f"v{len(numbers)}", value, source)
                Store(root).publish(made, at.isoformat())
                numbers.append(float(value))
            else:
                cites = " ".join(f"number:{FLOW}/{KEY}/2020@v{n}" for n in range(len(numbers)))
                states.append((at, f"Called {value}", f"{value} {cites}"))
                filled = Filled(STUDIES, (study("s1", *states),))
                Store(root).publish_registers((filled,), at.isoformat())
            now = keep(root)
            assert {name: now[name] for name in before} == before
            before = now
            assert cited(root, len(numbers)) == numbers
        for moment, name, note in states:
            found = follow(Reader(root).snapshot(), RecordCited("studies", "s1", moment))
            assert isinstance(found, FoundRecord)
            assert found.known.periods[0].record["title_en"] == name
            texts = [p for p in pieces_of(note) if isinstance(p, Citation)]
            assert len(texts) == note.count("number:")
