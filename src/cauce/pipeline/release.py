"""From a pack and its files to a release: the whole story, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cauce.harmonise import dataflows, lineages, partial_years
from cauce.model.cell import Cells
from cauce.model.dataflow import Dataflow
from cauce.model.lent import Lent
from cauce.model.pack import Pack
from cauce.model.release import Release
from cauce.model.retained import Retained
from cauce.model.wave_facts import WaveFacts
from cauce.pipeline.engine_release import Engines
from cauce.pipeline.estimates import Estimation
from cauce.pipeline.gates import gate_faults, refuse
from cauce.pipeline.headlines import compare_headlines
from cauce.pipeline.packs import read_pack, terms_of
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import provenance
from cauce.pipeline.quality import quality_of
from cauce.pipeline.register_lend import NOTHING, Lender, from_file
from cauce.pipeline.retained import retained_in
from cauce.pipeline.streaming import IN_MEMORY, Streaming
from cauce.protect import protect


@dataclass(frozen=True)
class Made:
    """A release as it would be, what stops it, and what was found in its waves, not cleared."""

    release: Release
    faults: tuple[str, ...]
    waves: tuple[WaveFacts, ...]
    cells: tuple[Cells, ...]


def release_pack(
    folder: Path,
    region: Path,
    files: Sequence[Path] = (),
    progress: Progress = silent,
    lender: Lender | None = None,
    store: Path | None = None,
    streaming: Streaming = IN_MEMORY,
    engines: Engines | None = None,
) -> Release:
    """Estimate and clear every table the pack declares; nothing is kept or published here.

    Args:
        folder: the pack.
        region: the folder of variables, code lists and indicators that packs share.
        files: where the survey's files are, if not beside the pack.
        lender: the registers that lend names to codes, None for the names the files have.
        store: where earlier vintages of the survey are public, None if nowhere.
        streaming: whether waves are read in batches, which changes no bit.
        engines: who adds up the linear indicators; the kernel, in floating numbers, if None.

    Raises:
        BadInput: the pack or a file is not what was promised; a rule, the official population or a
            published headline stops the release.
        MethodFailed: the declared method does not apply to the data.
    """
    pack = read_pack(folder, region)
    public = retained_in(store, terms_of(pack).survey, pack.survey.vintage)
    made = make_release(
        pack,
        folder,
        files,
        progress,
        lender=lender,
        retained=public,
        streaming=streaming,
        engines=engines,
    )
    refuse(made.faults)
    return made.release


def make_release(
    pack: Pack,
    folder: Path,
    files: Sequence[Path] = (),
    progress: Progress = silent,
    rows: bool = False,
    lender: Lender | None = None,
    retained: Sequence[Retained] = (),
    streaming: Streaming = IN_MEMORY,
    engines: Engines | None = None,
) -> Made:
    """The release of a pack, whatever stops it. Raises as `release_pack`, but for its gates.

    Args:
        rows: find also which rows of the files fail a rule.
        lender: as in `release_pack`.
        retained: earlier vintages of the survey that are public.
        streaming: as in `release_pack`.
        engines: as in `release_pack`.
    """
    flows = dataflows(pack)
    loans = lender.lend(lists_of(flows)) if lender else NOTHING
    flows = loans.named(flows)
    found = Estimation(pack, flows, progress, rows, streaming, engines).run(folder, files)
    engine = engines.name if engines and engines.exact else ""
    progress("Protecting")
    release = protect(
        found.cells,
        terms_of(pack),
        comparisons=found.comparisons,
        progress=progress,
        retained=retained,
    )
    headlines = compare_headlines(pack, release)
    made = replace(
        release,
        lineages=lineages(pack, {wave.period: wave.raised for wave in found.waves if wave.raised}),
        headlines=headlines,
        provenance=provenance(pack, found.inputs, release, engine, found.sums),
        notes=(*release.notes, *partial_years(pack)),
        reason=pack.survey.reason,
        lent=(*own_lists(pack, flows, lender), *loans.lent),
        quality=quality_of(pack, found.waves, release.flows),
    )
    faults = gate_faults(pack, found.waves, headlines)
    return Made(made, faults, found.waves, found.cells)


def lists_of(flows: Sequence[Dataflow]) -> set[str]:
    return {dimension.codelist for flow in flows for dimension in flow.dimensions}


def own_lists(pack: Pack, flows: Sequence[Dataflow], lender: Lender | None) -> Iterator[Lent]:
    """The state of the code lists that the region's files and the pack declare."""
    day = lender.day if lender else datetime.now(UTC).date()
    lists = pack.dictionary.codelists
    for name in sorted(lists_of(flows) & set(lists)):
        yield from_file(lists[name], pack.dictionary.places[f"codelist.{name}"].file, day)
