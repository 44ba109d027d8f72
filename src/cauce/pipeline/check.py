"""Whether a pack is whole, and what its files hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cauce.estimate import counts_of
from cauce.harmonise import availability, broken_rules, dataflows, set_faults
from cauce.model.errors import BadInput
from cauce.model.pack import Pack
from cauce.model.sample import Sample
from cauce.pipeline.packs import read_pack
from cauce.pipeline.parts import find_parts
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.waves import read_wave


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
    """A pack that passed. `absent` lists waves whose file is not here; `warnings` say what will
    stop a release all the same. `given` are the entries of the catalogue its survey gives, of
    those that are `declared`."""

    survey: str
    vintage: str
    waves: tuple[WaveCheck, ...]
    absent: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    given: int = 0
    declared: int = 0


def check_pack(
    folder: Path, region: Path, files: Sequence[Path] = (), progress: Progress = silent
) -> PackCheck:
    """Read the pack and every file of it that is here. Raises BadInput with all that is wrong."""
    progress("Reading the pack")
    pack = read_pack(folder, region)
    dataflows(pack)
    waves: list[WaveCheck] = []
    absent: list[str] = []
    stops: list[str] = []
    for wave in pack.waves:
        try:
            file = find_parts(folder, wave, files, len(pack.waves) == 1)
        except BadInput:
            if files:
                raise
            absent.append(wave.period)
            continue
        progress(f"Reading {wave.period}")
        sample, _ = read_wave(pack, wave, file, every=True)
        waves.append(_counts(sample))
        stops += broken_rules(pack, wave.period, sample.findings)
    survey = f"{pack.survey.area}_{pack.survey.id}"
    catalogue = availability(pack)
    return PackCheck(
        survey,
        pack.survey.vintage,
        tuple(waves),
        tuple(absent),
        (*stops, *_warnings(pack, waves)),
        sum(one.why is None for one in catalogue),
        len(catalogue),
    )


def _warnings(pack: Pack, waves: Sequence[WaveCheck]) -> Iterator[str]:
    for wave in waves:
        if wave.lonely and pack.design.single_psu == "refuse":
            yield (
                f"{wave.period}: {wave.lonely:,} strata have a single PSU, and "
                'single_psu = "refuse" will stop the release. Choose another policy: '
                "docs/explanation/single-psu.md."
            )
    yield from _rule_set(pack)


def _rule_set(pack: Pack) -> Iterator[str]:
    """What is wrong with the rules as a set; what cannot be decided is for the report."""
    faults = set_faults(pack)
    for one, other in faults.contradictions:
        yield f"{one} and {other} contradict each other: whoever passes one fails the other."
    for rule in faults.never_pass:
        yield f"{rule} can be passed by nobody it is about."
    for rule in faults.never_fail:
        yield f"{rule} can be failed by nobody: it tells nothing."
    for one, other in faults.implied:
        yield f"{one} says nothing that {other} does not say."


def _counts(sample: Sample) -> WaveCheck:
    design = sample.design
    counts = counts_of(design)
    return WaveCheck(
        period=sample.period,
        rows=len(design.weight),
        weighted=float(design.weight.sum()),
        strata=counts.strata,
        psus=counts.psus,
        lonely=counts.lonely,
        reasons=sample.reasons,
    )
