"""Openings out of role."""

from alembic import op

from cauce.store.log.break_glass import out_of_role, rules

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    bind = op.get_bind()
    out_of_role.create(bind)
    for statement in rules(bind.dialect.name):
        op.execute(statement)
