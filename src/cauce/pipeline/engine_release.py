"""A release whose linear indicators are made of sums that an engine adds up."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np

from cauce.estimate import (
    Adder,
    Grouping,
    Kernel,
    Rows,
    Summed,
    measure_of,
    names_and_sizes,
    positions,
)
from cauce.harmonise import compile_recipe, cube_source, source_columns
from cauce.microdata import Answer, DuckEngine, SparkEngine, endpoint_of
from cauce.model.arrays import Flags, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.indicator import LINEAR
from cauce.model.pack import Pack, Wave
from cauce.model.recipe import Recipe
from cauce.model.sample import Score
from cauce.pipeline.engine_estimate import ENGINES, KERNEL, LOCAL
from cauce.pipeline.summing import Counted, Psus, Summing, psu_sums, summed
from cauce.sources import Limits, stage


class Engines:
    """What --engine and --table of a release say; see `adder`.

    Raises:
        BadInput: there is no such engine, or tables are named for one that has none.
    """

    def __init__(self, engine: str = LOCAL, tables: Sequence[str] = ()) -> None:
        self._endpoint = None if engine in ENGINES else endpoint_of(engine)
        self.name = str(self._endpoint or engine)
        self._tables = _by_period(tables)
        if tables and self._endpoint is None:
            raise BadInput(f"--table goes with --engine sc://…; {engine} reads the files.")

    @property
    def exact(self) -> bool:
        return self.name != LOCAL

    @contextmanager
    def adder(
        self, pack: Pack, wave: Wave, file: Path, flows: Sequence[Dataflow]
    ) -> Iterator[Adder]:
        """Whoever adds up one wave, from its file or from a table the endpoint has.

        Raises:
            BadInput: the engine is not there, or the pack cannot be carried over to it.
        """
        if pack.calibration or pack.nonresponse:
            raise BadInput(
                "The pack raises its weights ([calibration], [nonresponse]): an engine has those "
                "of the file. Use --engine local."
            )
        if self.name == KERNEL:
            yield Kernel()
            return
        with stage(file, wave, source_columns(pack), Limits()) as staged:
            recipe = compile_recipe(pack, staged.columns, False, wave.weighted, wave.period)
            refuse(recipe)
            if self._endpoint is None:
                with DuckEngine.over(staged.path) as duck:
                    yield EngineAdder(
                        Summing(duck, cube_source(recipe), staged.columns).kept(), recipe, flows
                    )
                return
            tables = self._tables.get(wave.period, [])
            if not tables and not self._endpoint.here:
                raise BadInput(
                    f"{self.name} is another machine, and no file is sent there. Name what it can "
                    f"read itself: --table {wave.period}=NAME for each wave."
                )
            with SparkEngine.at(self._endpoint) as spark:
                own = tables or [str(staged.path)]
                spark.use(own, files="/" in own[0])
                summing = Summing(spark, cube_source(recipe), staged.columns).kept()
                yield EngineAdder(summing, recipe, flows)


def _by_period(tables: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in tables:
        period, equals, name = one.partition("=")
        if not (equals and name):
            raise BadInput(
                f"--table {one}: say which wave it is, as in --table 2025=census.people."
            )
        found.setdefault(period, []).append(name)
    return found


def refuse(recipe: Recipe) -> None:
    """Raises BadInput if the sums of a recipe are not by PSU, or mean different things."""
    if not recipe.psu:
        raise BadInput(
            "The pack names no PSUs: each respondent is one, and sums by PSU would be the rows of "
            "people. Use --engine local or kernel."
        )
    if recipe.stages or recipe.replicates is not None:
        raise BadInput(
            "The design has further stages or replicate weights: its errors need more than sums "
            "by PSU. Use --engine local."
        )
    if recipe.doubts:
        raise BadInput("\n".join(("Engines may take these expressions apart:", *recipe.doubts)))


class EngineAdder:
    """One wave on one engine; see `cauce.estimate.exact_answers.Adder`."""

    def __init__(self, summing: Summing, recipe: Recipe, flows: Sequence[Dataflow]) -> None:
        self._summing, self._recipe = summing, recipe
        linear = [score for score in recipe.scores if score.estimator in LINEAR]
        self._at = {score.indicator: at for at, score in enumerate(linear)}
        names, self._sizes = names_and_sizes(flows)
        columns = [column.variable for column in recipe.columns]
        self._places = [columns.index(name) for name in names]

    @cached_property
    def _psus(self) -> Psus:
        return self._summing.psus(self._recipe.psu_scope, self._recipe.single_psu)

    def add(self, rows: Rows, groupings: Sequence[Grouping], scores: Sequence[Score]) -> Summed:
        """The sums an engine has of a sample's scores in groupings.

        Raises:
            BadInput: the numbers do not fit, or the engine fails.
            MethodFailed: the engine has other people than the file.
        """
        if len(self._psus.frame.stratum) != int(rows.psu.max()) + 1:
            raise MethodFailed("The engine has other PSUs than the file: is the table the file's?")
        measures = [measure_of(score) for score in scores]
        summing = self._summing.of([self._at[one.indicator] for one in scores], measures)
        counted = summing.counted()
        self._same(rows, counted, scores)
        dims = [tuple(self._places[dim] for dim in grouping.dims) for grouping in groupings]
        found, scales = summing.sums(measures, counted, dims)
        sizes = [[self._sizes[dim] for dim in grouping.dims] for grouping in groupings]
        cell = cells_of(found, groupings, dims, sizes)
        return summed(psu_sums(found, cell, measures, self._psus), scales, counted)

    @staticmethod
    def _same(rows: Rows, counted: Counted, scores: Sequence[Score]) -> None:
        inside = tuple(int(score.inside.sum()) for score in scores)
        if counted.people != len(rows.psu) or counted.inside != inside:
            raise MethodFailed(
                "The engine counts other people than the file has: is the table the file's?"
            )


def cells_of(
    found: Answer,
    groupings: Sequence[Grouping],
    dims: Sequence[tuple[int, ...]],
    sizes: Sequence[Sequence[int]],
) -> Ints:
    """The cell of each row of an answer, those of all groupings one after the other."""
    used = sorted({dim for own in dims for dim in own})
    over = {dim: found.counts(f"g{dim}") == 1 for dim in used}
    cell = np.full(found.rows, -1, dtype=np.int64)
    start = 0
    for grouping, own, codes_of in zip(groupings, dims, sizes, strict=True):
        here: Flags = np.ones(found.rows, dtype=np.bool_)
        for dim in used:
            here &= over[dim] != (dim in own)
        number = np.zeros(int(here.sum()), dtype=np.int64)
        for dim, size in zip(own, codes_of, strict=True):
            codes = found.counts(f"d{dim}")[here].astype(np.int32)
            number = number * size + positions(codes, size)
        place = np.minimum(np.searchsorted(grouping.ids, number), grouping.size - 1)
        if (grouping.ids[place] != number).any():
            raise MethodFailed("The engine has cells the file has not: is the table the file's?")
        cell[here] = place + start
        start += grouping.size
    return cell
