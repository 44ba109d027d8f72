"""Finding by words in a folder: one small script, and an index of titles that it looks through.

A browser that opens a folder from a stick may read a script and no data, so the index is one.
"""

import json
from collections.abc import Iterator
from importlib.resources import files

from cauce.model.text import LANGUAGES, Language, Text
from cauce.portal.bulletin import Bulletin
from cauce.portal.export.names import Names
from cauce.portal.export.plan import Plan
from cauce.portal.finding.entries import KINDS, Entry, Kind, entries
from cauce.portal.registers.library import countries_of
from cauce.portal.words import words
from cauce.store import Snapshot

SCRIPT = "static/find.js"
MOST_BYTES = 54_000
"""Of the index; with the script it stays below the 60 kB that a page may have."""
FIRST: tuple[Kind, ...] = (
    "page", "topic", "country", "indicator", "table", "register", "news", "corridor", "record",
)  # fmt: skip
"""What goes in first: records are the most, and have lists of their own."""
HEAD = "</h1>"


def script() -> bytes:
    return files("cauce.portal.export").joinpath("find.js").read_bytes()


def index_name(language: Language) -> str:
    return f"{language}/find-index.js"


def index_of(
    snapshot: Snapshot, bulletin: Bulletin, planned: Plan, names: Names, language: Language
) -> bytes:
    """The titles of what the folder holds, each with its file beside the page of search."""
    found = sorted(_all(snapshot, bulletin, planned), key=lambda one: FIRST.index(one.kind))
    said, things, size = words(language), [], 0
    for entry in found:
        address = f"/{language}{entry.path}"
        if address not in names:
            continue
        path = names[address].removeprefix(f"{language}/")
        thing = [KINDS.index(entry.kind), said.of(entry.title), path]
        size += len(json.dumps(thing, ensure_ascii=False).encode()) + 1
        if size > MOST_BYTES:
            break
        things.append(thing)
    told = {
        "kinds": [said(f"hit_{kind}") for kind in KINDS],
        "label": said("search_label"),
        "many": said("find_many"),
        "none": said("search_nothing"),
        "things": things,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    # "</" within a script would end it.
    safe = text.replace("</", "<\\u002f")
    return f"window.CAUCE={safe};\n".encode()


def _all(snapshot: Snapshot, bulletin: Bulletin, planned: Plan) -> Iterator[Entry]:
    yield from entries(snapshot, bulletin)
    known = countries_of(snapshot)
    for path in planned.paths:
        start, _, code = path.rpartition("/")
        origin, _, destination = code.partition("-")
        if start == "/corridors" and origin in known and destination in known:
            a, b = known[origin], known[destination]
            title = Text(f"{a.en} → {b.en}", f"{a.es} → {b.es}")
            yield Entry("corridor", title, title, path, {})


def with_finder(html: str) -> str:
    """The page of search with a place for the finder, and the two scripts that fill it."""
    finder = (
        '\n<div id="find"></div>\n<script src="find-index.js"></script>'
        f'\n<script src="../{SCRIPT}"></script>\n'
    )
    before, head, after = html.partition(HEAD)
    return before + head + finder + after


def pages_of_search() -> dict[str, Language]:
    """The addresses that get a finder."""
    return {f"/{language}/search": language for language in LANGUAGES}
