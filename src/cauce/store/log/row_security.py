"""PostgreSQL's own wall between countries: without being told whose, a query finds nothing.

It guards against a query that forgot to ask, from whatever code. It does not bind a superuser, nor
the owner of a database who sets the countries themselves.
"""

MINE = (
    "current_setting('cauce.countries', true) = '*' "
    "OR country = ANY (string_to_array(current_setting('cauce.countries', true), ','))"
)
_SEEN = "EXISTS (SELECT 1 FROM entry e WHERE e.number = approval.entry)"
_RULES = {"entry": MINE, "version": MINE, "approval": _SEEN}


def by_country(table: str, rule: str = MINE) -> tuple[str, ...]:
    """What puts a table behind the wall; it must have a column `country` if no rule is given."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_by_country ON {table} USING ({rule}) WITH CHECK ({rule})",
    )


POSTGRESQL = (
    *(statement for table, rule in _RULES.items() for statement in by_country(table, rule)),
    # The laws of the log are about all of it, whoever writes.
    "ALTER FUNCTION cauce_entry_follows() SET cauce.countries = '*'",
    "ALTER FUNCTION cauce_by_another() SET cauce.countries = '*'",
    """
    CREATE FUNCTION cauce_last(OUT number bigint, OUT hash text) LANGUAGE sql STABLE
    SET cauce.countries = '*' AS
    $$ SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1 $$
    """,
)


def login(name: str) -> tuple[str, ...]:
    """What gives a login, made without rights, those the office needs and no more.

    It must not own the tables, or the rules would be its own to remove.
    """
    return (
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT INSERT ON entry, version, thing, approval, declaration, account, invitation, "
        f"session, api_key, device, activity, attempt, reading, data_key, sealed, blind, erasure, "
        f"legal_hold, out_of_role, card_key, card, card_revoked, card_list, event_seen, "
        f"event_decided, looked, card_device, card_device_ended, card_permit "
        f"TO {name}",
        f"GRANT UPDATE (superseded_at) ON version TO {name}",
        f"GRANT UPDATE (title, ever) ON thing TO {name}",
        f"GRANT INSERT, UPDATE, DELETE ON draft, upload TO {name}",
        f"GRANT INSERT, DELETE ON event TO {name}",
        f"GRANT UPDATE ON account, invitation, api_key, activity TO {name}",
        f"GRANT UPDATE (wrapped_by, wrapped) ON data_key TO {name}",
        f"GRANT DELETE ON session, device, attempt, data_key, sealed, blind TO {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"GRANT USAGE ON SCHEMA analysis TO {name}",
    )
