"""Every address and every field, for every role and country, against the matrix as it is written.

The matrix is read here a second time, straight from its text and without the code that serves it.
"""

import tomllib
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from starlette.routing import Route

from cauce.model.account import Account, Role
from cauce.model.entry import Action, Draft
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.office.doors import routes
from cauce.registers.access import STATES, VERBS, fields, may, parse_access, places
from cauce.store.log import Log, append, open_database
from cauce.store.log.envelope import Whose
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.opening import seen_record
from cauce.store.log.sealing import seal_record

MATRIX = (Path(__file__).parents[3] / "packs" / "registers" / "access.toml").read_text("utf-8")
WRITTEN = tomllib.loads(MATRIX)
ACCESS = parse_access(MATRIX)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LEVELS = ["NOTHING", "PUBLIC", "P0", "P1", "P2", "P3"]
WORD = Text("x", "x")
OWN, FOREIGN, REGION = "GTM", "HND", ""
COUNTRIES = (OWN, FOREIGN, REGION)
REGISTERS = sorted({name for group in WRITTEN["group"].values() for name in group["registers"]})


def named(names: list[str]) -> set[str]:
    """The registers a list of groups and registers names."""
    found: set[str] = set()
    for name in names:
        found |= set(WRITTEN["group"].get(name, {"registers": [name]})["registers"])
    return found


GRANTS = [(set(one["roles"]), named(one["registers"]), one) for one in WRITTEN["grant"]]
WALLS = [(set(one["roles"]), named(one["registers"]), one) for one in WRITTEN["wall"]]


def one_of(value: str, words: list[str]) -> bool:
    return words == ["all"] or value in words


def level(roles: tuple[Role, ...], verb: str, register: str, country: str, state: str) -> int:
    """How far into a record roles reach by the letter of the matrix; -1 if they may not at all."""
    roles_ = {*roles, "public"}
    where = {OWN: "own", FOREIGN: "foreign", REGION: "region"}[country]
    reach = [
        LEVELS.index(grant["shows"])
        for theirs, registers, grant in GRANTS
        if register in registers
        and roles_ & theirs
        and one_of(verb, grant["verbs"])
        and one_of(where, grant["where"])
        and one_of(state, grant["states"])
    ]
    walls = [
        LEVELS.index(wall["leaves"])
        for theirs, registers, wall in WALLS
        if register in registers and roles_ & theirs
    ]
    if not reach or 0 in walls:
        return -1
    return min([max(reach), *walls])


def account(roles: tuple[Role, ...]) -> Account:
    return Account("a", "Ana", "a@x.example", roles, frozenset({OWN}))


# Each role alone, and with the one that walls are for.
HELD = [(role,) for role in Role] + [(role, Role.INSPECTOR) for role in Role]


def register(name: str) -> Register:
    """A register with one field of each level, named after it."""
    made = [Field("PUBLIC", WORD, "text", False, Sensitivity.P0, True)]
    made += [Field(s.name, WORD, "text", False, s, False) for s in Sensitivity]
    return Register(name, WORD, WORD, WORD, tuple(made), Text("PUBLIC", "PUBLIC"), "", True)


def test_every_role_verb_country_state_and_field_is_as_the_matrix_says() -> None:
    asked = 0
    for role, name in product(HELD, REGISTERS):
        who, what = account(role), register(name)
        for verb, country, state in product(VERBS, COUNTRIES, STATES):
            wanted = level(role, verb, name, country, state)
            case = (role, verb, name, country, state)
            assert may(ACCESS, who, verb, name, country, state) == (wanted >= 0), case
            seen = fields(ACCESS, who, verb, what, country, state)
            assert seen == {one for one in LEVELS[1:] if LEVELS.index(one) <= wanted}, case
            asked += 1
    assert asked == len(HELD) * len(REGISTERS) * 6 * 3 * 4


def test_what_is_read_from_the_log_holds_the_fields_of_the_matrix_and_no_other(tmp_path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    keys = KeyFolder(tmp_path / "keys")
    names = ("participants", "regularization_initiatives", "observations", "crisis_cases")
    registers = {name: register(name) for name in names}
    for name, country in product(names, COUNTRIES):
        with database.writing("root") as connection:
            record = {one: f"{one} {country}" for one in LEVELS[1:]}
            whose = Whose(registers[name], f"k-{country}", country)
            made = seal_record(connection, keys, whose, record)
            draft = Draft(name, whose.key, country, Action.OPEN, made, None, None, "root", "", 0)
            append(connection, registers, (draft,), NOW)
    for role, name, state in product(HELD, names, ("draft", "published")):
        who = account(role)
        log = Log(database, registers, places(ACCESS, who, "see", name, state))
        for country in COUNTRIES:
            case = (role, name, country, state)
            wanted = level(role, "see", name, country, state)
            entries = log.entries(name, f"k-{country}")
            assert bool(entries) == (wanted >= 0), case
            if not entries:
                continue
            whose = Whose(registers[name], f"k-{country}", country)
            with database.writing("a") as connection:
                seen = seen_record(connection, keys, ACCESS, who, whose, entries[-1].record, state)
            shown = {one: f"{one} {country}" for one in LEVELS[1:] if LEVELS.index(one) <= wanted}
            assert seen == shown, case
        found = {f.country for f in log.page(name).found}
        may_see = {c for c in COUNTRIES if level(role, "see", name, c, state) >= 0}
        assert found == may_see, (role, name, state)
        assert log.count(name) == len(may_see)
        assert {group[0].country for group in log.latest(name)} == may_see
    database.close()


ANYBODY = "anybody"
SIGNED_IN = "signed in"
ASKED_FOR = {
    ("GET", "/{language}/sign-in"): ANYBODY,
    ("POST", "/{language}/sign-in"): ANYBODY,
    ("GET", "/{language}/code"): ANYBODY,
    ("POST", "/{language}/code"): ANYBODY,
    ("POST", "/{language}/sign-out"): ANYBODY,
    ("GET", "/{language}/invitation"): ANYBODY,
    ("POST", "/{language}/invitation"): ANYBODY,
    ("GET", "/{language}/join"): ANYBODY,
    ("POST", "/{language}/join"): ANYBODY,
    ("GET", "/{language}/provider"): ANYBODY,
    ("GET", "/{language}/provider/back"): ANYBODY,
    ("GET", "/{language}/account"): SIGNED_IN,
    ("POST", "/{language}/account/password"): SIGNED_IN,
    ("POST", "/{language}/account/sessions"): SIGNED_IN,
    ("POST", "/{language}/account/keys"): SIGNED_IN,
    ("POST", "/{language}/account/keys/{key}"): SIGNED_IN,
    ("GET", "/{language}/accounts"): ("see", "accounts"),
    ("POST", "/{language}/accounts"): ("write", "accounts"),
    ("GET", "/{language}/accounts/{account}"): ("see", "accounts"),
    ("POST", "/{language}/accounts/{account}"): ("write", "accounts"),
}
"""Who may use each address: what is asked of the matrix, of whom it is about."""


def endpoints(doors) -> list[tuple[str, str]]:
    """Every method and address of the office."""
    return [
        (method, route.path)
        for route in routes(doors)
        if isinstance(route, Route)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


def test_no_address_is_without_a_line_that_says_who_may_use_it(office) -> None:
    assert set(endpoints(office.doors)) == set(ASKED_FOR)


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_every_address_is_open_to_whom_the_matrix_says(office, role) -> None:
    """For an account of one's own country, of another and of the whole region."""
    targets = {
        OWN: office.invite(Role.EDITOR, name="Own")[0],
        FOREIGN: office.invite(Role.EDITOR, countries=frozenset({FOREIGN}), name="Other")[0],
    }
    if role is None:
        browser = office.browser()
    else:
        browser, _ = office.signed_in(role, name="Me")
    for (method, path), asked in ASKED_FOR.items():
        for country, target in targets.items():
            if path.endswith(("sign-out", "/password")):
                continue  # they end the session that asks the rest; test_coming_in walks them
            address = path.format(language="es", account=target, key="none")
            if method == "GET":
                answer = browser.get(address)
            else:
                page = "/es/account" if role else "/es/sign-in"
                answer = browser.submit(address, page=page, does="rights", email="", name="")
            case = (role, method, path, country, answer.status_code)
            if asked == ANYBODY:
                assert answer.status_code in (200, 303, 403, 404, 429), case
            elif role is None:
                assert answer.status_code == 303, case
                assert answer.headers["location"].startswith("/es/sign-in"), case
            elif asked == SIGNED_IN:
                assert answer.status_code in (200, 303, 422), case
            else:
                where = country if "{account}" in path else OWN
                allowed = level((role,), asked[0], asked[1], where, "published") >= 0
                assert (answer.status_code in (200, 303, 422)) == allowed, case
                assert allowed or answer.status_code == 404, case
