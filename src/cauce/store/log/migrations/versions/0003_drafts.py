"""Drafts, and which entries wait; on PostgreSQL, drafts stand behind the wall between countries."""

from alembic import op

from cauce.store.log.draft_schema import draft
from cauce.store.log.pending import BY_DIALECT, pending
from cauce.store.log.row_security import by_country

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    bind = op.get_bind()
    draft.create(bind)
    pending.create(bind)
    for statement in BY_DIALECT[bind.dialect.name]:
        op.execute(statement)
    if bind.dialect.name == "postgresql":
        for statement in by_country("draft"):
            op.execute(statement)
