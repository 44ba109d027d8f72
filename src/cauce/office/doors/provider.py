"""Signing in where an office's people already do: OpenID Connect, with code, PKCE and nonce.

Source: OpenID Connect Core 1.0, section 3.1.3.7 (what of an ID token is checked); RFC 7636 (PKCE);
RFC 9700 (best current practice).
"""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped] # ships no types
    prepare_grant_uri,
)
from authlib.oauth2.rfc7636 import (  # type: ignore[import-untyped] # ships no types
    create_s256_code_challenge,
)
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from cauce.model.errors import BadInput
from cauce.model.text import Language
from cauce.store.log.key_folder import KeyFolder

ALGORITHMS = ["RS256", "ES256", "PS256"]
LONGEST_TOKEN, LARGEST_ANSWER = 16 * 1024, 256 * 1024
SECURE = ("https://", "http://127.0.0.1:")
METHODS = "token_endpoint_auth_methods_supported"
LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""


@dataclass(frozen=True)
class Provider:
    """An office's identity provider.

    `amr` are the methods of which one must have been used there, such as ("mfa",); with none the
    provider alone decides how well it knows its people.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect: str
    amr: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What was asked of the provider, kept sealed in the browser until it answers.

    `language` is the one that people were reading, whichever the address they come back to names.
    """

    state: str
    nonce: str
    verifier: str
    at: str
    language: Language = "es"


class Silent(BadInput):
    """The provider does not answer now."""


def looked_up(provider: Provider) -> None:
    """See that the provider answers and describes itself, before anybody is sent there.

    Raises:
        Silent: it does not answer.
        BadInput: what it says cannot work: another issuer, no addresses, not over https.
    """
    known = _known(provider)
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _endpoint(provider, known, name).startswith(SECURE):
            raise BadInput(f"{provider.issuer}: its {name} is not over https.")


def ask(provider: Provider, now: datetime, language: Language = "es") -> tuple[str, Asked]:
    """The address to send somebody to, and what was asked."""
    asked = Asked(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        at=now.isoformat(),
        language=language,
    )
    address = prepare_grant_uri(
        _endpoint(provider, _known(provider), "authorization_endpoint"),
        client_id=provider.client_id,
        response_type="code",
        redirect_uri=provider.redirect,
        scope="openid",
        state=asked.state,
        nonce=asked.nonce,
        code_challenge=create_s256_code_challenge(asked.verifier),
        code_challenge_method="S256",
    )
    if not address.startswith(SECURE):
        raise BadInput("An identity provider is asked over https.")
    return str(address), asked


def answered(provider: Provider, asked: Asked, query: dict[str, str], now: datetime) -> str:
    """Who came back: the provider's own name for them, which never changes hands.

    Raises:
        BadInput: the answer is not to what was asked, or not the provider's.
    """
    age = (now - datetime.fromisoformat(asked.at)).total_seconds()
    if not 0 <= age <= 600 or not secrets.compare_digest(
        query.get("state", "").encode(), asked.state.encode()
    ):
        raise BadInput("The identity provider's answer is not to what was asked. Begin again.")
    if "code" not in query:
        raise BadInput("The identity provider let nobody in.")
    known = _known(provider)
    keys = _fetch(_endpoint(provider, known, "jwks_uri"))
    token = _id_token(provider, known, asked, query["code"])
    return subject(provider, asked, token, keys, now)


def subject(
    provider: Provider, asked: Asked, token: object, keys: dict[str, Any], now: datetime
) -> str:
    """Whom an ID token is about, once all of it was checked. Raises BadInput."""
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise BadInput("The identity provider sent no ID token, or one that is too long.")
    try:
        read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type] # checked within
        claims = read.claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": asked.nonce},
        ).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise BadInput("The identity provider's ID token is not as it must be.") from error
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise BadInput("The identity provider's ID token was made for another program.")
    used = claims.get("amr", [])
    if provider.amr and not set(provider.amr) & set(used if isinstance(used, list) else []):
        raise BadInput("The identity provider did not ask for a second factor, which we need.")
    found = claims["sub"]
    if not isinstance(found, str) or not 0 < len(found) <= 255:
        raise BadInput("The identity provider did not say who came.")
    return found


def sealed(keys: KeyFolder, asked: Asked) -> str:
    """What was asked, as the browser keeps it."""
    return keys.seal("provider", json.dumps(asdict(asked)).encode(), "asked")


def unsealed(keys: KeyFolder, text: str) -> Asked:
    """What was asked. Raises BadInput if it is not what we gave the browser."""
    try:
        return Asked(**json.loads(keys.open("provider", text, "asked")))
    except ValueError as error:
        raise BadInput("The browser brought back something else. Begin again.") from error


def _endpoint(provider: Provider, known: dict[str, Any], name: str) -> str:
    """An address of the provider's, if it is who we asked. Raises BadInput."""
    found = known.get(name)
    if known.get("issuer") != provider.issuer:
        raise BadInput(
            f"{provider.issuer} calls itself {str(known.get('issuer'))[:200]!r}. Write the issuer "
            "exactly as it does."
        )
    if not isinstance(found, str):
        raise BadInput(f"{provider.issuer} does not say its {name}.")
    return found


def _known(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 1.0, section 4)."""
    return _fetch(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")


def _id_token(provider: Provider, known: dict[str, Any], asked: Asked, code: str) -> object:
    """The ID token for a code, fetched with our secret and the verifier only we have."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider.redirect,
        "code_verifier": asked.verifier,
    }
    pair = f"{quote(provider.client_id, '')}:{quote(provider.client_secret, '')}"
    headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    if "client_secret_basic" not in known.get(METHODS, ["client_secret_basic"]):
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
        headers = {}
    address = _endpoint(provider, known, "token_endpoint")
    return _fetch(address, urlencode(form).encode(), headers).get("id_token")


class _Nowhere(HTTPRedirectHandler):
    """Follows nobody elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


def _fetch(
    address: str, form: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object at an address. Raises BadInput if it is none, insecure or too large."""
    if not address.startswith(SECURE):
        raise BadInput("An identity provider is asked over https.")
    all_ = {"Accept": "application/json", **(headers or {})}
    request = Request(address, form, all_)  # noqa: S310 - its scheme was checked
    ours = build_opener(ProxyHandler({}), _Nowhere)
    try:
        with ours.open(request, timeout=10) as answer:
            text = answer.read(LARGEST_ANSWER + 1)
        found = json.loads(text) if len(text) <= LARGEST_ANSWER else None
    except HTTPError as error:
        hint = " Are the client's id and secret right?" if form and error.code < 500 else ""
        raise BadInput(f"{address[:200]} answered {error.code}.{hint}") from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise Silent(f"{address[:200]} does not answer: {str(reason)[:200]}.") from error
    except ValueError as error:
        raise BadInput(f"{address[:200]} answers with something else than JSON.") from error
    if not isinstance(found, dict):
        raise BadInput(f"{address[:200]} answers with no JSON object, or with far too much.")
    return found
