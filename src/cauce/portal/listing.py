"""The tables of the site in lists: by survey, and by theme within a survey."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cauce.model.catalogue import Theme
from cauce.model.dataflow import ADMITTED, NOT_SAMPLED, PROJECTED
from cauce.model.vintage import Manifest
from cauce.portal.links import table_path
from cauce.portal.pages import Invented
from cauce.portal.words import Words


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
    """The tables of one survey, by theme; `issue` is what holds for each that says nothing else.

    A register that is counted, and another producer with all that was taken from it, stand like
    one; `kind` says in words which it is.
    """

    name: str
    population: str
    issue: str
    topics: tuple[Topic, ...]
    kind: str


@dataclass(frozen=True)
class TablesPage:
    """What templates/tables.html is given: surveys, registers, projections and others apart."""

    title: str
    invented: Invented
    kinds: tuple[tuple[str, tuple[Survey, ...]], ...]


KINDS = ("surveys", "registers_counted", "projections", "producers")


def tables_page(manifests: Sequence[Manifest], words: Words) -> TablesPage:
    every = surveys(manifests, words)
    names = dict.fromkeys(one.kind for one in every)
    kinds = tuple((name, tuple(one for one in every if one.kind == name)) for name in names)
    return TablesPage(words("tables"), how_invented(manifests), kinds)


def kind_of(manifest: Manifest) -> str:
    """Whether numbers are a survey's, counted in a register, derived, or another producer's."""
    method = manifest.dataflow.method.var_method
    if method == ADMITTED:
        return "producers"
    if method == PROJECTED:
        return "projections"
    return "registers_counted" if method in NOT_SAMPLED else "surveys"


def source_of(manifest: Manifest) -> str:
    """What tables are listed together by: their survey; another producer's by who that is."""
    flow = manifest.dataflow
    return flow.source.name.en if kind_of(manifest) == "producers" else manifest.survey


def how_invented(manifests: Sequence[Manifest]) -> Invented:
    """Whether some or all of the tables are invented."""
    invented = [manifest.dataflow.source.invented for manifest in manifests]
    if not any(invented):
        return ""
    return "all" if all(invented) else "some"


def surveys(manifests: Sequence[Manifest], words: Words) -> tuple[Survey, ...]:
    """The tables by survey, in the order given; invented ones are marked among others.

    Surveys come first, then registers that are counted, projections, and other producers.
    """
    mixed = how_invented(manifests) == "some"
    ordered = sorted(manifests, key=lambda one: KINDS.index(kind_of(one)))
    names = dict.fromkeys(map(source_of, ordered))
    return tuple(
        _survey([one for one in ordered if source_of(one) == name], words, mixed) for name in names
    )


def _survey(manifests: Sequence[Manifest], words: Words, mark: bool) -> Survey:
    flow = manifests[0].dataflow
    issues = Counter(issue(manifest, words) for manifest in manifests)
    common, _ = issues.most_common(1)[0]
    people = {words.of(one.dataflow.source.population) for one in manifests}
    return Survey(
        name=words.of(flow.source.name),
        # Two tables of another producer are seldom of the same people.
        population=people.pop() if len(people) == 1 else "",
        issue=common,
        topics=tuple(_topics(manifests, words, mark, common)),
        kind=words(f"tables_{kind_of(manifests[0])}"),
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
    """A table in a list; its issue is said only where it is not the survey's.

    The indicators of a projection are those of every run: its name tells what it is of.
    """
    flow, own = manifest.dataflow, issue(manifest, words)
    held = () if flow.method.var_method == PROJECTED else flow.indicators
    return Listed(
        href=table_path(words.language, flow.id),
        name=words.of(flow.name),
        indicators="; ".join(words.of(i.name) for i in held),
        issue="" if own == common else own,
        invented=mark and flow.source.invented,
    )
