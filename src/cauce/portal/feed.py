"""What is new as a feed, for whoever wants to be told: one writer of Atom and RSS for all of them.

Sources: RFC 4287 (Atom); RSS 2.0 specification of the RSS Advisory Board, version 2.0.11.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import Response

from cauce.model.text import Language
from cauce.portal.bulletin import Bulletin, Item
from cauce.portal.visit import Handler, Visit
from cauce.portal.words import Words

ATOM = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml"
RSS_KIND = "application/rss+xml"
MOST = 50


@dataclass(frozen=True)
class Entry:
    """A thing that is new; `id` names it within its channel, `path` is where it can be read.

    `changed` is when what it says last became known.
    """

    id: str
    title: str
    path: str
    published: datetime
    changed: datetime
    summary: str
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Channel:
    """A feed before it is written; `path` is the page that says the same, entries newest first."""

    name: str
    title: str
    subtitle: str
    path: str
    entries: tuple[Entry, ...]

    @property
    def shown(self) -> tuple[Entry, ...]:
        return self.entries[:MOST]

    @property
    def changed(self) -> datetime:
        return max((one.changed for one in self.shown), default=datetime(1970, 1, 1, tzinfo=UTC))


def feeds(path: str, channel: Callable[[Visit], Channel]) -> tuple[tuple[str, Handler], ...]:
    """The addresses of a channel as Atom and as RSS."""

    def as_atom(visit: Visit) -> Response:
        written = atom(channel(visit), visit.language, visit.root)
        return Response(written, media_type=KIND)

    def as_rss(visit: Visit) -> Response:
        written = rss(channel(visit), visit.language, visit.root)
        return Response(written, media_type=RSS_KIND)

    return (f"{path}.atom", as_atom), (f"{path}.rss", as_rss)


def atom(channel: Channel, language: Language, root: str) -> bytes:
    """A channel as Atom; `root` is where the site is, with no slash at its end."""
    whole = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _put(whole, "id", _id(channel.name, channel.name, language))
    _put(whole, "title", channel.title)
    _put(whole, "subtitle", channel.subtitle)
    _put(whole, "updated", channel.changed.isoformat())
    _put(SubElement(whole, "author"), "name", "Cauce")
    here = f"{root}{channel.path}"
    SubElement(whole, "link", {"rel": "self", "type": KIND, "href": f"{here}.atom"})
    SubElement(whole, "link", {"rel": "alternate", "type": "text/html", "href": here})
    for one in channel.shown:
        entry = SubElement(whole, "entry")
        _put(entry, "id", _id(channel.name, one.id, language))
        _put(entry, "title", one.title)
        _put(entry, "published", one.published.isoformat())
        _put(entry, "updated", one.changed.isoformat())
        href = f"{root}{one.path}"
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
        for term, label in one.categories:
            SubElement(entry, "category", {"term": term, "label": label})
        _put(entry, "summary", one.summary)
    return _written(whole)


def rss(channel: Channel, language: Language, root: str) -> bytes:
    """A channel as RSS 2.0."""
    whole = Element("rss", {"version": "2.0", "xmlns:atom": ATOM})
    inner = SubElement(whole, "channel")
    _put(inner, "title", channel.title)
    _put(inner, "link", f"{root}{channel.path}")
    _put(inner, "description", channel.subtitle)
    _put(inner, "language", language)
    _put(inner, "lastBuildDate", format_datetime(channel.changed))
    href = f"{root}{channel.path}.rss"
    SubElement(inner, "atom:link", {"rel": "self", "type": RSS_KIND, "href": href})
    for one in channel.shown:
        item = SubElement(inner, "item")
        _put(item, "title", one.title)
        _put(item, "link", f"{root}{one.path}")
        _put(item, "description", one.summary)
        _put(item, "pubDate", format_datetime(one.published))
        _put(item, "guid", _id(channel.name, one.id, language)).set("isPermaLink", "false")
        for _, label in one.categories:
            _put(item, "category", label)
    return _written(whole)


def bulletin_channel(items: Sequence[Item], bulletin: Bulletin, words: Words) -> Channel:
    """The news items given, as a channel."""
    axes = {axis.id: words.of(axis.name) for axis in bulletin.axes}
    here = f"/{words.language}/bulletin"
    return Channel(
        name="bulletin",
        title=f"Cauce – {words('bulletin')}",
        subtitle=words("bulletin_lead"),
        path=here,
        entries=tuple(
            Entry(
                id=item.slug,
                title=words.of(item.title),
                path=f"{here}/{item.slug}",
                published=_midnight(item),
                changed=item.changed or _midnight(item),
                summary=words.of(item.summary) or words.of(item.title),
                categories=tuple((axis, axes[axis]) for axis in item.axes if axis in axes),
            )
            for item in items
        ),
    )


def _written(whole: Element) -> bytes:
    told: bytes = tostring(whole, encoding="utf-8", xml_declaration=True)
    return told


def _put(under: Element, name: str, text: str) -> Element:
    made = SubElement(under, name)
    made.text = text
    return made


def _id(channel: str, name: str, language: str) -> str:
    """The same for a thing wherever the site is, so that a reader is told of it once."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"cauce:{channel}/{name}/{language}").urn


def _midnight(item: Item) -> datetime:
    return datetime.combine(item.published_on, time(), UTC)
