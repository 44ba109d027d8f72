"""Entries nobody has judged yet, kept by the database itself, so that asking for them is quick."""

from sqlalchemy import Column, ForeignKey, Table

from cauce.store.log.schema import NUMBER, metadata

pending = Table(
    "pending",
    metadata,
    Column("number", NUMBER, ForeignKey("entry.number"), primary_key=True, autoincrement=False),
)

FILL = (
    "INSERT INTO pending SELECT number FROM entry "
    "WHERE NOT EXISTS (SELECT 1 FROM approval WHERE approval.entry = entry.number)",
    "CREATE INDEX approval_returned ON approval (entry) WHERE verdict = 'returned'",
    "CREATE INDEX version_by_country ON version (register, country)",
)
SQLITE = (
    *FILL,
    "CREATE TRIGGER entry_waits AFTER INSERT ON entry "
    "BEGIN INSERT INTO pending VALUES (NEW.number); END",
    "CREATE TRIGGER approval_ends_waiting AFTER INSERT ON approval "
    "BEGIN DELETE FROM pending WHERE number = NEW.entry; END",
)
POSTGRESQL = (
    *FILL,
    """
    CREATE FUNCTION cauce_waits() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
    BEGIN INSERT INTO pending VALUES (NEW.number); RETURN NULL; END $$
    """,
    "CREATE TRIGGER entry_waits AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION cauce_waits()",
    """
    CREATE FUNCTION cauce_ends_waiting() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
    BEGIN DELETE FROM pending WHERE number = NEW.entry; RETURN NULL; END $$
    """,
    "CREATE TRIGGER approval_ends_waiting AFTER INSERT ON approval "
    "FOR EACH ROW EXECUTE FUNCTION cauce_ends_waiting()",
)
BY_DIALECT = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
