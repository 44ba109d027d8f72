"""Entries and verdicts are signed by who acts; approved entries can be read as relations."""

from alembic import op

from cauce.store.log import relation_words, signing
from cauce.store.log.row_security import MINE

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    approved = relation_words.rules(dialect, MINE)
    for statement in (*signing.rules(dialect), *approved):
        op.execute(statement)
