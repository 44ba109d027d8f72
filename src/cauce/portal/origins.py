"""Tables by country of origin and others, found by what they hold and not by their names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import isfinite

import numpy as np
import pycountry

from cauce.model.codelist import TOTAL
from cauce.model.dataflow import PROJECTED, Dataflow
from cauce.model.indicator import Indicator
from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.chart import Mark, point
from cauce.portal.figures import Figure, figure
from cauce.portal.links import address, explain_address, table_path
from cauce.portal.said_by import said_by
from cauce.portal.words import Words
from cauce.publish import span
from cauce.publish.brief.told import Basis, Number
from cauce.publish.charts import Point
from cauce.store import Snapshot
from cauce.store.keys import key_text

ORIGIN, AREA, INDICATOR = "ORIGIN", "REF_AREA", "INDICATOR"
INVENTED = re.compile(r"X[A-Z]{2}")
Ranked = tuple[tuple[str, int], ...]
"""Countries with the row of their number, the largest first."""


@dataclass(frozen=True)
class Table:
    """A table of the store with its numbers."""

    manifest: Manifest
    observations: Observations

    @property
    def flow(self) -> Dataflow:
        return self.observations.dataflow

    @cached_property
    def codes(self) -> dict[str, dict[str, int]]:
        """The position of every code, by dimension."""
        return {d.id: {c.id: at for at, c in enumerate(d.codes)} for d in self.flow.dimensions}

    def has(self, dimension: str, *codes: str) -> bool:
        """Whether it has a dimension, and these codes of it."""
        return dimension in self.codes and set(codes) <= self.codes[dimension].keys()

    def rows(self, wanted: Mapping[str, str], free: Sequence[str] = ()) -> list[int]:
        """The rows with the wanted codes, by period; dimensions that are not `free` at their total.

        A dimension without a total is free; a code the table lacks is in no row.
        """
        fits = np.ones(len(self.observations.value), dtype=bool)
        for j, dimension in enumerate(self.flow.dimensions):
            codes = self.codes[dimension.id]
            code = wanted.get(dimension.id, "" if dimension.id in free else TOTAL)
            if code in codes:
                fits &= self.observations.key[:, j] == codes[code]
            elif dimension.id in wanted:
                return []
        found = np.flatnonzero(fits)
        order = np.argsort(self.observations.key[found, -1], kind="stable")
        return [int(row) for row in found[order]]

    def latest(self, wanted: Mapping[str, str], free: Sequence[str] = ()) -> list[int]:
        """Of those rows the ones of the last period any of them has."""
        rows = self.rows(wanted, free)
        return [row for row in rows if self.period(row) == self.period(rows[-1])]

    def code(self, row: int, dimension: str) -> str:
        j = [d.id for d in self.flow.dimensions].index(dimension)
        return self.flow.dimensions[j].codes[int(self.observations.key[row, j])].id

    def name(self, row: int, dimension: str, words: Words) -> str:
        """The words of the code a row has in a dimension."""
        j = [d.id for d in self.flow.dimensions].index(dimension)
        return words.of(self.flow.dimensions[j].codes[int(self.observations.key[row, j])].name)

    def period(self, row: int) -> str:
        return self.code(row, self.flow.dimensions[-1].id)

    def indicator(self, row: int) -> Indicator:
        return self.flow.indicators[int(self.observations.key[row, 2])]

    def unit(self, indicator: str) -> str:
        return next(each.unit for each in self.flow.indicators if each.id == indicator)

    def indicator_name(self, indicator: str, words: Words) -> str:
        return words.of(next(each.name for each in self.flow.indicators if each.id == indicator))

    def value(self, row: int) -> float | None:
        found = float(self.observations.value[row])
        return found if isfinite(found) else None

    def figure(self, row: int, words: Words) -> Figure:
        return figure(self.observations, row, words)

    def number(self, row: int | None, words: Words) -> Number:
        """The number in a row, with the page behind it; None is a cell nobody is in."""
        if row is None:
            return Number("", why=words("nobody_there"))
        told = self.figure(row, words)
        key = key_text(self.flow, self.observations.key[row].tolist())
        # The page behind a number is that of the last period unless it is told another.
        last = int(self.observations.key[row, -1]) == int(self.observations.key[:, -1].max())
        period = "" if last else self.period(row)
        href = explain_address(words.language, self.flow.id, key, period, "")
        return Number(told.value, told.interval, told.n, told.why, href)

    def point(self, row: int, name: str, words: Words) -> Point:
        """The number in a row, to be drawn."""
        return point(Mark(name, self.figure(row, words), when(self.period(row))))

    def basis(self, period: str, words: Words, **asked: str) -> Basis:
        """What stands under figures of this table; `asked` are the codes the link opens."""
        source = self.flow.source
        return Basis(
            name=words.of(self.flow.name),
            source=said_by(source, words),
            period=period,
            vintage=self.manifest.vintage,
            published=words.iso_day(self.manifest.published_at),
            licence=rule_in(source.licence, words.language),
            href=address(table_path(words.language, self.flow.id), asked),
        )


def when(period: str) -> float:
    """The beginning of a period in years: 2017-07 is 2017.5."""
    first, _ = span(period)
    return first.year + (first.month - 1) / 12


@dataclass(frozen=True)
class Tables:
    """The tables of one generation; which there are is looked up once."""

    snapshot: Snapshot

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        return self.snapshot.flows()

    def table(self, manifest: Manifest) -> Table:
        return Table(manifest, self.snapshot.observations(manifest.dataflow.id))


def imported(tables: Tables, destination: str, origin: str) -> Iterator[Table]:
    """Tables of observations by country of origin that know both ends."""
    for manifest in tables.manifests:
        codes = {d.id: {c.id for c in d.codes} for d in manifest.dataflow.dimensions}
        told = manifest.dataflow.method.var_method != PROJECTED
        if told and origin in codes.get(ORIGIN, ()) and destination in codes[AREA]:
            yield tables.table(manifest)


def by_sex(tables: Tables, destination: str) -> Table | None:
    """A table of people by sex for many countries, this destination among them."""
    for manifest in tables.manifests:
        codes = {d.id: {c.id for c in d.codes} for d in manifest.dataflow.dimensions}
        many = destination in codes[AREA] and len(codes[AREA]) > 1
        people = any(each.unit == "PERSONS" for each in manifest.dataflow.indicators)
        if many and people and {"M", "F"} <= codes.get("SEX", set()) and ORIGIN not in codes:
            return tables.table(manifest)
    return None


def is_of_visas(flow: Dataflow) -> bool:
    """Whether a table counts visas or permits: it tells their classes apart."""
    return any("VISA" in d.id or "PERMIT" in d.id for d in flow.dimensions)


def is_of_money(flow: Dataflow) -> bool:
    return all(each.unit.startswith("USD") for each in flow.indicators)


def is_of_people(flow: Dataflow) -> bool:
    return not is_of_visas(flow) and any(each.unit == "PERSONS" for each in flow.indicators)


def largest(table: Table, rows: Sequence[int], dimension: str) -> Ranked:
    """Countries by their numbers, the largest first; regions and other sums left out."""
    found = [(table.code(r, dimension), r) for r in rows if table.value(r)]
    kept = [each for each in found if is_country(each[0])]
    return tuple(sorted(kept, key=lambda each: (-(table.value(each[1]) or 0.0), each[0])))


def is_country(code: str) -> bool:
    """Whether a code is of a country, and not of a region or another sum of countries."""
    return code in alpha_2() or INVENTED.fullmatch(code) is not None


@cache
def alpha_2() -> dict[str, str]:
    """The codes of two letters by those of three."""
    return {each.alpha_3: each.alpha_2 for each in pycountry.countries}
