"""Coming in and out, as somebody with a browser does."""

import re

import pyotp
import pytest
from sqlalchemy import select

from cauce.model.account import Role
from cauce.office.doors.cookies import DEVICE, SESSION
from cauce.store.log import accounts
from cauce.store.log import door_schema as schema

PASSWORD = "cuatro ríos y una garza"  # noqa: S105 - a password of nobody
EMAIL = "ana-editor-1@x.example"
HOME = "https://registros.example"


def secret_in(html: str) -> str:
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', html)
    return found.group(1).replace(" ", "")


def joined(office):
    """A browser that accepted an invitation, the account and the secret of its telephone."""
    id_, code = office.invite(Role.EDITOR)
    browser = office.browser()
    assert browser.submit("/es/invitation", code=code).headers["location"] == "/es/join"
    secret = secret_in(browser.get("/es/join").text)
    digits = pyotp.TOTP(secret).at(office.clock())
    given = {"password": PASSWORD, "again": PASSWORD, "code": digits}
    answer = browser.submit("/es/join", **given)
    assert answer.headers["location"] == "/es/account"
    return browser, id_, secret


def come_in(office, secret, browser=None, path="/es/sign-in"):
    """Sign in with a browser of its own; the last answer and the browser."""
    browser = browser or office.browser()
    office.clock.later(minutes=1)
    first = browser.submit(path, email=EMAIL, password=PASSWORD)
    if first.status_code != 303:
        return first, browser
    code = pyotp.TOTP(secret).at(office.clock())
    return browser.submit(first.headers["location"], code=code), browser


def test_an_invitation_is_accepted_and_the_account_is_there(office) -> None:
    browser, _, _ = joined(office)
    page = browser.get("/es/account")
    assert page.status_code == 200
    assert "Edición del país" in page.text
    assert browser.get("/en/account").text.count("Country editor") == 1


def test_password_then_code_lead_where_one_wanted_to_go(office) -> None:
    _, _, secret = joined(office)
    browser = office.browser()
    assert browser.get("/es/account").headers["location"] == "/es/sign-in?next=/es/account"
    answer, browser = come_in(office, secret, path="/es/sign-in?next=/es/accounts/x")
    assert answer.headers["location"] == "/es/accounts/x"
    assert browser.get("/es/account").status_code == 200
    assert browser.get("/es/sign-in").headers["location"] == "/es/account"


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil", "/a\\b"])
def test_nobody_is_sent_to_another_site(office, wanted) -> None:
    _, _, secret = joined(office)
    answer, _ = come_in(office, secret, path=f"/es/sign-in?next={wanted}")
    assert answer.headers["location"] == "/es/account"


def test_with_the_password_alone_nobody_is_in(office) -> None:
    joined(office)
    browser = office.browser()
    assert browser.get("/es/code").headers["location"] == "/es/sign-in"
    browser.submit("/es/sign-in", email=EMAIL, password=PASSWORD)
    for path in ("/es/account", "/es/accounts"):
        assert browser.get(path).headers["location"].startswith("/es/sign-in")
    answer = browser.submit("/es/code", code="000000")
    assert answer.status_code == 403
    assert "no es correcto" in answer.text
    assert office.browser().submit("/es/code", page="/es/sign-in", code="1").status_code == 303


def test_a_token_from_before_signing_in_is_worth_nothing_after(office) -> None:
    _, _, secret = joined(office)
    browser = office.browser()
    office.clock.later(minutes=1)
    browser.submit("/es/sign-in", email=EMAIL, password=PASSWORD)
    before = browser.cookies.get(SESSION)
    browser.submit("/es/code", code=pyotp.TOTP(secret).at(office.clock()))
    after = browser.cookies.get(SESSION)
    assert before != after
    thief = office.browser()
    thief.cookies.set(SESSION, before)
    assert thief.get("/es/account").status_code == 303


def test_an_unknown_address_and_a_wrong_password_get_the_same_page(office) -> None:
    joined(office)
    browser = office.browser()
    pages = [
        browser.submit("/es/sign-in", email=email, password=password)
        for email, password in ((EMAIL, "no es esta"), ("eva-editor-1@x.example", PASSWORD))
    ]
    assert [page.status_code for page in pages] == [403, 403]
    assert pages[0].text.replace(EMAIL, "X") == pages[1].text.replace("eva-editor-1@x.example", "X")


def test_who_guesses_is_told_when_to_come_back_and_the_owner_comes_in(office) -> None:
    owner, _, secret = joined(office)
    guesser = office.browser()
    told = [guesser.submit("/es/sign-in", email=EMAIL, password=PASSWORD[1:]) for _ in range(7)]
    assert told[-1].status_code == 429
    assert int(told[-1].headers["retry-after"]) >= 1
    assert "no queda bloqueada" in told[-1].text
    owner.submit("/es/sign-out", page="/es/account")
    answer, _ = come_in(office, secret, owner)
    assert answer.headers["location"] == "/es/account"
    for _ in range(7):
        last = office.browser().submit("/es/invitation", code="nothing")
    assert last.status_code == 403
    for _ in range(20):
        last = office.browser().submit("/es/invitation", code="nothing")
    assert last.status_code == 429


def test_codes_are_slowed_down_too(office) -> None:
    joined(office)
    browser = office.browser()
    browser.submit("/es/sign-in", email=EMAIL, password=PASSWORD)
    told = [browser.submit("/es/code", code="000000").status_code for _ in range(6)]
    assert told[-1] == 429


def test_after_signing_out_the_token_is_worth_nothing(office) -> None:
    browser, _, _ = joined(office)
    token = browser.cookies.get(SESSION)
    answer = browser.submit("/es/sign-out", page="/es/account")
    assert answer.headers["location"] == "/es/sign-in"
    assert browser.cookies.get(SESSION) is None
    thief = office.browser()
    thief.cookies.set(SESSION, token)
    assert thief.get("/es/account").status_code == 303
    assert office.browser().submit("/es/sign-out", page="/es/sign-in").status_code == 303


def test_an_invitation_that_is_none_says_so(office) -> None:
    browser = office.browser()
    answer = browser.submit("/es/invitation", code="AAAAA-BBBBB")
    assert answer.status_code == 403
    assert "no es válido" in answer.text
    assert browser.get("/es/join").headers["location"] == "/es/invitation"
    answer = browser.submit("/es/join", page="/es/invitation")
    assert answer.headers["location"] == "/es/invitation"


def test_a_bad_password_a_wrong_code_and_a_used_invitation_are_told(office) -> None:
    _, code = office.invite(Role.EDITOR)
    first, second = office.browser(), office.browser()
    first.submit("/es/invitation", code=code)
    second.submit("/es/invitation", code=code)
    secret = secret_in(first.get("/es/join").text)
    digits = pyotp.TOTP(secret).at(office.clock())

    def told(browser, password, again, digits_):
        answer = browser.submit("/es/join", password=password, again=again, code=digits_)
        return answer.status_code, answer.text

    assert told(first, PASSWORD, "otra", digits)[0] == 422
    status, text = told(first, "password1", "password1", digits)
    assert (status, "más comunes" in text) == (422, True)
    assert told(first, "Ana-editor-1", "Ana-editor-1", digits)[0] == 422
    assert told(first, PASSWORD, PASSWORD, "123456")[0] == 403
    assert told(first, PASSWORD, PASSWORD, digits)[0] == 303
    assert second.get("/es/join").status_code == 303, "the other browser is shut out"


def test_the_password_is_changed_by_who_knows_it(office) -> None:
    browser, _, secret = joined(office)
    other_answer, other = come_in(office, secret)
    assert other_answer.status_code == 303

    def change(old, new, again=None):
        given = {"old": old, "password": new, "again": again or new}
        return browser.submit("/es/account/password", page="/es/account", **given)

    assert change("no", "nueve garzas azules").status_code == 403
    assert change(PASSWORD, "a", "b").status_code == 422
    assert change(PASSWORD, "12345678").status_code == 422
    assert change(PASSWORD, "nueve garzas azules").status_code == 303
    page = browser.get("/es/account?done=password")
    assert "La contraseña cambió" in page.text
    assert other.get("/es/account").status_code == 303
    for _ in range(7):
        last = change("no", "nueve garzas azules")
    assert last.status_code == 429


def test_keys_are_made_shown_once_and_revoked(office) -> None:
    browser, _, _ = joined(office)
    given = {"name": "nocturno", "days": "30", "verbs": ["see"], "countries": ["GTM"]}
    answer = browser.submit("/es/account/keys", page="/es/account", **given, registers=["plans"])
    assert answer.status_code == 200
    key = re.search(r"cauce_[0-9a-f]{12}_[\w-]+", answer.text).group()
    program = office.browser()
    headers = {"Authorization": f"Bearer {key}"}
    assert program.get("/who", headers=headers).status_code == 200
    page = browser.get("/es/account").text
    assert "nocturno" in page
    assert "ver · Planes · Gtm" in page
    assert key not in page
    browser.submit(f"/es/account/keys/{key.split('_')[1]}", page="/es/account")
    assert program.get("/who", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "given",
    [
        {"name": "k", "days": "0", "verbs": ["see"]},
        {"name": "k", "days": "x", "verbs": ["see"]},
        {"name": "k", "days": "99999", "verbs": ["see"]},
        {"name": "k", "days": "30"},
        {"name": "k", "days": "30", "verbs": ["see"], "countries": ["HND"]},
    ],
)
def test_a_key_that_cannot_be_is_refused_in_words(office, given) -> None:
    browser, _ = office.signed_in(Role.EDITOR)
    answer = browser.submit("/es/account/keys", page="/es/account", **given)
    assert answer.status_code == 422
    assert "La clave necesita" in answer.text


def test_a_key_without_a_register_or_country_is_for_all_of_its_owners(office) -> None:
    browser, id_ = office.signed_in(Role.EDITOR, countries=None)
    given = {"name": "k", "days": "30", "verbs": ["see"]}
    assert browser.submit("/en/account/keys", page="/en/account", **given).status_code == 200
    with office.database.reading() as connection:
        row = connection.execute(select(schema.api_key)).one()
        account = accounts.known(connection, id_).account
    assert (row.registers, row.countries, account.countries) == ("*", "*", None)
    assert "see · all registers · The whole region" in browser.get("/en/account").text


def test_other_sessions_are_ended_from_here(office) -> None:
    browser, _, secret = joined(office)
    _, other = come_in(office, secret)
    assert "Cerrar las demás" in browser.get("/es/account").text
    browser.submit("/es/account/sessions", page="/es/account")
    assert other.get("/es/account").status_code == 303
    assert browser.get("/es/account").status_code == 200


def test_a_name_with_markup_or_line_ends_is_shown_as_it_is(office) -> None:
    browser, _ = office.signed_in(Role.EDITOR, name="<script>alert(1)</script>\r\nX")
    page = browser.get("/es/account").text
    assert "<script>" not in page
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt; X</h1>" in page


def test_a_language_nobody_speaks_is_not_there(office) -> None:
    assert office.browser().get("/fr/sign-in").status_code == 404


def test_the_browser_is_known_again_by_a_cookie_no_other_site_sends(office) -> None:
    browser, _, secret = joined(office)
    browser.submit("/es/sign-out", page="/es/account")
    office.clock.later(minutes=1)
    browser.submit("/es/sign-in", email=EMAIL, password=PASSWORD)
    shown = browser.get("/es/code").text
    token = shown.partition('name="csrf" value="')[2].partition('"')[0]
    answer = browser.post(
        "/es/code",
        data={"csrf": token, "code": pyotp.TOTP(secret).at(office.clock())},
        headers={"Origin": HOME},
    )
    made = [c for c in answer.headers.get_list("set-cookie") if c.startswith(DEVICE)]
    assert "SameSite=strict" in made[0]
    assert "Max-Age=7776000" in made[0]
