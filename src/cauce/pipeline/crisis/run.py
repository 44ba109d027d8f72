"""A crisis from its scenario to a release: the story, in order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cauce.model.crisis import SLOW
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible, Outlook, Projected
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.pipeline.crisis.assumptions import assumptions_of
from cauce.pipeline.crisis.bases import Bases
from cauce.pipeline.crisis.exposure import exposure_flows
from cauce.pipeline.crisis.footprint import Footprint, footprint_of
from cauce.pipeline.crisis.others import (
    displaced_flow,
    land_flow,
    pressure_flow,
    rebuilding_flow,
    residents_flow,
)
from cauce.pipeline.crisis.people import people_of
from cauce.pipeline.crisis.told import crisis_of
from cauce.pipeline.crisis.uses import Use
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.protect import derive
from cauce.sources.crisis import Declared, Told, read_scenario
from cauce.store import Reader


@dataclass(frozen=True)
class Ran:
    """What a run gives: a release, its footprint, and rebuilding as levers of a scenario."""

    release: Release
    footprint: Footprint
    levers: tuple[Lever, ...]
    missing: tuple[tuple[Text, Text], ...]


def run_crisis(
    path: Path,
    folders: Sequence[Path],
    store: Path,
    use: Use,
    vintage: str = "",
    progress: Progress = silent,
) -> Ran:
    """The release of a crisis; nothing is published here.

    Args:
        folders: where the files are that the scenario names, after its own folder.
        use: the purpose that was stated; it goes with the release.
        vintage: its name; the day of nothing, the hash of what went in if "".

    Raises:
        OneFix: a storm of which one fix is known.
        BadInput: the scenario or a file is not what it should be; nothing was reached; the store
            has no number to start from.
    """
    asked = read_scenario(path, folders)
    foot = footprint_of(asked, progress)
    bases = Bases(Reader(store).snapshot())
    progress("Reading published numbers")
    people = people_of(asked, foot, bases)
    progress(f"Drawing {asked.draws:,} times")
    flows: list[Projected] = [land_flow(asked, foot, people)]
    levers: tuple[Lever, ...] = ()
    if asked.hazard in SLOW:
        flows += pressure_flow(asked, foot, people, bases)
    else:
        if people is not None:
            flows += exposure_flows(asked, foot, people, bases)
        flows += displaced_flow(asked, foot, people, bases)
        rebuilt, levers = rebuilding_flow(asked, bases)
        flows += rebuilt
    flows += residents_flow(asked, people, bases)
    if not bases.used:
        raise BadInput(
            f"{asked.id}: the store has no published number of {asked.country} that the scenario "
            "starts from, so nothing can be released. Publish one of: "
            + ", ".join(_wanted(asked))
            + "."
        )
    inputs = _inputs(asked)
    provenance = _provenance(asked, inputs)
    outlook = Outlook(
        survey=asked.id,
        vintage=vintage or "run." + _short(inputs, bases),
        scenario=asked.id,
        flows=tuple(flows),
        not_producible=tuple(NotProducible(what.en, because) for what, because in bases.missing),
        bases=tuple(bases.used.values()),
        assumptions=assumptions_of(asked, use),
        reason=f"For {use.id}: {use.name.en} || Para {use.id}: {use.name.es}",
    )
    progress("Clearing")
    release = derive(outlook, provenance, bases.fewest)
    told = crisis_of(asked, foot, use, bases, [one.dataflow.id for one in flows])
    return Ran(replace(release, crisis=told), foot, levers, tuple(bases.missing))


def _wanted(asked: Declared) -> list[str]:
    named = (asked.work, asked.origins, asked.nationalities, asked.population)
    return sorted({one.flow for one in named if one is not None}) or ["a survey of the country"]


def _files(asked: Declared) -> list[Told]:
    single = (asked.outlines, asked.people, asked.harms, asked.calendar, asked.offices, asked.file)
    found = [one.file for one in asked.storms] + list(asked.reached)
    found += [one for one in single if one is not None]
    if asked.idmc is not None:
        found.append(asked.idmc.file)
    return list({one.path: one for one in found}.values())


def _inputs(asked: Declared) -> tuple[InputFile, ...]:
    return tuple(
        InputFile(one.path.name, one.sha256, one.size, asked.month, 0) for one in _files(asked)
    )


def _provenance(asked: Declared, inputs: tuple[InputFile, ...]) -> Provenance:
    return Provenance(
        pack=f"crisis/{asked.file.path.name}",
        pack_sha256=asked.file.sha256,
        inputs=inputs,
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=("crisis-1",),
    )


def _short(inputs: tuple[InputFile, ...], bases: Bases) -> str:
    """A name for what went in: files, published vintages and program."""
    parts = [one.sha256 for one in inputs] + [one.sha256 for one in bases.used.values()]
    return hashlib.sha256("".join([*parts, code_version()]).encode()).hexdigest()[:10]
