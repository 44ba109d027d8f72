"""The countries of a region: their released tables, and the baseline of each, computed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.scenario import BASELINE
from cauce.model.text import Text
from cauce.outlook.gaps import Frame
from cauce.pipeline.outlook.breaks import read_wanted
from cauce.pipeline.outlook.closing import Situation
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.engine import said
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.pipeline.outlook.pooling import Pooled
from cauce.pipeline.progress import Progress, silent
from cauce.store import Reader, Snapshot

POOLED = ("occupation", "groups", "matrix")
"""What countries teach each other: slopes of shares, and who works in which industry."""


@dataclass(frozen=True)
class Country:
    """A country's outlook pack, and the released tables it starts from."""

    pack: OutlookPack
    read: Mapping[str, Read]

    @property
    def reads(self) -> list[Read]:
        """Every table, the earlier ones that were joined included."""
        own = (self.read[name] for name in sorted(self.read))
        return [each for one in own for each in (*one.earlier, one)]

    @property
    def mark(self) -> tuple[str, ...]:
        """What decides the numbers of its baseline."""
        return (self.pack.sha256, *(one.base.sha256 for one in self.reads))


@dataclass(frozen=True)
class Baseline:
    """A country's major groups as published, and what its gaps are made of; None without either."""

    groups: Level | None = None
    situation: Situation | None = None


@dataclass
class Baselines:
    """The countries' baselines, by what decides them.

    Runs that share one also read what they start from once.
    """

    found: dict[tuple[str, ...], Baseline] = field(default_factory=dict)
    readers: dict[Path, Reader] = field(default_factory=dict)

    def snapshot(self, store: Path) -> Snapshot:
        """What the store has now. Raises BadInput if there is none."""
        if store not in self.readers:
            self.readers[store] = Reader(store)
        return self.readers[store].snapshot()


def read_tables(
    snapshot: Snapshot, pack: OutlookPack
) -> tuple[dict[str, Read], tuple[NotProducible, ...]]:
    """What is released of what the pack names, and what is not."""
    found, lacking = {}, []
    for name, wanted in pack.wanted.items():
        read = read_wanted(snapshot, pack, wanted)
        if isinstance(read, NotProducible):
            lacking.append(read)
        else:
            found[name] = read
    return found, tuple(lacking)


def countries_of(snapshot: Snapshot, packs: Sequence[OutlookPack]) -> tuple[Country, ...]:
    """Those of the packs whose occupations are released, with their tables."""
    found = (Country(pack, read_tables(snapshot, pack)[0]) for pack in packs)
    return tuple(one for one in found if "occupation" in one.read)


def pooled_of(countries: Sequence[Country]) -> Pooled:
    """The tables that other countries lend to one."""
    return {name: tuple(one.read[name] for one in countries if name in one.read) for name in POOLED}


def baselines(
    wanted: Sequence[Country],
    everybody: Sequence[Country],
    known: Baselines,
    frame: Frame,
    progress: Progress,
) -> tuple[Baseline, ...]:
    """The baseline of each wanted country, learning from everybody."""
    found = []
    for own in wanted:
        others = [one for one in everybody if one is not own]
        key = (*own.mark, *sorted(mark for one in others for mark in one.mark))
        if key not in known.found:
            progress(f"Computing the baseline of {own.pack.area}")
            known.found[key] = _baseline(own, others, frame)
        found.append(known.found[key])
    return tuple(found)


def _baseline(own: Country, others: Sequence[Country], frame: Frame) -> Baseline:
    scenario = own.pack.scenario(BASELINE)
    if scenario is None:
        return Baseline()
    found = said(own.pack, scenario, dict(own.read), (), frame, silent, pooled_of(others))
    return Baseline(found.groups, found.situation)


def unheard(countries: Sequence[Country], found: Sequence[Baseline]) -> list[NotProducible]:
    """That a country of the region has no gaps, so that nobody can come from there or go there."""
    return [
        NotProducible(
            rule(
                Text(f"channels from and to {one.pack.area}", f"cauces de y hacia {one.pack.area}")
            ),
            Text("Its own outlook has no gaps.", "Sus propias perspectivas no tienen brechas."),
        )
        for one, baseline in zip(countries, found, strict=True)
        if baseline.situation is None
    ]
