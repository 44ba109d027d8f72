"""The largest corridors into and out of each country, by the stock of people."""

from dataclasses import dataclass

from cauce.model.dataflow import PROJECTED
from cauce.model.rule import rule_in
from cauce.portal.origins import AREA, ORIGIN, Ranked, Table, is_of_people, largest
from cauce.portal.words import Words
from cauce.store import Snapshot


@dataclass(frozen=True)
class Lane:
    """A corridor with the people in it."""

    name: str
    href: str
    count: str


@dataclass(frozen=True)
class Lanes:
    """The largest corridors of a country, each named by its other end; `told` is their source."""

    country: str
    href: str
    out: tuple[Lane, ...]
    into: tuple[Lane, ...]
    told: str


@dataclass(frozen=True)
class Stock:
    """A table of people by origin and destination, at its last period."""

    table: Table
    period: str

    def out_of(self, code: str) -> Ranked:
        return self._largest(ORIGIN, code, AREA)

    def into(self, code: str) -> Ranked:
        return self._largest(AREA, code, ORIGIN)

    def _largest(self, end: str, code: str, other: str) -> Ranked:
        wanted = {end: code, self.table.flow.dimensions[-1].id: self.period}
        return largest(self.table, self.table.rows(wanted, (other,)), other)

    def told(self, words: Words) -> str:
        """Where the numbers are from."""
        source = self.table.flow.source
        licence = rule_in(source.licence, words.language)
        return words("c_stock_source", period=self.period, source=source.citation, licence=licence)


def stock_of(snapshot: Snapshot) -> Stock | None:
    """The table of stocks with the most periods; None if there is none."""
    tables = [
        Table(manifest, snapshot.observations(manifest.dataflow.id))
        for manifest in snapshot.flows()
        if any(dimension.id == ORIGIN for dimension in manifest.dataflow.dimensions)
        and is_of_people(manifest.dataflow)
        and manifest.dataflow.method.var_method != PROJECTED
    ]
    if not tables:
        return None
    best = max(tables, key=lambda t: (len(t.flow.dimensions[-1].codes), t.flow.id))
    return Stock(best, best.period(int(best.observations.key[:, -1].argmax())))


def lanes_of(
    stock: Stock | None, code: str, known: dict[str, str], most: int, words: Words
) -> Lanes | None:
    """The largest corridors of a country; None if the stock has nothing of it."""
    if stock is None:
        return None
    out, into = stock.out_of(code)[:most], stock.into(code)[:most]
    if not (out or into):
        return None
    table, start = stock.table, f"/{words.language}/corridors"

    def lane(other: str, row: int, dimension: str, corridor: str) -> Lane:
        name = known.get(other) or table.name(row, dimension, words)
        return Lane(name, f"{start}/{corridor}", table.figure(row, words).value)

    return Lanes(
        country=known.get(code, code),
        href=f"/{words.language}/countries/{code}",
        out=tuple(lane(c, r, AREA, f"{code}-{c}") for c, r in out),
        into=tuple(lane(c, r, ORIGIN, f"{c}-{code}") for c, r in into),
        told=stock.told(words),
    )
