"""The outlook of the invented country, every scenario of it, so that a newcomer sees one."""

from collections.abc import Iterator
from pathlib import Path

from cauce.model.release import Release
from cauce.pipeline.outlook.run import Asked, read_outlooks, release_outlook
from cauce.pipeline.progress import Progress


def invented_outlooks(
    packs: Path, region: Path, store: Path, progress: Progress
) -> Iterator[Release]:
    """A release for each scenario of the packs that are invented, the baseline first."""
    for pack in read_outlooks(packs):
        for scenario in pack.scenarios if pack.invented else ():
            done = release_outlook(Asked(pack, scenario), store, region, progress)
            if done.release is not None:
                yield done.release
