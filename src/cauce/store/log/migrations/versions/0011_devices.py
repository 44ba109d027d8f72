"""Devices of posts and farms, and whose permit a card is."""

from alembic import op

from cauce.store.log.device_schema import TABLES, rules

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    bind = op.get_bind()
    for table in TABLES:
        table.create(bind)
    for statement in rules(bind.dialect.name):
        op.execute(statement)
