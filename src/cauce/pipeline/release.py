"""From a pack and its files to a release: the whole story, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cauce.estimate import estimate
from cauce.harmonise import dataflows, lineages
from cauce.model.cell import Cells
from cauce.model.errors import BadInput
from cauce.model.pack import Pack
from cauce.model.release import InputFile, Release
from cauce.model.wave_facts import WaveFacts
from cauce.pipeline.gates import gate_faults, refuse
from cauce.pipeline.headlines import compare_headlines
from cauce.pipeline.packs import read_pack, terms_of
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import provenance
from cauce.pipeline.quality import facts_of, fewest_of, quality_of
from cauce.pipeline.waves import find_file, read_wave, told_of
from cauce.protect import needs_acceptance, protect


@dataclass(frozen=True)
class Made:
    """A release as it would be, what stops it, and what was found in its waves, not cleared."""

    release: Release
    faults: tuple[str, ...]
    waves: tuple[WaveFacts, ...]


def release_pack(
    folder: Path,
    region: Path,
    files: Sequence[Path] = (),
    accept_unaudited: bool = False,
    progress: Progress = silent,
) -> Release:
    """Estimate and clear every table the pack declares; nothing is kept or published here.

    Args:
        folder: the pack.
        region: the folder of variables, code lists and indicators that packs share.
        files: where the survey's files are, if not beside the pack.
        accept_unaudited: release a pack marked confidential although linked tables are not audited.

    Raises:
        BadInput: the pack or a file is not what was promised; a rule, the official population or a
            published headline stops the release.
        MethodFailed: the declared method does not apply to the data.
    """
    pack = read_pack(folder, region)
    refuse_unaudited(pack, accept_unaudited)
    made = make_release(pack, folder, files, progress)
    refuse(made.faults)
    return made.release


def make_release(
    pack: Pack,
    folder: Path,
    files: Sequence[Path] = (),
    progress: Progress = silent,
    rows: bool = False,
) -> Made:
    """The release of a pack, whatever stops it. Raises as `release_pack`, but for its gates.

    Args:
        rows: find also which rows of the files fail a rule.
    """
    flows = dataflows(pack)
    group = fewest_of(pack)
    cells: list[Cells] = []
    inputs: list[InputFile] = []
    waves: list[WaveFacts] = []
    for wave in pack.waves:
        progress(f"Reading {wave.period}")
        file = find_file(folder, wave, files, len(pack.waves) == 1)
        sample, origin = read_wave(pack, wave, file, rows=rows)
        progress(f"Estimating {wave.period}")
        with told_of(wave.period):
            cells += estimate(sample, flows)
            waves.append(facts_of(sample, group))
        inputs.append(origin)
    progress("Protecting")
    release = protect(cells, terms_of(pack))
    headlines = compare_headlines(pack, release)
    made = replace(
        release,
        lineages=lineages(pack),
        headlines=headlines,
        provenance=provenance(pack, tuple(inputs), release),
        reason=pack.survey.reason,
        quality=quality_of(pack, waves, release.flows),
    )
    return Made(made, gate_faults(pack, waves, headlines), tuple(waves))


def refuse_unaudited(pack: Pack, accepted: bool) -> None:
    """Raises BadInput if the pack is confidential and nobody accepted the missing audit."""
    if needs_acceptance(terms_of(pack)) and not accepted:
        raise BadInput(
            f"{pack.survey.area} {pack.survey.id} is marked confidential, and linked tables are "
            "not audited yet. Read docs/reference/protection.md; to release it all the same, say "
            "--accept-unaudited."
        )
