"""The doors' addresses, and what stands before every address of the office."""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from cauce.office.doors.administer import all_accounts, change_account, invite, one_account
from cauce.office.doors.coming_in import ask_code, enter, give_code, sign_in, sign_out
from cauce.office.doors.guard import Guard, OfficeHeaders
from cauce.office.doors.joining import ask_invitation, ask_join, give_invitation, give_join
from cauce.office.doors.own import end_key, end_others, new_key, new_password, own_account
from cauce.office.doors.setting import Doors
from cauce.office.doors.through_provider import from_provider, to_provider
from cauce.office.doors.visit import Handler, signed_in, visited

ADDRESSES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/sign-in", sign_in),
    ("POST", "/sign-in", enter),
    ("GET", "/code", ask_code),
    ("POST", "/code", give_code),
    ("POST", "/sign-out", sign_out),
    ("GET", "/invitation", ask_invitation),
    ("POST", "/invitation", give_invitation),
    ("GET", "/join", ask_join),
    ("POST", "/join", give_join),
    ("GET", "/provider", to_provider),
    ("GET", "/provider/back", from_provider),
    ("GET", "/account", signed_in(own_account)),
    ("POST", "/account/password", signed_in(new_password)),
    ("POST", "/account/sessions", signed_in(end_others)),
    ("POST", "/account/keys", signed_in(new_key)),
    ("POST", "/account/keys/{key}", signed_in(end_key)),
    ("GET", "/accounts", signed_in(all_accounts)),
    ("POST", "/accounts", signed_in(invite)),
    ("GET", "/accounts/{account}", signed_in(one_account)),
    ("POST", "/accounts/{account}", signed_in(change_account)),
)


def routes(doors: Doors) -> list[BaseRoute]:
    """What answers at the doors."""
    return [
        Route(f"/{{language}}{path}", visited(doors, handler), methods=[method])
        for method, path, handler in ADDRESSES
    ]


def guards(doors: Doors) -> list[Middleware]:
    """What the office's app puts before everything, in this order."""
    return [Middleware(OfficeHeaders), Middleware(Guard, doors=doors)]
