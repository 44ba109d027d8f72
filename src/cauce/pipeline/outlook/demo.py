"""The outlooks of the invented countries, every scenario, and of the region they form."""

from collections.abc import Iterator
from pathlib import Path

from cauce.model.release import Release
from cauce.pipeline.outlook.countries import Baselines
from cauce.pipeline.outlook.regions import regions_of, release_region
from cauce.pipeline.outlook.run import Asked, read_outlooks, release_outlook
from cauce.pipeline.progress import Progress


def invented_outlooks(
    packs: Path, region: Path, store: Path, progress: Progress
) -> Iterator[Release]:
    """A release for each scenario of the packs that are invented, the baseline first."""
    known, found = Baselines(), read_outlooks(packs)
    for pack in found:
        for scenario in pack.scenarios if pack.invented else ():
            done = release_outlook(Asked(pack, scenario), store, region, progress, known)
            if done.release is not None:
                yield done.release
    for together in regions_of(found):
        done = release_region(together, found, store, region, progress, known)
        if together.invented and done.release is not None:
            yield done.release
