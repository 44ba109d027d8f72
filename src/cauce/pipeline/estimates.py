"""Every wave of a pack, its pairs, its changes and the years made of quarters: not yet cleared."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cauce.estimate import (
    Adder,
    Exactly,
    Kernel,
    broken,
    change,
    compare,
    estimate,
    pooled,
)
from cauce.harmonise import years
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.pack import Pack, Wave
from cauce.model.release import InputFile
from cauce.model.sample import Sample
from cauce.model.wave_facts import WaveFacts
from cauce.pipeline.engine_release import Engines
from cauce.pipeline.parts import find_parts, stage_parts
from cauce.pipeline.progress import Progress
from cauce.pipeline.quality import facts_of, fewest_of
from cauce.pipeline.streamed import columns_held, stream_wave
from cauce.pipeline.streaming import IN_MEMORY, Streaming
from cauce.pipeline.waves import name_of, recipe_of, sample_of, told_of, wanted_of
from cauce.sources import Limits


@dataclass(frozen=True)
class Estimated:
    """What a pack's files say: cells, comparisons of them, the files, and facts of each wave.

    `sums` are the hashes of whole-number sums, pass by pass; none of the kernel's floating ones.
    """

    cells: tuple[Cells, ...]
    comparisons: tuple[Comparisons, ...]
    inputs: tuple[InputFile, ...]
    waves: tuple[WaveFacts, ...]
    sums: tuple[str, ...] = ()


class Estimation:
    """The waves of a pack, taken in one after the other, the earliest first.

    Two samples are held at a time; of a pack that asks for annual figures, those of two years.
    """

    def __init__(
        self,
        pack: Pack,
        flows: Sequence[Dataflow],
        progress: Progress,
        rows: bool = False,
        streaming: Streaming = IN_MEMORY,
        engines: Engines | None = None,
    ) -> None:
        self._engines = engines if engines and engines.exact else None
        if self._engines and streaming.when == "always":
            raise BadInput(
                f"--stream always and --engine {self._engines.name} do not go together: a release "
                "with an engine has its waves in memory, to hold the sums against them. Leave one "
                "of the two out."
            )
        self._sums: list[str] = []
        self._pack, self._flows, self._progress, self._rows = pack, flows, progress, rows
        self._streaming = streaming
        self._group = fewest_of(pack)
        self._pairs = list({p.id: p for flow in flows for p in flow.pairs}.values())
        self._years = years(pack)
        self._year: list[Sample] = []
        self._before: dict[str, tuple[Sample, tuple[Cells, ...]]] = {}
        self._cells: list[Cells] = []
        self._comparisons: list[Comparisons] = []
        self._inputs: dict[str, InputFile] = {}
        self._facts: dict[str, WaveFacts] = {}

    def run(self, folder: Path, files: Sequence[Path]) -> Estimated:
        """Read and estimate all waves. Raises BadInput and MethodFailed."""
        waves = self._pack.waves
        for wave in sorted(waves, key=lambda wave: wave.period):
            self._progress(f"Reading {wave.period}")
            parts = find_parts(folder, wave, files, len(waves) == 1)
            # An engine that is not there is told before a file is read.
            with self._adder(wave, parts) as adder:
                sample = self._read(wave, parts)
                if sample is not None:
                    self._take(sample, adder)
            if sample is not None:
                self._close_year(wave, sample)
        inputs = tuple(self._inputs[wave.period] for wave in waves)
        facts = tuple(self._facts[wave.period] for wave in waves)
        found = tuple(self._cells), tuple(self._comparisons)
        return Estimated(*found, inputs, facts, tuple(self._sums))

    def _read(self, wave: Wave, files: Sequence[Path]) -> Sample | None:
        """A wave in memory; None if it does not fit: then it was estimated as it was read."""
        with stage_parts(wave, files, wanted_of(self._pack), Limits()) as staged:
            self._inputs[wave.period] = staged.origin
            with told_of(name_of(wave)):
                recipe = recipe_of(self._pack, wave, staged, rows=self._rows)
            held = self._engines is not None  # whole numbers are checked against the sample
            if held or not self._streaming.wanted(staged.rows, columns_held(recipe)):
                return sample_of(self._pack, wave, staged, recipe)
            self._progress(f"Estimating {wave.period} as it is read")
            whole = self._pack, wave, staged, recipe, self._flows, self._streaming
            found = stream_wave(*whole)
        self._facts[wave.period] = found.facts
        with told_of(wave.period):
            self._keep(found.cells, found.comparisons)
        return None

    @contextmanager
    def _adder(self, wave: Wave, files: Sequence[Path]) -> Iterator[Adder | None]:
        """Who adds up a wave in whole numbers; None if the kernel does in floating ones."""
        if self._engines is None:
            yield None
            return
        if len(files) > 1:
            raise BadInput(
                f"{wave.period} comes in {len(files):,} parts, and {self._engines.name} reads one "
                "file. Use --engine local, or put the parts together."
            )
        with self._engines.adder(self._pack, wave, files[0], self._flows) as adder:
            yield adder

    def _take(self, sample: Sample, adder: Adder | None) -> None:
        """A wave: its cells, its pairs, and what changed since the wave before."""
        with told_of(sample.period):
            found = self._estimate(sample, adder)
            self._facts[sample.period] = facts_of(sample, self._group)
        self._compare(sample, found, "wave")

    def _compare(self, sample: Sample, found: tuple[Cells, ...], kind: str) -> None:
        """What changed since the wave, or the year, before."""
        said = self._pack.design.wave_psus
        if not said:
            return
        if kind in self._before:
            before, cells = self._before[kind]
            self._progress(f"Comparing {sample.period} with {before.period}")
            waves = before, sample, self._flows, (cells, found)
            self._comparisons += change(*waves, new_psus=said == "new")
        self._before[kind] = sample, found

    def _close_year(self, wave: Wave, sample: Sample) -> None:
        """Take in a quarter, and the year with its last one."""
        year = wave.period.partition("-")[0]
        if year not in self._years:
            return
        self._year.append(sample)
        if len(self._year) == len(self._years[year]):
            whole = pooled(self._year, year)
            self._year = []
            # A year is made of samples that are here: no engine holds its rows.
            adder = Kernel() if self._engines else None
            self._compare(whole, self._estimate(whole, adder), "year")

    def _estimate(self, sample: Sample, adder: Adder | None) -> tuple[Cells, ...]:
        self._progress(f"Estimating {sample.period}")
        exactly = Exactly(adder) if adder else None
        found = estimate(sample, self._flows, exactly)
        self._sums += exactly.sha256s if exactly else []
        self._keep(found, compare(sample, self._flows, self._pairs, found))
        return found

    def _keep(self, found: tuple[Cells, ...], compared: tuple[Comparisons, ...]) -> None:
        refuse_broken(found, self._pack)
        self._cells += found
        self._comparisons += compared


def refuse_broken(cells: Sequence[Cells], pack: Pack) -> None:
    """Raises MethodFailed if an identity does not hold: then a figure is wrong, whichever it is."""
    faults = broken(cells, pack.dictionary, pack.survey.area)
    if faults:
        things = "1 identity does" if len(faults) == 1 else f"{len(faults)} identities do"
        raise MethodFailed("\n".join((f"{things} not hold. Nothing is released.", *faults)))
