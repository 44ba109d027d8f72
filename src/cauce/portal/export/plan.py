"""What a folder holds: the pages of the site map, a view for each indicator, and their files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cauce.model.text import LANGUAGES
from cauce.portal.bulletin import Bulletin
from cauce.portal.corridor.every import every_corridor, in_folder
from cauce.portal.links import address
from cauce.portal.signposts import pages
from cauce.store import Snapshot

STATIC = Path(__file__).parents[1] / "static"
FOR_MACHINES = ("/catalog.jsonld", "/robots.txt")
FEEDS = ("atom", "rss")
NAMED = ("bib", "ris", "jsonld", "zip")
"""Endings of files that name the address they are had at."""


@dataclass(frozen=True)
class Plan:
    """The addresses to begin with; `same` are views that show what another address shows.

    `closed` are the tables whose licence does not allow giving them away in bulk. `known` says that
    the address of the folder is known: only then is what has to name it written. `paths` are the
    pages without the language, as a sitemap lists them.
    """

    addresses: tuple[str, ...]
    same: tuple[tuple[str, str], ...]
    closed: frozenset[str]
    known: bool
    paths: tuple[str, ...]

    def follows(self, kind: str, found: str) -> bool:
        """Whether an address that a page names goes into the folder, too: its files and pictures.

        Files of a view need the service; those of a whole table do not.
        """
        parts = urlsplit(found)
        if kind == "img" or parts.path.startswith("/static/"):
            return True
        ending = parts.path.rpartition(".")[2].lower()
        names_itself = ending in (*FEEDS, *NAMED) or found.endswith(".csl.json")
        if parts.query or parts.path.startswith("/sdmx/") or (names_itself and not self.known):
            return False
        return not self.is_closed(parts.path)

    def is_closed(self, path: str) -> bool:
        """Whether an address is of a file that may not be given away."""
        return path.rpartition("/")[2].split(".")[0] in self.closed


def plan(snapshot: Snapshot, bulletin: Bulletin, endings: Sequence[str], known: bool) -> Plan:
    """`endings` are the kinds of files a whole table can be had as."""
    flows = [manifest.dataflow for manifest in snapshot.flows()]
    every = every_corridor(snapshot, bulletin)
    paths = (*(p for p in pages(snapshot, bulletin) if in_folder(p, every)), "/folder")
    views, same, files = [], [], []
    for language in LANGUAGES:
        for flow in flows:
            table = f"/{language}/tables/{flow.id}"
            if flow.source.open_licence:
                files += [f"{table}.{one}" for one in endings if known or one not in NAMED]
            for place, indicator in enumerate(flow.indicators):
                view = address(table, {"INDICATOR": indicator.id})
                if place:
                    views.append(view)
                else:
                    same.append((view, table))
    first = [f"/{language}{path}" for path in paths for language in LANGUAGES]
    last = FOR_MACHINES if known else ()
    return Plan(
        addresses=(*first, *views, *files, *_drawn(), *last),
        same=tuple(same),
        closed=frozenset(flow.id for flow in flows if not flow.source.open_licence),
        known=known,
        paths=paths,
    )


def _drawn() -> tuple[str, ...]:
    """The pictures of the style, which no page names; the style itself is named by every page."""
    names = sorted(path.name for path in STATIC.iterdir() if path.suffix != ".css")
    return tuple(f"/static/{name}" for name in names)


def explained(address: str, named: Iterator[tuple[str, str]]) -> str:
    """Of the numbers a view of a table explains the first, whose page goes into the folder."""
    language = address.split("/")[1]
    if not address.startswith(f"/{language}/tables/"):
        return ""
    start = f"/{language}/explain/"
    return next((found for _, found in named if found.startswith(start)), "")
