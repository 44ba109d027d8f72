"""Which format a client gets: `?format=` beats Accept, and what cannot be served is said."""

from collections.abc import Mapping

from starlette.requests import Request

from cauce.portal.sdmx.refusal import Refusal
from cauce.portal.visit import quality

CSV, JSON, ML = "csv", "json", "ml"
TYPES = {
    CSV: "application/vnd.sdmx.data+csv;version=2.0.0",
    JSON: "application/vnd.sdmx.data+json;version=2.0.0",
    ML: "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
}
STRUCTURES = {
    JSON: "application/vnd.sdmx.structure+json;version=2.0.0",
    ML: "application/vnd.sdmx.structure+xml;version=2.1",
}
# What a media type or a word of `?format=` asks for, looked for in this order.
WORDS = (
    ("generic", ""),
    ("version=1.0", ""),
    ("version=2.1.0", ""),
    ("version=3", ""),
    ("csv", CSV),
    ("json", JSON),
    ("xml", ML),
    ("ml", ML),
    ("structurespecific", ML),
)
ANYTHING = ("*/*", "application/*", "text/*", "")


def _in_order(accept: str) -> list[str]:
    """The media types of an Accept header, the most wanted first, without those not wanted.

    Source: RFC 9110, sections 12.4.2 and 12.5.1.
    """
    parts = [part.partition(";q=") for part in accept.lower().replace(" ", "").split(",")]
    weighed = [(quality(told), kind) for kind, _, told in parts]
    return [kind for q, kind in sorted(weighed, key=lambda pair: -pair[0]) if q > 0]


def chosen(request: Request, served: Mapping[str, str], default: str) -> str:
    """One of the formats that are served.

    Raises:
        Refusal: 406, with a list of what is served.
    """
    word = request.query_params.get("format", "")
    asked = [word] if word else _in_order(request.headers.get("accept", "*/*"))
    for kind in asked:
        if kind in ANYTHING or kind.startswith("text/html"):
            return default
        found = next((name for sign, name in WORDS if sign in kind), "")
        if found in served:
            return found
    raise Refusal(406, f"Served here are: {', '.join(served.values())}.")
