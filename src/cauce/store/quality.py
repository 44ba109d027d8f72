"""The quality of a release, taken apart by dataflow and put together again."""

from collections.abc import Sequence
from dataclasses import replace

from cauce.model.quality import Quality, WaveQuality


def quality_of(quality: Quality, flow: str) -> Quality:
    """What a manifest keeps: everything about the waves, and the verdicts of its own dataflow."""
    return replace(quality, waves=tuple(_only(wave, flow) for wave in quality.waves))


def _only(wave: WaveQuality, flow: str) -> WaveQuality:
    return replace(wave, tables=tuple(table for table in wave.tables if table.flow == flow))


def together(parts: Sequence[Quality]) -> Quality | None:
    """The quality of a release from what its manifests keep; None if they keep nothing."""
    if not parts:
        return None
    waves = zip(*(part.waves for part in parts), strict=True)
    return replace(parts[0], waves=tuple(_joined(same) for same in waves))


def _joined(same: Sequence[WaveQuality]) -> WaveQuality:
    return replace(same[0], tables=tuple(table for wave in same for table in wave.tables))
