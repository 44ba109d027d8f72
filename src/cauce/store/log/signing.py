"""Who signs what: the name on an entry or a verdict is that of whoever acts in the transaction.

Without this, code that took the name from a form could let anybody sign for anybody, and approve
their own entries under another's name.
"""

from collections.abc import Iterator

TABLES = ("entry", "approval")
FORGED = "whoever signs acts in the transaction"


def rules(dialect: str) -> Iterator[str]:
    """What makes both databases refuse a forged name."""
    if dialect == "postgresql":
        yield _FUNCTION
    for table in TABLES:
        yield from signed(dialect, table)


def signed(dialect: str, table: str) -> Iterator[str]:
    """What makes a table with a column `actor` be signed."""
    begins = f"CREATE TRIGGER {table}_is_signed BEFORE INSERT ON {table}"
    if dialect == "postgresql":
        yield f"{begins} FOR EACH ROW EXECUTE FUNCTION cauce_is_signed()"
        return
    # Several people act in a transaction that keeps their saves together: one a line.
    yield (
        f"{begins} WHEN NEW.actor = '' OR instr(char(10) || cauce_actor() || char(10), "
        f"char(10) || NEW.actor || char(10)) = 0 BEGIN SELECT RAISE(ABORT, '{FORGED}'); END"
    )


_FUNCTION = f"""
CREATE FUNCTION cauce_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.actor = '' OR NEW.actor <> ALL (
    string_to_array(coalesce(current_setting('cauce.actor', true), ''), chr(10))) THEN
    RAISE EXCEPTION '{FORGED}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
