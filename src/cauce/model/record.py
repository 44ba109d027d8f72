"""What a register holds of one thing, and why something may be absent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from cauce.model.text import Text


class Absent(StrEnum):
    """Why a field has no value: three things, and none of them zero or "not filled in"."""

    UNKNOWN = "UNK"
    NOT_STATED = "NST"
    NOT_APPLICABLE = "NAP"


ABSENT = {
    Absent.UNKNOWN: Text("unknown", "se desconoce"),
    Absent.NOT_STATED: Text("not stated", "no declarado"),
    Absent.NOT_APPLICABLE: Text("not applicable", "no aplica"),
}


class Sealed(str):
    """The hash of a value kept encrypted elsewhere; only who may see the value can open it."""

    __slots__ = ()


Scalar: TypeAlias = str | int | float | bool | date | Absent
Row: TypeAlias = Mapping[str, "Scalar | tuple[str, ...]"]
Value: TypeAlias = Scalar | tuple[str, ...] | tuple[Row, ...]
Record: TypeAlias = Mapping[str, Value]
"""Values by field; a field that is not there was not filled in."""
Records: TypeAlias = Mapping[str, Record]
"""Records of one register by key."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a record: the field ("rows[2].amount" within rows) and what to do.

    `warning` says that the editor may insist. `rule` is the id of the rule, "" for the field's own.
    """

    field: str
    message: Text
    warning: bool = False
    rule: str = ""
