"""The crises of the invented country, so that a newcomer sees what such a page says."""

from collections.abc import Iterator
from pathlib import Path

from cauce.model.release import Release
from cauce.pipeline.crisis.run import run_crisis
from cauce.pipeline.crisis.uses import read_uses, use_of
from cauce.pipeline.progress import Progress

INVENTED = "xca_*.toml"
PURPOSE = "training"


def invented_crises(folder: Path, store: Path, progress: Progress) -> Iterator[Release]:
    """A release for each scenario of the invented country; for teaching and exercises alone."""
    use = use_of(read_uses(folder / "uses.toml"), PURPOSE)
    for path in sorted(folder.glob(INVENTED)):
        yield run_crisis(path, [], store, use, progress=progress).release
