"""Codes and the lists they come from."""

from dataclasses import dataclass

from cauce.model.text import Text

TOTAL = "_T"
UNKNOWN = "_U"
NOT_APPLICABLE = "_Z"
NOT_STATED = "_X"
NOT_FILLED_IN = "_N"


@dataclass(frozen=True)
class Code:
    """One code with its words; `parent` is the code it is a part of, "" if of none."""

    id: str
    name: Text
    parent: str = ""


@dataclass(frozen=True)
class Codelist:
    """An ordered list of codes, without `_T`, `_U`, `_Z` and their like, which dimensions add.

    `above` is the list in which parents stand that are not of this list.
    """

    id: str
    name: Text
    codes: tuple[Code, ...]
    source: str = ""
    above: str = ""
