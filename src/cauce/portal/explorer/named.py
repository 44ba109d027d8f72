"""Codes as a reader wants them named: in words, as codes, or both."""

from cauce.model.codelist import Code
from cauce.portal.words import Words
from cauce.publish import Labels


def named(code: Code, labels: Labels | None, words: Words) -> str:
    """The words of a code unless the reader asks for the code, or for both."""
    name = words.of(code.name)
    if labels in (None, "name") or name == code.id:
        return name
    return code.id if labels == "id" else f"{code.id}: {name}"
