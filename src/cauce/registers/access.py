"""Who may do what: the matrix as it is declared, and the questions put to it.

Everything asks here, and what nothing allows is refused (OWASP ASVS 5.0.0, 8.2 and 8.4.1).
"""

from collections.abc import Iterator
from typing import TypeVar, get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.access import Access, Grant, Level, Refusal, State, Verb, Wall, Where
from cauce.model.account import Account, Role
from cauce.model.register import Field, Register
from cauce.model.text import Text

REGION = ""
"""The country of what is the region's own."""

VERBS: tuple[Verb, ...] = get_args(Verb)
STATES: tuple[State, ...] = get_args(State)
PLACES: tuple[Where, ...] = get_args(Where)
REFUSALS: tuple[Refusal, ...] = get_args(Refusal)
EVERYTHING = "all"

T = TypeVar("T", bound=str)


def parse_access(text: str, file: str = "access.toml") -> Access:
    """The matrix in a text.

    Raises:
        BadInput: everything that is wrong, each with its line.
    """
    problems = Problems()
    top = open_toml(file, text, problems)
    access = Access((), (), {}, frozenset()) if top is None else _read(top)
    problems.stop_if_any("The access matrix")
    return access


def _read(top: Section) -> Access:
    groups = {
        name: frozenset(section.texts("registers", ())) for name, section in _closed(top, "group")
    }
    held = frozenset(name for group in groups.values() for name in group)
    for name in sorted(held & frozenset(groups)):
        top.note("group", f"{name} is a group and a register: give the group another name.")
    known = held | frozenset(groups)
    grants = tuple(_grant(section, groups, known) for section in top.tables("grant"))
    walls = tuple(_wall(section, groups, known) for section in top.tables("wall"))
    refused = top.table("refused")
    words = {} if refused is None else {reason: refused.words(reason) for reason in REFUSALS}
    if refused is not None:
        refused.finish()
    top.finish()
    return Access(grants, walls, words, held)


def _closed(top: Section, key: str) -> Iterator[tuple[str, Section]]:
    for name, section in top.named(key):
        yield name, section
        section.finish()


def _grant(section: Section, groups: dict[str, frozenset[str]], known: frozenset[str]) -> Grant:
    found = Grant(
        roles=_roles(section),
        registers=_registers(section, groups, known),
        verbs=frozenset(_words(section, "verbs", VERBS)),
        where=frozenset(_words(section, "where", PLACES)),
        states=frozenset(_words(section, "states", STATES)),
        shows=Level[section.choice("shows", [level.name for level in Level], "NOTHING")],
        also=frozenset(section.texts("also", ())),
    )
    section.finish()
    return found


def _wall(section: Section, groups: dict[str, frozenset[str]], known: frozenset[str]) -> Wall:
    found = Wall(
        roles=_roles(section),
        registers=_registers(section, groups, known),
        leaves=Level[section.choice("leaves", [level.name for level in Level])],
    )
    section.finish()
    return found


def _roles(section: Section) -> frozenset[Role]:
    return frozenset(Role(name) for name in _words(section, "roles", [str(role) for role in Role]))


def _registers(
    section: Section, groups: dict[str, frozenset[str]], known: frozenset[str]
) -> frozenset[str]:
    """The registers a list of registers and groups names."""
    found: set[str] = set()
    for name in section.texts("registers"):
        if name not in known:
            section.note("registers", f"no group holds {name}.{did_you_mean(name, known)}")
        found |= groups.get(name, frozenset({name}))
    return frozenset(found)


def _words(section: Section, key: str, allowed: list[T] | tuple[T, ...]) -> list[T]:
    """Some of the words allowed; ["all"] is every one of them."""
    given = section.texts(key)
    if given == (EVERYTHING,):
        return list(allowed)
    for word in given:
        if word not in allowed:
            near = did_you_mean(word, allowed)
            section.note(key, f"{section.name(key)}: {word!r} is not one we know.{near}")
    return [word for word in allowed if word in given]


def may(
    access: Access,
    account: Account | None,
    verb: Verb,
    register: str,
    country: str,
    state: State,
) -> bool:
    """Whether somebody – None is the public – may do this with a record of a country."""
    return _in_scope(account, verb, register) and any(
        _allows(access, grant, account, verb, register, country, state) for grant in access.grants
    )


def fields(
    access: Access,
    account: Account | None,
    verb: Verb,
    register: Register,
    country: str,
    state: State = "published",
) -> frozenset[str]:
    """The fields, and columns as "rows.column", with which somebody may do this.

    A field of rows is there if one of its columns is. None are if they may not do it at all.
    """
    if not _in_scope(account, verb, register.id):
        return frozenset()
    open_ = {
        name
        for grant in access.grants
        if _allows(access, grant, account, verb, register.id, country, state)
        for name, field in _leaves(register)
        if _reaches(access, grant, account, register.id, name, field)
    }
    return frozenset(open_ | {name.partition(".")[0] for name in open_})


def refusal(
    access: Access,
    account: Account | None,
    verb: Verb,
    register: str,
    country: str,
    state: State,
) -> Text | None:
    """Why somebody may not do this, in words for them; None if they may.

    Only for who may see the record: to everybody else it is not there.
    """
    if may(access, account, verb, register, country, state):
        return None
    return access.refused[_reason(access, account, verb, register, country)]


def places(
    access: Access, account: Account | None, verb: Verb, register: str, state: State
) -> frozenset[str] | None:
    """The countries with whose records somebody may do this; None for all, "" for the region's."""
    if may(access, account, verb, register, ELSEWHERE, state):
        return None
    mine = frozenset() if account is None or account.countries is None else account.countries
    return frozenset(
        country
        for country in (REGION, *mine)
        if may(access, account, verb, register, country, state)
    )


ELSEWHERE = "\0"
"""The code of no country: whoever may there, may everywhere."""


def unplaced(access: Access, registers: frozenset[str]) -> tuple[str, ...]:
    """Declared registers that no group holds, so that nobody sees them."""
    return tuple(sorted(registers - access.registers))


def _allows(
    access: Access,
    grant: Grant,
    account: Account | None,
    verb: Verb,
    register: str,
    country: str,
    state: State,
) -> bool:
    return (
        bool(grant.roles & _roles_of(account))
        and register in grant.registers
        and verb in grant.verbs
        and _where(account, country) in grant.where
        and state in grant.states
        and _left(access, account, register) is not Level.NOTHING
    )


def _reaches(
    access: Access, grant: Grant, account: Account | None, register: str, name: str, field: Field
) -> bool:
    level = Level.PUBLIC if field.public else Level[field.sensitivity.name]
    named = level <= grant.shows or f"{register}.{name}" in grant.also
    return named and level <= _left(access, account, register)


def _left(access: Access, account: Account | None, register: str) -> Level:
    """What the walls leave of a register."""
    return min(
        (
            wall.leaves
            for wall in access.walls
            if register in wall.registers and wall.roles & _roles_of(account)
        ),
        default=Level.P3,
    )


def _leaves(register: Register) -> Iterator[tuple[str, Field]]:
    """What holds values: fields, and columns instead of fields of rows.

    A column is never less sensitive than the field it stands in.
    """
    for field in register.fields:
        if not field.rows:
            yield field.id, field
        for column in field.rows:
            most = max((field, column), key=lambda part: (not part.public, part.sensitivity))
            yield f"{field.id}.{column.id}", most


def _roles_of(account: Account | None) -> frozenset[Role]:
    """Everybody is also the public."""
    return frozenset({Role.PUBLIC, *(account.roles if account else ())})


def _where(account: Account | None, country: str) -> Where:
    if account is not None and (account.countries is None or country in account.countries):
        return "own"
    return "region" if country == REGION else "foreign"


def _in_scope(account: Account | None, verb: Verb, register: str) -> bool:
    scope = None if account is None else account.scope
    if scope is None:
        return True
    return verb in scope.verbs and (scope.registers is None or register in scope.registers)


def _reason(
    access: Access, account: Account | None, verb: Verb, register: str, country: str
) -> Refusal:
    if not _in_scope(account, verb, register):
        return "key"
    if _left(access, account, register) is Level.NOTHING:
        return "wall"
    mine = [g for g in access.grants if g.roles & _roles_of(account) and register in g.registers]
    doing = [grant for grant in mine if verb in grant.verbs]
    if not mine:
        return "role"
    if not doing:
        return "verb"
    here = any(_where(account, country) in grant.where for grant in doing)
    return "state" if here else "place"
