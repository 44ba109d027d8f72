"""One's own account: where one is signed in, one's keys, one's password."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from cauce.model.account import Account
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.office.doors.cookies import DEVICE, DEVICE_LASTS, SESSION, give
from cauce.office.doors.joining import about
from cauce.office.doors.visit import Visit
from cauce.registers.access import VERBS
from cauce.store.log import api_keys, sessions
from cauce.store.log.accounts import known
from cauce.store.log.passwords import ADVISED, LEAST, refused
from cauce.store.log.sign_in import Wait, Wrong, change_password


@dataclass(frozen=True)
class Choice:
    """A box that can be ticked."""

    value: str
    name: str
    ticked: bool = False


@dataclass(frozen=True)
class SessionLine:
    """Where somebody is signed in."""

    id: str
    since: str
    seen: str
    here: bool


@dataclass(frozen=True)
class KeyLine:
    """A key, with what it may do in words."""

    id: str
    name: str
    prefix: str
    may: str
    until: str
    seen: str


@dataclass(frozen=True)
class AccountPage:
    """What templates/doors/account.html is given, and nothing else."""

    title: str
    problem: str
    done: str
    email: str
    roles: tuple[str, ...]
    countries: str
    sessions: tuple[SessionLine, ...]
    keys: tuple[KeyLine, ...]
    verbs: tuple[Choice, ...]
    registers: tuple[Choice, ...]
    for_countries: tuple[Choice, ...]
    external: bool
    least: int
    advised: int


@dataclass(frozen=True)
class ToldPage:
    """What templates/doors/told.html is given: something that is shown once."""

    title: str
    text: str
    secret: str
    back: str
    back_name: str


def own_account(visit: Visit, account: Account) -> Response:
    done = visit.request.query_params.get("done", "")
    said = visit.words("doors.done_password") if done == "password" else ""
    return _account(visit, account, "", 200, said)


def new_password(visit: Visit, account: Account) -> Response:
    """A new password for who knows the old one."""
    new = visit.given("password")
    if new != visit.given("again"):
        return _account(visit, account, visit.words("doors.not_the_same"), 422)
    reason = refused(new, about(account.name, account.email))
    if reason is not None:
        return _account(visit, account, visit.words.of(reason), 422)
    doors, old = visit.doors, visit.given("old")
    found = change_password(doors.database, doors.keys, account, old, new, visit.caller, visit.now)
    if isinstance(found, Wait):
        wait = visit.words("doors.wait", seconds=found.seconds)
        return _account(visit, account, wait, 429)
    if isinstance(found, Wrong):
        return _account(visit, account, visit.words("doors.wrong_old"), 403)
    response = visit.go("/account?done=password")
    give(response, SESSION, found[0])
    give(response, DEVICE, found[1], DEVICE_LASTS, "strict")
    return response


def end_others(visit: Visit, account: Account) -> Response:
    """Sign out everywhere but here."""
    here = visit.session("open")
    with visit.doors.database.writing(account.id) as connection:
        sessions.close_others(connection, account.id, here.id if here else "")
    return visit.go("/account")


def new_key(visit: Visit, account: Account) -> Response:
    """A key within what its owner may do, shown once."""
    registers = frozenset(visit.chosen("registers")) & frozenset(visit.doors.registers)
    countries: frozenset[str] | None = frozenset(visit.chosen("countries"))
    if account.countries is None and not countries:
        countries = None
    days = visit.given("days")
    wish = api_keys.Wish(
        name=visit.given("name"),
        registers=registers or None,
        countries=countries if countries is None or countries else account.countries,
        verbs=frozenset(visit.chosen("verbs")),
        lasts=timedelta(
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0
        ),
    )
    try:
        with visit.doors.database.writing(account.id) as connection:
            secret = api_keys.make_key(connection, account, wish, visit.now)
    except BadInput:
        return _account(visit, account, visit.words("doors.key_refused"), 422)
    page = ToldPage(
        title=visit.words("doors.key_made"),
        text=visit.words("doors.key_made_text"),
        secret=secret,
        back=visit.address("/account"),
        back_name=visit.words("doors.account"),
    )
    return visit.show("told.html", page)


def end_key(visit: Visit, account: Account) -> Response:
    with visit.doors.database.writing(account.id) as connection:
        api_keys.revoke(connection, account.id, visit.part("key"), visit.now)
    return visit.go("/account")


def _account(visit: Visit, account: Account, problem: str, status: int, done: str = "") -> Response:
    said, doors = visit.words, visit.doors
    here = visit.session("open")
    with doors.database.reading(account.id) as connection:
        opened = sessions.opened(connection, account.id, visit.now)
        keys = api_keys.keys_of(connection, account.id, visit.now)
        found = known(connection, account.id)
    page = AccountPage(
        title=account.name,
        problem=problem,
        done=done,
        email=account.email,
        roles=tuple(said(f"role.{role}") for role in account.roles),
        countries=countries_in_words(visit, account.countries),
        sessions=tuple(
            SessionLine(
                s.id,
                said.moment(s.created_at),
                said.moment(s.seen_at),
                here is not None and s.id == here.id,
            )
            for s in opened
        ),
        keys=tuple(_key_line(visit, key) for key in keys),
        verbs=tuple(Choice(verb, said(f"verb.{verb}"), verb == "see") for verb in VERBS),
        registers=tuple(Choice(id_, said.of(name)) for id_, name in doors.registers.items()),
        for_countries=tuple(
            Choice(code, name) for code, name in countries_of(visit, account.countries)
        ),
        external=found is not None and found.external,
        least=LEAST,
        advised=ADVISED,
    )
    return visit.show("account.html", page, status)


def _key_line(visit: Visit, key: api_keys.ApiKey) -> KeyLine:
    said = visit.words
    every = Text("all registers", "todos los registros")
    names = (
        [said.of(every)]
        if key.scope.registers is None
        else [_name(visit, id_) for id_ in sorted(key.scope.registers)]
    )
    verbs = [said(f"verb.{verb}") for verb in VERBS if verb in key.scope.verbs]
    parts = (", ".join(verbs), ", ".join(names), countries_in_words(visit, key.countries))
    return KeyLine(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        may=" · ".join(parts),
        until=said.moment(key.expires_at),
        seen=said.moment(key.seen_at) if key.seen_at else said("doors.never"),
    )


def _name(visit: Visit, register: str) -> str:
    found = visit.doors.registers.get(register)
    return register if found is None else visit.words.of(found)


def countries_of(visit: Visit, countries: frozenset[str] | None) -> list[tuple[str, str]]:
    """Codes and names of the countries that may be chosen, by name."""
    known_ = visit.doors.countries
    codes = known_ if countries is None else sorted(countries)
    named = ((code, visit.words.of(known_[code]) if code in known_ else code) for code in codes)
    return sorted(named, key=lambda pair: pair[1])


def countries_in_words(visit: Visit, countries: frozenset[str] | None) -> str:
    if countries is None:
        return visit.words("doors.whole_region")
    names = [name for _, name in countries_of(visit, countries)]
    return ", ".join(names) or visit.words("doors.no_country")
