"""Accounts, as those who administer them see them: invite, roles, countries, disable.

Nobody alters their own account here, nor one for countries that are not all theirs: to them it is
not there.
"""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cauce.model.access import Verb
from cauce.model.account import Account, Role
from cauce.model.errors import BadInput
from cauce.model.text import Language
from cauce.office.doors.own import Choice, ToldPage, countries_in_words, countries_of
from cauce.office.doors.visit import Visit
from cauce.registers.access import ELSEWHERE, REGION, may
from cauce.store.log import accounts
from cauce.store.log.accounts import Known, Person


@dataclass(frozen=True)
class PersonLine:
    """An account in the list."""

    address: str
    name: str
    email: str
    roles: str
    countries: str
    state: str


@dataclass(frozen=True)
class PersonForm:
    """What is asked of a person: what was given, and what may be chosen."""

    name: str
    email: str
    roles: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    whole: bool
    whole_allowed: bool
    languages: tuple[Choice, ...]


@dataclass(frozen=True)
class AccountsPage:
    """What templates/doors/accounts.html is given, and nothing else."""

    title: str
    problem: str
    people: tuple[PersonLine, ...]
    form: PersonForm
    status: str


@dataclass(frozen=True)
class PersonPage:
    """What templates/doors/person.html is given, and nothing else."""

    title: str
    problem: str
    address: str
    line: PersonLine
    form: PersonForm
    disabled: bool


def all_accounts(visit: Visit, me: Account) -> Response:
    """The accounts that are somebody's to administer."""
    _refuse_others(visit, me)
    return _list(visit, me, "", 200)


def invite(visit: Visit, me: Account) -> Response:
    """A new account; the code for its owner is shown once, to be handed over."""
    _refuse_others(visit, me)
    try:
        roles, countries = _rights(visit, me)
        language: Language = "en" if visit.given("language") == "en" else "es"
        person = Person(visit.given("name"), visit.given("email"), roles, countries, language)
        with visit.doors.database.writing(me.id) as connection:
            _, code = accounts.invite(connection, person, visit.now)
    except BadInput as error:
        return _list(visit, me, _said(visit, error), 422)
    return _tell(visit, code)


def one_account(visit: Visit, me: Account) -> Response:
    return _person(visit, me, _asked(visit, me, "see"), "", 200)


def change_account(visit: Visit, me: Account) -> Response:
    """Roles and countries, disabling and enabling, or another invitation."""
    found = _asked(visit, me, "write")
    id_, does = found.account.id, visit.given("does")
    if id_ == me.id:
        return _person(visit, me, found, visit.words("doors.not_yourself"), 403)
    try:
        with visit.doors.database.writing(me.id) as connection:
            if does == "rights":
                accounts.set_rights(connection, id_, *_rights(visit, me))
            elif does == "disable":
                accounts.disable(connection, id_, visit.now)
            elif does == "enable":
                accounts.enable(connection, id_)
            elif does == "again":
                return _tell(visit, accounts.invite_again(connection, id_, visit.now))
            else:
                raise HTTPException(422)
    except BadInput as error:
        return _person(visit, me, found, _said(visit, error), 422)
    return visit.go(f"/accounts/{id_}")


def covers(visit: Visit, me: Account, verb: Verb, countries: frozenset[str] | None) -> bool:
    """Whether accounts for these countries are all somebody's to administer."""
    asked = {REGION, ELSEWHERE} if countries is None else countries or {REGION}
    access = visit.doors.access
    return all(may(access, me, verb, "accounts", country, "published") for country in asked)


def _refuse_others(visit: Visit, me: Account) -> None:
    """Raises 404 for who administers nothing: to them there is no such page."""
    mine = me.countries if me.countries is not None else {REGION}
    if not any(covers(visit, me, "see", frozenset({country})) for country in mine):
        raise HTTPException(404)


def _asked(visit: Visit, me: Account, verb: Verb) -> Known:
    """The account an address names. Raises 404 if there is none, or none for them."""
    with visit.doors.database.reading(me.id) as connection:
        found = accounts.known(connection, visit.part("account"))
    if found is None or not covers(visit, me, verb, found.account.countries):
        raise HTTPException(404)
    return found


def _rights(visit: Visit, me: Account) -> tuple[tuple[Role, ...], frozenset[str] | None]:
    """The roles and countries of the form. Raises BadInput if they are not somebody's to give."""
    given = visit.chosen("roles")
    roles = tuple(role for role in Role if role in given and role is not Role.PUBLIC)
    whole = bool(visit.given("whole"))
    countries = None if whole else frozenset(visit.chosen("countries"))
    known = countries is None or countries <= set(visit.doors.countries)
    if not known or countries == frozenset() or not covers(visit, me, "write", countries):
        raise BadInput("countries")
    if not roles:
        raise BadInput("roles")
    return roles, countries


def _said(visit: Visit, error: BadInput) -> str:
    """What is wrong with a form, in the reader's language."""
    reasons = {"countries": "countries_wanted", "roles": "roles_wanted"}
    return visit.words(f"doors.{reasons.get(str(error), 'invite_refused')}")


def _tell(visit: Visit, code: str) -> Response:
    office = visit.doors.address or str(visit.request.base_url).rstrip("/")
    page = ToldPage(
        title=visit.words("doors.invited"),
        text=visit.words("doors.invited_text", address=f"{office}{visit.address('/invitation')}"),
        secret=code,
        back=visit.address("/accounts"),
        back_name=visit.words("doors.accounts"),
    )
    return visit.show("told.html", page)


def _list(visit: Visit, me: Account, problem: str, status: int) -> Response:
    with visit.doors.database.reading(me.id) as connection:
        everyone = accounts.everyone(connection)
    page = AccountsPage(
        title=visit.words("doors.accounts"),
        problem=problem,
        people=tuple(
            _line(visit, known)
            for known in everyone
            if covers(visit, me, "see", known.account.countries)
        ),
        form=_form(visit, me, visit.chosen("roles"), visit.chosen("countries")),
        status=visit.doors.status if Role.ADMINISTRATOR in me.roles else "",
    )
    return visit.show("accounts.html", page, status)


def _person(visit: Visit, me: Account, found: Known, problem: str, status: int) -> Response:
    account = found.account
    roles, countries = account.roles, tuple(account.countries or ())
    page = PersonPage(
        title=account.name,
        problem=problem,
        address=visit.address(f"/accounts/{account.id}"),
        line=_line(visit, found),
        form=_form(visit, me, roles, countries, account.countries is None),
        disabled=found.disabled,
    )
    return visit.show("person.html", page, status)


def _line(visit: Visit, known: Known) -> PersonLine:
    account = known.account
    state = "disabled" if known.disabled else "active" if known.joined else "waits"
    return PersonLine(
        address=visit.address(f"/accounts/{account.id}"),
        name=account.name,
        email=account.email,
        roles=", ".join(visit.words(f"role.{role}") for role in account.roles),
        countries=countries_in_words(visit, account.countries),
        state=visit.words(f"doors.state_{state}"),
    )


def _form(
    visit: Visit,
    me: Account,
    roles: tuple[str, ...],
    countries: tuple[str, ...],
    whole: bool = False,
) -> PersonForm:
    said = visit.words
    return PersonForm(
        name=visit.given("name")[:200],
        email=visit.given("email")[:254],
        roles=tuple(
            Choice(role, said(f"role.{role}"), role in roles)
            for role in Role
            if role is not Role.PUBLIC
        ),
        countries=tuple(
            Choice(code, name, code in countries)
            for code, name in countries_of(visit, me.countries)
        ),
        whole=whole or bool(visit.given("whole")),
        whole_allowed=me.countries is None,
        languages=(Choice("es", "Español", True), Choice("en", "English")),
    )
