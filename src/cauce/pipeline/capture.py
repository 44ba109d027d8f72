"""Permits of a mechanism beside the workers that the country's own survey estimates."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import isfinite
from pathlib import Path

import numpy as np

from cauce.estimate import capture
from cauce.model.codelist import TOTAL
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.house import House
from cauce.model.observation import Observations
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.pipeline.capture_flow import Beside, Found, beside_cells, beside_flow
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.protect import protect
from cauce.store import Reader, Snapshot

PERMITS, EMPLOYED = "DF_MOBILITY_PERMITS", "EMP_TEMP"
CRITERIA = (("CIT", "CITIZENSHIP"), ("CBR", "BIRTH"))
"""How surveys tell where somebody is from; permits go by nationality, so that comes first."""


def release_capture(
    house: House,
    store: Path,
    vintage: str,
    day: date,
    progress: Progress = silent,
    reason: str = "",
) -> Release:
    """The ratios of all pairs that the store can tell; nothing is kept or published here.

    Raises:
        BadInput: there are no counts of permits, or no survey to set them beside.
    """
    snapshot = Reader(store).snapshot()
    progress("Setting permits beside surveys")
    found = _found(snapshot)
    if not found.pairs:
        raise BadInput(
            f"No permits of a country stand beside a survey of it. {' '.join(found.notes)} Publish "
            "`cauce register count mobility_permits` and a survey with EMP_TEMP by country of "
            "birth or citizenship, of the same year."
        )
    flow = beside_flow(house, found)
    terms = Terms(f"{house.area}_CAPTURE", vintage or day.isoformat(), house.open)
    release = protect([beside_cells(flow, found.pairs)], terms, day)
    return replace(
        release,
        provenance=_provenance(found.manifests, release),
        notes=(*release.notes, *found.notes),
        reason=reason or f"Set beside each other anew on {day}.",
    )


def _found(snapshot: Snapshot) -> Found:
    manifests = {m.dataflow.id: m for m in snapshot.flows()}
    if PERMITS not in manifests:
        return Found((), (), {}, ("There are no published counts of permits.",))
    permits = snapshot.observations(PERMITS)
    pairs, used, notes = [], {PERMITS: manifests[PERMITS]}, list[str]()
    for country, nationality in _corridors(permits):
        survey = _survey(snapshot, country, nationality)
        if survey is None:
            continue
        manifest, workers, criterion, row = survey
        year = workers.dataflow.dimensions[-1].codes[int(workers.key[row, -1])].id[:4]
        counted = _permits(permits, country, nationality, year)
        try:
            found = _beside(country, nationality, criterion, year, counted, workers, row)
        except MethodFailed as error:
            notes.append(f"{nationality} in {country}, {year}: {error}")
            continue
        pairs.append(found)
        used[manifest.dataflow.id] = manifest
    return Found(tuple(pairs), tuple(used.values()), _names(permits), tuple(notes))


def _names(permits: Observations) -> dict[str, Text]:
    return {c.id: c.name for d in permits.dataflow.dimensions[3:5] for c in d.codes}


def _at(observations: Observations, name: str) -> int:
    return [d.id for d in observations.dataflow.dimensions].index(name)


def _corridors(permits: Observations) -> list[tuple[str, str]]:
    """Country and nationality of every row that is of one."""
    j, k = _at(permits, "COUNTRY"), _at(permits, "NATIONALITY")
    codes = permits.dataflow.dimensions
    found = {(codes[j].codes[row[j]].id, codes[k].codes[row[k]].id) for row in permits.key.tolist()}
    return sorted((c, n) for c, n in found if not n.startswith("_") and not c.startswith("_"))


def _permits(permits: Observations, country: str, nationality: str, year: str) -> float:
    """All permits of a year; NaN where a month is withheld or there is none."""
    wanted = {"COUNTRY": country, "NATIONALITY": nationality}
    total = [
        float(permits.value[row])
        for row in _rows(permits, wanted)
        if permits.dataflow.dimensions[-1].codes[int(permits.key[row, -1])].id.startswith(year)
    ]
    return sum(total) if total else float("nan")


def _rows(observations: Observations, wanted: dict[str, str]) -> list[int]:
    """Rows with the wanted codes, every other dimension at its total where it has one."""
    fits = np.ones(len(observations.value), dtype=bool)
    for j, dimension in enumerate(observations.dataflow.dimensions):
        codes = {code.id: at for at, code in enumerate(dimension.codes)}
        code = wanted.get(dimension.id, TOTAL)
        if code in codes:
            fits &= observations.key[:, j] == codes[code]
        elif dimension.id in wanted:
            return []
    found = np.flatnonzero(fits)
    order = np.argsort(observations.key[found, -1], kind="stable")
    return [int(row) for row in found[order]]


def _survey(
    snapshot: Snapshot, country: str, nationality: str
) -> tuple[Manifest, Observations, str, int] | None:
    """The latest estimate of workers from there in the country's survey, by citizenship if told.

    Of several tables the one with the fewest dimensions.
    """
    for start, criterion in CRITERIA:
        fits = sorted(
            _surveys(snapshot, country, nationality, start),
            key=lambda m: len(m.dataflow.dimensions),
        )
        for manifest in fits:
            workers = snapshot.observations(manifest.dataflow.id)
            own = next(d.id for d in manifest.dataflow.dimensions if d.id.startswith(start))
            wanted = {"INDICATOR": EMPLOYED, "REF_AREA": country, own: nationality}
            if rows := _rows(workers, wanted):
                return manifest, workers, criterion, rows[-1]
    return None


def _surveys(snapshot: Snapshot, country: str, nationality: str, start: str) -> Iterator[Manifest]:
    for manifest in snapshot.flows():
        flow = manifest.dataflow
        by = (d for d in flow.dimensions if d.id.startswith(start))
        told = any(nationality in {c.id for c in d.codes} for d in by)
        employed = any(each.id == EMPLOYED for each in flow.indicators)
        if flow.source.area == country and employed and told:
            yield manifest


def _beside(
    country: str, nationality: str, criterion: str, year: str, permits: float,
    workers: Observations, row: int,
) -> Beside:  # fmt: skip
    """Raises MethodFailed where one of the two is not told, or the survey's may be zero."""
    if not isfinite(permits):
        raise MethodFailed("a month of permits is withheld, or none is of that year.")
    numbers = (workers.value, workers.se, workers.ci_low, workers.ci_high)
    value, se, low, high = (float(column[row]) for column in numbers)
    if not isfinite(value):
        raise MethodFailed("the survey's estimate is withheld.")
    capture(permits, value, se, low, high)
    n, cases = int(workers.n[row]), int(workers.cases[row])
    return Beside(country, nationality, criterion, year, permits, value, se, low, high, n, cases)


def _provenance(manifests: Sequence[Manifest], release: Release) -> Provenance:
    """The vintages of the tables that were read."""
    periods = [code.id for code in release.flows[0].dataflow.dimensions[-1].codes]
    inputs = tuple(
        InputFile(f"{m.dataflow.id}, vintage {m.vintage}", m.parts[0].object_sha256, 0, period, 0)
        for m in manifests
        for period in periods
    )
    return Provenance(
        pack="registers/capture 1",
        pack_sha256="",
        inputs=inputs,
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=tuple(sorted({flow.dataflow.method.rule_version for flow in release.flows})),
    )
