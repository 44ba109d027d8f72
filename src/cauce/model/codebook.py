"""What is to be known of a survey's files to read them: their columns, codes and words; no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Words = Mapping[str, str]
"""What is said, by language ("en", "es"); under "" what is said in a language nobody names."""
Role = Literal["stratum", "psu", "weight", "fpc", "person"]
ROLES: tuple[Role, ...] = ("stratum", "psu", "weight", "fpc", "person")
ColumnKind = Literal["", "integer", "float", "text", "boolean", "date"]
COLUMN_KINDS: tuple[ColumnKind, ...] = ("", "integer", "float", "text", "boolean", "date")


@dataclass(frozen=True)
class Category:
    """A code of a column as it stands in the file; "" is an empty cell.

    `missing` says that the code is no answer, and `reason` why, in the words of a pack, if that is
    known. `means` is what a pack makes of it: the code by variable.
    """

    code: str
    label: Words
    missing: bool = False
    reason: str = ""
    means: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FileColumn:
    """A column of a file. `kind` is "" where nobody looked; `makes` are a pack's variables of it.

    No frequency stands here: how many people have a code is for protection to say.
    """

    name: str
    label: Words
    kind: ColumnKind = ""
    categories: tuple[Category, ...] = ()
    question: Words = field(default_factory=dict)
    makes: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class SurveyFile:
    """A file of a survey; `member` within a zip, `period` in SDMX form or "" if not known."""

    name: str
    columns: tuple[FileColumn, ...]
    format: str = ""
    member: str = ""
    period: str = ""


@dataclass(frozen=True)
class Codebook:
    """A survey and its files. What is not known is "" or empty, and stands so in what is written.

    `sampling` and `weighting` say how the sample was drawn and which column weighs. `derived` are
    the variables a pack makes by an expression. `partial` says that only the columns a pack names
    are told.
    """

    id: str
    title: Words
    files: tuple[SurveyFile, ...]
    area: str = ""
    area_name: Words = field(default_factory=dict)
    version: str = ""
    population: Words = field(default_factory=dict)
    licence: Words = field(default_factory=dict)
    producer: str = ""
    frequency: str = ""
    sampling: Words = field(default_factory=dict)
    weighting: Words = field(default_factory=dict)
    derived: tuple[tuple[str, str], ...] = ()
    invented: bool = False
    confidential: bool = False
    partial: bool = False
