"""Accounts, sessions, keys and sealed values; their audit; PostgreSQL's row security."""

from alembic import op

from cauce.store.log.audit import BY_DIALECT
from cauce.store.log.door_schema import TABLES
from cauce.store.log.row_security import POSTGRESQL

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    bind = op.get_bind()
    for table in TABLES:
        table.create(bind)
    for statement in BY_DIALECT[bind.dialect.name]():
        op.execute(statement)
    if bind.dialect.name == "postgresql":
        for statement in POSTGRESQL:
            op.execute(statement)
