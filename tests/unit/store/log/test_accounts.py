"""Who comes in: invitations, passwords, codes, sessions and keys, on both databases."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DatabaseError

from cauce.model.account import Role
from cauce.model.errors import BadInput
from cauce.store.log import (
    Database,
    accounts,
    api_keys,
    open_database,
    passwords,
    sessions,
    sign_in,
    throttle,
)
from cauce.store.log import door_schema as doors
from cauce.store.log.accounts import Person
from cauce.store.log.audit import audit_faults
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.passwords import common, kept, refused, right
from cauce.store.log.sign_in import Caller, Wait, Wrong

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HERE = Caller("192.0.2.1")
PASSWORD = "cuatro ríos y una garza"  # noqa: S105 - a password of nobody
ANA = Person("Ana", "Ana@Ministerio.example", (Role.EDITOR,), frozenset({"GTM"}))


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def invited(database: Database, person: Person = ANA) -> tuple[str, str]:
    with database.writing("root") as connection:
        return accounts.invite(connection, person, NOW)


def joined(database: Database, keys: KeyFolder, person: Person = ANA) -> tuple[str, str]:
    """An account whose owner accepted; its id and the secret in their telephone."""
    id_, code = invited(database, person)
    token = sign_in.start_joining(database, keys, code, HERE, NOW)
    session = sessions.session_of(database, token, NOW)
    secret = sign_in.secret_to_show(database, keys, session)
    assert isinstance(
        sign_in.join(database, keys, session, PASSWORD, pyotp.TOTP(secret).at(NOW), NOW), tuple
    )
    return id_, secret


def come_in(database, keys, secret, at, caller=HERE, password=PASSWORD):
    """The tokens of somebody who signs in, or what they are told."""
    token = sign_in.check_password(database, keys, ANA.email, password, caller, at)
    if not isinstance(token, str):
        return token
    session = sessions.session_of(database, token, at)
    return sign_in.check_code(database, keys, session, pyotp.TOTP(secret).at(at), caller, at)


def test_who_was_invited_comes_in_with_password_and_code(database, keys) -> None:
    id_, secret = joined(database, keys)
    later = NOW + timedelta(minutes=2)
    token, _ = come_in(database, keys, secret, later)
    session = sessions.session_of(database, token, later)
    assert (session.account.id, session.stage) == (id_, "open")
    assert session.account.email == "ana@ministerio.example"
    assert session.account.countries == {"GTM"}


def test_a_code_is_good_once(database, keys) -> None:
    _, secret = joined(database, keys)
    later = NOW + timedelta(minutes=2)
    assert isinstance(come_in(database, keys, secret, later), tuple)
    assert come_in(database, keys, secret, later) == Wrong()
    assert isinstance(come_in(database, keys, secret, later + timedelta(minutes=1)), tuple)


def test_before_the_code_nobody_is_in(database, keys) -> None:
    joined(database, keys)
    token = sign_in.check_password(database, keys, ANA.email, PASSWORD, HERE, NOW)
    assert sessions.session_of(database, token, NOW).stage == "code"


def test_an_unknown_address_and_a_wrong_password_are_answered_alike(database, keys) -> None:
    joined(database, keys)
    for email, password in ((ANA.email, "wrong"), ("eva@x.example", PASSWORD)):
        assert sign_in.check_password(database, keys, email, password, HERE, NOW) == Wrong()


def test_an_invitation_is_used_once_and_expires(database, keys) -> None:
    _, code = invited(database)
    late = NOW + timedelta(days=8)
    assert sign_in.start_joining(database, keys, code, HERE, late) == Wrong()
    assert sign_in.start_joining(database, keys, "NOT-A-CODE", HERE, NOW) == Wrong()
    # Typed in small letters, with o for 0 and without hyphens.
    typed = code.lower().replace("0", "o").replace("-", " ")
    token = sign_in.start_joining(database, keys, typed, HERE, NOW)
    session = sessions.session_of(database, token, NOW)
    secret = sign_in.secret_to_show(database, keys, session)
    assert secret == sign_in.secret_to_show(database, keys, session)
    wrong = sign_in.join(database, keys, session, PASSWORD, "12345x", NOW)
    assert wrong == Wrong()
    sign_in.join(database, keys, session, PASSWORD, pyotp.TOTP(secret).at(NOW), NOW)
    assert sign_in.start_joining(database, keys, code, HERE, NOW) == Wrong()
    with pytest.raises(BadInput, match="was used or has expired"):
        sign_in.join(database, keys, session, PASSWORD, pyotp.TOTP(secret).at(NOW), NOW)


def test_a_second_code_for_a_lost_telephone_replaces_the_first(database, keys) -> None:
    id_, first = invited(database)
    with database.writing("root") as connection:
        second = accounts.invite_again(connection, id_, NOW)
    assert sign_in.start_joining(database, keys, first, HERE, NOW) == Wrong()
    assert isinstance(sign_in.start_joining(database, keys, second, HERE, NOW), str)


def test_an_address_has_one_account(database) -> None:
    invited(database)
    with pytest.raises(BadInput, match="already"):
        invited(database)
    for wrong in ("", "ana", "ana@", "@x.y", "a b@x.y", "ana@x.y\r\nadmin", "a" * 260 + "@x.y"):
        with pytest.raises(BadInput, match="no e-mail address"):
            invited(database, Person("A", wrong, (Role.EDITOR,), None))
    with pytest.raises(BadInput, match="at least one role"):
        invited(database, Person("A", "b@x.y", (), None))


def test_a_session_ends_when_idle_and_after_half_a_day(database, keys) -> None:
    _, secret = joined(database, keys)
    start = NOW + timedelta(minutes=2)
    token, _ = come_in(database, keys, secret, start)
    assert sessions.session_of(database, token, start + timedelta(minutes=31)) is None
    at = start
    while at < start + timedelta(hours=12) - timedelta(minutes=20):
        at += timedelta(minutes=20)
        assert sessions.session_of(database, token, at) is not None
    assert sessions.session_of(database, token, start + timedelta(hours=12, seconds=1)) is None


def test_a_changed_password_ends_sessions_keys_and_known_devices(database, keys) -> None:
    id_, secret = joined(database, keys)
    later = NOW + timedelta(minutes=2)
    token, device = come_in(database, keys, secret, later)
    account = sessions.session_of(database, token, later).account
    wish = api_keys.Wish("k", None, frozenset({"GTM"}), frozenset({"see"}), timedelta(days=1))
    with database.writing(id_) as connection:
        key = api_keys.make_key(connection, account, wish, later)
    change = (database, keys, account)
    assert sign_in.change_password(*change, "wrong", "nueve garzas azules", HERE, later) == Wrong()
    fresh, _ = sign_in.change_password(*change, PASSWORD, "nueve garzas azules", HERE, later)
    assert sessions.session_of(database, token, later) is None
    assert sessions.session_of(database, fresh, later) is not None
    assert api_keys.account_of_key(database, key, later) is None
    with database.reading() as connection:
        assert not sessions.is_known_device(connection, id_, device, later)
    assert come_in(database, keys, secret, later + timedelta(minutes=1)) == Wrong()


def test_a_role_taken_away_or_an_account_disabled_holds_from_the_next_request(
    database, keys
) -> None:
    id_, secret = joined(database, keys)
    later = NOW + timedelta(minutes=2)
    token, _ = come_in(database, keys, secret, later)
    with database.writing("root") as connection:
        accounts.set_rights(connection, id_, (Role.OBSERVER,), None)
    assert sessions.session_of(database, token, later) is None
    again = later + timedelta(minutes=1)
    token, _ = come_in(database, keys, secret, again)
    seen = sessions.session_of(database, token, again)
    assert seen.account.roles == (Role.OBSERVER,)
    assert seen.account.countries is None
    with database.writing("root") as connection:
        accounts.disable(connection, id_, again)
    assert sessions.session_of(database, token, again) is None
    assert come_in(database, keys, secret, again + timedelta(minutes=1)) == Wrong()
    with database.writing("root") as connection:
        accounts.enable(connection, id_)
    assert isinstance(come_in(database, keys, secret, again + timedelta(minutes=2)), tuple)


def test_an_account_keeps_a_role_and_one_that_is_not_there_is_not_changed(database) -> None:
    id_, _ = invited(database)
    with database.writing("root") as connection, pytest.raises(BadInput, match="at least one"):
        accounts.set_rights(connection, id_, (), None)
    with database.writing("root") as connection, pytest.raises(BadInput, match="no such account"):
        accounts.enable(connection, "nobody")


def test_many_attempts_are_slowed_down_and_the_owner_still_comes_in(
    database, keys, monkeypatch
) -> None:
    """From many addresses, so that only the account slows them down; hashing is left out."""
    _, secret = joined(database, keys)
    later = NOW + timedelta(minutes=2)
    _, device = come_in(database, keys, secret, later)
    monkeypatch.setattr(sign_in, "right", lambda password, stored: password == PASSWORD)
    listened = 0
    many = 500
    for number in range(many):
        caller = Caller(f"198.51.{number // 256 % 256}.{number % 256}")
        at = later + timedelta(hours=1, milliseconds=number * 3600_000 // many)
        found = sign_in.check_password(database, keys, ANA.email, "guess", caller, at)
        listened += found == Wrong()
    assert listened < 75, "an hour of guessing tries a minute's worth"
    end = later + timedelta(hours=2)
    owner = Caller("203.0.113.5", device)
    assert isinstance(come_in(database, keys, secret, end, owner), tuple)
    stranger = sign_in.check_password(database, keys, ANA.email, PASSWORD, Caller("a"), end)
    assert isinstance(stranger, Wait)
    assert 0 < stranger.seconds <= throttle.LONGEST, "never for good"


def test_one_address_that_guesses_at_many_accounts_is_slowed_down(database, keys, monkeypatch):
    monkeypatch.setattr(sign_in, "right", lambda password, stored: False)
    told = [
        sign_in.check_password(database, keys, f"u{n}@x.example", "guess", HERE, NOW)
        for n in range(30)
    ]
    assert told[:20] == [Wrong()] * 20
    assert all(isinstance(answer, Wait) for answer in told[21:])


def test_delays_grow_and_have_an_end() -> None:
    assert [throttle.delay(n, 5) for n in (0, 4, 5, 6, 9, 11, 10_000)] == [0, 0, 1, 2, 16, 60, 60]


def test_codes_are_guessed_as_slowly_as_passwords(database, keys) -> None:
    joined(database, keys)
    at = NOW + timedelta(minutes=2)
    token = sign_in.check_password(database, keys, ANA.email, PASSWORD, HERE, at)
    session = sessions.session_of(database, token, at)
    told = [sign_in.check_code(database, keys, session, "000000", HERE, at) for _ in range(8)]
    assert isinstance(told[-1], Wait)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("corta", "at least 8"),
        ("x" * 300, "At most"),
        ("password", "most common"),
        ("Football99!", "most common"),
        ("aaaaaaaaaa", "most common"),
        ("abcdefghij", "most common"),
        ("87654321", "most common"),
        ("ana.lopez1", "made of your name"),
        ("cauce2026", "made of your name"),
    ],
)
def test_a_password_everybody_would_try_is_refused(password: str, reason: str) -> None:
    found = refused(password, ("ana.lopez",))
    assert reason in found.en
    assert found.es


def test_a_long_password_of_any_letters_will_do() -> None:
    assert refused("cuatro ríos y una garza", ("ana",)) is None
    assert len(common()) == 6000


def test_a_password_is_right_however_its_accents_are_typed(slow_hasher, monkeypatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", slow_hasher)
    stored = kept("caf\u00e9 con leche")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert right("cafe\u0301 con leche", stored)
    assert not right("cafe con leche", stored)
    assert not right("x", None)
    assert not right("x", "not a hash")


def test_a_key_does_what_it_was_made_for_and_no_more(database, keys) -> None:
    id_, _ = joined(database, keys)
    with database.reading() as connection:
        owner = accounts.known(connection, id_).account
    wish = api_keys.Wish(
        "nightly", frozenset({"plans"}), frozenset({"GTM"}), frozenset({"see"}), timedelta(days=9)
    )
    with database.writing(id_) as connection:
        key = api_keys.make_key(connection, owner, wish, NOW)
    found = api_keys.account_of_key(database, key, NOW)
    assert found.id == id_
    assert found.scope.registers == {"plans"}
    assert found.scope.verbs == {"see"}
    assert found.countries == {"GTM"}
    assert key.split("_")[0] == "cauce"
    later = NOW + timedelta(days=2)
    assert api_keys.account_of_key(database, key, later) is not None
    with database.reading() as connection:
        listed = api_keys.keys_of(connection, id_, later)
    assert (listed[0].name, listed[0].seen_at[:10]) == ("nightly", "2026-01-03")
    assert api_keys.account_of_key(database, key[:-1] + "!", NOW) is None
    assert api_keys.account_of_key(database, "cauce_x", NOW) is None
    assert api_keys.account_of_key(database, key, NOW + timedelta(days=10)) is None
    with database.writing(id_) as connection:
        api_keys.revoke(connection, "another", listed[0].id, NOW)
    assert api_keys.account_of_key(database, key, NOW) is not None
    with database.writing(id_) as connection:
        api_keys.revoke(connection, id_, listed[0].id, NOW)
    assert api_keys.account_of_key(database, key, NOW) is None


def test_a_key_never_does_more_than_its_owner(database, keys) -> None:
    id_, _ = joined(database, keys)
    with database.reading() as connection:
        owner = accounts.known(connection, id_).account
    see, gtm, day = frozenset({"see"}), frozenset({"GTM"}), timedelta(days=1)
    for wish in (
        api_keys.Wish("k", None, None, see, day),
        api_keys.Wish("k", None, frozenset({"HND"}), see, day),
        api_keys.Wish("k", None, gtm, frozenset(), day),
        api_keys.Wish("k", None, gtm, frozenset({"erase"}), day),
        api_keys.Wish("", None, gtm, see, day),
        api_keys.Wish("k", None, gtm, see, timedelta(days=400)),
    ):
        with database.writing(id_) as connection, pytest.raises(BadInput):
            api_keys.make_key(connection, owner, wish, NOW)
    with database.writing(id_) as connection:
        key = api_keys.make_key(connection, owner, api_keys.Wish("k", None, gtm, see, day), NOW)
    speaks = api_keys.account_of_key(database, key, NOW)
    with database.writing(id_) as connection, pytest.raises(BadInput, match="makes no keys"):
        api_keys.make_key(connection, speaks, api_keys.Wish("k", None, gtm, see, day), NOW)
    with database.writing("root") as connection:
        accounts.set_rights(connection, id_, (Role.EDITOR,), frozenset({"NIC"}))
    assert api_keys.account_of_key(database, key, NOW).countries == frozenset()


def test_no_secret_is_in_the_database_as_it_is(database, keys) -> None:
    _, code = invited(database)
    token = sign_in.start_joining(database, keys, code, HERE, NOW)
    session = sessions.session_of(database, token, NOW)
    secret = sign_in.secret_to_show(database, keys, session)
    opened, device = sign_in.join(
        database, keys, session, PASSWORD, pyotp.TOTP(secret).at(NOW), NOW
    )
    with database.reading() as connection:
        everything = "".join(
            str(tuple(row)) for table in doors.TABLES for row in connection.execute(select(table))
        )
    for told in (code, code.replace("-", ""), token, secret, opened, device, PASSWORD):
        assert told not in everything
    assert HERE.address not in everything


def test_the_audit_tells_every_change_and_no_secret(database, keys) -> None:
    id_, _ = joined(database, keys)
    with database.writing("root") as connection:
        accounts.set_rights(connection, id_, (Role.OBSERVER,), None)
    with database.reading() as connection:
        rows = connection.execute(select(doors.audit).order_by(doors.audit.c.number)).all()
        stored = connection.execute(select(doors.account)).one()
        assert list(audit_faults(connection)) == []
    last = next(row for row in reversed(rows) if row.item == "account")
    assert (last.actor, last.verb, last.key) == ("root", "UPDATE", id_)
    assert '"editor"' in last.old
    assert '"observer"' in last.new
    assert stored.password not in "".join(f"{row.old}{row.new}" for row in rows)
    assert stored.totp not in "".join(f"{row.old}{row.new}" for row in rows)


def test_nothing_is_changed_without_saying_who(database) -> None:
    invited(database)
    with pytest.raises(DatabaseError, match="nobody said who"), database.writing("") as connection:
        connection.execute(update(doors.account).values(name="Eva"))
    engine = database.engine
    with pytest.raises(DatabaseError, match="nobody said who"), engine.begin() as connection:
        connection.execute(update(doors.account).values(name="Eva"))


def test_a_bulk_update_is_audited_row_by_row(database) -> None:
    invited(database)
    invited(database, Person("B", "b@x.example", (Role.EDITOR,), None))
    with database.writing("root") as connection:
        connection.execute(text("UPDATE account SET name = 'X'"))
    with database.reading() as connection:
        rows = connection.execute(
            select(doors.audit).where(
                doors.audit.c.item == "account", doors.audit.c.verb == "UPDATE"
            )
        ).all()
        assert len(rows) == 2
        assert list(audit_faults(connection)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'x'",
        "DELETE FROM audit",
        "UPDATE reading SET fields = ''",
        "DELETE FROM erasure",
    ],
)
def test_the_audit_is_never_altered(database, statement) -> None:
    invited(database)
    with database.writing("root") as connection:
        connection.execute(
            insert(doors.reading).values(register="r", key="k", country="GTM", fields="f")
        )
        connection.execute(
            insert(doors.erasure).values(register="r", key="k", at="2026", reason="why")
        )
    with pytest.raises(DatabaseError, match="never altered"), database.writing("x") as connection:
        connection.execute(text(statement))


def test_an_altered_row_of_the_audit_is_named(database) -> None:
    invited(database)
    with database.writing("root") as connection:
        if database.dialect == "sqlite":
            connection.execute(text("DROP TRIGGER audit_never_update"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_never_altered"))
        connection.execute(text("UPDATE audit SET actor = 'eva' WHERE number = 2"))
    with database.reading() as connection:
        assert list(audit_faults(connection)) == ["audit: row 2 is not as it was written."]


def test_a_false_row_does_not_enter_the_audit_of_sqlite(tmp_path) -> None:
    """On PostgreSQL nobody but the owner writes there: see test_row_security."""
    database = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    invited(database)
    row = {"number": 3, "at": "x", "actor": "x", "verb": "x", "item": "x", "key": "x"}
    with pytest.raises(DatabaseError, match="follows"), database.writing("x") as connection:
        connection.execute(insert(doors.audit).values(**row, previous="0", hash="0"))
    database.close()
