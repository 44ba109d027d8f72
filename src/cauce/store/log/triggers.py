"""Rules the database itself keeps, so that no code path escapes them, in both dialects."""

from collections.abc import Iterator

IMMUTABLE = ("entry", "approval", "declaration")

SQLITE = (
    *(
        f"CREATE TRIGGER {table}_never_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'what is in {table} is never altered'); END"
        for table in IMMUTABLE
        for verb in ("UPDATE", "DELETE")
    ),
    """
    CREATE TRIGGER entry_follows BEFORE INSERT ON entry
    WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM entry), 0)
      OR NEW.previous <> coalesce(
        (SELECT hash FROM entry ORDER BY number DESC LIMIT 1), printf('%064d', 0))
    BEGIN SELECT RAISE(ABORT, 'an entry follows from the last one'); END
    """,
    """
    CREATE TRIGGER version_never_deleted BEFORE DELETE ON version
    BEGIN SELECT RAISE(ABORT, 'what is in version is never deleted'); END
    """,
    """
    CREATE TRIGGER version_is_superseded_once BEFORE UPDATE ON version
    WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
      OR NEW.number <> OLD.number OR NEW.register <> OLD.register OR NEW.key <> OLD.key
      OR NEW.country <> OLD.country OR NEW.recorded_at <> OLD.recorded_at
      OR NEW.delta <> OLD.delta OR NEW.ended <> OLD.ended
    BEGIN SELECT RAISE(ABORT, 'a version is superseded once, and nothing else'); END
    """,
    """
    CREATE TRIGGER approval_by_another BEFORE INSERT ON approval
    WHEN NEW.actor = (SELECT actor FROM entry WHERE number = NEW.entry)
    BEGIN SELECT RAISE(ABORT, 'nobody approves their own entry'); END
    """,
)

_REFUSE = """
CREATE FUNCTION cauce_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""

POSTGRESQL = (
    _REFUSE,
    *(
        f"CREATE TRIGGER {table}_never_altered BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION cauce_refuse('what is in {table} is never altered')"
        for table in IMMUTABLE
    ),
    """
    CREATE FUNCTION cauce_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last record;
    BEGIN
      SELECT number, hash INTO last FROM entry ORDER BY number DESC LIMIT 1;
      IF NEW.number <> 1 + coalesce(last.number, 0)
        OR NEW.previous <> coalesce(last.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'an entry follows from the last one'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER entry_follows BEFORE INSERT ON entry
    FOR EACH ROW EXECUTE FUNCTION cauce_entry_follows()
    """,
    """
    CREATE TRIGGER version_never_deleted BEFORE DELETE OR TRUNCATE ON version
    FOR EACH STATEMENT EXECUTE FUNCTION cauce_refuse('what is in version is never deleted')
    """,
    """
    CREATE TRIGGER version_is_superseded_once BEFORE UPDATE ON version FOR EACH ROW
    WHEN (OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
      OR NEW.number <> OLD.number OR NEW.register <> OLD.register OR NEW.key <> OLD.key
      OR NEW.country <> OLD.country OR NEW.recorded_at <> OLD.recorded_at
      OR NEW.delta <> OLD.delta OR NEW.ended <> OLD.ended)
    EXECUTE FUNCTION cauce_refuse('a version is superseded once, and nothing else')
    """,
    """
    CREATE FUNCTION cauce_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.actor = (SELECT actor FROM entry WHERE number = NEW.entry) THEN
        RAISE EXCEPTION 'nobody approves their own entry'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER approval_by_another BEFORE INSERT ON approval
    FOR EACH ROW EXECUTE FUNCTION cauce_by_another()
    """,
)


def never_altered(dialect: str, table: str) -> Iterator[str]:
    """What keeps the rows of a table that came later as they were written."""
    told = f"what is in {table} is never altered"
    if dialect == "postgresql":
        yield (
            f"CREATE TRIGGER {table}_never_altered BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION cauce_refuse('{told}')"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_never_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        )


BY_DIALECT = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
