"""Coming in through an office's identity provider, for accounts that were bound to it.

An invitation binds: who accepts it while signed in at the provider is that account from then on. An
e-mail address never does, for it can change hands.
"""

import logging
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from cauce.model.errors import BadInput
from cauce.office.doors import provider as oidc
from cauce.office.doors.cookies import PROVIDER, cookie_of, give, take_back
from cauce.office.doors.provider import Provider
from cauce.office.doors.visit import Visit
from cauce.store.log.sign_in import come_in_as, join_as

LOG = logging.getLogger("cauce.office")


@dataclass(frozen=True)
class ProviderPage:
    """What templates/doors/provider.html is given, and nothing else."""

    title: str
    text: str


def to_provider(visit: Visit) -> Response:
    """Send the browser to the provider, with what was asked sealed in a cookie."""
    try:
        address, asked = oidc.ask(_provider(visit), visit.now, visit.language)
    except BadInput as error:
        LOG.error("Identity provider: %s", error)  # noqa: TRY400 - its words say all
        return _failed(visit, "provider_silent", 502)
    response = RedirectResponse(address, 303)
    give(response, PROVIDER, oidc.sealed(visit.doors.keys, asked), 600)
    return response


def from_provider(visit: Visit) -> Response:
    """Who came back is in, if their account is bound or they hold an invitation."""
    provider, doors = _provider(visit), visit.doors
    kept = cookie_of(visit.request.headers.get("cookie", ""), PROVIDER)
    try:
        asked = oidc.unsealed(doors.keys, kept)
        visit = replace(visit, language=asked.language)
        query = dict(visit.request.query_params)
        subject = oidc.answered(provider, asked, query, visit.now)
        found = _found(visit, provider.issuer, subject)
    except BadInput as error:
        # None of its words are of a person, nor the secret.
        LOG.warning("Identity provider: %s", error)
        return _done(_failed(visit, "provider_refused", 403))
    if found is None:
        return _done(_failed(visit, "provider_unknown", 403))
    return _done(visit.let_in(*found))


def _found(visit: Visit, issuer: str, subject: str) -> tuple[str, str] | None:
    """The tokens of who came back. Raises BadInput if their invitation holds no more."""
    joining, database = visit.session("join"), visit.doors.database
    if joining is not None:
        return join_as(database, joining, issuer, subject, visit.now)
    return come_in_as(database, issuer, subject, visit.now)


def _done(response: Response) -> Response:
    """What was asked is good for one answer."""
    take_back(response, PROVIDER)
    return response


def _provider(visit: Visit) -> Provider:
    if visit.doors.provider is None:
        raise HTTPException(404)
    return visit.doors.provider


def _failed(visit: Visit, reason: str, status: int) -> Response:
    page = ProviderPage(visit.words("doors.refused"), visit.words(f"doors.{reason}"))
    return visit.show("provider.html", page, status)
