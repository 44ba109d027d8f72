"""Who made the numbers of a table, in one line."""

from cauce.model.dataflow import Source
from cauce.portal.words import Words


def said_by(source: Source, words: Words) -> str:
    """How a source asks to be cited; of one that does not ask, its name."""
    return source.citation or words.of(source.name)
