"""The invented country: from nothing to a release."""

from pathlib import Path

from cauce.model.release import Release
from cauce.pipeline.packs import read_pack
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.release import release_pack
from cauce.sources.invented import write_wave


def make_demo(packs: Path, region: Path, microdata: Path, progress: Progress = silent) -> Release:
    """Write the survey's files into `microdata`, where they are not there yet, and release them."""
    folder = next(path.parent for path in sorted(packs.rglob("pack.toml")))
    microdata.mkdir(parents=True, exist_ok=True)
    for wave in read_pack(folder, region).waves:
        if not (microdata / wave.file).exists():
            progress(f"Inventing the survey of {wave.period}")
            write_wave(microdata, int(wave.period))
    return release_pack(folder, region, [microdata], progress=progress)
