"""Cards, lists of revoked ones, and the events that posts and farms record."""

from alembic import op

from cauce.store.log.card_schema import TABLES, rules

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    bind = op.get_bind()
    for table in TABLES:
        table.create(bind)
    for statement in rules(bind.dialect.name):
        op.execute(statement)
