"""Why what people told in confidence was opened or looked for."""

from alembic import op

from cauce.store.log.looked import looked, rules
from cauce.store.log.row_security import by_country

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    bind = op.get_bind()
    looked.create(bind)
    for statement in rules(bind.dialect.name):
        op.execute(statement)
    if bind.dialect.name == "postgresql":
        for statement in by_country("looked"):
            op.execute(statement)
