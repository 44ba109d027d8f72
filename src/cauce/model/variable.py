"""An entry of the common variable dictionary: what a survey's columns are recoded into."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

VariableKind = Literal["code", "number", "flag"]


@dataclass(frozen=True)
class Variable:
    """A variable of the dictionary.

    `codelist` is set for kind "code" only, `unit` for kind "number" only. A flag is true, false
    or missing. `derive` is the region's default expression over other variables, or empty.
    """

    id: str
    name: Text
    kind: VariableKind
    codelist: str = ""
    unit: str = ""
    derive: str = ""
    source: str = ""
