"""One run of an outlook: read what is released, forecast, derive, and keep what it started from."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cauce.declare.words import did_you_mean, listed
from cauce.model.codelist import Code
from cauce.model.dataflow import Source
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible, Outlook, Projected
from cauce.model.release import InputFile, Provenance, Release
from cauce.outlook.gaps import Frame
from cauce.pipeline.outlook.blending import add_blend
from cauce.pipeline.outlook.breaks import read_correspondence
from cauce.pipeline.outlook.countries import (
    Baselines,
    Country,
    baselines,
    countries_of,
    pooled_of,
    read_tables,
    unheard,
)
from cauce.pipeline.outlook.declared import parse_outlook
from cauce.pipeline.outlook.engine import close_gaps, said
from cauce.pipeline.outlook.flows import RULES, House, projected
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack, Told
from cauce.pipeline.outlook.past import past_bias
from cauce.pipeline.outlook.pooling import learnt_from
from cauce.pipeline.outlook.regional import in_regions, parse_region
from cauce.pipeline.outlook.signs import read_signs
from cauce.pipeline.outlook.today import seen_today
from cauce.pipeline.packs import read_dictionary
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.protect import derive
from cauce.sources.folder import read_text
from cauce.sources.outlook import read_outlook_folder, read_regions_folder
from cauce.sources.outlook.wpp import un_files

THEME = "OUTLOOK"


@dataclass(frozen=True)
class Asked:
    """What somebody wants to run: a scenario of a pack, from a store, under a name if they say."""

    pack: OutlookPack
    scenario: Told
    vintage: str = ""
    reason: str = ""

    def named(self, vintage: str, reason: str) -> "Asked":
        """The same, under a name and with the reason why it replaces an earlier run."""
        return replace(self, vintage=vintage, reason=reason)


@dataclass(frozen=True)
class Done:
    """A release, or None where nothing could be said, and what was not produced and why."""

    release: Release | None
    lacking: tuple[NotProducible, ...]


def read_outlooks(folder: Path, un: Path | None = None) -> tuple[OutlookPack, ...]:
    """Every outlook pack below a folder. Raises BadInput with everything that is wrong.

    Args:
        un: the folder of the UN's population, for countries that give none of their own.
    """
    texts = read_outlook_folder(folder)
    read = (parse_outlook(name, text) for name, text in sorted(texts.items()))
    packs = {
        pack.folder: _with_people(folder, _with_parts(folder, _with_signs(folder, pack)), un)
        for pack in read
    }
    found = sorted(read_regions_folder(folder).items())
    return in_regions(packs, [parse_region(name, text, packs) for name, text in found])


def _with_people(folder: Path, pack: OutlookPack, un: Path | None) -> OutlookPack:
    """The pack with the place of its population; the texts of that mark it, too."""
    if pack.population_file:
        file = folder / pack.folder / pack.population_file
        pack = replace(pack, population=file)
        text = read_text(file, file.name)
    elif un is not None and not pack.invented:
        pack = replace(pack, un=un)
        text = "".join(sha256 for _, sha256, _ in un_files(un))
    else:
        return pack
    return replace(pack, sha256=hashlib.sha256((pack.sha256 + text).encode()).hexdigest())


def _with_signs(folder: Path, pack: OutlookPack) -> OutlookPack:
    """The pack with the signs of shortage today, if it names them; their text marks it, too."""
    if not pack.signs_file:
        return pack
    file = folder / pack.folder / pack.signs_file
    both = pack.sha256 + read_text(file, file.name)
    return replace(pack, signs=read_signs(file), sha256=hashlib.sha256(both.encode()).hexdigest())


def _with_parts(folder: Path, pack: OutlookPack) -> OutlookPack:
    """The pack with the parts of its correspondences; their texts mark it, too."""
    found, mark = [], pack.sha256
    for one in pack.correspondences:
        file = folder / pack.folder / one.file
        text = read_text(file, file.name)
        found.append(replace(one, parts=read_correspondence(f"{pack.folder}/{one.file}", text)))
        mark = hashlib.sha256((mark + text).encode()).hexdigest()
    return replace(pack, correspondences=tuple(found), sha256=mark)


def asked(packs: Sequence[OutlookPack], wanted: str) -> Asked:
    """The scenario a reader names: PORT where one pack has it, xca/PORT else.

    Raises:
        BadInput: there is no such scenario, or several packs have one of that name.
    """
    folder, _, name = wanted.rpartition("/")
    found = [
        Asked(pack, one)
        for pack in packs
        for one in pack.scenarios
        if one.id == name.upper() and folder in ("", pack.folder, pack.area)
    ]
    if len(found) == 1:
        return found[0]
    known = [f"{pack.folder}/{one.id}" for pack in packs for one in pack.scenarios]
    if found:
        several = listed(f"{one.pack.folder}/{one.scenario.id}" for one in found)
        raise BadInput(f"Several outlooks have {wanted[:60]}. Say which: {several}.")
    raise BadInput(
        f"There is no scenario {wanted[:60]}.{did_you_mean(wanted, known)} There are: "
        f"{listed(known)}."
    )


def release_outlook(
    wanted: Asked,
    store: Path,
    region: Path,
    progress: Progress = silent,
    known: Baselines | None = None,
) -> Done:
    """Run a scenario from what a store has released; nothing is kept or published here.

    Args:
        known: baselines of countries that earlier runs on the same tables have computed.

    Raises:
        BadInput: there is no store; the pack names what a table does not have; a lever asks for
            what cannot be.
    """
    progress("Reading released tables")
    known = known or Baselines()
    snapshot = known.snapshot(store)
    read, lacking = read_tables(snapshot, wanted.pack)
    if "occupation" not in read:
        return Done(None, lacking)
    house = _house(wanted, read, region)
    seen = seen_today(snapshot, wanted.pack.signs)
    frame = frame_of_house(house, region)
    countries = countries_of(snapshot, wanted.pack.peers)
    pooled = pooled_of(countries)
    found = said(wanted.pack, wanted.scenario, read, seen.present, frame, progress, pooled)
    own = Country(wanted.pack, read)
    everybody = (own, *countries)
    others = baselines(countries, everybody, known, frame, progress)
    if any(pooled.values()):
        found.assumptions.append(learnt_from([one.pack.name for one in countries]))
    progress("Telling gaps and channels")
    close_gaps(found, frame, [one.situation for one in others if one.situation])
    found.lacking += unheard(countries, others)
    add_blend(wanted.pack, read, found, house, past_bias(snapshot, wanted.pack))
    lacking = (*lacking, *seen.lacking, *found.lacking)
    if not found.tables:
        return Done(None, lacking)
    progress("Deriving")
    flows = (*(projected(table, house) for table in found.tables), *found.flows)
    if not _any(flows):
        return Done(None, lacking)
    used = [*own.reads, *seen.read, *(each for one in countries for each in one.reads)]
    outlook = Outlook(
        survey=f"{wanted.pack.area}_OUTLOOK",
        vintage=wanted.vintage or vintage_of(wanted.pack.sha256, wanted.scenario.id, used),
        scenario=wanted.scenario.id,
        flows=flows,
        not_producible=lacking,
        bases=tuple({one.base.flow: one.base for one in used}.values()),
        assumptions=tuple(found.assumptions),
        reason=wanted.reason,
    )
    origin = provenance_of(wanted.pack.folder, wanted.pack.sha256, used, wanted.pack.un)
    return Done(derive(outlook, origin, wanted.pack.fewest), lacking)


def _any(flows: Iterable[Projected]) -> bool:
    return any((one.value == one.value).any() for one in flows)


def _house(wanted: Asked, read: dict[str, Read], region: Path) -> House:
    """What the dataflows of a country have in common."""
    dictionary, _ = read_dictionary(region)
    first, pack = read["occupation"], wanted.pack
    last = int(first.history.years[-1])
    return House(
        area=first.flow.dimensions[1].codes[0],
        scenario=Code(wanted.scenario.id, wanted.scenario.name),
        source=Source(
            survey="OUTLOOK",
            area=pack.area,
            name=pack.name,
            population=pack.about,
            licence=pack.licence,
            citation="",
            invented=pack.invented,
        ),
        standard=first.flow.method,
        indicators=dictionary.indicators,
        theme=dictionary.themes[THEME],
        years=tuple(range(last + 1, last + 1 + pack.horizon)),
    )


def frame_of_house(house: House, region: Path) -> Frame:
    """What the rooms that make dataflows of their own have in common with ours."""
    dictionary, _ = read_dictionary(region)
    return Frame(
        house.survey, (house.area,), house.scenario, house.source, dictionary.codelists,
        house.indicators, house.theme, house.standard.isco,
    )  # fmt: skip


def vintage_of(
    sha256: str, scenario: str, used: Sequence[Read], rules: Sequence[str] = (RULES,)
) -> str:
    """Named after what it starts from, the scenario, and a mark of all that decides its numbers."""
    said_by = [sha256, *rules, *(one.base.sha256 for one in used)]
    mark = hashlib.sha256("\n".join(said_by).encode()).hexdigest()[:6]
    base = max(one.manifest.vintage for one in used)
    return f"{base}.{scenario.lower()}.{mark}"


def provenance_of(
    folder: str,
    sha256: str,
    used: Sequence[Read],
    un: Path | None = None,
    rules: tuple[str, ...] = (RULES,),
) -> Provenance:
    """The vintages of the tables that were read, the UN's files, the pack, and the rules."""
    return Provenance(
        pack=f"outlook/{folder}",
        pack_sha256=sha256,
        inputs=(*_inputs(used), *_un_inputs(un)),
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=rules,
    )


def _un_inputs(folder: Path | None) -> Iterator[InputFile]:
    """The UN's files, where the population is of them."""
    for name, sha256, size in () if folder is None else un_files(folder):
        yield InputFile(name, sha256, size, "", 0)


def _inputs(used: Sequence[Read]) -> Iterator[InputFile]:
    """Each base once for every period it was read for."""
    for flow in {one.base.flow: one for one in used}.values():
        for code in flow.flow.dimensions[-1].codes:
            name = f"{flow.base.flow}, vintage {flow.base.vintage}"
            yield InputFile(name, flow.base.sha256, 0, code.id, flow.base.rows)
