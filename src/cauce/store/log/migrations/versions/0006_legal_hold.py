"""Legal holds."""

from alembic import op

from cauce.store.log.legal_hold import legal_hold, rules

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    bind = op.get_bind()
    legal_hold.create(bind)
    for statement in rules(bind.dialect.name):
        op.execute(statement)
