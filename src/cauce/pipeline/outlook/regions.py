"""One run of a region: its countries' baselines added up, and what may pass between them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cauce.model.codelist import Code
from cauce.model.dataflow import Source
from cauce.model.pack import Dictionary
from cauce.model.projected import NotProducible, Outlook, Projected
from cauce.model.release import Release
from cauce.model.rule import rule
from cauce.model.scenario import BASELINE
from cauce.model.text import Text
from cauce.outlook.gaps import Frame
from cauce.pipeline.outlook.closing import (
    Situation,
    frame_of,
    region_flows,
    supposed_of_region,
)
from cauce.pipeline.outlook.countries import (
    Baselines,
    Country,
    baselines,
    countries_of,
    unheard,
)
from cauce.pipeline.outlook.flows import RULES
from cauce.pipeline.outlook.pack import OutlookPack, RegionPack
from cauce.pipeline.outlook.pooling import learnt_from
from cauce.pipeline.outlook.regional import FEWEST
from cauce.pipeline.outlook.run import THEME, Done, provenance_of, vintage_of
from cauce.pipeline.outlook.whole import Part, whole_of
from cauce.pipeline.packs import read_dictionary
from cauce.pipeline.progress import Progress, silent
from cauce.protect import derive

TOGETHER = (RULES, "region-2")
"""The version of what is computed of a country, and of the countries together."""
FEW = Text(
    "Fewer than two of its countries have gaps in this store.",
    "Menos de dos de sus países tienen brechas en este repositorio.",
)


@dataclass(frozen=True)
class Told:
    """What a region says, what it cannot say, and what it rests on."""

    flows: tuple[Projected, ...]
    lacking: tuple[NotProducible, ...]
    supposed: tuple[Text, ...]


def region_named(packs: Sequence[OutlookPack], wanted: str) -> RegionPack | None:
    """The region that a reader names, as xbasin or xbasin/BASELINE; None if it is none."""
    name = wanted.lower().removesuffix(f"/{BASELINE.lower()}")
    return next((one for one in regions_of(packs) if name in (one.folder, one.id.lower())), None)


def regions_of(packs: Sequence[OutlookPack]) -> tuple[RegionPack, ...]:
    """The regions that some of the packs belong to, each once."""
    found = {one.region.folder: one.region for one in packs if one.region is not None}
    return tuple(found[name] for name in sorted(found))


def release_region(
    region: RegionPack,
    packs: Sequence[OutlookPack],
    store: Path,
    dictionary: Path,
    progress: Progress = silent,
    known: Baselines | None = None,
    named: tuple[str, str] = ("", ""),
) -> Done:
    """What a region employs and what may pass within it; nothing is kept or published here.

    Args:
        known: baselines of countries that earlier runs on the same tables have computed.
        named: the vintage's name, if not ours, and the reason why it replaces an earlier one.

    Raises:
        BadInput: there is no store; a pack names what a table does not have; countries of other
            years or occupations stand in one region.
    """
    progress("Reading released tables")
    members = [one for one in packs if one.folder in region.members]
    known = known or Baselines()
    countries = countries_of(known.snapshot(store), members)
    if not countries:
        return Done(None, (_nothing(region),))
    lists, _ = read_dictionary(dictionary)
    frame = _frame(region, countries, lists)
    found = baselines(countries, countries, known, frame, progress)
    progress("Adding up the countries")
    parts = [Part(one.pack, one.read.get("groups"), baseline.groups)
             for one, baseline in zip(countries, found, strict=True)]  # fmt: skip
    whole = whole_of(region, parts, frame, lists.themes[THEME])
    there = [one.situation for one in found if one.situation]
    made = _passing(region, there, frame, progress)
    flows = (*whole.flows, *(one for one in made if isinstance(one, Projected)))
    lacking = (*whole.lacking, *unheard(countries, found),
               *(one for one in made if isinstance(one, NotProducible)))  # fmt: skip
    if not flows:
        return Done(None, lacking)
    learnt = learnt_from([one.pack.name for one in countries])
    met = supposed_of_region(there) if len(there) >= FEWEST else ()
    told = Told(flows, lacking, (*whole.said, learnt, *met))
    return Done(_released(region, countries, told, *named), lacking)


def _passing(
    region: RegionPack, there: Sequence[Situation], frame: Frame, progress: Progress
) -> tuple[Projected | NotProducible, ...]:
    """What channels let through between the countries that have gaps, if two have."""
    if len(there) < FEWEST:
        return (_nothing(region),)
    progress("Deriving")
    return region_flows(there, frame_of(frame, there))


def _released(
    region: RegionPack,
    countries: Sequence[Country],
    told: Told,
    vintage: str,
    reason: str,
) -> Release:
    used = [each for one in countries for each in one.reads]
    text = "".join((region.sha256, *(one.pack.sha256 for one in countries)))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    outlook = Outlook(
        survey=f"{region.id}_OUTLOOK",
        vintage=vintage or vintage_of(sha256, BASELINE, used, TOGETHER),
        scenario=BASELINE,
        flows=told.flows,
        not_producible=told.lacking,
        bases=tuple({one.base.flow: one.base for one in used}.values()),
        assumptions=told.supposed,
        reason=reason,
    )
    fewest = max(one.pack.fewest for one in countries)
    return derive(outlook, provenance_of(region.folder, sha256, used, rules=TOGETHER), fewest)


def _nothing(region: RegionPack) -> NotProducible:
    name = region.name
    output = Text(f"channels of {name.en}", f"cauces de {name.es}")
    return NotProducible(rule(output), FEW)


def _frame(region: RegionPack, countries: Sequence[Country], dictionary: Dictionary) -> Frame:
    first = countries[0]
    scenario = first.pack.scenario(BASELINE)
    name = scenario.name if scenario else Text("Baseline", "Línea base")
    source = Source(
        survey="OUTLOOK",
        area=region.id,
        name=region.name,
        population=region.about,
        licence=region.licence,
        citation="",
        invented=region.invented,
    )
    return Frame(
        f"{region.id}_OUTLOOK",
        tuple(one.read["occupation"].flow.dimensions[1].codes[0] for one in countries),
        Code(BASELINE, name),
        source,
        dictionary.codelists,
        dictionary.indicators,
        dictionary.themes[THEME],
        first.read["occupation"].flow.method.isco,
    )
