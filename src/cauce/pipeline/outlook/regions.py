"""One run of a region: the baselines of its countries together, and what may pass between them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cauce.model.codelist import Code
from cauce.model.dataflow import Source
from cauce.model.projected import NotProducible, Outlook, Projected
from cauce.model.release import Release
from cauce.model.rule import rule
from cauce.model.scenario import BASELINE
from cauce.model.text import Text
from cauce.outlook.gaps import Frame
from cauce.pipeline.outlook.closing import frame_of, region_flows, supposed_of_region
from cauce.pipeline.outlook.countries import (
    Baselines,
    Country,
    baselines,
    countries_of,
    unheard,
)
from cauce.pipeline.outlook.pack import OutlookPack, RegionPack
from cauce.pipeline.outlook.pooling import learnt_from
from cauce.pipeline.outlook.regional import FEWEST
from cauce.pipeline.outlook.run import THEME, Done, provenance_of, vintage_of
from cauce.pipeline.packs import read_dictionary
from cauce.pipeline.progress import Progress, silent
from cauce.protect import derive
from cauce.store import Reader

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
) -> Done:
    """What may pass between the countries of a region; nothing is kept or published here.

    Args:
        known: baselines of countries that earlier runs on the same tables have computed.

    Raises:
        BadInput: there is no store; a pack names what a table does not have; countries of other
            years or occupations stand in one region.
    """
    progress("Reading released tables")
    members = [one for one in packs if one.folder in region.members]
    countries = countries_of(Reader(store).snapshot(), members)
    if not countries:
        return Done(None, (_nothing(region),))
    frame = _frame(region, countries, dictionary)
    found = baselines(countries, countries, known or Baselines(), frame, progress)
    there = [one for one in found if one is not None]
    lacking = unheard(countries, found)
    if len(there) < FEWEST:
        return Done(None, (*lacking, _nothing(region)))
    progress("Deriving")
    made = region_flows(there, frame_of(frame, there))
    flows = tuple(one for one in made if isinstance(one, Projected))
    lacking += [one for one in made if isinstance(one, NotProducible)]
    if not flows:
        return Done(None, tuple(lacking))
    supposed = (learnt_from([one.pack.name for one in countries]), *supposed_of_region(there))
    return Done(_released(region, countries, Told(flows, tuple(lacking), supposed)), tuple(lacking))


def _released(
    region: RegionPack,
    countries: Sequence[Country],
    told: Told,
) -> Release:
    used = [each for one in countries for each in one.reads]
    text = "".join((region.sha256, *(one.pack.sha256 for one in countries)))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    outlook = Outlook(
        survey=f"{region.id}_OUTLOOK",
        vintage=vintage_of(sha256, BASELINE, used),
        scenario=BASELINE,
        flows=told.flows,
        not_producible=told.lacking,
        bases=tuple({one.base.flow: one.base for one in used}.values()),
        assumptions=told.supposed,
    )
    fewest = max(one.pack.fewest for one in countries)
    return derive(outlook, provenance_of(region.folder, sha256, used), fewest)


def _nothing(region: RegionPack) -> NotProducible:
    name = region.name
    output = Text(f"channels of {name.en}", f"cauces de {name.es}")
    return NotProducible(rule(output), FEW)


def _frame(region: RegionPack, countries: Sequence[Country], folder: Path) -> Frame:
    dictionary, _ = read_dictionary(folder)
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
