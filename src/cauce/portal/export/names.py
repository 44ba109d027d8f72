"""The file each address is written to: names that every file system of a stick can hold."""

import hashlib
import re
from urllib.parse import parse_qsl, unquote, urlsplit

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONG = 80
ENDINGS = ("csv", "json", "xlsx", "parquet", "svg", "png", "pdf", "bib", "ris", "css", "ico",
           "jsonld", "jsonstat", "zip", "atom", "rss", "xml", "txt")  # fmt: skip
"""What an address ends in that is a file and no page."""


def is_file(address: str) -> bool:
    """Whether an address is a file and no page."""
    return urlsplit(address).path.rpartition(".")[2].lower() in ENDINGS


class Names:
    """The names given so far; two addresses never share one, even where case does not count."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def __contains__(self, address: str) -> bool:
        return address in self._names

    def __getitem__(self, address: str) -> str:
        return self._names[address]

    def add(self, address: str) -> str:
        """The file an address is written to, from the root of the folder."""
        if address not in self._names:
            name = name_of(address)
            if name.lower() in self._taken:
                stem, dot, ending = name.rpartition(".")
                name = f"{stem}-{_mark(address)}{dot}{ending}"
            self._taken.add(name.lower())
            self._names[address] = name
        return self._names[address]

    def alias(self, address: str, same: str) -> None:
        """An address that shows what another shows."""
        self._names.setdefault(address, self._names[same])

    def drop(self, address: str) -> None:
        """Forget an address that gave nothing."""
        self._names.pop(address, None)


def name_of(address: str) -> str:
    """A name that says what it is: the path, then what the query asks for."""
    parts = urlsplit(address)
    path = [_safe(unquote(part)) for part in parts.path.strip("/").split("/") if part]
    asked = "--".join(f"{_safe(k)}-{_safe(v)}" for k, v in parse_qsl(parts.query))
    if is_file(address):
        if asked and parts.path.startswith("/static/"):
            asked = ""  # the edition, which is for browsers that keep what they had
        stem, _, ending = path[-1].rpartition(".")
        return "/".join([*path[:-1], f"{_short(_joined(stem, asked))}.{ending}"])
    if len(path) <= 1 and not asked:
        return "/".join([*path, "index.html"])
    return "/".join([*path[:-1], f"{_short(_joined(path[-1], asked))}.html"])


def _joined(stem: str, asked: str) -> str:
    return f"{stem}--{asked}" if asked else stem


def _safe(text: str) -> str:
    """Text for a name; where something is lost, a mark keeps it apart from others."""
    plain = UNSAFE.sub("_", text)
    return plain if plain == text else f"{plain}-{_mark(text)}"


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}-{_mark(text)}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
