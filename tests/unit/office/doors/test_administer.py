"""Accounts in the hands of who administers them, and of nobody else."""

import re

import pytest

from cauce.model.account import Role
from cauce.store.log import accounts


def known(office, id_):
    with office.database.reading() as connection:
        return accounts.known(connection, id_)


def test_somebody_is_invited_and_the_code_is_shown_once(office) -> None:
    browser, _ = office.signed_in(Role.ADMINISTRATOR)
    given = {
        "name": "Eva",
        "email": "eva@x.example",
        "roles": ["editor", "observer"],
        "countries": ["GTM"],
        "language": "en",
    }
    answer = browser.submit("/es/accounts", **given)
    assert re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){4}", answer.text)
    assert "https://registros.example/es/invitation" in answer.text
    page = browser.get("/es/accounts").text
    assert "Edición del país, Sociedad civil" in page
    assert "espera a que se acepte" in page
    assert browser.submit("/es/accounts", **given).status_code == 422
    with office.database.reading() as connection:
        found = accounts.by_email(connection, "eva@x.example")
    assert found.account.language == "en"
    assert found.account.countries == {"GTM"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"email": "no"}, "correo válido"),
        ({"name": " "}, "correo válido"),
        ({"roles": []}, "al menos un rol"),
        ({"roles": ["public", "emperor"]}, "al menos un rol"),
        ({"countries": []}, "al menos un país"),
        ({"countries": ["HND"]}, "al menos un país"),
        ({"countries": ["GTM", "ZZZ"]}, "al menos un país"),
        ({"countries": [], "whole": "1"}, "al menos un país"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(office, changes, told) -> None:
    browser, _ = office.signed_in(Role.ADMINISTRATOR)
    given = {"name": "Eva", "email": "eva@x.example", "roles": ["editor"], "countries": ["GTM"]}
    answer = browser.submit("/es/accounts", **{**given, **changes})
    assert answer.status_code == 422
    assert told in answer.text


def test_roles_and_countries_are_changed_and_the_owner_comes_in_again(office) -> None:
    browser, _ = office.signed_in(Role.ADMINISTRATOR, countries=None)
    ana, id_ = office.signed_in(Role.EDITOR, name="Eva")
    path = f"/es/accounts/{id_}"
    given = {"roles": ["reviewer"], "whole": "1"}
    answer = browser.submit(path, does="rights", **given)
    assert answer.headers["location"] == path
    account = known(office, id_).account
    assert (account.roles, account.countries) == ((Role.REVIEWER,), None)
    assert ana.get("/es/account").status_code == 303
    assert "Toda la región" in browser.get(path).text
    assert browser.submit(path, does="rights", roles=[], whole="1").status_code == 422


def test_an_account_is_closed_at_once_and_opened_again(office) -> None:
    browser, _ = office.signed_in(Role.ADMINISTRATOR)
    ana, id_ = office.signed_in(Role.EDITOR, name="Eva")
    path = f"/es/accounts/{id_}"
    browser.submit(path, does="disable")
    assert ana.get("/es/account").status_code == 303
    assert "cerrada" in browser.get(path).text
    browser.submit(path, does="enable")
    assert not known(office, id_).disabled
    answer = browser.submit(path, does="again")
    assert re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){4}", answer.text)
    assert browser.submit(path, does="nonsense").status_code == 422


def test_nobody_alters_their_own_account_here(office) -> None:
    browser, id_ = office.signed_in(Role.ADMINISTRATOR)
    answer = browser.submit(f"/es/accounts/{id_}", does="rights", roles=["editor"])
    assert answer.status_code == 403
    assert "la cambia otra persona" in answer.text
    assert known(office, id_).account.roles == (Role.ADMINISTRATOR,)


def test_an_account_beyond_ones_countries_is_not_there(office) -> None:
    browser, _ = office.signed_in(Role.ADMINISTRATOR)
    for countries in (frozenset({"HND"}), frozenset({"GTM", "HND"}), None):
        name = "Eva" + "".join(sorted(countries or {"all"}))
        _, id_ = office.signed_in(Role.EDITOR, countries=countries, name=name)
        path = f"/es/accounts/{id_}"
        assert browser.get(path).status_code == 404
        assert browser.submit(path, page="/es/account", does="disable").status_code == 404
        assert name not in browser.get("/es/accounts").text
        assert not known(office, id_).disabled
    assert browser.get("/es/accounts/nobody").status_code == 404


def test_every_other_role_finds_no_such_page(office) -> None:
    target, _ = office.invite(Role.EDITOR, name="Eva")
    for role in set(Role) - {Role.ADMINISTRATOR}:
        for countries in (frozenset({"GTM"}), None, frozenset()):
            name = f"{role}{countries and len(countries)}"
            browser, _ = office.signed_in(role, countries=countries, name=name)
            assert browser.get("/es/accounts").status_code == 404, role
            assert browser.get(f"/es/accounts/{target}").status_code == 404, role
            for path in ("/es/accounts", f"/es/accounts/{target}"):
                answer = browser.submit(path, page="/es/account", does="disable", whole="1")
                assert answer.status_code == 404, role
    assert not known(office, target).disabled
