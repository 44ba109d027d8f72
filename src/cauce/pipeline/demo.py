"""The invented countries: from nothing to a release."""

import shutil
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.release import Release
from cauce.pipeline.employers import invent
from cauce.pipeline.packs import read_pack
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.release import release_pack
from cauce.sources.invented import write_south, write_wave
from cauce.store import Reader


def make_demo(packs: Path, region: Path, microdata: Path, progress: Progress = silent) -> Release:
    """Write the survey's files into `microdata` and release them.

    They are written anew each time: a file of an earlier version, or one that was interrupted,
    would stand for another country.
    """
    folder = next(path.parent for path in sorted(packs.glob("lfs_*/pack.toml")))
    microdata.mkdir(parents=True, exist_ok=True)
    for wave in read_pack(folder, region).waves:
        progress(f"Inventing the survey of {wave.period}")
        write_wave(microdata, int(wave.period))
    return release_pack(folder, region, [microdata], progress=progress)


def make_south(packs: Path, region: Path, microdata: Path, progress: Progress = silent) -> Release:
    """Release the survey of the southern neighbour: another country for outlooks to learn from."""
    progress("Inventing the survey of the southern neighbour")
    microdata.mkdir(parents=True, exist_ok=True)
    folder = packs / "south_2025"
    for wave in read_pack(folder, region).waves:
        write_south(microdata, int(wave.period))
    return release_pack(folder, region, [microdata], progress=progress)


def make_employers(
    packs: Path, region: Path, microdata: Path, progress: Progress = silent
) -> Release:
    """Invent the survey of employers by the steps an office takes, and release it."""
    folder = next(path.parent for path in sorted(packs.glob("employers_*/pack.toml")))
    progress("Inventing the survey of employers")
    invent(microdata)
    return release_pack(folder, region, [microdata], progress=progress)


def clear_earlier_demo(store: Path, *releases: Release) -> bool:
    """Remove a store that holds a demo of another program or pack, and nothing else.

    Vintages are never overwritten; an invented country alone has no history to keep, and whoever
    changes a word of it wants to see the word.
    """
    try:
        flows = Reader(store).snapshot().flows()
    except BadInput:
        return False
    invented = all(flow.dataflow.source.invented for flow in flows)
    # The counts of registers are made anew each time: only the surveys tell of another program.
    made = {release.survey: release.provenance for release in releases}
    surveyed = (flow for flow in flows if flow.survey in made)
    other = any(part.provenance != made[flow.survey] for flow in surveyed for part in flow.parts)
    if invented and other:
        shutil.rmtree(store)
    return invented and other
