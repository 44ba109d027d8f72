"""The tables of who comes in – accounts, sessions, keys – of sealed values, and of the audit."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from cauce.store.log.schema import DIGEST, MOMENT, NUMBER, metadata

ID = String(40)

# `roles` and `countries` are codes with commas; countries "*" is the whole region. `password` is an
# argon2id hash and `totp` a sealed secret; `totp_step` the last step whose code was taken.
account = Table(
    "account",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("email", String(254), nullable=False, unique=True),
    Column("roles", Text, nullable=False),
    Column("countries", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("password", Text),
    Column("password_at", MOMENT),
    Column("totp", Text),
    Column("totp_step", NUMBER, nullable=False),
    Column("issuer", String(200)),
    Column("subject", String(255)),
    Column("created_at", MOMENT, nullable=False),
    Column("disabled_at", MOMENT),
    UniqueConstraint("issuer", "subject"),
)

# An invitation to an account, or back to one whose telephone was lost.
invitation = Table(
    "invitation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account", ID, ForeignKey("account.id"), nullable=False, index=True),
    Column("code_hash", DIGEST, nullable=False, unique=True),
    Column("totp", Text),
    Column("expires_at", MOMENT, nullable=False),
    Column("used_at", MOMENT),
)

# `stage`: "code" once the password was right, "join" within an invitation, "open" when signed in.
session = Table(
    "session",
    metadata,
    Column("id", ID, primary_key=True),
    Column("token_hash", DIGEST, nullable=False, unique=True),
    Column("account", ID, ForeignKey("account.id"), nullable=False, index=True),
    Column("invitation", ID, ForeignKey("invitation.id")),
    Column("stage", String(8), nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account", ID, ForeignKey("account.id"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("secret_hash", DIGEST, nullable=False),
    Column("countries", Text, nullable=False),
    Column("registers", Text, nullable=False),
    Column("verbs", Text, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    Column("revoked_at", MOMENT),
)

# A browser its owner once signed in from: others who guess at the account do not slow it down.
device = Table(
    "device",
    metadata,
    Column("token_hash", DIGEST, primary_key=True),
    Column("account", ID, ForeignKey("account.id"), nullable=False, index=True),
    Column("expires_at", MOMENT, nullable=False),
)

# When a session or key was last used. Not audited: it changes with every page.
activity = Table(
    "activity",
    metadata,
    Column("id", ID, primary_key=True),
    Column("seen_at", MOMENT, nullable=False),
)

# Attempts that failed, or did not yet succeed. `subject` is a keyed hash of an address or account.
attempt = Table(
    "attempt",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("subject", DIGEST, nullable=False),
    Column("at", MOMENT, nullable=False),
    Index("attempt_by_subject", "subject", "at"),
)

# Who opened which sealed fields of which record. The values are not here.
reading = Table(
    "reading",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("register", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("country", String(3), nullable=False),
    Column("fields", Text, nullable=False),
)

# A record's own key, wrapped by the key of its country, which is outside the database.
data_key = Table(
    "data_key",
    metadata,
    Column("register", String(40), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("country", String(3), nullable=False),
    Column("wrapped_by", String(80), nullable=False),
    Column("wrapped", Text, nullable=False),
)

sealed = Table(
    "sealed",
    metadata,
    Column("hash", DIGEST, primary_key=True),
    Column("register", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("field", String(81), nullable=False),
    Column("value", Text, nullable=False),
    Index("sealed_by_key", "register", "key"),
)

# Keyed hashes of sealed texts, to find a record by exactly what it holds.
blind = Table(
    "blind",
    metadata,
    Column("register", String(40), primary_key=True),
    Column("field", String(81), primary_key=True),
    Column("digest", DIGEST, primary_key=True),
    Column("key", String(40), primary_key=True),
)

# Whose sealed values were erased: a backup that is restored is erased again by this list.
erasure = Table(
    "erasure",
    metadata,
    Column("register", String(40), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("reason", Text, nullable=False),
)

# What was done to the tables above, by whom: chained, written by the database, never altered.
audit = Table(
    "audit",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("verb", String(10), nullable=False),
    Column("item", String(40), nullable=False),
    Column("key", String(120), nullable=False),
    Column("old", Text),
    Column("new", Text),
    Column("previous", DIGEST, nullable=False),
    Column("hash", DIGEST, nullable=False),
    Index("audit_by_item", "item", "key", "number"),
)

TABLES = (
    account,
    invitation,
    session,
    api_key,
    device,
    activity,
    attempt,
    reading,
    data_key,
    sealed,
    blind,
    erasure,
    audit,
)
