"""The words of things in an index of their own, so that a search reads nothing else of them.

On SQLite alone: PostgreSQL keeps no words longer than a third of a page in an index, and reads its
tables in parallel.
"""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE INDEX thing_by_words ON thing (register, title, key, ever)")
