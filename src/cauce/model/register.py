"""A register as it is declared: its fields, rules and counts."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from cauce.model.pack import Place
from cauce.model.text import Text

FieldKind = Literal[
    "text", "note", "code", "codes", "number", "money", "date", "flag", "link", "web", "rows"
]
RuleKind = Literal[
    "order", "required_if", "empty_if", "any_of", "sum", "plausible", "unique", "no_overlap"
]


NOWHERE = Place("", 1)


class Sensitivity(IntEnum):
    """Whom a field can harm: nobody, the office, a person named, a person accused or in hiding."""

    P0 = 0
    P1 = 1
    P2 = 2
    P3 = 3


@dataclass(frozen=True)
class Field:
    """One field of a record.

    `codelist` is set for kinds "code" and "codes", `register` for "link" (the key of a record
    there), `unit` for numbers ("" if it has none) and `rows` for kind "rows": a list of small
    records. A `public` field is P0. `decimals` of numbers and money. `help` is shown beside forms
    and in the workbook. `words` is the text field beside it whose words a code is proposed from.
    """

    id: str
    name: Text
    kind: FieldKind
    required: bool
    sensitivity: Sensitivity
    public: bool
    help: Text | None = None
    codelist: str = ""
    register: str = ""
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    decimals: int = 0
    pattern: str = ""
    words: str = ""
    rows: tuple["Field", ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True)
class Rule:
    """What must hold within a record, with the words for when it does not.

    - order: the values of `fields` do not decrease (dates, numbers); absent ones are passed over.
    - required_if: `fields[0]` is filled where `fields[1]` has one of `values`.
    - empty_if: `fields[0]` is not filled where `fields[1]` has one of `values`.
    - any_of: at least one of `fields` is filled.
    - sum: `fields[0]` is the sum of the others; with a field of rows, "rows.amount" sums over them.
    - plausible: `fields[0]` lies within `minimum` and `maximum`; beyond them it is questioned, and
      the editor may insist.
    - unique: no two records have the same values in `fields`.
    - no_overlap: no two rows of `fields[0]` have periods, `fields[1]` to `fields[2]`, that overlap.

    A rule that needs a field nobody filled, or one that is unknown, holds. Where all its fields are
    columns of the same rows, it is asked of each row. `when` says where it is asked at all: each
    of these fields has one of its values. `warning` says that the editor may insist.
    """

    id: str
    kind: RuleKind
    fields: tuple[str, ...]
    message: Text
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    warning: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True)
class Count:
    """A dataflow that a register yields: its records, counted by some of its coded fields.

    A field of `by` written "rows.field" counts rows. `measure` is "" to count records, or a number
    field to add up. A cell rests on the distinct values of each field of `contributor` (the person,
    and the employer or organisation, where a register has them), or else on its records. Over a
    field of `apart`, one of `by`, no total is formed: units, currencies, what must not be added.
    `period` is the year or date the cell is of, "" if it is the day the register is counted; a cell
    is of its year, or with `monthly` of its month. `only` are the codes that fields must have to be
    counted at all. `current` are the first and last day of rows: only those of the day count.
    `lapses` is the field of rows that holds a state, the states that run out after their last day,
    and the state in which they then are, though nobody wrote it down. `share_of` is the number
    field that `measure` is a part of: the cell is 100 times the quotient of their two sums.
    """

    id: str
    name: Text
    by: tuple[str, ...]
    measure: str = ""
    contributor: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    period: str = ""
    monthly: bool = False
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    current: tuple[str, ...] = ()
    lapses: tuple[str, tuple[str, ...], str] | None = None
    share_of: str = ""
    unit: str = "RECORDS"
    sensitive: bool = False
    place: Place = NOWHERE
    holding: str = ""


@dataclass(frozen=True)
class Lends:
    """The names a register lends: `code` is the field that holds a code of each of `lists`."""

    code: str
    lists: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """A register: whose records these are, what they hold, and what may be said of them.

    Keys of records are random and say nothing. `country` is the field that names whose record it
    is, "" for the region's own; `title` names the field shown as a record's name, by language.
    `public` says that approved records have public pages, `listed` that anyone may leaf through
    them (if not, a record is shown to who names it exactly); `topic` is a code of CL_REGISTER_TOPIC
    under which they are found, "" for none; `consent` is the flag without which a record is never
    public, "" if none is asked for. `lends` says whose codes its titles name in tables, None if it
    lends nothing but its own records. `retention_years` after its end a record is erased, None for
    never. `analysts` is the most sensitive field that the relations made for analysts hold, never
    P3. `asks_purpose` says that sealed values open only to who says for what. `sha256` is of the
    text that declares it.
    """

    id: str
    name: Text
    one: Text
    about: Text
    fields: tuple[Field, ...]
    title: Text
    country: str
    public: bool
    rules: tuple[Rule, ...] = ()
    counts: tuple[Count, ...] = ()
    version: str = "1"
    source: str = ""
    retention_years: int | None = None
    topic: str = ""
    consent: str = ""
    listed: bool = True
    lends: Lends | None = None
    analysts: Sensitivity = Sensitivity.P1
    asks_purpose: bool = False
    sha256: str = ""
