"""The log, its versions, approvals and declarations, with the rules the database keeps."""

from alembic import op

from cauce.store.log.schema import approval, declaration, entry, thing, version
from cauce.store.log.triggers import BY_DIALECT

revision = "0001"
down_revision = None


def upgrade() -> None:
    bind = op.get_bind()
    for table in (entry, version, thing, approval, declaration):
        table.create(bind)
    for statement in BY_DIALECT[bind.dialect.name]:
        op.execute(statement)
