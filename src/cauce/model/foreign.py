"""A dataflow of another agency, as its own data structure has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cauce.model.codelist import Code
from cauce.model.structure.urn import Ref
from cauce.model.text import Text

Attached = Literal["dataset", "series", "observation"]


@dataclass(frozen=True)
class ForeignAttribute:
    """An attribute: what its values are attached to, and the codes that occur if it is coded.

    At the level series, `dimensions` are those its value depends on: all of the key, or the ones
    of its group, which `group` then names. `type` is the SDMX data type of what is not coded.
    `value` is what is said of the whole data set.
    """

    id: str
    name: Text
    level: Attached
    codes: tuple[Code, ...] = ()
    type: str = "String"
    dimensions: tuple[str, ...] = ()
    group: str = ""
    value: str = ""


@dataclass(frozen=True)
class Foreign:
    """Whose dataflow it is, and the structure its data follow.

    `dimensions` are those of the structure, in the order of its key and time last. `measure` is
    what it calls the value.
    """

    flow: Ref
    structure: Ref
    dimensions: tuple[str, ...]
    attributes: tuple[ForeignAttribute, ...] = ()
    measure: str = "OBS_VALUE"


def stored_as(flow: Ref) -> str:
    """The name of another agency's dataflow in the store: unlike any of ours, and a file name.

    No agency and no version has "@" or "_" where these stand, so that two never share a name.
    """
    return f"{flow.agency}@{flow.id}@{flow.version.replace('.', '_')}"


@dataclass(frozen=True)
class Column:
    """A component of many rows: the words that occur, and which of them each row has.

    `at` has a position for every row, -1 where it has none.
    """

    words: tuple[str, ...]
    at: Sequence[int]


@dataclass(frozen=True)
class ForeignRows:
    """The rows of a data message that are of one dataflow, r of them.

    `columns` are by component, the measure among them. `lines` say where each row stands in the
    file, 0 where a format has no lines, and `numbers` which observation of the message it is.
    """

    file: str
    columns: Mapping[str, Column]
    lines: Sequence[int]
    numbers: Sequence[int]


@dataclass(frozen=True)
class Fault:
    """A cell of a data message that cannot be taken: where it stands, its word, and why."""

    file: str
    line: int
    number: int
    component: str
    word: str
    why: str

    @property
    def place(self) -> str:
        told = [f"line {self.line}"] if self.line else []
        return ", ".join([*told, f"observation {self.number}"])
