"""The audit: every change to who comes in and to what is sealed, written by the database itself."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, select

from cauce.registers.log import FIRST, chained
from cauce.store.log import door_schema as doors

SECRETS = {
    "account": ("password", "totp"),
    "invitation": ("code_hash", "totp"),
    "session": ("token_hash",),
    "api_key": ("secret_hash",),
    "device": ("token_hash",),
    "attempt": (),
    "reading": (),
    "data_key": ("wrapped",),
    "erasure": (),
}
"""The audited tables, and their columns that the audit does not repeat."""

VERBS = ("INSERT", "UPDATE", "DELETE")
NOBODY = "nobody said who does this"
UNALTERED = ("audit", "reading", "erasure")


def audited() -> tuple[Table, ...]:
    return tuple(table for table in doors.TABLES if table.name in SECRETS)


def sqlite() -> Iterator[str]:
    """The triggers of SQLite. They call functions that only our own connections have.

    A program that opens the file without them can read it, and changes nothing here.
    """
    for table in audited():
        for verb in VERBS:
            yield _sqlite_audit(table, verb)
    for name in UNALTERED:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {name}_never_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, 'what is in {name} is never altered'); END"
            )
    yield """
    CREATE TRIGGER audit_follows BEFORE INSERT ON audit
    WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM audit), 0)
      OR NEW.previous <> coalesce(
        (SELECT hash FROM audit ORDER BY number DESC LIMIT 1), printf('%064d', 0))
      OR NEW.hash <> cauce_chained(NEW.previous, NEW.number, NEW.at, NEW.actor, NEW.verb, NEW.item,
        NEW.key, coalesce(NEW.old, ''), coalesce(NEW.new, ''))
    BEGIN SELECT RAISE(ABORT, 'a row of the audit follows from the last one'); END
    """


def _sqlite_audit(table: Table, verb: str) -> str:
    """What writes one row of the audit for each row that a statement touched."""
    shown = [column.name for column in table.columns if column.name not in SECRETS[table.name]]
    old = "NULL" if verb == "INSERT" else _json("OLD", shown)
    new = "NULL" if verb == "DELETE" else _json("NEW", shown)
    key = _key("OLD" if verb == "DELETE" else "NEW", table)
    return f"""
    CREATE TRIGGER {table.name}_audit_{verb.lower()} AFTER {verb} ON {table.name}
    BEGIN
      SELECT RAISE(ABORT, '{NOBODY}') WHERE cauce_actor() = '';
      INSERT INTO audit (number, at, actor, verb, item, key, old, new, previous, hash)
      SELECT n, cauce_now(), cauce_actor(), '{verb}', '{table.name}', k, o, w, p,
        cauce_chained(p, n, cauce_now(), cauce_actor(), '{verb}', '{table.name}', k,
          coalesce(o, ''), coalesce(w, ''))
      FROM (SELECT
        1 + coalesce((SELECT max(number) FROM audit), 0) AS n,
        coalesce((SELECT hash FROM audit ORDER BY number DESC LIMIT 1), '{FIRST}') AS p,
        CAST({key} AS TEXT) AS k, {old} AS o, {new} AS w);
    END
    """  # noqa: S608 - names of our own tables


def _json(row: str, columns: list[str]) -> str:
    parts = ", ".join(f"'{name}', {row}.{name}" for name in columns)
    return f"json_object({parts})"


def _key(row: str, table: Table) -> str:
    """The primary key, its parts with |, and never a secret one."""
    names = [c.name for c in table.primary_key if c.name not in SECRETS[table.name]]
    return " || '|' || ".join(f"{row}.{name}" for name in names) or f"{row}.account"


def postgresql() -> Iterator[str]:
    """The triggers of PostgreSQL. They write with the owner's rights, which nobody else has."""
    yield _POSTGRESQL_AUDIT
    for table in audited():
        key = [c.name for c in table.primary_key if c.name not in SECRETS[table.name]]
        secrets = ",".join(SECRETS[table.name])
        yield (
            f"CREATE TRIGGER {table.name}_audit AFTER INSERT OR UPDATE OR DELETE ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION "
            f"cauce_audit('{','.join(key) or 'account'}', '{secrets}')"
        )
        if table.name not in UNALTERED:
            yield (
                f"CREATE TRIGGER {table.name}_never_truncated BEFORE TRUNCATE ON {table.name} FOR "
                f"EACH STATEMENT EXECUTE FUNCTION cauce_refuse('{table.name} is never emptied')"
            )
    for name in UNALTERED:
        yield (
            f"CREATE TRIGGER {name}_never_altered BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION "
            f"cauce_refuse('what is in {name} is never altered')"
        )


_POSTGRESQL_AUDIT = f"""
CREATE FUNCTION cauce_audit() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  who text := coalesce(current_setting('cauce.actor', true), '');
  moment text := to_char(clock_timestamp() AT TIME ZONE 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"');
  shown jsonb; item text; old_row text; new_row text; last record; n bigint; p text;
BEGIN
  IF who = '' THEN
    RAISE EXCEPTION '{NOBODY}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM pg_advisory_xact_lock(20230602);
  IF TG_OP <> 'INSERT' THEN
    shown := to_jsonb(OLD) - string_to_array(TG_ARGV[1], ',');
    old_row := shown::text;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    shown := to_jsonb(NEW) - string_to_array(TG_ARGV[1], ',');
    new_row := shown::text;
  END IF;
  SELECT string_agg(shown ->> part, '|' ORDER BY place) INTO item
    FROM unnest(string_to_array(TG_ARGV[0], ',')) WITH ORDINALITY AS parts(part, place);
  SELECT number, hash INTO last FROM audit ORDER BY number DESC LIMIT 1;
  n := 1 + coalesce(last.number, 0);
  p := coalesce(last.hash, repeat('0', 64));
  INSERT INTO audit (number, at, actor, verb, item, key, old, new, previous, hash)
  VALUES (n, moment, who, TG_OP, TG_TABLE_NAME, item, old_row, new_row, p,
    encode(sha256(convert_to('[' || to_json(p)::text || ',' || n::text || ','
      || to_json(moment)::text || ',' || to_json(who)::text || ',' || to_json(TG_OP)::text || ','
      || to_json(TG_TABLE_NAME::text)::text || ',' || to_json(item)::text || ','
      || to_json(coalesce(old_row, ''))::text || ',' || to_json(coalesce(new_row, ''))::text
      || ']', 'UTF8')), 'hex'));
  RETURN NULL;
END $$
"""  # noqa: S608 - names of our own tables


def audit_faults(connection: Connection) -> Iterator[str]:
    """What is wrong with the audit, row by row; nothing if it is as it was written."""
    number, previous = 0, FIRST
    rows = connection.execution_options(yield_per=1000).execute(
        select(doors.audit).order_by(doors.audit.c.number)
    )
    for row in rows:
        if row.number != number + 1:
            yield f"audit: row {number + 1} is missing: after row {number} comes {row.number}."
        elif row.previous != previous:
            yield f"audit: row {row.number} does not follow from row {number}."
        said = (row.at, row.actor, row.verb, row.item, row.key, row.old or "", row.new or "")
        if chained(row.previous, row.number, *said) != row.hash:
            yield f"audit: row {row.number} is not as it was written."
        number, previous = row.number, row.hash


BY_DIALECT = {"sqlite": sqlite, "postgresql": postgresql}
