"""The tables of the site in lists: by survey, and by theme within a survey."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cauce.model.catalogue import Theme
from cauce.model.vintage import Manifest
from cauce.portal.links import table_path
from cauce.portal.pages import Invented
from cauce.portal.words import Words

FEW = 12
"""Tables of a survey that are named one by one on the home page; of more, the themes are."""


@dataclass(frozen=True)
class Listed:
    """A table in a list."""

    href: str
    name: str
    indicators: str
    issue: str
    invented: bool


@dataclass(frozen=True)
class Topic:
    """The tables of a survey under one theme of the catalogue; `name` is "" for those of none.

    `anchor` is where it begins on the page of tables, `count` how many tables it has, in words.
    """

    anchor: str
    name: str
    count: str
    tables: tuple[Listed, ...]


@dataclass(frozen=True)
class Survey:
    """The tables of one survey, by theme; `issue` is what holds for each that says nothing else."""

    name: str
    population: str
    issue: str
    topics: tuple[Topic, ...]
    long: bool


@dataclass(frozen=True)
class TablesPage:
    """What templates/tables.html is given, and nothing else."""

    title: str
    invented: Invented
    surveys: tuple[Survey, ...]


def tables_page(manifests: Sequence[Manifest], words: Words) -> TablesPage:
    return TablesPage(words("tables"), how_invented(manifests), surveys(manifests, words))


def how_invented(manifests: Sequence[Manifest]) -> Invented:
    """Whether some or all of the tables are invented."""
    invented = [manifest.dataflow.source.invented for manifest in manifests]
    if not any(invented):
        return ""
    return "all" if all(invented) else "some"


def surveys(manifests: Sequence[Manifest], words: Words) -> tuple[Survey, ...]:
    """The tables by survey, in the order given; invented ones are marked among others."""
    mixed = how_invented(manifests) == "some"
    names = dict.fromkeys(manifest.survey for manifest in manifests)
    return tuple(
        _survey([one for one in manifests if one.survey == name], words, mixed) for name in names
    )


def _survey(manifests: Sequence[Manifest], words: Words, mark: bool) -> Survey:
    flow = manifests[0].dataflow
    issues = Counter(issue(manifest, words) for manifest in manifests)
    common, _ = issues.most_common(1)[0]
    return Survey(
        name=words.of(flow.source.name),
        population=words.of(flow.source.population),
        issue=common,
        topics=tuple(_topics(manifests, words, mark, common)),
        long=len(manifests) > FEW,
    )


def _topics(
    manifests: Sequence[Manifest], words: Words, mark: bool, common: str
) -> Iterator[Topic]:
    """The themes in the catalogue's order, B2 before B10; what has none comes last."""
    themes = {one.dataflow.theme for one in manifests}
    others = words("other_tables") if len(themes) > 1 else ""
    for theme in sorted(themes, key=rank_of):
        own = [one for one in manifests if one.dataflow.theme == theme]
        count = words.number(len(own), 0)
        yield Topic(
            anchor=f"{own[0].survey}-{theme.id if theme else 'OTHER'}",
            name=words.of(theme.name) if theme else others,
            count=words("one_table") if len(own) == 1 else words("n_tables", count=count),
            tables=tuple(listed(one, words, mark, common) for one in own),
        )


def rank_of(theme: Theme | None) -> tuple[int, int, str]:
    if theme is None:
        return 1, 0, ""
    digits = "".join(c for c in theme.number if c.isdecimal() and c.isascii())
    return 0, int(digits or "0"), theme.id


def issue(manifest: Manifest, words: Words) -> str:
    """The periods of a table, its vintage and when it was published."""
    periods = [code.id for code in manifest.dataflow.dimensions[-1].codes]
    spanned = periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"
    published = words.moment(manifest.published_at)
    return f"{spanned} · {words('vintage')} {manifest.vintage}, {published}"


def listed(manifest: Manifest, words: Words, mark: bool, common: str) -> Listed:
    """A table in a list; its issue is said only where it is not the survey's."""
    flow, own = manifest.dataflow, issue(manifest, words)
    return Listed(
        href=table_path(words.language, flow.id),
        name=words.of(flow.name),
        indicators="; ".join(words.of(i.name) for i in flow.indicators),
        issue="" if own == common else own,
        invented=mark and flow.source.invented,
    )
