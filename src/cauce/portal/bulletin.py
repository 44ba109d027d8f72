"""The programme's news listing: items, and which of them a reader asks for."""

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput
from cauce.model.text import Text


@dataclass(frozen=True)
class Label:
    """A country or thematic axis; `bodies` are those a country belongs to."""

    id: str
    name: Text
    bodies: tuple[str, ...] = ()
    ours: bool = False


@dataclass(frozen=True)
class Item:
    """One news item; `link` is the page that does the work, "" while it is not built."""

    slug: str
    published_on: date
    event: tuple[date, date] | None
    title: Text
    summary: Text
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    axes: tuple[str, ...]
    answer: Text
    link: str
    waits_for: Text


@dataclass(frozen=True)
class Bulletin:
    """All items, newest first, with the countries and axes they may carry."""

    items: tuple[Item, ...]
    countries: tuple[Label, ...]
    axes: tuple[Label, ...]

    def item(self, slug: str) -> Item | None:
        return next((item for item in self.items if item.slug == slug), None)


@dataclass(frozen=True)
class Wish:
    """What a reader asks for; "" or None for anything. `unknown` names what made no sense."""

    title: str = ""
    month: int | None = None
    year: int | None = None
    country: str = ""
    axis: str = ""
    unknown: tuple[str, ...] = ()


def read_bulletin(folder: Path) -> Bulletin:
    """The bulletin in a folder; an empty one if there is none.

    Raises:
        BadInput: an item names a country or axis that is not declared, or lacks a field.
    """
    path = folder / "items.toml"
    if not path.is_file():
        return Bulletin((), (), ())
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        countries = tuple(
            Label(c["id"], Text(**c["name"]), tuple(c["bodies"])) for c in data["country"]
        )
        axes = tuple(
            Label(a["id"], Text(**a["name"]), ours=a["origin"] == "cauce") for a in data["axis"]
        )
        items = tuple(_item(item) for item in data["item"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"items.toml of the bulletin lacks or misspells {error}.") from error
    _check(items, {c.id for c in countries}, {a.id for a in axes})
    newest = sorted(items, key=lambda item: (item.published_on, item.slug), reverse=True)
    return Bulletin(tuple(newest), countries, axes)


def _item(data: dict[str, Any]) -> Item:
    start, end = data["event_start"], data["event_end"]
    return Item(
        slug=data["slug"],
        published_on=data["published_on"],
        event=(date.fromisoformat(start), date.fromisoformat(end)) if start else None,
        title=Text(**data["title"]),
        summary=Text(**data["summary"]),
        countries=tuple(data["countries"]),
        bodies=tuple(data["bodies"]),
        axes=tuple(data["axes"]),
        answer=Text(**data["answer"]),
        link=data["link"],
        waits_for=Text(**data["waits_for"]),
    )


def _check(items: tuple[Item, ...], countries: set[str], axes: set[str]) -> None:
    for item in items:
        strange = (set(item.countries) - countries) | (set(item.axes) - axes)
        if strange:
            names = ", ".join(sorted(strange))
            raise BadInput(f"Item {item.slug} of the bulletin names {names}, not declared there.")


def chosen(bulletin: Bulletin, wish: Wish) -> tuple[Item, ...]:
    """The items a reader asks for, newest first.

    A title is found whatever its accents and capitals, in either language. An item counts for a
    country it names and for every member of a body it names.
    """
    words = folded(wish.title)
    bodies = {c.id: set(c.bodies) for c in bulletin.countries}
    return tuple(
        item
        for item in bulletin.items
        if (words in folded(item.title.en) or words in folded(item.title.es))
        and wish.month in (None, item.published_on.month)
        and wish.year in (None, item.published_on.year)
        and (not wish.axis or wish.axis in item.axes)
        and (
            not wish.country
            or wish.country in item.countries
            or bool(bodies.get(wish.country, set()) & set(item.bodies))
        )
        and not wish.unknown
    )


def folded(text: str) -> str:
    """Text without accents, capitals and needless spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def wish_from(query: dict[str, str], bulletin: Bulletin) -> Wish:
    """What the words of an address ask for; what makes no sense is named, never guessed."""
    unknown: list[str] = []
    month = _number(query.get("month", ""), 1, 12, "month", unknown)
    year = _number(query.get("year", ""), 1900, 2999, "year", unknown)
    country = _known(query.get("country", ""), {c.id for c in bulletin.countries}, unknown)
    axis = _known(query.get("axis", ""), {a.id for a in bulletin.axes}, unknown)
    return Wish(query.get("title", "")[:200], month, year, country, axis, tuple(unknown))


def _number(text: str, low: int, high: int, name: str, unknown: list[str]) -> int | None:
    if not text.strip():
        return None
    if text.strip().isdecimal() and len(text) < 9 and low <= int(text) <= high:
        return int(text)
    unknown.append(f"{name} = {text[:20]}")
    return None


def _known(text: str, known: set[str], unknown: list[str]) -> str:
    word = text.strip()
    match = next((name for name in known if name.casefold() == word.casefold()), "")
    if word and word.casefold() not in ("all", "any") and not match:
        unknown.append(word[:20])
    return match
