"""Everything that can be found, each thing with the words it is found by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cauce.model.shelf import Edition
from cauce.model.text import LANGUAGES, Text
from cauce.model.vintage import Manifest
from cauce.portal.browse.indicators import Published, published
from cauce.portal.browse.topics import topics_of
from cauce.portal.bulletin import Bulletin
from cauce.portal.bulletin_register import published_bulletin
from cauce.portal.crisis.numbers import crises
from cauce.portal.crumbs import OTHER
from cauce.portal.finding.tongue import tokens
from cauce.portal.outlook.shelf import regions_of, runs_of
from cauce.portal.placed import place
from cauce.portal.registers.library import countries_of
from cauce.portal.registers.places import ASIDE
from cauce.portal.registers.search import held
from cauce.portal.words import words
from cauce.store import Damaged, Snapshot

Kind = Literal[
    "country", "corridor", "topic", "indicator", "table", "register", "record", "news", "page"
]
KINDS: tuple[Kind, ...] = (
    "country", "corridor", "topic", "indicator", "table", "register", "record", "news", "page",
)  # fmt: skip
WORTH: dict[Kind, float] = {
    "country": 1.5, "corridor": 1.6, "topic": 1.35, "indicator": 1.3, "table": 1.1,
    "register": 1.1, "record": 0.9, "news": 0.8, "page": 1.0,
}  # fmt: skip
"""How much a kind of thing is worth to who searches, all else being equal."""
TITLE, CODE, ABOUT, WHOLE = 3.0, 3.0, 1.0, 0.5
"""How much a word is worth by where it stands."""
OWN_PAGES = {
    "topics": ("topics", "topics_lead"),
    "countries": ("countries_page", "countries_lead"),
    "corridors": ("corridors_page", "c_corridors_lead"),
    "tables": ("tables", "all_tables"),
    "registers": ("registers", "registers_lead"),
    "releases": ("releases", "releases_lead"),
    "revisions": ("revisions", "revisions_lead"),
    "bulletin": ("bulletin", "bulletin_lead"),
    "about": ("about", "about_lead"),
    "outlook": ("outlook", "o_lead"),
    "crises": ("crisis_title", "crisis_lead"),
    "studies": ("studies_page", "studies_lead"),
    "diaspora": ("diaspora_page", "diaspora_lead"),
}
"""Pages of our own, each with the words of its title and of what it is for."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found: `path` is its page without the language.

    `worth` gives, by folded word, how much it counts that the word is there.
    """

    kind: Kind
    title: Text
    about: Text
    path: str
    worth: dict[str, float]
    invented: bool = False


def entries(snapshot: Snapshot, bulletin: Bulletin) -> tuple[Entry, ...]:
    """Everything that is public, in both languages."""
    flows = snapshot.flows()
    return (
        *_countries(snapshot),
        *_topics(flows),
        *(_indicator(one) for one in published(flows)),
        *(_table(manifest) for manifest in flows),
        *_registers(snapshot),
        *_news(published_bulletin(bulletin, snapshot.shelves)),
        *_pages(snapshot),
        *_outlooks(snapshot),
        *_crises(snapshot),
    )


def _worth(*told: tuple[float, Iterable[str]]) -> dict[str, float]:
    """The best that each word counts for."""
    found: dict[str, float] = {}
    for weight, texts in told:
        for text in texts:
            for word in tokens(text):
                found[word] = max(weight, found.get(word, 0.0))
    return found


def _both(text: Text) -> tuple[str, str]:
    return text.en, text.es


def _countries(snapshot: Snapshot) -> Iterator[Entry]:
    for code, name in countries_of(snapshot).items():
        worth = _worth((TITLE, _both(name)), (CODE, (code,)))
        yield Entry("country", name, _said("country_lead"), f"/countries/{code}", worth)


def _topics(flows: tuple[Manifest, ...]) -> Iterator[Entry]:
    for theme, own in topics_of(flows):
        name = theme.name if theme else _said("other_tables")
        ids = dict.fromkeys(i.id for m in own for i in m.dataflow.indicators)
        about = Text(*(f"{len(own)} {words(x)('tables').lower()}" for x in LANGUAGES))
        invented = all(m.dataflow.source.invented for m in own)
        worth = _worth((TITLE, _both(name)), (WHOLE, ids))
        path = f"/topics/{theme.id if theme else OTHER}"
        yield Entry("topic", name, about, path, worth, invented)


def _indicator(one: Published) -> Entry:
    indicator = one.indicator
    worth = _worth(
        (TITLE, _both(indicator.name)),
        (CODE, (indicator.id, indicator.ilostat)),
        (ABOUT, _both(indicator.definition)),
        (WHOLE, (text for m in one.manifests for text in _both(m.dataflow.source.name))),
    )
    path = f"/indicators/{indicator.id}"
    invented = all(m.dataflow.source.invented for m in one.manifests)
    return Entry("indicator", indicator.name, indicator.definition, path, worth, invented)


def _table(manifest: Manifest) -> Entry:
    flow = manifest.dataflow
    dimensions = flow.dimensions[3:-1]
    worth = _worth(
        (TITLE, _both(flow.name)),
        (CODE, (flow.id,)),
        (ABOUT, (text for d in dimensions for text in _both(d.name))),
        (ABOUT, _both(flow.source.name)),
        (ABOUT, (text for i in flow.indicators for text in (i.id, *_both(i.name)))),
        (ABOUT, (text for c in flow.dimensions[1].codes for text in _both(place(c)))),
        (WHOLE, (text for d in dimensions for c in d.codes[:40] for text in _both(c.name))),
    )
    path = f"/tables/{flow.id}"
    return Entry("table", flow.name, flow.source.name, path, worth, flow.source.invented)


def _registers(snapshot: Snapshot) -> Iterator[Entry]:
    for register in snapshot.shelves.ids():
        try:
            edition = snapshot.shelves.edition(register)
        except Damaged:
            continue
        shelf = edition.shelf
        worth = _worth(
            (TITLE, _both(shelf.name)), (CODE, (shelf.id,)),
            (ABOUT, _both(shelf.about)), (ABOUT, _both(shelf.topic.name)),
        )  # fmt: skip
        yield Entry("register", shelf.name, shelf.about, f"/registers/{shelf.id}", worth)
        # Countries, members and news are found as what they are, not as records.
        if shelf.listed and shelf.id not in ASIDE:
            yield from _records(snapshot, edition)


def _records(snapshot: Snapshot, edition: Edition) -> Iterator[Entry]:
    """The records of a register that may be listed; none of one that may not."""
    shelf = edition.shelf
    try:
        records = held(snapshot.shelves.records(shelf.id))
    except Damaged:
        return
    for record in records:
        worth = _worth(
            (TITLE, _both(record.title)), (CODE, (record.key,)),
            (ABOUT, _both(shelf.one)), (WHOLE, (record.words,)),
        )  # fmt: skip
        path = f"/registers/{shelf.id}/{record.key}"
        yield Entry("record", record.title, shelf.name, path, worth)


def _news(bulletin: Bulletin) -> Iterator[Entry]:
    names = {c.id: c.name for c in bulletin.countries} | {a.id: a.name for a in bulletin.axes}
    for item in bulletin.items:
        named = (names[x] for x in (*item.countries, *item.axes) if x in names)
        worth = _worth(
            (TITLE, _both(item.title)),
            (ABOUT, (text for name in named for text in _both(name))),
            (WHOLE, _both(item.summary)),
        )
        yield Entry("news", item.title, item.summary, f"/bulletin/{item.slug}", worth)


def _pages(snapshot: Snapshot) -> Iterator[Entry]:
    for path in own_pages(snapshot):
        name, about = (_said(key) for key in OWN_PAGES[path])
        worth = _worth((TITLE, _both(name)), (CODE, (path,)), (ABOUT, _both(about)))
        yield Entry("page", name, about, f"/{path}", worth)


def _outlooks(snapshot: Snapshot) -> Iterator[Entry]:
    """The outlook of each area and region; what it says of occupations is found by its tables."""
    regions = {area: {run.scenario.id: run} for area, run in regions_of(snapshot).items()}
    for area, runs in {**runs_of(snapshot), **regions}.items():
        first = next(iter(runs.values()))
        name = Text(*(words(x)("o_of", area=first.area.name.of(x)) for x in LANGUAGES))
        scenarios = (text for run in runs.values() for text in _both(run.scenario.name))
        worth = _worth(
            (TITLE, _both(name)), (CODE, (area,)),
            (ABOUT, _both(_said("o_lead"))), (ABOUT, scenarios),
        )  # fmt: skip
        invented = first.one.dataflow.source.invented
        yield Entry("page", name, _said("o_lead"), f"/outlook/{area}", worth, invented)


def _crises(snapshot: Snapshot) -> Iterator[Entry]:
    for id_, one in crises(snapshot).items():
        worth = _worth(
            (TITLE, _both(one.name)), (TITLE, _both(one.hazard_name)), (CODE, (id_,)),
            (ABOUT, _both(one.country_name)), (ABOUT, _both(one.about)),
            (ABOUT, _both(_said("crisis_title"))),
        )  # fmt: skip
        yield Entry("page", one.name, one.about, f"/crises/{id_}", worth, one.invented)


def own_pages(snapshot: Snapshot) -> tuple[str, ...]:
    """The pages of our own that have something to show."""
    empty = set()
    if "studies" not in snapshot.catalog.shelves:
        empty.add("studies")
    if not crises(snapshot):
        empty.add("crises")
    return tuple(path for path in OWN_PAGES if path not in empty)


def _said(key: str) -> Text:
    """Our own words in both languages."""
    return Text(*(words(language)(key) for language in LANGUAGES))
