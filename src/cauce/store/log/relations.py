"""Relations for analysts, as views over the log: made from the declarations and renewed with them.

A register `quotas` with rows in `parts` yields `register_quotas` and `register_quotas__parts`, what
was last approved, and `log_quotas` and `log_quotas__parts`, every approved entry. On PostgreSQL
they are in the schema `analysis`.
"""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from cauce.model.errors import BadInput
from cauce.model.register import Register
from cauce.registers.relations import Relation, relations
from cauce.store.log.relation_words import BY_DIALECT, Words

LATEST, EVER = "register", "log"
LONGEST = 63
"""Letters of a name in PostgreSQL, which would cut a longer one without a word."""
MARK = "Cauce "
RESTED_ON = "2BP01"
"""What PostgreSQL says of an object others depend on."""

_OWN = (
    "e.key AS _key",
    "e.country AS _country",
    "e.number AS _entry",
    "e.action AS _action",
    "e.true_from AS _true_from",
    "e.true_to AS _true_to",
    "e.recorded_at AS _recorded_at",
    "e.approved_at AS _approved_at",
)
"""What every relation has before its fields; no field's id begins with _."""

_TRUE_NOW = """ AND e.action <> 'END' AND e.true_to IS NULL AND NOT EXISTS (
  SELECT 1 FROM approved_entry l
  WHERE l.register = e.register AND l.key = e.key AND l.number > e.number AND l.true_to IS NULL)"""
"""True until further notice, and nothing approved later says otherwise: `registers.log.as_of`."""


def renew(connection: Connection, registers: Iterable[Register]) -> tuple[str, ...]:
    """Make the views that are not as declared, drop those of nothing; which they were.

    Raises:
        BadInput: somebody's own view rests on one that has to change.
    """
    wanted = statements(connection.dialect.name, registers)
    changed = _changed(connection, wanted)
    there = existing(connection)
    before = BY_DIALECT[connection.dialect.name].before
    for name in changed:
        if name in there:
            _drop(connection, before + name)
        if name in wanted:
            _run(connection, wanted[name])
            if connection.dialect.name == "postgresql":
                mark = MARK + digest(wanted[name])
                _run(connection, f"COMMENT ON VIEW {before}{name} IS '{mark}'")
    return changed


def stale(connection: Connection, registers: Iterable[Register]) -> tuple[str, ...]:
    """The views that are not as the declarations have them."""
    return _changed(connection, statements(connection.dialect.name, registers))


def statements(dialect: str, registers: Iterable[Register]) -> dict[str, str]:
    """What makes each view, by its name."""
    words = BY_DIALECT[dialect]
    return {
        name_of(when, relation): _view(words, when, relation)
        for register in registers
        for relation in relations(register)
        for when in (LATEST, EVER)
    }


def name_of(when: str, relation: Relation) -> str:
    """The name of a view; one that is too long ends in a digest of the whole."""
    name = f"{when}_{relation.register}" + (f"__{relation.rows}" if relation.rows else "")
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 9]}_{digest(name)[:8]}"


def digest(statement: str) -> str:
    return hashlib.sha256(statement.encode()).hexdigest()


def existing(connection: Connection) -> dict[str, str]:
    """The views there are, with a digest of what made each."""
    if connection.dialect.name == "sqlite":
        asked = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'view' "
            "AND (name GLOB 'register_*' OR name GLOB 'log_*') AND sql LIKE '%approved_entry e%'"
        )
        return {row.name: digest(row.sql) for row in connection.execute(text(asked))}
    asked = (
        "SELECT c.relname, obj_description(c.oid) AS made FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'analysis' "
        "WHERE c.relkind = 'v' AND obj_description(c.oid) LIKE 'Cauce %'"
    )
    return {row.relname: row.made.removeprefix(MARK) for row in connection.execute(text(asked))}


def _changed(connection: Connection, wanted: dict[str, str]) -> tuple[str, ...]:
    there = existing(connection)
    names = dict.fromkeys((*there, *wanted))
    made = {name: digest(statement) for name, statement in wanted.items()}
    return tuple(name for name in names if there.get(name) != made.get(name))


def _view(words: Words, when: str, relation: Relation) -> str:
    inner = bool(relation.rows)
    columns = [part for one in relation.columns for part in words.column(one, inner)]
    place = [f"{words.place} AS _row"] if inner else []
    selected = ",\n  ".join((*_OWN, *place, *columns))
    return (
        f"CREATE VIEW {words.before}{name_of(when, relation)}{words.options} AS SELECT\n"
        f"  {selected}\nFROM approved_entry e {words.source(relation.rows)}\n"
        f"WHERE e.register = '{relation.register}'{_TRUE_NOW if when == LATEST else ''}"
    )


def _drop(connection: Connection, name: str) -> None:
    try:
        with connection.begin_nested():
            _run(connection, f"DROP VIEW {name}")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != RESTED_ON:
            raise
        raise BadInput(
            f"{name} has to change with its declaration, and something rests on it: "
            f"{str(error.orig).splitlines()[0]}. Drop that, run `cauce upgrade`, and make it again."
        ) from error


def _run(connection: Connection, statement: str) -> None:
    """A statement as it stands: no : in it is a parameter."""
    connection.execute(text(statement.replace(":", r"\:")))
