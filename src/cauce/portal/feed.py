"""The bulletin as an Atom feed, for whoever wants to be told of what is new.

Source: RFC 4287.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from xml.etree.ElementTree import Element, SubElement, tostring

from cauce.portal.bulletin import Bulletin, Item
from cauce.portal.words import Words

ATOM = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml"
MOST = 50


def feed(items: Sequence[Item], bulletin: Bulletin, words: Words, root: str) -> bytes:
    """The newest items; `root` is where the site is, with no slash at its end."""
    here = f"{root}/{words.language}/bulletin"
    shown = items[:MOST]
    whole = Element("feed", {"xmlns": ATOM, "xml:lang": words.language})
    _put(whole, "id", _id("bulletin", words.language))
    _put(whole, "title", f"Cauce – {words('bulletin')}")
    _put(whole, "subtitle", words("bulletin_lead"))
    _put(whole, "updated", max(map(_changed, shown), default=_never()).isoformat())
    _put(SubElement(whole, "author"), "name", "Cauce")
    SubElement(whole, "link", {"rel": "self", "type": KIND, "href": f"{here}.atom"})
    SubElement(whole, "link", {"rel": "alternate", "type": "text/html", "href": here})
    axes = {axis.id: words.of(axis.name) for axis in bulletin.axes}
    for item in shown:
        _entry(SubElement(whole, "entry"), item, axes, words, here)
    told: bytes = tostring(whole, encoding="utf-8", xml_declaration=True)
    return told


def _entry(entry: Element, item: Item, axes: dict[str, str], words: Words, here: str) -> None:
    _put(entry, "id", _id(item.slug, words.language))
    _put(entry, "title", words.of(item.title))
    _put(entry, "published", _midnight(item).isoformat())
    _put(entry, "updated", _changed(item).isoformat())
    href = f"{here}/{item.slug}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
    for axis in _named(item.axes, axes):
        SubElement(entry, "category", {"term": axis, "label": axes[axis]})
    _put(entry, "summary", words.of(item.summary) or words.of(item.title))


def _named(codes: Iterable[str], names: dict[str, str]) -> list[str]:
    return [code for code in codes if code in names]


def _put(under: Element, name: str, text: str) -> None:
    SubElement(under, name).text = text


def _id(name: str, language: str) -> str:
    """The same for an item wherever the site is, so that a reader is told of it once."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"cauce:bulletin/{name}/{language}").urn


def _changed(item: Item) -> datetime:
    """When what the item says last became known; the day of the item if that is not kept."""
    return item.changed or _midnight(item)


def _midnight(item: Item) -> datetime:
    return datetime.combine(item.published_on, time(), UTC)


def _never() -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC)
