"""What stands before every page: who asks, and whether their browser means it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from cauce.model.account import Role
from cauce.office.doors import guard, guards, routes
from cauce.office.doors.cookies import SESSION, VISIT, cookie_of
from cauce.store.log import accounts, api_keys

HOME = "https://registros.example"


def test_an_own_form_with_its_token_passes(office) -> None:
    browser, id_ = office.signed_in(Role.EDITOR)
    token = browser.get("/who").json()["csrf"]
    answer = browser.post("/who", data={"csrf": token}, headers={"Origin": HOME})
    assert answer.json()["account"] == id_
    answer = browser.post("/who", json={}, headers={"X-CSRF-Token": token})
    assert answer.json()["account"] == id_


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://registros.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": HOME},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_token(office, headers) -> None:
    browser, _ = office.signed_in(Role.EDITOR)
    token = browser.get("/who").json()["csrf"]
    assert browser.post("/who", data={"csrf": token}, headers=headers).status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", "ñ"])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_without_its_token_nothing_is_changed(office, token, method) -> None:
    browser, _ = office.signed_in(Role.EDITOR)
    answer = browser.request(method, "/who", data={"csrf": token}, headers={"Origin": HOME})
    assert answer.status_code == 403
    assert "La página estuvo abierta" in answer.text


def test_the_token_of_one_session_is_nothing_in_another(office) -> None:
    ana, _ = office.signed_in(Role.EDITOR)
    eva, _ = office.signed_in(Role.EDITOR, name="Eva")
    stranger = office.browser()
    for other in (eva, stranger):
        token = other.get("/who").json()["csrf"]
        assert ana.post("/who", data={"csrf": token}).status_code == 403
    assert stranger.cookies.get(VISIT)
    token = stranger.get("/who").json()["csrf"]
    assert stranger.post("/who", data={"csrf": token}).json()["account"] is None


def test_what_is_no_form_and_no_json_is_refused(office) -> None:
    browser, _ = office.signed_in(Role.EDITOR)
    token = browser.get("/who").json()["csrf"]
    headers = {"Content-Type": "text/plain", "X-CSRF-Token": token}
    answer = browser.post("/who", content='{"a": 1}', headers=headers)
    assert answer.status_code == 415


def test_a_file_in_a_form_comes_through_with_it(office) -> None:
    browser, id_ = office.signed_in(Role.EDITOR)
    token = browser.get("/who").json()["csrf"]
    answer = browser.post("/who", data={"csrf": token}, files={"book": b"x" * 2_000_000})
    assert answer.json()["account"] == id_


def test_a_form_can_be_answered_with_a_file_or_in_parts(office, tmp_path) -> None:
    """Both are sent over a connection that says it left only when it did."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"x" * 300_000)

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(30):
            await asyncio.sleep(0)
            yield b"x" * 10_000

    def answer(request: Request) -> Response:
        kind = request.state.form["kind"]
        return FileResponse(book) if kind == "file" else StreamingResponse(parts())

    made = [Route("/send", answer, methods=["POST"]), *routes(office.doors)]
    app = Starlette(routes=made, middleware=guards(office.doors))
    for kind in ("file", "parts"):
        browser = office.browser(app)
        answered = browser.submit("/send", page="/es/sign-in", kind=kind)
        assert answered.status_code == 200
        assert len(answered.content) == 300_000


def test_what_is_too_large_or_no_form_at_all_is_refused(office, monkeypatch) -> None:
    browser, _ = office.signed_in(Role.EDITOR)
    answer = browser.post("/who", content=b"x" * (guard.LARGEST + 1))
    assert answer.status_code == 413

    def parts():
        for _ in range(22):
            yield b"x" * 1024 * 1024

    assert browser.post("/who", content=parts()).status_code == 413
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert browser.post("/who", content=b"nonsense", headers=kind).status_code in (400, 403)
    kind = {"Content-Type": "multipart/form-data"}
    assert browser.post("/who", content=b"nonsense", headers=kind).status_code == 400


def key_of(office, id_: str, *verbs: str) -> str:
    with office.database.writing(id_) as connection:
        owner = accounts.known(connection, id_).account
        wish = api_keys.Wish("k", None, owner.countries, frozenset(verbs), timedelta(days=1))
        return api_keys.make_key(connection, owner, wish, office.clock())


def test_a_key_speaks_for_its_owner_without_a_cookie(office) -> None:
    browser, id_ = office.signed_in(Role.EDITOR)
    key = key_of(office, id_, "see")
    program = office.browser()
    headers = {"Authorization": f"Bearer {key}"}
    assert program.get("/who", headers=headers).json()["account"] == id_
    assert program.post("/who", json={}, headers=headers).json()["account"] == id_
    assert program.get("/who", headers={"Authorization": f"Basic {key}"}).status_code == 401
    wrong = program.get("/who", headers={"Authorization": "Bearer cauce_x_y"})
    assert (wrong.status_code, wrong.json()) == (401, {"error": "key_unknown"})
    # A wrong key is not made good by a cookie beside it.
    assert browser.get("/who", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_key_opens_no_page_of_its_owners_account(office) -> None:
    _, id_ = office.signed_in(Role.ADMINISTRATOR)
    headers = {"Authorization": f"Bearer {key_of(office, id_, 'see', 'write')}"}
    program = office.browser()
    for path in ("/es/account", "/es/accounts"):
        assert program.get(path, headers=headers).status_code == 403
    assert program.post("/es/account/keys", headers=headers).status_code == 403


def test_a_key_in_an_address_is_refused(office) -> None:
    _, id_ = office.signed_in(Role.EDITOR)
    key = key_of(office, id_, "see")
    program = office.browser()
    for address in (f"/who?key={key}", f"/who?x=1&{key}", f"/who/{key}"):
        answer = program.get(address, headers={"Authorization": f"Bearer {key}"})
        assert (answer.status_code, answer.json()) == (400, {"error": "key_in_address"})


def test_every_answer_has_its_headers_and_is_kept_nowhere(office) -> None:
    browser = office.browser()
    for answer in (
        browser.get("/es/sign-in"),
        browser.get("/nowhere"),
        browser.post("/es/sign-in"),
        browser.get("/who?x=cauce_"),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_cookies_are_for_this_host_alone_and_no_script(office) -> None:
    made = office.browser().get("/es/sign-in").headers["set-cookie"]
    assert made.startswith("__Host-cauce-visit=")
    for part in ("HttpOnly", "Path=/", "SameSite=lax", "Secure"):
        assert part in made
    assert "Domain" not in made


@pytest.mark.parametrize("value", ["", "x", "ñ", '"', "a" * 5000, '\\"; drop'])
def test_a_strange_cookie_is_nobody(office, value) -> None:
    browser = office.browser()
    headers = {"Cookie": f"{SESSION}={value}".encode()}
    assert browser.get("/who", headers=headers).json()["account"] is None


def test_a_cookie_is_read_or_not_there() -> None:
    assert cookie_of("a=1; b=2", "b") == "2"
    assert cookie_of("a=1", "b") == ""
    assert cookie_of("what(ever=1; b=2", "b") == "2", "others' cookies do not shut anybody out"
    assert cookie_of("a=" + "1" * 5000, "a") == ""


def test_a_session_that_ended_says_so_instead_of_losing_the_form_in_silence(office) -> None:
    browser, _ = office.signed_in(Role.EDITOR)
    token = browser.get("/who").json()["csrf"]
    office.clock.later(minutes=31)
    answer = browser.post("/who", data={"csrf": token}, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "the session has ended" in answer.text
    program = browser.post("/who", json={}, headers={"Accept": "application/json"})
    assert program.json() == {"error": "page_expired"}


def test_who_is_refused_is_logged_without_secrets_and_on_one_line(office, caplog) -> None:
    browser, id_ = office.signed_in(Role.EDITOR)
    browser.get("/es/accounts")
    browser.get("/nowhere%0d%0aroot:x")
    office.browser().get("/who/cauce_0123456789ab_secret")
    lines = [record.getMessage() for record in caplog.records if record.name == "cauce.office"]
    assert lines[0] == f"404 for {id_}: GET '/es/accounts'"
    assert lines[1] == f"404 for {id_}: GET '/nowhere\\r\\nroot:x'"
    assert lines[2] == "400 for nobody: GET '/'"
