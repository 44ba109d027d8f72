"""What the service says when it cannot answer, in the format of its version."""

import json
from xml.sax.saxutils import escape

from starlette.responses import Response

MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
# SDMX error codes by HTTP status. Source: SDMX REST 1.5 and 2.2, status codes.
CODES = {
    403: 110,
    404: 100,
    400: 140,
    406: 140,
    410: 100,
    413: 510,
    414: 130,
    501: 501,
    503: 503,
}


class Refusal(Exception):  # noqa: N818 - the house's word for it
    """A query that gets no data: status, and words for the person who asked."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def answer(refusal: Refusal, version: int) -> Response:
    """The refusal as an SDMX error message; 204 has no body."""
    if refusal.status == 204:
        return Response(status_code=204)
    code = CODES.get(refusal.status, 500)
    if version == 1:
        body = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<mes:Error xmlns:mes="{MESSAGE}" '
            f'xmlns:com="{COMMON}"><mes:ErrorMessage code="{code}"><com:Text xml:lang="en">'
            f"{escape(refusal.words)}</com:Text></mes:ErrorMessage></mes:Error>"
        )
        return Response(body, refusal.status, media_type="application/xml")
    content = {"errors": [{"code": code, "title": refusal.words, "titles": {"en": refusal.words}}]}
    return Response(json.dumps(content), refusal.status, media_type="application/json")
