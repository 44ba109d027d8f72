"""What somebody must show, as a tree, and what was found."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeAlias, TypeVar

from cauce.model.text import Text
from cauce.model.truth import Truth

ConditionKind = Literal[
    "is", "before", "by", "after", "from", "years", "at_least", "at_most", "one_of"
]
GroupKind = Literal["all", "any"]
L = TypeVar("L")


@dataclass(frozen=True)
class Condition:
    """One question to one fact.

    - is: the fact is `wanted`.
    - before, by, after, from: a date before `day`, on or before it, after it, on or after it.
    - years: at least `number` full years have passed from the date to `day`, or to the day of the
      application if `day` is None.
    - at_least, at_most: a number against `number`.
    - one_of: a code among `codes`.
    """

    id: str
    name: Text
    fact: str
    kind: ConditionKind
    day: date | None = None
    number: float = 0
    wanted: bool = True
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group(Generic[L]):
    """All of the parts, or any one of them; there is at least one.

    Leaves are whatever a frame asks: conditions on facts, questions, indicators.
    """

    id: str
    name: Text
    kind: GroupKind
    parts: tuple["L | Group[L]", ...]


Criterion: TypeAlias = Condition | Group[Condition]


@dataclass(frozen=True)
class Line:
    """A criterion as a row of a register or table says it: `within` names its group, "" for none.

    What the other columns mean is said at `Condition`.
    """

    id: str
    within: str
    kind: str
    name: Text
    fact: str = ""
    day: date | None = None
    number: float = 0
    wanted: bool = True
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What was found of one criterion; `fact` is "" and `parts` are filled for a group."""

    id: str
    name: Text
    truth: Truth
    because: Text
    fact: str = ""
    parts: tuple["Finding", ...] = ()
