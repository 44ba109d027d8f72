"""The address of a Spark Connect endpoint, told without what is secret in it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cauce.model.errors import BadInput

SCHEME = "sc"
PORT = 15002
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Endpoint:
    """Host and port of an endpoint; `url`, with its token, is shown by nothing."""

    host: str
    port: int
    url: str = field(repr=False)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{SCHEME}://{host}:{self.port}"

    @property
    def here(self) -> bool:
        """Whether it is on this machine, and can read a file that is."""
        return self.host in HERE


def endpoint_of(text: str) -> Endpoint:
    """The endpoint of sc://HOST:PORT/;token=…;use_ssl=true.

    Raises:
        BadInput: it is no such address; the message does not repeat it, for its token.
    """
    try:
        parts = urlsplit(text.partition(";")[0])
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    odd = parts.username is not None or parts.path not in ("", "/") or parts.query
    if parts.scheme != SCHEME or not host or odd:
        raise BadInput(
            "--engine must be local, kernel, duckdb, or the address of a Spark Connect endpoint "
            "such as sc://host:15002 or sc://host:443/;use_ssl=true;token=…"
        )
    settings = text.partition(";")[2]
    place = f"[{host}]" if ":" in host else host
    url = f"{SCHEME}://{place}:{port or PORT}/"
    return Endpoint(host, port or PORT, f"{url};{settings}" if settings else url)
