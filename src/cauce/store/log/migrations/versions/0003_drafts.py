"""Drafts; on PostgreSQL, behind the same wall between countries as the log."""

from alembic import op

from cauce.store.log.draft_schema import draft
from cauce.store.log.row_security import by_country

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    bind = op.get_bind()
    draft.create(bind)
    if bind.dialect.name == "postgresql":
        for statement in by_country("draft"):
            op.execute(statement)
