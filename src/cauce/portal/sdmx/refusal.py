"""What the service says when it cannot answer, in the format of its version."""

import json
import re
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

ML_21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
ML_30 = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# SDMX error codes by HTTP status. Source: SDMX REST 1.5 and 2.2, status codes.
CODES = {
    403: 110,
    404: 100,
    400: 140,
    406: 140,
    410: 100,
    413: 510,
    414: 140,
    422: 150,
    501: 501,
    503: 503,
}


class Refusal(Exception):  # noqa: N818 - the house's word for it
    """A query that gets no data: status, and words for the person who asked."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def answer(refusal: Refusal, version: int, request: Request | None = None) -> Response:
    """The refusal as an SDMX error message; 204 has no body.

    Version 1 says it in SDMX-ML 2.1, version 2 in SDMX-JSON, or in SDMX-ML 3.0 to who wants XML.
    """
    if refusal.status == 204:
        return Response(status_code=204)
    wanted = request.headers.get("accept", "") if request else ""
    if version == 1 or ("xml" in wanted and "json" not in wanted and "html" not in wanted):
        schemas = ML_21 if version == 1 else ML_30
        return Response(_xml(refusal, schemas), refusal.status, media_type="application/xml")
    told = {"code": _code(refusal), "title": refusal.words, "titles": {"en": refusal.words}}
    content = json.dumps({"errors": [told]})
    return Response(content, refusal.status, media_type="application/json")


def _xml(refusal: Refusal, schemas: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<mes:Error xmlns:mes="{schemas}/message" '
        f'xmlns:com="{schemas}/common"><mes:ErrorMessage code="{_code(refusal)}">'
        f'<com:Text xml:lang="en">{escape(NO_XML.sub("", refusal.words))}</com:Text>'
        "</mes:ErrorMessage></mes:Error>"
    )


def _code(refusal: Refusal) -> int:
    return CODES.get(refusal.status, 500 if refusal.status >= 500 else 140)
