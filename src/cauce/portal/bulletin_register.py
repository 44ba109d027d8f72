"""The news listing as the register of news has it; its file stands in where that is silent."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from cauce.model.record import Absent, Record
from cauce.model.shelf import PublicRecord, Shelf
from cauce.model.text import Language, Text
from cauce.portal.bulletin import Also, Axis, Bulletin, Country, Item
from cauce.store import Damaged, Shelves

NEWS, PLACE, EVIDENCE = "news", "registers/", "evidence"
ANSWER = Text(
    "The register of news keeps this item with its evidence and its links.",
    "El registro de noticias guarda esta nota con sus evidencias y enlaces.",
)
UNPUBLISHED = Text(
    "the registers, once they are published here", "los registros, cuando se publiquen aquí"
)
NEEDED = {
    "countries": "countries",
    "diaspora": "diaspora_contributions",
    "studies": "studies",
}
"""The register without which a page has nothing to show."""
LANGUAGES: Mapping[str, Language] = {"EN": "en", "ES": "es"}


def published_bulletin(bulletin: Bulletin, shelves: Shelves) -> Bulletin:
    """The bulletin with what the published register of news says, and only links that lead on.

    An item of the file keeps what Cauce does about it; the register gives its words and dates. An
    item that only the register has leads to its record.
    """
    items = {item.slug: _live(item, shelves) for item in bulletin.items}
    countries, axes = list(bulletin.countries), list(bulletin.axes)
    for record, said, shelf in _news(shelves):
        slug = _text(said, "slug")
        old = items.get(slug)
        item = _updated(old, said) if old else _new(slug, record, said)
        also = item.also if old else _evidence(said, shelf, shelves)
        items[slug] = replace(item, also=also, changed=record.known[-1].since)
        if old is None:
            known = {each.id for each in countries} | {each.id for each in axes}
            countries += [c for c in _countries(shelf, items[slug].countries) if c.id not in known]
            axes += [a for a in _axes(shelf, items[slug].axes) if a.id not in known]
    newest = sorted(items.values(), key=lambda item: (item.published_on, item.slug), reverse=True)
    return Bulletin(tuple(newest), tuple(countries), tuple(axes))


def _news(shelves: Shelves) -> Iterable[tuple[PublicRecord, Record, Shelf]]:
    """The items of the register that are held to be so and can be listed."""
    if NEWS not in shelves.catalog.shelves:
        return
    try:
        shelf, records = shelves.edition(NEWS).shelf, shelves.records(NEWS)
    except Damaged:
        return
    for record in records:
        periods = record.known[-1].periods
        said = periods[-1].record if periods else {}
        day = said.get("published_on")
        if periods and periods[-1].end is None and _text(said, "slug") and isinstance(day, date):
            yield record, said, shelf


def _live(item: Item, shelves: Shelves) -> Item:
    """The item; while the register its page shows is not published here, without the link."""
    also = tuple(each for each in item.also if _leads_on(each.link, shelves))
    if not item.link or _leads_on(item.link, shelves):
        return replace(item, also=also)
    return replace(item, link="", also=also, waits_for=item.waits_for or UNPUBLISHED)


def _leads_on(link: str, shelves: Shelves) -> bool:
    """Whether a page has something behind it: those of registers need the register."""
    first, _, rest = link.partition("/")
    needed = rest.partition("/")[0] if link.startswith(PLACE) else NEEDED.get(first, "")
    return not needed or needed in shelves.catalog.shelves


def _updated(item: Item, said: Record) -> Item:
    return replace(
        item,
        published_on=_day(said, "published_on") or item.published_on,
        event=_event(said),
        title=_both(said, "title"),
        translated=tuple(LANGUAGES[x] for x in _codes(said, "translated") if x in LANGUAGES),
        summary=_both(said, "summary"),
    )


def _evidence(said: Record, shelf: Shelf, shelves: Shelves) -> tuple[Also, ...]:
    """The records that an item is evidence for, by their titles."""
    columns = next((field.columns for field in shelf.fields if field.id == EVIDENCE), ())
    rows = said.get(EVIDENCE)
    found = []
    for row in rows if isinstance(rows, tuple) else ():
        for column in columns:
            key = row.get(column.id) if isinstance(row, Mapping) else None
            title = _title(shelves, column.register, str(key)) if key else None
            if title is not None:
                found.append(Also(f"{PLACE}{column.register}/{key}", title))
    return tuple(found)


def _title(shelves: Shelves, register: str, key: str) -> Text | None:
    if register not in shelves.catalog.shelves:
        return None
    try:
        records = shelves.records(register)
    except Damaged:
        return None
    return next((record.title for record in records if record.key == key), None)


def _new(slug: str, record: PublicRecord, said: Record) -> Item:
    return Item(
        slug=slug,
        published_on=_day(said, "published_on") or date.min,
        event=_event(said),
        title=_both(said, "title"),
        translated=tuple(LANGUAGES[x] for x in _codes(said, "translated") if x in LANGUAGES),
        summary=_both(said, "summary"),
        countries=record.places,
        bodies=(),
        axes=_codes(said, "axes"),
        answer=ANSWER,
        link=f"{PLACE}{NEWS}/{record.key}",
        waits_for=None,
    )


def _countries(shelf: Shelf, codes: Iterable[str]) -> list[Country]:
    names = {
        code.id: code.name
        for each in shelf.codelists
        if each.id.endswith("COUNTRY")
        for code in each.codes
    }
    return [Country(code, names[code], ()) for code in codes if code in names]


def _axes(shelf: Shelf, codes: Iterable[str]) -> list[Axis]:
    listed = next((f.codelist for f in shelf.fields if f.id == "axes"), "")
    names = {c.id: c.name for each in shelf.codelists if each.id == listed for c in each.codes}
    return [Axis(code, names[code], ours=True) for code in codes if code in names]


def _event(said: Record) -> tuple[date, date] | None:
    start = _day(said, "event_from")
    return None if start is None else (start, _day(said, "event_to") or start)


def _day(said: Record, name: str) -> date | None:
    value = said.get(name)
    return value if isinstance(value, date) else None


def _text(said: Record, name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) and not isinstance(value, Absent) else ""


def _both(said: Record, name: str) -> Text:
    """A text in both languages; in the other where it has none in one."""
    en, es = _text(said, f"{name}_en"), _text(said, f"{name}_es")
    return Text(en or es, es or en)


def _codes(said: Record, name: str) -> tuple[str, ...]:
    value = said.get(name)
    return tuple(str(x) for x in value) if isinstance(value, tuple) else ()
