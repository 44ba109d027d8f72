"""The projected tables of a generation, by area, scenario and what they are of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cauce.model.codelist import Code
from cauce.model.dataflow import PROJECTED
from cauce.model.rule import rule_in
from cauce.model.scenario import BASELINE
from cauce.model.vintage import Manifest
from cauce.portal.bulletin import Bulletin
from cauce.portal.origins import Table
from cauce.portal.words import Words
from cauce.store import NotPublished, Snapshot, Withdrawn

SCENARIO = "SCENARIO"
INPUT = re.compile(r"(\w+), vintage (\S+)")
UNPRODUCED = "Not produced: "
"""How a note begins that says what is not there (`protect.derive`)."""


@dataclass(frozen=True)
class Run:
    """One scenario of one area: its tables by their short names, in one generation."""

    snapshot: Snapshot
    area: Code
    scenario: Code
    manifests: Mapping[str, Manifest]

    @property
    def asked(self) -> str:
        """How an address asks for it: the baseline is what is shown unless told otherwise."""
        return "" if self.scenario.id == BASELINE else self.scenario.id

    def table(self, name: str) -> Table | None:
        manifest = self.manifests.get(name)
        if manifest is None:
            return None
        return Table(manifest, self.snapshot.observations(manifest.dataflow.id))

    @cached_property
    def one(self) -> Manifest:
        """Any of its manifests: what they start from and assume is the same for all."""
        return next(iter(self.manifests.values()))

    @cached_property
    def areas(self) -> frozenset[str]:
        """The areas its numbers are about."""
        flows = (manifest.dataflow for manifest in self.manifests.values())
        found = (d.codes for flow in flows for d in flow.dimensions if d.id == "REF_AREA")
        return frozenset(code.id for codes in found for code in codes)

    @cached_property
    def years(self) -> tuple[str, ...]:
        flows = (m.dataflow for m in self.manifests.values())
        own = (f for f in flows if any(d.id == SCENARIO for d in f.dimensions))
        found = (f.dimensions[-1].codes for f in own)
        return tuple(sorted({code.id for codes in found for code in codes}))

    def assumed(self, words: Words) -> tuple[str, ...]:
        notes = (note for note in self.one.notes if not note.startswith(UNPRODUCED))
        return tuple(rule_in(note, words.language) for note in notes)

    def unproduced(self, words: Words) -> tuple[str, ...]:
        notes = (note for note in self.one.notes if note.startswith(UNPRODUCED))
        return tuple(rule_in(note, words.language).partition(": ")[2] for note in notes)

    @cached_property
    def bases(self) -> tuple[tuple[str, str], ...]:
        """The dataflows it starts from, each with its vintage."""
        names = (file.name for part in self.one.parts for file in part.provenance.inputs)
        found = (INPUT.fullmatch(name) for name in names)
        return tuple(dict.fromkeys((m[1], m[2]) for m in found if m))

    def observed(self, dimension: str, indicator: str) -> Table | None:
        """The released table with the same dimension that the forecast starts from."""
        for flow, vintage in self.bases:
            try:
                manifest = self.snapshot.manifest(flow, vintage)
            except (NotPublished, Withdrawn):
                continue
            names = {d.id for d in manifest.dataflow.dimensions}
            held = {i.id for i in manifest.dataflow.indicators}
            if dimension in names and indicator in held:
                return Table(manifest, self.snapshot.observations(flow, vintage))
        return None


def runs_of(snapshot: Snapshot, _: Bulletin | None = None) -> dict[str, dict[str, Run]]:
    """Every run by area and scenario, the baseline first."""
    found: dict[str, dict[str, dict[str, Manifest]]] = {}
    names: dict[tuple[str, str], tuple[Code, Code]] = {}
    for manifest in snapshot.flows():
        flow = manifest.dataflow
        own = {d.id: d.codes for d in flow.dimensions}
        if flow.method.var_method != PROJECTED or SCENARIO not in own:
            continue
        area, scenario = own["REF_AREA"][0], own[SCENARIO][0]
        if _of_region(manifest):
            continue
        short = flow.id.removeprefix(f"{manifest.survey}_{scenario.id}_")
        names[(area.id, scenario.id)] = area, scenario
        found.setdefault(area.id, {}).setdefault(scenario.id, {})[short] = manifest
    for runs in found.values():
        for name, tables in runs.items():
            _more(snapshot, tables, name)
    return {
        area: {
            scenario: Run(snapshot, *names[(area, scenario)], tables)
            for scenario, tables in sorted(runs.items(), key=lambda one: one[0] != BASELINE)
        }
        for area, runs in sorted(found.items())
    }


def regions_of(snapshot: Snapshot, _: Bulletin | None = None) -> dict[str, Run]:
    """The run of each region: tables of several areas together."""
    found: dict[str, dict[str, Manifest]] = {}
    for manifest in snapshot.flows():
        flow = manifest.dataflow
        if flow.method.var_method == PROJECTED and _of_region(manifest):
            short = flow.id.removeprefix(f"{manifest.survey}_{BASELINE}_")
            found.setdefault(flow.source.area, {})[short] = manifest
    runs = {}
    for name, tables in sorted(found.items()):
        flow = next(iter(tables.values())).dataflow
        scenario = next(d for d in flow.dimensions if d.id == SCENARIO).codes[0]
        runs[name] = Run(snapshot, Code(name, flow.source.name), scenario, tables)
    return runs


def _of_region(manifest: Manifest) -> bool:
    """Whether a projection is of a region: its numbers are about more than its area, or others."""
    flow = manifest.dataflow
    own = {d.id: {code.id for code in d.codes} for d in flow.dimensions}
    return SCENARIO in own and own["REF_AREA"] != {flow.source.area}


def _more(snapshot: Snapshot, tables: dict[str, Manifest], scenario: str) -> None:
    """Tables of the same run that do not tell scenarios apart, such as how past forecasts did."""
    start = f"{next(iter(tables.values())).survey}_{scenario}_"
    for manifest in snapshot.flows():
        flow = manifest.dataflow.id
        if flow.startswith(start) and flow.removeprefix(start) not in tables:
            tables[flow.removeprefix(start)] = manifest
