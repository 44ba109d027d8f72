"""Which skills the published openings of each scenario ask for, through links somebody brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cauce.declare.words import did_you_mean, listed
from cauce.model.arrays import Floats
from cauce.model.codelist import Code
from cauce.model.dataflow import PROJECTED, Dimension
from cauce.model.errors import BadInput
from cauce.model.vintage import Manifest
from cauce.outlook.skills import Demanded, demanded_as_published
from cauce.sources.skill_links import read_links
from cauce.store import Snapshot

OPENINGS = "PRJ_OPN_NB"
SCENARIO = "SCENARIO"


@dataclass(frozen=True)
class LinkFiles:
    """The files of links: ESCO's or O*NET's, what gives them ISCO codes, names of ESCO's skills."""

    links: Path
    beside: Path | None = None
    names: Path | None = None


@dataclass(frozen=True)
class Published:
    """Openings of one scenario until a year as they were published, with what they are of."""

    manifest: Manifest
    area: Code
    scenario: Code
    year: str
    occupations: tuple[Code, ...]
    value: Floats
    low: Floats
    high: Floats

    @property
    def digits(self) -> int:
        """The level of ISCO of the occupations."""
        return len(self.occupations[0].id)


@dataclass(frozen=True)
class Asked:
    """The skills that the openings of a scenario ask for, and the openings that say nothing.

    `unlinked` are occupations with openings that no link covers; `untold` those whose openings are
    not published. `source` is the file of the links.
    """

    openings: Published
    demanded: Demanded
    unlinked: tuple[tuple[Code, float], ...]
    untold: tuple[Code, ...]
    source: str


def skills_asked(
    snapshot: Snapshot, files: LinkFiles, scenarios: Sequence[str], area: str, year: str
) -> tuple[Asked, ...]:
    """The skills of each scenario of an area, all scenarios if none is named.

    Args:
        year: until which openings are counted; the last one if "".

    Raises:
        BadInput: no outlook with openings is published; there is no such area, scenario or year; a
            file of links is not what it should be; no link covers an occupation.
    """
    own = _of_area(_published(snapshot), area)
    chosen = _chosen(own, scenarios)
    return tuple(_asked(_openings(snapshot, one, year), files) for one in chosen)


def _asked(found: Published, files: LinkFiles) -> Asked:
    links = read_links(files.links, files.beside, found.digits, files.names)
    codes = [code.id for code in found.occupations]
    demand = demanded_as_published(found.value, found.low, found.high, codes, links)
    linked, told = set(links.occupations), np.isfinite(found.value).tolist()
    each = list(zip(found.occupations, found.value.tolist(), told, strict=True))
    return Asked(
        found,
        demand,
        tuple((code, value) for code, value, there in each if there and code.id not in linked),
        tuple(code for code, _, there in each if not there),
        links.source,
    )


def _published(snapshot: Snapshot) -> list[Manifest]:
    """Tables of openings of scenarios, one for each: of the finest occupations there are."""
    found: dict[tuple[str, str], Manifest] = {}
    for manifest in snapshot.flows():
        flow = manifest.dataflow
        held = {each.id for each in flow.indicators}
        if flow.method.var_method != PROJECTED or OPENINGS not in held:
            continue
        if (own := _occupation(manifest)) is None or not _has(manifest, SCENARIO):
            continue
        key = _code(manifest, "REF_AREA").id, _code(manifest, SCENARIO).id
        before = _occupation(found[key]) if key in found else None
        if before is None or _digits(own) > _digits(before):
            found[key] = manifest
    if not found:
        raise BadInput(
            "The store has no outlook with openings for newcomers. Run one: cauce outlook run."
        )
    return list(found.values())


def _has(manifest: Manifest, name: str) -> bool:
    return any(d.id == name for d in manifest.dataflow.dimensions)


def _code(manifest: Manifest, name: str) -> Code:
    """The only code of a dimension."""
    return next(d for d in manifest.dataflow.dimensions if d.id == name).codes[0]


def _occupation(manifest: Manifest) -> Dimension | None:
    """The dimension of occupations: it has codes of ISCO, and is not the period."""
    for dimension in manifest.dataflow.dimensions[:-1]:
        if dimension.codelist in ("CL_OCU", "CL_OC2", "CL_OC3", "CL_ISCO"):
            return dimension
    return None


def _digits(dimension: Dimension) -> int:
    return max((len(c.id) for c in dimension.codes if c.id.isdigit()), default=0)


def _of_area(found: list[Manifest], area: str) -> list[Manifest]:
    areas = sorted({_code(one, "REF_AREA").id for one in found})
    wanted = area.upper() or (areas[0] if len(areas) == 1 else "")
    if not wanted:
        raise BadInput(f"The store has outlooks of several areas. Say which with --area: "
                       f"{listed(areas)}.")  # fmt: skip
    if wanted not in areas:
        raise BadInput(f"The store has no outlook with openings of {wanted[:20]}. It has: "
                       f"{listed(areas)}.")  # fmt: skip
    return [one for one in found if _code(one, "REF_AREA").id == wanted]


def _chosen(found: list[Manifest], scenarios: Sequence[str]) -> list[Manifest]:
    known = {_code(one, SCENARIO).id: one for one in found}
    upper = dict.fromkeys(one.rpartition("/")[2].upper() for one in scenarios)
    for name in upper:
        if name not in known:
            raise BadInput(f"The store has no scenario {name[:40]}.{did_you_mean(name, known)} It "
                           f"has: {listed(known)}.")  # fmt: skip
    return [known[name] for name in upper] or found


def _openings(snapshot: Snapshot, manifest: Manifest, year: str) -> Published:
    table = snapshot.observations(manifest.dataflow.id)
    dimensions = manifest.dataflow.dimensions
    ids = [[code.id for code in d.codes] for d in dimensions]
    years = ids[-1]
    wanted = year or max(years)
    if wanted not in years:
        raise BadInput(
            f"{manifest.dataflow.id} has no year {wanted[:10]}. It has: {listed(years)}."
        )
    # `_published` keeps no table without occupations.
    at = next(i for i, d in enumerate(dimensions) if d == _occupation(manifest))
    indicator = next(i for i, d in enumerate(dimensions) if d.id == "INDICATOR")
    fits = (table.key[:, indicator] == ids[indicator].index(OPENINGS)) & (
        table.key[:, -1] == years.index(wanted)
    )
    rows = [r for r in np.flatnonzero(fits).tolist() if ids[at][table.key[r, at]].isdigit()]
    return Published(
        manifest,
        _code(manifest, "REF_AREA"),
        _code(manifest, SCENARIO),
        wanted,
        tuple(dimensions[at].codes[table.key[r, at]] for r in rows),
        table.value[rows],
        table.ci_low[rows],
        table.ci_high[rows],
    )
