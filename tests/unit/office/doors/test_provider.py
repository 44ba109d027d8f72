"""Signing in at an office's identity provider: a small false one that can be made to lie."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwt
from joserfc.jwk import RSAKey

from cauce.model.account import Role
from cauce.office.doors import Provider
from cauce.office.doors.cookies import PROVIDER
from cauce.store.log import accounts

CLIENT = "cauce"


class FalseProvider:
    """An identity provider that knows one person, and says of them what a test wants."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k1"})
        self.subject, self.extra, self.header = "person-7", {}, {"alg": "RS256", "kid": "k1"}
        self.token: Callable[[], str] | None = None
        self.issuer = ""
        self.says = {}
        self.padding = 0
        self.asked: dict[str, list[str]] = {}
        self.challenge, self.nonce, self.now = "", "", 0

    def answer(self, path: str) -> dict[str, object]:
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)], "x": "x" * self.padding}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.says,
        }

    def authorize(self, address: str) -> str:
        """What the browser brings back: the code and the state."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        assert asked["response_type"] == "code"
        assert asked["scope"] == "openid"
        self.challenge, self.nonce = asked["code_challenge"], asked["nonce"]
        return f"code=c1&state={asked['state']}"

    def exchange(self, form: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        verifier = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        if base64.urlsafe_b64encode(verifier).decode().rstrip("=") != self.challenge:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()}

    def id_token(self) -> str:
        if self.token is not None:
            return self.token()
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": self.nonce,
            "iat": self.now,
            "exp": self.now + 300,
            **self.extra,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(self.header, claims, self.key)


@pytest.fixture
def idp() -> Iterator[FalseProvider]:
    false = FalseProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, false.answer(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(*false.exchange(parse_qs(body)))

        def _send(self, status: int, answer: dict[str, object]) -> None:
            text = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    false.issuer = f"http://127.0.0.1:{server.server_port}"
    yield false
    server.shutdown()
    server.server_close()


@pytest.fixture
def office(make_office, idp):
    made = make_office(
        Provider(
            "Ministerio",
            idp.issuer,
            CLIENT,
            "s",
            "https://registros.example/es/provider/back",
            (),
        )
    )
    idp.now = int(made.clock().timestamp())
    return made


def through(browser, idp):
    """Go to the provider and come back; the last answer."""
    there = browser.get("/es/provider")
    assert there.status_code == 303, there.text
    return browser.get(f"/es/provider/back?{idp.authorize(there.headers['location'])}")


def bound(office, idp):
    """An account whose owner accepted the invitation at the provider."""
    id_, code = office.invite(Role.EDITOR)
    browser = office.browser()
    browser.submit("/es/invitation", code=code)
    assert "Entrar con Ministerio" in browser.get("/es/join").text
    assert through(browser, idp).headers["location"] == "/es/account"
    return browser, id_


def test_an_invitation_binds_and_from_then_on_the_provider_lets_in(office, idp) -> None:
    browser, id_ = bound(office, idp)
    assert browser.get("/who").json()["account"] == id_
    other = office.browser()
    assert "Entrar con Ministerio" in other.get("/es/sign-in").text
    assert through(other, idp).headers["location"] == "/es/account"
    assert other.get("/who").json()["account"] == id_
    assert "Contraseña actual" not in other.get("/es/account").text


def test_who_has_no_account_is_not_let_in_whatever_their_address_is(office, idp) -> None:
    office.invite(Role.EDITOR)
    idp.extra = {"email": "ana-editor-1@x.example", "email_verified": True}
    answer = through(office.browser(), idp)
    assert answer.status_code == 403
    assert "No hay aquí una cuenta" in answer.text


def test_an_address_that_changed_hands_at_the_provider_opens_nobody_elses_account(
    office, idp
) -> None:
    _, id_ = bound(office, idp)
    idp.subject, idp.extra = "person-8", {"email": "ana-editor-1@x.example"}
    assert through(office.browser(), idp).status_code == 403
    idp.subject, idp.extra = "person-7", {"email": "new@x.example"}
    browser = office.browser()
    through(browser, idp)
    assert browser.get("/who").json()["account"] == id_


def test_one_person_at_the_provider_has_one_account(office, idp) -> None:
    bound(office, idp)
    _, code = office.invite(Role.REVIEWER)
    browser = office.browser()
    browser.submit("/es/invitation", code=code)
    assert through(browser, idp).status_code == 403


def test_a_closed_account_stays_closed(office, idp) -> None:
    _, id_ = bound(office, idp)
    with office.database.writing("root") as connection:
        accounts.disable(connection, id_, office.clock())
    assert through(office.browser(), idp).status_code == 403


def test_an_answer_is_good_for_the_browser_that_asked_and_once(office, idp) -> None:
    bound(office, idp)
    browser, thief = office.browser(), office.browser()
    answer = idp.authorize(browser.get("/es/provider").headers["location"])
    assert thief.get(f"/es/provider/back?{answer}").status_code == 403
    thief.cookies.set(PROVIDER, "00" * 40)
    assert thief.get(f"/es/provider/back?{answer}").status_code == 403
    thief.cookies.set(PROVIDER, "nonsense")
    assert thief.get(f"/es/provider/back?{answer}").status_code == 403
    assert browser.get("/es/provider/back?code=c1&state=another").status_code == 403
    answer = idp.authorize(browser.get("/es/provider").headers["location"])
    assert browser.get(f"/es/provider/back?{answer}").status_code == 303
    browser.cookies.clear()
    assert browser.get(f"/es/provider/back?{answer}").status_code == 403


def test_an_answer_that_comes_too_late_or_without_a_code_is_none(office, idp) -> None:
    bound(office, idp)
    browser = office.browser()
    answer = idp.authorize(browser.get("/es/provider").headers["location"])
    refused = answer.replace("code=c1", "error=access_denied")
    assert browser.get(f"/es/provider/back?{refused}").status_code == 403
    answer = idp.authorize(browser.get("/es/provider").headers["location"])
    office.clock.later(minutes=11)
    assert browser.get(f"/es/provider/back?{answer}").status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": ["cauce", "another"], "azp": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 300},
    ],
)
def test_a_token_that_says_something_else_is_refused(office, idp, claims) -> None:
    bound(office, idp)
    idp.extra = claims
    assert through(office.browser(), idp).status_code == 403


def forged(idp, header: dict[str, object], sign: Callable[[bytes], bytes]) -> str:
    """A token with everything right but who signed it, and how."""
    claims = {"iss": idp.issuer, "aud": CLIENT, "sub": "person-7", "nonce": idp.nonce}
    claims |= {"iat": idp.now, "exp": idp.now + 300}

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).decode().rstrip("=")

    head = part(json.dumps({"kid": "k1", **header}).encode())
    start = f"{head}.{part(json.dumps(claims).encode())}"
    return f"{start}.{part(sign(start.encode()))}"


def rsa(key: RSAKey) -> Callable[[bytes], bytes]:
    return lambda text: key.private_key.sign(text, padding.PKCS1v15(), hashes.SHA256())


def test_a_token_of_nobody_of_another_or_of_megabytes_is_refused(office, idp) -> None:
    bound(office, idp)
    another = RSAKey.generate_key(2048, {"kid": "k1"})
    # The provider's public key used as if it were a shared secret.
    public = idp.key.as_pem(private=False)

    def refused(make: Callable[[], str]) -> bool:
        idp.token = make
        return through(office.browser(), idp).status_code == 403

    own = rsa(idp.key)
    assert not refused(lambda: forged(idp, {"alg": "RS256"}, own)), "a good one is let in"
    assert refused(lambda: forged(idp, {"alg": "none"}, lambda _: b""))
    assert refused(lambda: forged(idp, {"alg": "None"}, lambda _: b""))
    assert refused(lambda: forged(idp, {"alg": "RS256"}, rsa(another)))
    assert refused(lambda: forged(idp, {"alg": "RS256", "crit": ["x"], "x": 1}, own))
    assert refused(
        lambda: forged(idp, {"alg": "HS256"}, lambda text: hmac.digest(public, text, "sha256"))
    )
    assert refused(lambda: forged(idp, {"alg": "RS256", "pad": "x" * 20_000}, own))
    for text in ("", "x", "a.b.c", "x" * 5_000_000):
        assert refused(lambda text=text: text), text[:9]


def test_a_second_factor_is_asked_for_where_the_office_needs_it(make_office, idp) -> None:
    back = "https://registros.example/es/provider/back"
    office = make_office(Provider("M", idp.issuer, CLIENT, "s", back, ("mfa", "otp")))
    idp.now = int(office.clock().timestamp())
    idp.extra = {"amr": ["pwd", "mfa"]}
    bound_browser = office.browser()
    _, code = office.invite(Role.EDITOR)
    bound_browser.submit("/es/invitation", code=code)
    idp.extra = {"amr": ["pwd"]}
    assert through(bound_browser, idp).status_code == 403
    idp.extra = {"amr": "mfa"}
    assert through(bound_browser, idp).status_code == 403
    idp.extra = {"amr": ["pwd", "mfa"]}
    assert through(bound_browser, idp).status_code == 303


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "http://evil.example/"},
        {"authorization_endpoint": None},
        {"x": "x" * 300_000},
    ],
)
def test_a_provider_that_describes_another_or_at_length_is_not_followed(office, idp, says) -> None:
    idp.says = says
    assert office.browser().get("/es/provider").status_code == 502


def test_a_provider_whose_keys_or_token_address_are_wrong_lets_nobody_in(office, idp) -> None:
    bound(office, idp)
    idp.padding = 300_000
    assert through(office.browser(), idp).status_code == 403
    idp.padding, idp.says = 0, {"token_endpoint": f"{idp.issuer}/nowhere?"}
    browser = office.browser()
    answer = idp.authorize(browser.get("/es/provider").headers["location"])
    idp.challenge = "another"
    assert browser.get(f"/es/provider/back?{answer}").status_code == 403


def test_an_office_without_a_provider_has_no_such_page(make_office) -> None:
    browser = make_office().browser()
    assert browser.get("/es/provider").status_code == 404
    assert browser.get("/es/provider/back").status_code == 404


def test_a_provider_that_is_not_there_or_not_secure_says_try_later(make_office) -> None:
    back = "https://registros.example/es/provider/back"
    for issuer in ("http://127.0.0.1:9", "http://login.example"):
        office = make_office(Provider("M", issuer, CLIENT, "s", back))
        answer = office.browser().get("/es/provider")
        assert answer.status_code == 502
        assert "no responde" in answer.text
