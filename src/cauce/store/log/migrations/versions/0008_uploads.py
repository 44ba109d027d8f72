"""Workbooks that were sent in; on PostgreSQL, each is its sender's alone."""

from alembic import op

from cauce.store.log.row_security import by_country
from cauce.store.log.upload_schema import MINE, upload

revision = "0008"
down_revision = "0004"


def upgrade() -> None:
    bind = op.get_bind()
    upload.create(bind)
    if bind.dialect.name == "postgresql":
        for statement in by_country("upload", MINE):
            op.execute(statement)
