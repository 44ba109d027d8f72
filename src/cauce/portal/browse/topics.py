"""The themes of the catalogue with what is published under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from cauce.model.catalogue import Theme
from cauce.model.vintage import Manifest
from cauce.portal.browse.indicators import published
from cauce.portal.crumbs import OTHER
from cauce.portal.links import Link
from cauce.portal.listing import Survey, how_invented, rank_of, surveys
from cauce.portal.pages import Invented
from cauce.portal.words import Words


@dataclass(frozen=True)
class TopicLine:
    """A theme in the list: what is published under it, in words, and its first indicators."""

    name: str
    href: str
    counts: str
    indicators: tuple[Link, ...]
    more: str
    invented: bool


@dataclass(frozen=True)
class TopicsPage:
    """What templates/reading/topics.html is given, and nothing else."""

    title: str
    invented: Invented
    topics: tuple[TopicLine, ...]


@dataclass(frozen=True)
class TopicPage:
    """What templates/reading/topic.html is given, and nothing else."""

    title: str
    invented: Invented
    crumbs: tuple[Link, ...]
    counts: str
    indicators: tuple[tuple[Link, str], ...]
    surveys: tuple[Survey, ...]


FEW = 6
"""Indicators a theme names in the list of themes."""


def topics_of(
    manifests: Sequence[Manifest],
) -> tuple[tuple[Theme | None, tuple[Manifest, ...]], ...]:
    """The themes in the catalogue's order, with their tables; what has none comes last."""
    themes = sorted({m.dataflow.theme for m in manifests}, key=rank_of)
    return tuple((t, tuple(m for m in manifests if m.dataflow.theme == t)) for t in themes)


def topics_page(manifests: Sequence[Manifest], words: Words) -> TopicsPage:
    lines = topic_lines(manifests, words)
    return TopicsPage(words("topics"), how_invented(manifests), lines)


def topic_lines(manifests: Sequence[Manifest], words: Words) -> tuple[TopicLine, ...]:
    mixed = how_invented(manifests) == "some"
    return tuple(_line(theme, own, words, mixed) for theme, own in topics_of(manifests))


def _line(theme: Theme | None, own: tuple[Manifest, ...], words: Words, mixed: bool) -> TopicLine:
    indicators = published(own)
    rest = len(indicators) - FEW
    return TopicLine(
        name=words.of(theme.name) if theme else words("other_tables"),
        href=f"/{words.language}/topics/{theme.id if theme else OTHER}",
        counts=counts(own, words),
        indicators=tuple(
            indicator_link(one.indicator.id, words.of(one.indicator.name), words)
            for one in indicators[:FEW]
        ),
        more=words("and_others", count=words.number(rest, 0)) if rest > 0 else "",
        invented=mixed and all(m.dataflow.source.invented for m in own),
    )


def indicator_link(id_: str, name: str, words: Words) -> Link:
    return Link(name, f"/{words.language}/indicators/{id_}")


def counts(own: Sequence[Manifest], words: Words) -> str:
    """How many indicators and tables, in words."""
    indicators, tables = len(published(own)), len(own)
    return " · ".join(
        (
            words("one_indicator")
            if indicators == 1
            else words("n_indicators", count=words.number(indicators, 0)),
            words("one_table") if tables == 1 else words("n_tables", count=words.number(tables, 0)),
        )
    )


def topic_page(id_: str, manifests: Sequence[Manifest], words: Words) -> TopicPage | None:
    """The page of a theme, None if no table belongs to it."""
    found = ((t, own) for t, own in topics_of(manifests) if (t.id if t else OTHER) == id_)
    theme, own = next(found, (None, ()))
    if not own:
        return None
    return TopicPage(
        title=words.of(theme.name) if theme else words("other_tables"),
        invented=how_invented(own),
        crumbs=(Link(words("topics"), f"/{words.language}/topics"),),
        counts=counts(own, words),
        indicators=tuple(
            (
                indicator_link(one.indicator.id, words.of(one.indicator.name), words),
                words.of(one.indicator.definition),
            )
            for one in published(own)
        ),
        surveys=surveys(own, words),
    )
