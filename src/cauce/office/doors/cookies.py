"""The office's cookies: none that a script, another site or an open connection can read."""

import base64
import hashlib
import hmac
from typing import Literal

from starlette.requests import cookie_parser
from starlette.responses import Response

SESSION, VISIT, DEVICE, PROVIDER = (
    "__Host-cauce",
    "__Host-cauce-visit",
    "__Host-cauce-device",
    "__Host-cauce-provider",
)
DEVICE_LASTS = 90 * 24 * 3600
SameSite = Literal["lax", "strict"]


def give(
    response: Response, name: str, value: str, lasts: int | None = None, same: SameSite = "lax"
) -> None:
    """Set a cookie; without `lasts` it ends with the browser."""
    response.set_cookie(
        name, value, max_age=lasts, path="/", secure=True, httponly=True, samesite=same
    )


def take_back(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")


def cookie_of(header: str, name: str) -> str:
    """A cookie in a request's header, "" if it is not there."""
    found = cookie_parser(header).get(name, "")
    return found if len(found) <= 4096 else ""


def csrf_from(token: str) -> str:
    """What a form must repeat: known only to who has the cookie, and telling nothing of it."""
    made = hmac.new(token.encode(), b"csrf", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
