"""What the texts of agreements say, from the records of mechanisms."""

from collections.abc import Mapping, Sequence

from cauce.assess.mechanisms.mentions import mentions
from cauce.model.provision import Coding, Mention, Provision
from cauce.model.record import Record, Row


def shares_of_texts(
    records: Mapping[str, Record], themes: Sequence[str], column: str = "topic"
) -> tuple[Mention, ...]:
    """For each theme, the share of the texts that were read that mention it.

    `records` are mechanisms by key. An agreement without a coding on a theme was not seen on it.
    """
    provisions = [
        Provision(key, str(row[column]), Coding(str(row["coding"])))
        for key, record in records.items()
        for row in _rows(record, "provisions")
        if column in row and row["coding"] in set(Coding)
    ]
    coded = {provision.text for provision in provisions}
    unseen = [Provision(k, t, Coding.NOT_SEEN) for k in records if k not in coded for t in themes]
    return mentions([*provisions, *unseen], themes)


def _rows(record: Record, name: str) -> list[Row]:
    value = record.get(name, ())
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
