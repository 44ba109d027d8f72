"""Entries and verdicts are signed by who acts; approved entries can be read as relations."""

from alembic import op

from cauce.store.log import relation_words, signing
from cauce.store.log.row_security import MINE

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in signing.BY_DIALECT[dialect]():
        op.execute(statement)
    approved = (
        relation_words.postgresql(MINE) if dialect == "postgresql" else relation_words.sqlite()
    )
    for statement in approved:
        op.execute(statement)
