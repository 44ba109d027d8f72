"""Who signs what: the name on an entry or a verdict is that of whoever acts in the transaction.

Without this, code that took the name from a form could let anybody sign for anybody, and approve
their own entries under another's name.
"""

from collections.abc import Iterator

TABLES = ("entry", "approval")
FORGED = "whoever signs acts in the transaction"


def sqlite() -> Iterator[str]:
    # Several people act in a transaction that keeps their saves together: one a line.
    for table in TABLES:
        yield (
            f"CREATE TRIGGER {table}_is_signed BEFORE INSERT ON {table} "
            "WHEN NEW.actor = '' OR instr(char(10) || cauce_actor() || char(10), "
            "char(10) || NEW.actor || char(10)) = 0 "
            f"BEGIN SELECT RAISE(ABORT, '{FORGED}'); END"
        )


def postgresql() -> Iterator[str]:
    yield f"""
    CREATE FUNCTION cauce_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.actor = '' OR NEW.actor <> ALL (
        string_to_array(coalesce(current_setting('cauce.actor', true), ''), chr(10))) THEN
        RAISE EXCEPTION '{FORGED}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """
    for table in TABLES:
        yield (
            f"CREATE TRIGGER {table}_is_signed BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION cauce_is_signed()"
        )


BY_DIALECT = {"sqlite": sqlite, "postgresql": postgresql}
