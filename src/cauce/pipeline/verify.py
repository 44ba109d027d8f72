"""Computing a published release again, and saying whether every number is the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cauce.model.arrays import Ints
from cauce.model.difference import Differences
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.release import Provenance, Release
from cauce.model.vintage import Manifest
from cauce.pipeline.engine_estimate import KERNEL, LOCAL
from cauce.pipeline.engine_release import Engines
from cauce.pipeline.moments import FROM, SUFFIX, receive, release_from
from cauce.pipeline.packs import read_pack
from cauce.pipeline.parts import find_parts, hash_of_parts
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import dependencies_sha256, machine
from cauce.pipeline.release import make_release
from cauce.pipeline.retained import retained_by
from cauce.pipeline.streaming import Streaming
from cauce.pipeline.together import read_together, release_together
from cauce.pipeline.vintages import manifests_of, own_provenance
from cauce.sources import hash_file
from cauce.store import Reader

IMPORTS = "imports/"
NUMBERS = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess")
COUNTS = ("df", "n", "cases", "missing", "psus", "strata")
COMPARED = ("difference", "se", "ci_low", "ci_high", "covariance", "df", "common")
WORDS = ("obs_status", "conf_status", "reliability", "rule")


@dataclass(frozen=True)
class Verified:
    """What a recomputation found, per dataflow: numbers compared, identical, largest difference."""

    dataflow: str
    compared: int
    identical: int
    largest_relative: float
    other_words: int
    missing_keys: int


@dataclass(frozen=True)
class Verification:
    """All dataflows of a vintage. `same_ground` says that machine and libraries are the same."""

    vintage: str
    flows: tuple[Verified, ...]
    same_ground: bool

    @property
    def holds(self) -> bool:
        """Bit for bit on the same ground, to 1e-12 elsewhere."""
        limit = 0.0 if self.same_ground else 1e-12
        return all(
            flow.largest_relative <= limit
            and flow.other_words == 0
            and flow.missing_keys == 0
            and (flow.identical == flow.compared or not self.same_ground)
            for flow in self.flows
        )


def verify(
    reader: Reader,
    vintage: str,
    packs: Sequence[Path],
    region: Path,
    files: Sequence[Path] = (),
    survey: str = "",
    progress: Progress = silent,
    together: Path | None = None,
) -> Verification:
    """Recompute a vintage from its inputs.

    Args:
        together: the region, of a vintage made from the moments of its countries.

    Raises:
        BadInput: no such vintage, no pack with the kept hash, or a file with another hash.
    """
    manifests = manifests_of(reader, vintage, survey)
    kept = own_provenance(manifests[0])
    if kept.pack.startswith(IMPORTS):
        raise BadInput(taken_over(kept))
    if kept.pack.startswith(FROM):
        release = again_from(vintage, kept, files, together, progress)
    else:
        folder = find_pack(packs, region, kept)
        refuse_other_files(vintage, kept, folder, region, files)
        # What was published is compared as it was; whether it would pass today's gates is not
        # asked.
        public = retained_by(reader, manifests[0].survey, vintage)
        pack = read_pack(folder, region)
        # Whoever added up whole numbers, ours are the same to the last bit.
        engines = Engines(KERNEL if kept.engine else LOCAL)
        made = make_release(
            pack,
            folder,
            files,
            progress,
            retained=public,
            streaming=Streaming(),
            engines=engines,
        )
        release = made.release
    if release.provenance is None or release.provenance.inputs != kept.inputs:
        raise other_files(vintage, kept)
    fresh = {flow.dataflow.id: flow for flow in release.flows}
    snapshot = reader.snapshot()
    again = {one.dataflow.id: one for one in release.differences}
    found = []
    for m in manifests:
        name = m.dataflow.id
        one = compare(snapshot.observations(name, vintage), fresh.get(name), m)
        own = snapshot.differences(name, vintage)
        found.append(with_differences(one, own, again.get(name), m))
    same = kept.machine == machine() and kept.lock_sha256 == dependencies_sha256()
    return Verification(vintage, tuple(found), same)


def again_from(
    vintage: str,
    kept: Provenance,
    files: Sequence[Path],
    together: Path | None,
    progress: Progress,
) -> Release:
    """The release from the files of moments it was made from.

    Raises:
        BadInput: they are not named, or not those of then; the region is not.
    """
    wanted = {one.name: one.sha256 for one in kept.inputs if one.name.endswith(SUFFIX)}
    if sorted(hash_file(file)[0] for file in files if file.is_file()) != sorted(wanted.values()):
        raise BadInput(
            f"{vintage} was made from moments. Name each file of them with --file: "
            f"{', '.join(f'{name} {digest[:12]}…' for name, digest in wanted.items())}."
        )
    received = [receive(file, progress) for file in files]
    if together is None and len(received) == 1:
        return release_from(received[0], progress=progress)
    if together is None or (region := read_together(together)).sha256 != kept.pack_sha256:
        raise BadInput(
            f"{vintage} was made for a region ({kept.pack}, {kept.pack_sha256[:12]}…). Name its "
            "file as it was then: --together REGION.toml."
        )
    return release_together(region, received, progress)


def refuse_other_files(
    vintage: str, kept: Provenance, folder: Path, region: Path, files: Sequence[Path]
) -> None:
    """Raises BadInput, before anything is computed, if a wave's file is not the one of then."""
    wanted = {one.period: one.sha256 for one in kept.inputs}
    waves = read_pack(folder, region).waves
    for wave in waves:
        parts = find_parts(folder, wave, files, len(waves) == 1)
        if hash_of_parts([hash_file(part)[0] for part in parts]) != wanted.get(wave.period):
            raise other_files(vintage, kept)


def taken_over(kept: Provenance) -> str:
    pack = kept.pack.removeprefix(IMPORTS)
    return (
        "These are another producer's numbers: nothing was computed. Take the file in again with "
        f"`cauce import {pack} --file {kept.inputs[0].name}`: the same file changes nothing."
    )


def other_files(vintage: str, kept: Provenance) -> BadInput:
    return BadInput(
        f"The files are not those that {vintage} was computed from: their hashes differ. "
        f"Wanted: {', '.join(f'{i.name} {i.sha256[:12]}…' for i in kept.inputs)}."
    )


def find_pack(packs: Sequence[Path], region: Path, kept: Provenance) -> Path:
    """The pack folder whose content has the kept hash."""
    tried = 0
    for root in packs:
        for declaration in sorted(root.rglob("pack.toml")):
            tried += 1
            try:
                pack = read_pack(declaration.parent, region)
            except BadInput:
                continue
            if pack.sha256 == kept.pack_sha256:
                return declaration.parent
    raise BadInput(
        f"None of {tried} packs is the one this vintage was computed from "
        f"({kept.pack}, {kept.pack_sha256[:12]}…). Say --pack FOLDER; if the pack or the region's "
        "dictionary changed since, check out the version of that day."
    )


def compare(kept: Observations, fresh: Observations | None, manifest: Manifest) -> Verified:
    """Two sets of observations of one dataflow, key by key."""
    periods = {
        p for part in manifest.parts if part.vintage == manifest.vintage for p in part.periods
    }
    old = {key: row for key, row in _keys(kept).items() if key[-1] in periods}
    new = {} if fresh is None else _keys(fresh)
    shared = [key for key in old if key in new]
    missing = len(old) + len(new) - 2 * len(shared)
    if fresh is None or not shared:
        return Verified(manifest.dataflow.id, 0, 0, np.inf, 0, missing)
    a = np.array([old[key] for key in shared])
    b = np.array([new[key] for key in shared])
    compared, identical, largest = same_numbers(kept, fresh, a, b, (*NUMBERS, *COUNTS))
    words = sum(
        getattr(kept, name)[i] != getattr(fresh, name)[j]
        for name in WORDS
        for i, j in zip(a, b, strict=True)
    )
    return Verified(manifest.dataflow.id, compared, identical, largest, words, missing)


def same_numbers(
    kept: object, fresh: object, a: Ints, b: Ints, names: Sequence[str]
) -> tuple[int, int, float]:
    """How many numbers of rows a and b are compared, how many identical, and what is the largest
    relative difference."""
    compared = identical = 0
    largest = 0.0
    for name in names:
        x = np.asarray(getattr(kept, name)[a], dtype=np.float64)
        y = np.asarray(getattr(fresh, name)[b], dtype=np.float64)
        same = (x == y) | (np.isnan(x) & np.isnan(y))
        compared += len(same)
        identical += int(same.sum())
        largest = max(largest, _largest_relative(x[~same], y[~same]))
    return compared, identical, largest


def _keys(observations: Observations) -> dict[tuple[str, ...], int]:
    codes = [np.array([c.id for c in d.codes]) for d in observations.dataflow.dimensions]
    columns = [codes[j][observations.key[:, j]] for j in range(observations.key.shape[1])]
    return {key: row for row, key in enumerate(zip(*(c.tolist() for c in columns), strict=True))}


def with_differences(
    found: Verified, kept: Differences, fresh: Differences | None, manifest: Manifest
) -> Verified:
    """What was found of a dataflow, with its comparisons; a vintage may be older than these."""
    ours = [part for part in manifest.parts if part.vintage == manifest.vintage]
    if not any(part.differences_sha256 for part in ours):
        return found
    periods = {period for part in ours for period in part.periods}
    old = {key: row for key, row in _compared_keys(kept).items() if key[-3] in periods}
    new = {} if fresh is None else _compared_keys(fresh)
    shared = [key for key in old if key in new]
    missing = found.missing_keys + len(old) + len(new) - 2 * len(shared)
    if fresh is None or not shared:
        return replace(found, missing_keys=missing)
    a, b = (np.array([rows[key] for key in shared]) for rows in (old, new))
    compared, identical, largest = same_numbers(kept, fresh, a, b, COMPARED)
    words = sum(
        kept.reliability[i] != fresh.reliability[j]
        for i, j in zip(a.tolist(), b.tolist(), strict=True)
    )
    return Verified(
        found.dataflow,
        found.compared + compared,
        found.identical + identical,
        max(found.largest_relative, largest),
        found.other_words + words,
        missing,
    )


def _compared_keys(differences: Differences) -> dict[tuple[str, ...], int]:
    """The row of every difference by the codes of its first number, dimension and second code."""
    dimensions = differences.dataflow.dimensions
    codes = [np.array([c.id for c in d.codes]) for d in dimensions]
    columns = [codes[j][differences.key[:, j]].tolist() for j in range(len(dimensions))]
    across = differences.across.tolist()
    second = differences.second.tolist()
    columns += [
        [dimensions[j].id for j in across],
        [str(codes[j][at]) for j, at in zip(across, second, strict=True)],
    ]
    return {key: row for row, key in enumerate(zip(*columns, strict=True))}


def _largest_relative(x: np.ndarray, y: np.ndarray) -> float:
    if len(x) == 0:
        return 0.0
    if (np.isnan(x) != np.isnan(y)).any():
        return float("inf")
    return float(np.max(np.abs(x - y) / np.maximum(np.abs(x), np.abs(y))))
