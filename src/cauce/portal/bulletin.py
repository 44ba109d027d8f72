"""The programme's news listing: its file, and which items a reader asks for."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.text import Language, Text
from cauce.portal.fields import Fields


@dataclass(frozen=True)
class Country:
    """A country an item may name, and the bodies it is a member of."""

    id: str
    name: Text
    bodies: tuple[str, ...]


@dataclass(frozen=True)
class Axis:
    """A thematic axis; `ours` says that Cauce made it up, because the source names few."""

    id: str
    name: Text
    ours: bool


@dataclass(frozen=True)
class Item:
    """One news item. `published_on` is not when it happened: that is `event`, where known.

    `bodies` are those whose members an item counts for. `translated` are the languages in which
    the title is a translation of ours. `link` is the page that does the work, "" while it is not
    built, and `also` are others; `waits_for` names the part that will do what is still missing.
    `changed` is when what it says became known, where the register of news has it.
    """

    slug: str
    published_on: date
    event: tuple[date, date] | None
    title: Text
    translated: tuple[Language, ...]
    summary: Text
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    axes: tuple[str, ...]
    answer: Text
    link: str
    waits_for: Text | None
    also: tuple["Also", ...] = ()
    changed: datetime | None = None


@dataclass(frozen=True)
class Also:
    """One more page that answers an item."""

    link: str
    name: Text


@dataclass(frozen=True)
class Bulletin:
    """All items, newest first, with the countries and axes they may carry."""

    items: tuple[Item, ...]
    countries: tuple[Country, ...]
    axes: tuple[Axis, ...]

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
    """The bulletin of a folder. Raises as `parse_bulletin` does, and BadInput if there is none."""
    path = folder / "items.toml"
    try:
        return parse_bulletin(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"The bulletin has no readable {path.name}: {error.strerror}.") from error


def parse_bulletin(text: str) -> Bulletin:
    """The bulletin written in a TOML text.

    Raises:
        BadInput: it is not TOML; or an entry lacks a field, has one too many, repeats an id, names
            a country or axis that is not declared, or has neither a page nor a part that will come.
    """
    try:
        whole = Fields("items.toml", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"items.toml of the bulletin is no TOML: {error}.") from error
    countries = tuple(_country(entry) for entry in whole.tables("country"))
    axes = tuple(_axis(entry) for entry in whole.tables("axis"))
    items = tuple(_item(entry) for entry in whole.tables("item", name="slug"))
    whole.done()
    _unique("country", [c.id for c in countries])
    _unique("axis", [a.id for a in axes])
    _unique("item", [i.slug for i in items])
    for item in items:
        _declared(item, "countries", item.countries, [c.id for c in countries])
        _declared(item, "axes", item.axes, [a.id for a in axes])
        _declared(item, "bodies", item.bodies, [b for c in countries for b in c.bodies])
    newest = sorted(items, key=lambda item: (item.published_on, item.slug), reverse=True)
    return Bulletin(tuple(newest), countries, axes)


def _country(entry: Fields) -> Country:
    country = Country(entry.word("id"), entry.text("name"), entry.words("bodies"))
    entry.done()
    return country


def _axis(entry: Fields) -> Axis:
    axis = Axis(entry.word("id"), entry.text("name"), entry.one_of("origin", _ORIGINS) == "cauce")
    entry.done()
    return axis


_ORIGINS = ("source", "cauce")
_LANGUAGES: dict[str, Language] = {"en": "en", "es": "es"}


def _item(entry: Fields) -> Item:
    item = Item(
        slug=entry.slug("slug"),
        published_on=entry.day("published_on"),
        event=_event(entry),
        title=entry.text("title"),
        translated=tuple(_LANGUAGES[word] for word in entry.words("translated", tuple(_LANGUAGES))),
        summary=entry.text("summary"),
        countries=entry.words("countries"),
        bodies=entry.words("bodies"),
        axes=entry.words("axes"),
        answer=entry.text("answer"),
        link=entry.word("link") if entry.has("link") else "",
        waits_for=entry.text("waits_for") if entry.has("waits_for") else None,
        also=tuple(_also(each) for each in entry.tables("also", name="link")),
    )
    entry.done()
    if not (item.link or item.waits_for):
        raise entry.wrong("link or waits_for", "give one or both: a page, or the part to come")
    if any(link.startswith("/") or ":" in link for link in _links(item)):
        raise entry.wrong("link", "name a page of the portal without a leading /, such as tables")
    return item


def _also(entry: Fields) -> Also:
    also = Also(entry.word("link"), entry.text("name"))
    entry.done()
    return also


def _links(item: Item) -> tuple[str, ...]:
    return (item.link, *(also.link for also in item.also))


def _event(entry: Fields) -> tuple[date, date] | None:
    if not entry.has("event_start"):
        return None
    start, end = entry.day("event_start"), entry.day("event_end")
    if end < start:
        raise entry.wrong("event_end", f"{end} is before event_start, {start}")
    return start, end


def _unique(kind: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(f"items.toml of the bulletin has {kind} {', '.join(twice)} more than once.")


def _declared(item: Item, field: str, named: tuple[str, ...], known: list[str]) -> None:
    strange = sorted(set(named) - set(known))
    if strange:
        raise BadInput(
            f"items.toml of the bulletin, item {item.slug}: {field} names {', '.join(strange)}, "
            f"which no [[country]] or [[axis]] declares."
        )


def chosen(bulletin: Bulletin, wish: Wish) -> tuple[Item, ...]:
    """The items a reader asks for, newest first; none if something asked made no sense.

    A title is found whatever its accents and capitals, in either language. An item counts for a
    country it names and for every member of a body it names.
    """
    words = folded(wish.title)
    bodies = {b for c in bulletin.countries if c.id == wish.country for b in c.bodies}
    return tuple(
        item
        for item in bulletin.items
        if not wish.unknown
        and (words in folded(item.title.en) or words in folded(item.title.es))
        and wish.month in (None, item.published_on.month)
        and wish.year in (None, item.published_on.year)
        and (not wish.axis or wish.axis in item.axes)
        and (not wish.country or wish.country in item.countries or bool(bodies & set(item.bodies)))
    )


def folded(text: str) -> str:
    """Text without accents, capitals and needless spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def wish_from(query: Mapping[str, str], bulletin: Bulletin) -> Wish:
    """What the words of an address ask for; what makes no sense is named, never guessed."""
    unknown: list[str] = []
    month = _number(query.get("month", ""), 1, 12, unknown)
    year = _number(query.get("year", ""), 1900, 2999, unknown)
    country = _known(query.get("country", ""), [c.id for c in bulletin.countries], unknown)
    axis = _known(query.get("axis", ""), [a.id for a in bulletin.axes], unknown)
    title = " ".join(query.get("title", "")[:200].split())
    return Wish(title, month, year, country, axis, tuple(unknown))


_ANYTHING = ("", "all", "any", "*")


def _number(text: str, low: int, high: int, unknown: list[str]) -> int | None:
    word = text.strip()
    if word.casefold() in _ANYTHING:
        return None
    if word.isascii() and word.isdecimal() and len(word) < 9 and low <= int(word) <= high:
        return int(word)
    unknown.append(word[:20])
    return None


def _known(text: str, known: list[str], unknown: list[str]) -> str:
    word = text.strip().casefold()
    if word in _ANYTHING:
        return ""
    match = next((name for name in known if name.casefold() == word), "")
    if not match:
        unknown.append(text.strip()[:20])
    return match
