"""What another producer publishes: how its file is laid out, and its observations in our codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cauce.model.arrays import Ints
from cauce.model.catalogue import Theme
from cauce.model.codelist import Codelist
from cauce.model.dataflow import Dataflow
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, ObsStatus
from cauce.model.text import Text

FileFormat = Literal["xlsx", "csv", "parquet", "json", "sdmx"]
ShapeKind = Literal["table", "matrix", "matrices", "blocks", "sdmx"]
StatusSystem = Literal["none", "sdmx", "ilostat", "own"]
Raw: TypeAlias = str | float | None
"""A cell as it was typed; None if it is empty."""

ROWS, COLUMNS, PERIOD, BLOCK = "rows", "columns", "period", "block"
"""What lines of a matrix, and of blocks under headers over several rows, are told apart by."""


@dataclass(frozen=True)
class Shape:
    """How the numbers of a file are laid out.

    A table has one number a line, under `value`; `columns` are all of its headers. A matrix has
    headers in row `header` and in its first column, matrices one of them a period within JSON.
    Blocks stand side by side: their names in row `block_row`, the periods in row `header`;
    `columns` are the headers to their left. Below a first cell that begins with a word of `foot`
    are notes. `ignored` are the members of JSON, or the headers, that are no data of ours. Of a
    message of SDMX `columns` are its dimensions and attributes, and `flow` the dataflow it must be
    of, "" for any one.
    """

    kind: ShapeKind
    sheet: str = ""
    header: int = 1
    block_row: int = 0
    columns: tuple[str, ...] = ()
    value: str = ""
    corner: str = ""
    foot: tuple[str, ...] = ()
    names: str = ""
    matrix: str = ""
    ignored: tuple[str, ...] = ()
    flow: str = ""


@dataclass(frozen=True)
class Lines:
    """The numbers of a file, one a line, with the words that say what they are of.

    `words` are by column, all as long as `values`. `rows` and `columns` say where each stands,
    counted from 1; a column is 0 where lines are counted alone. `sheet` is "" where there is none.
    In a `message` columns count its observations, and a row is 0 where lines say nothing.
    """

    words: Mapping[str, tuple[str, ...]]
    values: tuple[Raw, ...]
    rows: Ints
    columns: Ints
    sheet: str = ""
    below: int = 0
    message: bool = False

    def place(self, at: int) -> str:
        """Where a number stands in the file, in words."""
        sheet = f"{self.sheet}, " if self.sheet else ""
        row, column = int(self.rows[at]), int(self.columns[at])
        if self.message:
            return f"line {row}, observation {column}" if row else f"observation {column}"
        return f"{sheet}row {row}, column {column}" if column else f"{sheet}line {row}"


@dataclass(frozen=True)
class DimensionSpec:
    """How the codes of a dimension come from a column of the file, or the one code it has.

    `codes` is what the file's words mean; `names` the words of every code that may occur, in the
    order they are listed in, and `ladder` all of them with what stands above them. `told` says how
    words become codes, and `line` where the pack says it.
    """

    id: str
    name: Text
    codelist: str
    source: str
    fixed: str
    codes: Mapping[str, str]
    names: Mapping[str, Text]
    told: str
    line: int
    ladder: Codelist


@dataclass(frozen=True)
class Gap:
    """A period the file lacks between others, and why."""

    period: str
    because: Text


@dataclass(frozen=True)
class Skip:
    """Lines that are no data: those whose word in a column begins with one of these."""

    column: str
    begins: tuple[str, ...]
    because: Text


@dataclass(frozen=True)
class Twice:
    """A key that stands twice in the file: its numbers are added, or must be the same."""

    word: Mapping[str, str]
    do: Literal["add", "same"]
    because: Text


@dataclass(frozen=True)
class Meaning:
    """What a word of the file that is no number, or a status letter, is imported as."""

    status: ObsStatus
    conf: ConfStatus = ConfStatus.FREE
    note: str = ""
    absent: bool = False


@dataclass(frozen=True)
class ImportPack:
    """The mapping of one file of another producer to one dataflow of ours.

    `marks` says what a cell without a number means, by its word, "" for an empty one. `zero` is
    None where 0 is a number, and the reason where it may as well mean that nothing is known.
    `constants` are columns that must hold the same word in every line.
    """

    id: str
    version: str
    name: Text
    theme: Theme | None
    edition: str
    frequency: str
    provider: Text
    about: Text
    licence: Text
    open_licence: bool
    citation: str
    retrieved: str
    notes: tuple[Text, ...]
    file: str
    file_sha256: str
    format: FileFormat
    shape: Shape
    indicator: Indicator
    multiplier: float
    period: str
    fixed_period: str
    dimensions: tuple[DimensionSpec, ...]
    status_from: str
    statuses: Mapping[str, Meaning]
    marks: Mapping[str, Meaning]
    zero: Text | None
    constants: Mapping[str, str]
    skips: tuple[Skip, ...]
    gaps: tuple[Gap, ...]
    twice: tuple[Twice, ...]
    sha256: str = ""


@dataclass(frozen=True)
class Imported:
    """Observations of another producer in our codes, as they were found: no arrays yet.

    `key` has the positions of their codes in every dimension. `value` is NaN where the producer
    gives none. `note` is what the producer says beside a number, in both languages within one
    string, "" for nothing. `untaken` counts what was left out, by why.
    `theirs` are the words of the attributes of another agency's dataflow.
    """

    dataflow: Dataflow
    key: tuple[tuple[int, ...], ...]
    value: tuple[float, ...]
    obs_status: tuple[ObsStatus, ...]
    conf_status: tuple[ConfStatus, ...]
    note: tuple[str, ...]
    notes: tuple[str, ...] = ()
    untaken: Mapping[str, int] = field(default_factory=dict)
    theirs: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Origin:
    """Under which names the numbers of another producer are released, and why anew."""

    survey: str
    vintage: str
    reason: str = ""
