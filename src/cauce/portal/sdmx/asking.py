"""One request to the service: what it is asked of, and whether the client has the answer."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from cauce.portal.bounds import Limits, sent
from cauce.portal.bounds.dates import http_date
from cauce.portal.sdmx.formats import check_compression, language_of
from cauce.portal.sdmx.query import moment
from cauce.portal.sdmx.refusal import Refusal
from cauce.publish import Texts
from cauce.store import NotPublished, Snapshot, as_agencies

WRITTEN = "3"
"""Changes when the same numbers are written in other words, so that nobody keeps the old ones."""
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Content-Language, Retry-After",
    "Vary": "Accept, Accept-Encoding, Accept-Language",
    "Cache-Control": "no-cache",
}


class Unchanged(Exception):  # noqa: N818 - no error
    """The client has what it asks for."""


@dataclass
class Asking:
    """A request over one generation of the store, or over an earlier one where `asOf` names it.

    `version` is that of the service. `tag` names the answer, "" until it is known what it is from.
    """

    request: Request
    current: Snapshot
    snapshot: Snapshot
    version: int
    limits: Limits
    texts: Texts
    tag: str = ""

    def depends_on(self, *parts: object) -> None:
        """Say what the answer is made from, beside the address and what is negotiated.

        Raises:
            Unchanged: the client has this answer.
        """
        request = self.request
        told = (
            WRITTEN,
            *map(str, parts),
            request.url.path,
            request.url.query,
            request.headers.get("accept", ""),
            request.headers.get("accept-language", ""),
        )
        digest = hashlib.sha256("\n".join(told).encode(errors="surrogateescape")).hexdigest()
        self.tag = f'"{digest[:24]}"'
        if _has(request, self.tag, self.changed):
            raise Unchanged

    @property
    def changed(self) -> datetime | None:
        """When the store was changed last, to the second; a rollback and a withdrawal count."""
        try:
            at = datetime.fromisoformat(self.current.catalog.at)
        except ValueError:
            return None
        return at.astimezone(UTC).replace(microsecond=0)

    def answer(self, chunks: Iterator[bytes], media_type: str) -> Response:
        """The chunks as an answer; to who asks for the head alone, none of them is made."""
        headers = {"Content-Type": media_type, "Content-Language": language_of(self.request)}
        if self.request.method == "HEAD":
            return Response(headers=headers)
        small = self.request.query_params.get("compression", "").lower() == "gzip"
        return sent(chunks, self.request, headers, small)

    def sign(self, response: Response) -> None:
        """Tell what the answer is called, and of when it is."""
        if self.tag:
            response.headers["ETag"] = self.tag
            if self.changed:
                response.headers["Last-Modified"] = format_datetime(self.changed, usegmt=True)


def asking(
    request: Request, current: Snapshot, version: int, limits: Limits, texts: Texts
) -> Asking:
    """The request over the generation it is about.

    Raises:
        Refusal: `asOf` is no moment, or nothing was published by then; 406, language, compression.
    """
    check_compression(request)
    language_of(request)
    then, snapshot = moment(request.query_params.get("asOf", ""), "asOf"), current
    if then is not None:
        try:
            snapshot = current.at(then)
        except NotPublished as error:
            raise Refusal(404, str(error)) from error
    return Asking(request, current, as_agencies(snapshot), version, limits, texts)


def _has(request: Request, tag: str, changed: datetime | None) -> bool:
    """Whether a client says that it has an answer; a tag goes before a date (RFC 9110, 13.2)."""
    if (told := request.headers.get("if-none-match")) is not None:
        return tag in told or told.strip() == "*"
    if changed is None or (since := request.headers.get("if-modified-since")) is None:
        return False
    then = http_date(since)
    return then is not None and changed <= then
