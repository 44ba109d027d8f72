"""What a public record was called at a time."""

from cauce.model.record import Absent
from cauce.model.shelf import PublicPeriod, PublicRecord, Shelf
from cauce.portal.words import Words


def title_then(
    shelf: Shelf, record: PublicRecord, period: PublicPeriod | None, words: Words
) -> str:
    """What a record was called in a period; as it is called now where that was no text."""
    said = {} if period is None else period.record
    title = shelf.title
    names = () if title is None else (title.of(words.language), title.en, title.es)
    for name in names:
        value = said.get(name)
        if isinstance(value, str) and not isinstance(value, Absent) and not _coded(shelf, name):
            return value
    return words.of(record.title)


def _coded(shelf: Shelf, name: str) -> bool:
    return any(each.id == name and each.codelist for each in shelf.fields)
