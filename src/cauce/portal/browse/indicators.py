"""An indicator wherever it is published: what it is, its latest figures, its tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.catalogue import Theme
from cauce.model.dataflow import Dataflow
from cauce.model.indicator import Indicator
from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.figures import Figure, figure
from cauce.portal.links import Link, address, explain_address, table_path
from cauce.portal.listing import how_invented, rank_of
from cauce.portal.pages import Invented
from cauce.portal.placed import place
from cauce.portal.words import Words
from cauce.store.keys import key_text, own_dimensions

TOTAL = "_T"
MOST_HEADS = 6
"""Figures at the head of the page of a country."""


@dataclass(frozen=True)
class Published:
    """An indicator, and the tables that have it."""

    indicator: Indicator
    manifests: tuple[Manifest, ...]

    @property
    def theme(self) -> Theme | None:
        """The theme of its tables, if they have one."""
        return next((m.dataflow.theme for m in self.manifests if m.dataflow.theme), None)


@dataclass(frozen=True)
class Headed:
    """The figure of an indicator for everybody, in its latest period, from one survey."""

    name: str
    survey: str
    area: str
    period: str
    figure: Figure
    href: str
    table: str
    invented: bool


@dataclass(frozen=True)
class IndicatorPage:
    """What templates/reading/indicator.html is given, and nothing else."""

    title: str
    invented: Invented
    crumbs: tuple[Link, ...]
    definition: str
    unit: str
    facts: tuple[tuple[str, str], ...]
    headed: tuple[Headed, ...]
    sources: tuple[tuple[str, tuple[Link, ...]], ...]


def published(manifests: Sequence[Manifest]) -> tuple[Published, ...]:
    """Every indicator with its tables, in the order of themes and of tables."""
    ordered = sorted(manifests, key=lambda m: rank_of(m.dataflow.theme))
    found: dict[str, list[Manifest]] = {}
    indicators: dict[str, Indicator] = {}
    for manifest in ordered:
        for indicator in manifest.dataflow.indicators:
            known = indicators.setdefault(indicator.id, indicator)
            # A definition of a real survey is read before one of an invented country.
            if _invented(found.get(indicator.id, [])) and not manifest.dataflow.source.invented:
                known = indicators[indicator.id] = indicator
            found.setdefault(known.id, []).append(manifest)
    return tuple(Published(indicators[id_], tuple(own)) for id_, own in found.items())


def _invented(manifests: Sequence[Manifest]) -> bool:
    return bool(manifests) and all(m.dataflow.source.invented for m in manifests)


def indicator_page(
    one: Published, read: Callable[[str], Observations], words: Words
) -> IndicatorPage:
    """`read` gives the observations of a dataflow."""
    indicator, theme = one.indicator, one.theme
    language = words.language
    crumbs = [Link(words("topics"), f"/{language}/topics")]
    if theme:
        crumbs.append(Link(words.of(theme.name), f"/{language}/topics/{theme.id}"))
    heads = (headed(own, indicator.id, read, words) for own in _by_survey(one.manifests))
    return IndicatorPage(
        title=words.of(indicator.name),
        invented=how_invented(one.manifests),
        crumbs=tuple(crumbs),
        definition=words.of(indicator.definition),
        unit=words.unit(indicator.unit),
        facts=_facts(indicator, words),
        headed=tuple(each for each in heads if each),
        sources=tuple(
            (words.of(own[0].dataflow.source.name), _tables(own, indicator.id, words))
            for own in _by_survey(one.manifests)
        ),
    )


def _facts(indicator: Indicator, words: Words) -> tuple[tuple[str, str], ...]:
    told = (
        (words("code"), indicator.id),
        (words("estimator"), words.known(f"estimator_{indicator.estimator}", "")),
        (words("standard"), rule_in(indicator.standard, words.language)),
        ("ILOSTAT", indicator.ilostat),
    )
    return tuple(fact for fact in told if fact[1])


def _by_survey(manifests: Sequence[Manifest]) -> list[tuple[Manifest, ...]]:
    """The tables of each survey, real ones first."""
    names = dict.fromkeys(m.survey for m in manifests)
    groups = [tuple(m for m in manifests if m.survey == name) for name in names]
    return sorted(groups, key=lambda own: own[0].dataflow.source.invented)


def _tables(manifests: Sequence[Manifest], indicator: str, words: Words) -> tuple[Link, ...]:
    return tuple(
        Link(
            words.of(m.dataflow.name),
            address(table_path(words.language, m.dataflow.id), {"INDICATOR": indicator}),
        )
        for m in manifests
    )


def headed(
    manifests: Sequence[Manifest],
    indicator: str,
    read: Callable[[str], Observations],
    words: Words,
) -> Headed | None:
    """The figure for everybody from the survey's smallest table that has one."""
    smallest = sorted(manifests, key=lambda m: (len(m.dataflow.dimensions), m.dataflow.id))
    for manifest in smallest[:2]:
        observations = read(manifest.dataflow.id)
        row = total_row(observations, indicator)
        if row is not None:
            return _headed(manifest, observations, row, words)
    return None


def headed_of(
    area: str,
    manifests: Sequence[Manifest],
    read: Callable[[str], Observations],
    words: Words,
) -> tuple[Headed, ...]:
    """The first figure for everybody of each theme of each survey of one country."""
    groups: dict[tuple[str, str], list[Manifest]] = {}
    for manifest in manifests:
        flow = manifest.dataflow
        if [code.id for code in flow.dimensions[1].codes] == [area]:
            theme = flow.theme.id if flow.theme else ""
            groups.setdefault((manifest.survey, theme), []).append(manifest)
    found = (
        headed(own, published(own)[0].indicator.id, read, words)
        for own in list(groups.values())[:MOST_HEADS]
    )
    return tuple(one for one in found if one is not None)


def _headed(manifest: Manifest, observations: Observations, row: int, words: Words) -> Headed:
    flow, language = manifest.dataflow, words.language
    position = observations.key[row].tolist()
    period = flow.dimensions[-1].codes[position[-1]].id
    indicator = flow.indicators[position[2]]
    table = address(table_path(language, flow.id), {"INDICATOR": indicator.id})
    return Headed(
        name=words.of(indicator.name),
        survey=words.of(flow.source.name),
        area=words.of(place(flow.dimensions[1].codes[position[1]])),
        period=period,
        figure=figure(observations, row, words),
        href=explain_address(language, flow.id, key_text(flow, position), period, ""),
        table=table,
        invented=flow.source.invented,
    )


def total_row(observations: Observations, indicator: str) -> int | None:
    """The row of an indicator for everybody in the latest period that has it; None without one."""
    flow = observations.dataflow
    ids = [one.id for one in flow.indicators]
    totals = _totals(flow)
    if indicator not in ids or totals is None:
        return None
    fits = observations.key[:, 2] == ids.index(indicator)
    for j, position in totals:
        fits &= observations.key[:, j] == position
    rows = np.flatnonzero(fits)
    return int(rows[np.argmax(observations.key[rows, -1])]) if len(rows) else None


def _totals(flow: Dataflow) -> tuple[tuple[int, int], ...] | None:
    """Where the total of each own dimension stands; None if one has none, or there are areas."""
    if len(flow.dimensions[1].codes) > 1:
        return None
    found = []
    for j in own_dimensions(flow):
        codes = [code.id for code in flow.dimensions[j].codes]
        if TOTAL not in codes:
            return None
        found.append((j, codes.index(TOTAL)))
    return tuple(found)
