"""An entry of the common variable dictionary: what a survey's columns are recoded into."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

VariableKind = Literal["code", "number", "flag"]


@dataclass(frozen=True)
class Variable:
    """A variable of the dictionary.

    `codelist` is set for kind "code" only, `unit` for kind "number" only. A flag is true, false
    or missing. `derive` are the region's rules, expressions over other variables: where a survey
    does not make the variable, the first whose variables it makes. `rule` says them in words.
    `icls` and `criterion` (birth or citizenship) are those of a variable that has one. A variable
    of a pack may stand for one of the region's that every survey has a list of its own for.
    """

    id: str
    name: Text
    kind: VariableKind
    codelist: str = ""
    unit: str = ""
    derive: tuple[str, ...] = ()
    source: str = ""
    rule: Text | None = None
    icls: str = ""
    criterion: str = ""
    stands_for: str = ""
