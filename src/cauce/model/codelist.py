"""Codes and the lists they come from."""

from dataclasses import dataclass

from cauce.model.text import Text

TOTAL = "_T"
UNKNOWN = "_U"
NOT_APPLICABLE = "_Z"


@dataclass(frozen=True)
class Code:
    """One code with its words."""

    id: str
    name: Text


@dataclass(frozen=True)
class Codelist:
    """An ordered list of codes, without `_T`, `_U` and `_Z`, which every dimension adds itself."""

    id: str
    name: Text
    codes: tuple[Code, ...]
    source: str = ""
