"""The views analysts read, kept as the registers are declared."""

from collections.abc import Mapping

from sqlalchemy.exc import ProgrammingError

from cauce.model.register import Register
from cauce.store.log import Database
from cauce.store.log.relations import renew, stale

ACTOR = "upgrade"


def stale_relations(database: Database, registers: Mapping[str, Register]) -> tuple[str, ...]:
    """The views that are not as the registers are declared."""
    with database.reading(ACTOR) as connection:
        return stale(connection, registers.values())


def renew_relations(database: Database, registers: Mapping[str, Register]) -> bool:
    """Make the views as declared where they are not; whether they are so now.

    They are not where the login owns none of them: on PostgreSQL, `cauce upgrade` is its owner's.
    """
    if not stale_relations(database, registers):
        return True
    try:
        with database.writing(ACTOR) as connection:
            renew(connection, registers.values())
    except ProgrammingError:
        return False
    return True
