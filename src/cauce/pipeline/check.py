"""Whether a pack is whole, and what its files hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cauce.harmonise import dataflows
from cauce.model.errors import BadInput
from cauce.model.sample import Sample
from cauce.pipeline.packs import read_pack
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.waves import find_file, read_wave


@dataclass(frozen=True)
class WaveCheck:
    """One wave in counts: respondents, sum of weights, strata, PSUs, strata with one PSU only."""

    period: str
    rows: int
    weighted: float
    strata: int
    psus: int
    lonely: int
    reasons: dict[str, dict[str, int]]


@dataclass(frozen=True)
class PackCheck:
    """A pack that passed. `absent` lists waves whose file is not here; `unavailable` speaks of
    indicators the survey cannot give."""

    survey: str
    vintage: str
    waves: tuple[WaveCheck, ...]
    absent: tuple[str, ...]
    unavailable: tuple[str, ...] = ()


def check_pack(
    folder: Path, region: Path, files: Sequence[Path] = (), progress: Progress = silent
) -> PackCheck:
    """Read the pack and every file of it that is here. Raises BadInput with all that is wrong."""
    progress("Reading the pack")
    pack = read_pack(folder, region)
    dataflows(pack)
    waves: list[WaveCheck] = []
    absent: list[str] = []
    for wave in pack.waves:
        try:
            file = find_file(folder, wave, files)
        except BadInput:
            if files:
                raise
            absent.append(wave.period)
            continue
        progress(f"Reading {wave.period}")
        sample, _ = read_wave(pack, wave, file, every=True)
        waves.append(_counts(sample))
    survey = f"{pack.survey.area}_{pack.survey.id}"
    return PackCheck(survey, pack.survey.vintage, tuple(waves), tuple(absent))


def _counts(sample: Sample) -> WaveCheck:
    design = sample.design
    pairs = np.unique(np.stack([design.stratum, design.psu]), axis=1)
    per_stratum = np.bincount(pairs[0])
    return WaveCheck(
        period=sample.period,
        rows=len(design.weight),
        weighted=float(design.weight.sum()),
        strata=int((per_stratum > 0).sum()),
        psus=pairs.shape[1],
        lonely=int((per_stratum == 1).sum()),
        reasons=sample.reasons,
    )
