"""Sums by PSU and cell from an engine: asked for in SQL, taken in as whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from cauce.estimate import (
    MOST_DECIMALS,
    Frame,
    Looked,
    Measure,
    PsuSums,
    Scales,
    Summed,
    design_of,
    frame_of,
    parts_of,
    refuse_beyond,
    refuse_lonely,
    refuse_weights,
    rows_of,
    scales_of,
)
from cauce.harmonise import (
    CubeSource,
    Digits,
    digits_sql,
    fractions_sql,
    psus_sql,
    sums_sql,
    whole_sql,
    written,
)
from cauce.microdata import Answer
from cauce.model.arrays import Ints
from cauce.model.design import PsuScope, SinglePsu
from cauce.model.drawn import Drawn
from cauce.model.errors import BadInput, MethodFailed


class Engine(Protocol):
    """Whatever holds the relation `source` and answers queries in a dialect."""

    @property
    def dialect(self) -> str: ...

    @property
    def name(self) -> str: ...

    def ask(self, sql: str) -> Answer: ...

    def keep(self, name: str, sql: str) -> None: ...


@dataclass(frozen=True)
class Psus:
    """The PSUs an engine has, their numbers by row of its answer, and their frame."""

    answer: Answer
    psu: Ints
    frame: Frame


@dataclass(frozen=True)
class Counted:
    """What an engine says of the numbers it is to add up: counts and digits."""

    people: int
    weightless: int
    inside: tuple[int, ...]
    missing: tuple[int, ...]
    beyond: tuple[int, ...]
    weight: Looked
    y: tuple[Looked | None, ...]
    x: tuple[Looked | None, ...]


class Summing:
    """One source on one engine, asked as often as is wanted."""

    def __init__(self, engine: Engine, source: CubeSource, columns: Mapping[str, str]) -> None:
        self._engine, self._columns = engine, columns
        self.source = source

    def kept(self) -> "Summing":
        """The same with its relation made once, where the engine can keep it."""
        source = self.source
        text = whole_sql(source)
        self._refuse_fractions(text)
        self._engine.keep(source.relation, written(text, self._engine.dialect, self._columns))
        return Summing(self._engine, replace(source, with_sql=""), self._columns)

    def of(self, scores: Sequence[int], measures: Sequence[Measure]) -> "Summing":
        """The same for some of the scores, of which it is known whether they are 0 or 1."""
        pairs = zip(scores, measures, strict=True)
        own = tuple(replace(self.source.scores[at], binary=one.binary) for at, one in pairs)
        return Summing(self._engine, replace(self.source, scores=own), self._columns)

    def psus(self, scope: PsuScope, policy: SinglePsu) -> Psus:
        """All PSUs, with the checks every design has. Raises BadInput and LonelyPsu."""
        found = self.ask(psus_sql(self.source))
        h, c = found.labels("h"), found.labels("c")
        low, high = found.numbers("f_low"), found.numbers("f_high")
        fpc = None
        if self.source.fpc:
            lost = found.counts("f_none") > 0
            low, high = np.where(lost, np.nan, low), np.where(lost, np.nan, high)
            fpc = np.concatenate((low, high))
        twice = 1 if fpc is None else 2
        labels = np.concatenate([h] * twice), np.concatenate([c] * twice)
        weight = np.ones(found.rows * twice)
        design = design_of(Drawn(*labels, weight, fpc, scope, policy))
        rows = rows_of(design, ())
        refuse_lonely(rows.lonely, design)
        return Psus(found, design.psu[: found.rows], frame_of(rows))

    def counted(self) -> Counted:
        """The digits of all numbers. Raises BadInput if a weight cannot be one."""
        found = self.ask(digits_sql(self.source))

        def count(name: str) -> int:
            return int(found.counts(name)[0])

        def each(key: str) -> tuple[int, ...]:
            return tuple(count(f"{key}{at}") for at in range(len(self.source.scores)))

        people = count("people")
        above = people - count("w_none") - count("w_below") - count("w_nil")
        refuse_weights(people, count("w_none"), 0, count("w_below"), above)
        scores = self.source.scores
        return Counted(
            people,
            count("w_nil"),
            inside=each("n"),
            missing=each("m"),
            beyond=each("b"),
            weight=_looked(found, "w"),
            y=tuple(None if s.binary else _looked(found, f"y{at}") for at, s in enumerate(scores)),
            x=tuple(_looked(found, f"x{at}") if s.x else None for at, s in enumerate(scores)),
        )

    def sums(
        self,
        measures: Sequence[Measure],
        counted: Counted,
        groupings: Sequence[tuple[int, ...]],
    ) -> tuple[Answer, Scales]:
        """The sums of all measures in all groupings, as the engine gives them.

        Raises:
            BadInput: the numbers do not fit, or those of a measure that counts are not 0 or 1.
        """
        refuse_beyond(measures, counted.beyond, counted.inside)
        y = [
            None if measure.binary else one
            for measure, one in zip(measures, counted.y, strict=True)
        ]
        scales = scales_of(measures, counted.people, counted.weight, y, counted.x)
        digits = Digits(
            counted.people,
            (scales.weight.decimals, scales.weight.digits),
            tuple((scale.decimals, scale.digits) for scale in scales.y),
            tuple((scale.decimals, scale.digits) for scale in scales.x),
        )
        scores = tuple(
            replace(score, binary=measure.binary)
            for score, measure in zip(self.source.scores, measures, strict=True)
        )
        text = sums_sql(replace(self.source, scores=scores), digits, groupings)
        self._refuse_fractions(text)
        return self.ask(text), scales

    def _refuse_fractions(self, text: str) -> None:
        """Raises BadInput if numbers are used as words that engines write differently."""
        if self._engine.dialect == "duckdb":
            return
        for name, sql in fractions_sql(text, self._columns).items():
            count = int(self.ask(sql).counts("people")[0])
            if count:
                raise BadInput(
                    f"{name} has fractions for {count:,} respondents and is used as text: engines "
                    "write them differently. Compare it as a number, or use --engine local."
                )

    def ask(self, sql: str) -> Answer:
        return self._engine.ask(written(sql, self._engine.dialect, self._columns))


def psu_sums(found: Answer, cell: Ints, measures: Sequence[Measure], psus: Psus) -> PsuSums:
    """An engine's sums in order, with the cell of each of its rows."""
    place = found.place_in(psus.answer, "h", "c")
    if (place < 0).any():
        raise MethodFailed("The engine gave sums of PSUs it had not named: its rows changed.")
    keys = [[f"{key}{at}" for key in "nkm"] for at in range(len(measures))]
    counts = [[found.counts(key) for key in own] for own in keys]
    sums = tuple(
        {name: found.limbs(f"s{name}{at}") for name in parts_of(measure)}
        for at, measure in enumerate(measures)
    )
    own = PsuSums(cell, psus.psu[place], np.moveaxis(np.array(counts), 2, 0), sums)
    return own.in_order(psus.frame.stratum)


def summed(sums: PsuSums, scales: Scales, counted: Counted) -> Summed:
    return Summed(sums, scales, np.array(counted.beyond, dtype=np.int64))


def _looked(found: Answer, name: str) -> Looked:
    def count(what: str) -> int:
        return int(found.counts(f"{name}_{what}")[0])

    steps = range(MOST_DECIMALS + 1)
    inexact = tuple(count(f"more{decimals}") for decimals in steps)
    loss = tuple(float(found.numbers(f"{name}_loss{decimals}")[0]) for decimals in steps)
    return Looked(count("digits"), count("huge"), inexact, loss)
