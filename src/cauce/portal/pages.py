"""Templates: each is given one object, and lays it out inside the same frame."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from cauce.model.text import Language
from cauce.portal.links import Link
from cauce.portal.words import words

Invented = Literal["", "some", "all"]
LONGEST = 4_000
SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "topics",
        "topics",
        ("tables", "indicators", "explain", "compare", "quality", "metadata", "embed", "crises"),
    ),
    ("countries", "countries_page", ("diaspora",)),
    ("corridors", "corridors_page", ("brief",)),
    ("outlook", "outlook", ()),
    ("registers", "registers", ("studies", "certificates", "recruiters")),
    ("releases", "releases", ("revisions",)),
    ("bulletin", "bulletin", ()),
    ("about", "about", ()),
)
"""The main navigation: address, words, and the addresses that belong to it besides its own."""


class Page(Protocol):
    """What every page says of itself: its title, and how much of what it shows is invented."""

    @property
    def title(self) -> str: ...
    @property
    def invented(self) -> Invented: ...


@dataclass(frozen=True)
class Section:
    """An entry of the main navigation; `here` says that the page belongs to it."""

    link: Link
    here: bool


@dataclass(frozen=True)
class Frame:
    """What templates/base.html puts around every page."""

    title: str
    language: Language
    other: Language
    other_address: str
    sections: tuple[Section, ...]
    edition: str
    invented_here: bool
    asked: str
    dataset: str
    about: str


@dataclass(frozen=True)
class Place:
    """Where a page is shown: its address, and whether the site shows invented data anywhere.

    `dataset` is the page's table as JSON-LD and `about` the page that says what the table is, ""
    where the page shows none.
    """

    path: str
    query: str
    language: Language
    invented_here: bool
    dataset: str = ""
    about: str = ""


def frame(page: Page, place: Place, edition: str) -> Frame:
    """The frame of a page at an address; the other language keeps the page and the query."""
    path, language = place.path, place.language
    # A page stays light whatever it was asked: no question of ours is as long as that.
    query = place.query if len(place.query) <= LONGEST else ""
    said = words(language)
    other: Language = "es" if language == "en" else "en"
    rest = path.removeprefix(f"/{language}") if path.startswith(f"/{language}/") else "/"
    invented = f" ({said('invented_title')})" if page.invented == "all" else ""
    return Frame(
        title=f"{page.title}{invented} · Cauce",
        language=language,
        other=other,
        other_address=f"/{other}{rest}{f'?{query}' if query else ''}",
        sections=tuple(
            Section(Link(said(key), f"/{language}/{name}"), rest.split("/")[1] in (name, *also))
            for name, key, also in SECTIONS
        ),
        edition=edition,
        invented_here=place.invented_here,
        asked=parse_qs(query).get("q", [""])[0][:200] if rest.startswith("/search") else "",
        dataset=place.dataset,
        about=place.about,
    )


class Pages:
    """The templates of a folder, escaped by default; a name that is not given is an error.

    `edition` names what the pages are made of, so that a browser drops what an earlier one sent.
    """

    def __init__(self, folder: Path, edition: str, complain: str = "") -> None:
        self.edition = edition
        self._templates = _templates(folder)
        self._templates.globals["complain"] = complain

    def read_all(self) -> None:
        """Read and compile every template, as each is else when it is first shown."""
        for name in self._templates.list_templates():
            self._templates.get_template(name)

    def html(
        self, template: str, page: Page, place: Place, cited: Callable[[str], str] = str
    ) -> str:
        """A page as HTML. `cited` tells what a text cites; without it texts stay as written."""
        around = frame(page, place, self.edition)
        found = self._templates.get_template(template)
        return found.render(page=page, frame=around, t=words(place.language), cited=cited)

    def alone(self, template: str, page: Page, language: Language) -> str:
        """A page as HTML that needs no site around it."""
        found = self._templates.get_template(template)
        return found.render(page=page, language=language, t=words(language))


@cache
def _templates(folder: Path) -> Environment:
    """The templates of a folder, compiled once for all sites of a process."""
    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # Our own SVG is written with every word escaped.
    found.filters["svg"] = Markup
    return found
