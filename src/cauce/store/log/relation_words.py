"""How each database says what a view for analysts holds: a typed value, and why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from cauce.registers.relations import WHY, Column, ColumnKind

SEALED, OTHER = "SEALED", "OTHER"
"""Beside UNK, NST and NAP: the value was sealed under an earlier declaration, or is of another kind
than the field has now."""


class Words(Protocol):
    """What differs between the databases."""

    @property
    def before(self) -> str:
        """What stands before the name of a view."""

    @property
    def options(self) -> str:
        """What stands between its name and what it selects."""

    @property
    def place(self) -> str:
        """The place of a row in its record, from 1."""

    def source(self, rows: str) -> str:
        """What follows `approved_entry e`: its record, or the rows in a field of it."""

    def column(self, column: Column, inner: bool) -> Iterator[str]:
        """A value as its kind, and beside it why there is none."""


@dataclass(frozen=True)
class Sqlite:
    """SQLite has no types of its own: days are text, flags 1 and 0."""

    before: str = ""
    options: str = ""
    place: str = "r.key + 1"

    def source(self, rows: str) -> str:
        # Without a record, or with something else in the field, there are no rows.
        path = f"e.record, '$.{rows}'"
        return f"JOIN json_each({path}) r ON json_type({path}) = 'array'" if rows else ""

    def column(self, column: Column, inner: bool) -> Iterator[str]:
        found = f"'$.{column.id}'"
        whole = "r.value" if inner else "e.record"
        type_, value = f"json_type({whole}, {found})", f"json_extract({whole}, {found})"
        tested, said = _SQLITE[column.kind]
        good, typed = f"{type_} {tested}".replace("@", value), said.replace("@", value)
        yield f'CASE WHEN {good} THEN {typed} END AS "{column.id}"'
        absent = f"json_extract({whole}, '$.{column.id}.absent')"
        yield (
            f"CASE WHEN {good} THEN NULL WHEN {type_} = 'object' "
            f"THEN coalesce({absent}, '{SEALED}') WHEN {type_} IS NOT NULL THEN '{OTHER}' END "
            f'AS "{column.id}{WHY}"'
        )


_SQLITE: dict[ColumnKind, tuple[str, str]] = {
    "text": ("= 'text'", "@"),
    "codes": ("= 'array'", "(SELECT group_concat(c.value, ';') FROM json_each(@) c)"),
    "whole": ("IN ('integer', 'real') AND @ = CAST(@ AS INTEGER)", "CAST(@ AS INTEGER)"),
    "decimal": ("IN ('integer', 'real')", "CAST(@ AS REAL)"),
    "day": ("= 'text' AND @ IS date(@)", "@"),
    "flag": ("IN ('true', 'false')", "@"),
}
"""By kind, whether JSON of a type is a value of it, and that value; @ is what the record holds."""


@dataclass(frozen=True)
class Postgresql:
    """PostgreSQL has types, and refuses a whole query for one value that does not fit."""

    before: str = "analysis."
    # With its owner's rights: a reader needs none on the log itself, which holds more than the
    # views show. What of which country they see is asked in `approved_entry`.
    options: str = " WITH (security_barrier = true)"
    place: str = "r.place"

    def source(self, rows: str) -> str:
        # The text is read once a record, not once a column.
        name = "d" if rows else "r"
        read = f"CROSS JOIN LATERAL (SELECT CAST(e.record AS jsonb) AS value OFFSET 0) {name}"
        return f"{read} CROSS JOIN LATERAL cauce_rows(d.value -> '{rows}') r" if rows else read

    def column(self, column: Column, inner: bool) -> Iterator[str]:
        del inner
        value = f"r.value -> '{column.id}'"
        typed = f"cauce_{column.kind}({value})"
        yield f'{typed} AS "{column.id}"'
        yield f'cauce_why({value}, {typed} IS NULL) AS "{column.id}{WHY}"'


BY_DIALECT: dict[str, Words] = {"sqlite": Sqlite(), "postgresql": Postgresql()}

FUNCTIONS = (
    """
    CREATE FUNCTION cauce_text(v jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN jsonb_typeof(v) = 'string' THEN v #>> '{}' END $$
    """,
    """
    CREATE FUNCTION cauce_codes(v jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN jsonb_typeof(v) = 'array' THEN
         (SELECT string_agg(c, ';' ORDER BY n)
          FROM jsonb_array_elements_text(v) WITH ORDINALITY AS codes (c, n)) END $$
    """,
    """
    CREATE FUNCTION cauce_decimal(v jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN jsonb_typeof(v) = 'number' THEN CAST(v AS numeric) END $$
    """,
    """
    CREATE FUNCTION cauce_whole(v jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN jsonb_typeof(v) = 'number' THEN
         CASE WHEN trunc(CAST(v AS numeric)) = CAST(v AS numeric) THEN CAST(v AS bigint) END END $$
    """,
    """
    CREATE FUNCTION cauce_flag(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN jsonb_typeof(v) = 'boolean' THEN CAST(v AS boolean) END $$
    """,
    """
    CREATE FUNCTION cauce_day(v jsonb) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
    BEGIN
      IF v #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN
        RETURN CAST(v #>> '{}' AS date);
      END IF;
      RETURN NULL;
    EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
      RETURN NULL;
    END $$
    """,
    f"""
    CREATE FUNCTION cauce_why(v jsonb, missing boolean) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN NOT missing OR v IS NULL THEN NULL
         WHEN jsonb_typeof(v) = 'object' THEN coalesce(v ->> 'absent', '{SEALED}')
         ELSE '{OTHER}' END $$
    """,
    """
    CREATE FUNCTION cauce_rows(v jsonb) RETURNS TABLE (value jsonb, place bigint)
    LANGUAGE sql IMMUTABLE ROWS 5 AS
    $$ SELECT value, place FROM jsonb_array_elements(
         CASE WHEN jsonb_typeof(v) = 'array' THEN v ELSE '[]' END
       ) WITH ORDINALITY AS parts (value, place) $$
    """,
)
"""What the views of PostgreSQL call: a value of a kind, or nothing if it is of another.

None calls another: a reader whose search_path is `analysis` would not find it.
"""

_APPROVED = """
CREATE VIEW approved_entry{options} AS
SELECT e.number, e.register, e.key, e.country, e.action, e.record, e.valid_from AS true_from,
  e.valid_to AS true_to, e.recorded_at, a.at AS approved_at
FROM entry e JOIN approval a ON a.entry = e.number
WHERE a.verdict = 'approved' AND a.actor <> e.actor
  AND a.number = (SELECT max(l.number) FROM approval l WHERE l.entry = e.number){rule}
"""
"""Entries a second person approved by the last verdict: the rule of what is public, too."""


def rules(dialect: str, mine: str) -> Iterator[str]:
    """What the views rest on. `mine` says whose entries PostgreSQL shows, whoever owns the view."""
    if dialect == "postgresql":
        yield "CREATE SCHEMA analysis"
        yield from FUNCTIONS
        rule = mine.replace("country =", "e.country =")
        yield _APPROVED.format(options=" WITH (security_barrier = true)", rule=f" AND ({rule})")
    else:
        yield _APPROVED.format(options="", rule="")
