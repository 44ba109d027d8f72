"""What must stand beside a record wherever it is shown: on its page, its form and its review."""

from cauce.assess.diaspora.samples import SURVEYS, warning_of
from cauce.assess.filled import text
from cauce.model.record import Record
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit


def beside(visit: Visit, register: str, record: Record) -> tuple[str, ...]:
    """The sentences that go with a record, in the reader's language."""
    key = text(record, "survey")
    survey = Reader(visit).record(SURVEYS, key) if key else None
    said = warning_of(register, record, {} if survey is None else {key: survey})
    return () if said is None or not record else (visit.of(said),)
