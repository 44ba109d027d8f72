"""One run of an outlook: read what is released, forecast, derive, and keep what it started from."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cauce.declare.words import did_you_mean, listed
from cauce.model.codelist import Code
from cauce.model.dataflow import Source
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible, Outlook, Projected
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.gaps import Frame
from cauce.outlook.people import STEP
from cauce.pipeline.outlook.blending import add_blend
from cauce.pipeline.outlook.declared import parse_outlook
from cauce.pipeline.outlook.engine import said
from cauce.pipeline.outlook.flows import RULES, House, projected
from cauce.pipeline.outlook.histories import Read, read_history
from cauce.pipeline.outlook.pack import OutlookPack, Told
from cauce.pipeline.outlook.population import NotCovered, Peopled, not_covered, people_of
from cauce.pipeline.outlook.signs import read_signs
from cauce.pipeline.outlook.today import seen_today
from cauce.pipeline.outlook.workforce import FORCE
from cauce.pipeline.packs import read_dictionary
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.protect import derive
from cauce.sources.folder import read_text
from cauce.sources.outlook import read_outlook_folder
from cauce.sources.outlook.wpp import un_files
from cauce.store import Reader, Snapshot

THEME = "OUTLOOK"


@dataclass(frozen=True)
class Asked:
    """What somebody wants to run: a scenario of a pack, from a store, under a name if they say.

    `un` is the folder of the UN's population, which a national file of the pack stands in for.
    """

    pack: OutlookPack
    scenario: Told
    vintage: str = ""
    reason: str = ""
    un: Path | None = None

    def named(self, vintage: str, reason: str, un: Path | None = None) -> "Asked":
        """The same, under a name, with the reason why it replaces an earlier run, and the UN's."""
        return replace(self, vintage=vintage, reason=reason, un=un)


@dataclass(frozen=True)
class Done:
    """A release, or None where nothing could be said, and what was not produced and why."""

    release: Release | None
    lacking: tuple[NotProducible, ...]


def read_outlooks(folder: Path) -> tuple[OutlookPack, ...]:
    """Every outlook pack below a folder. Raises BadInput with everything that is wrong."""
    texts = read_outlook_folder(folder)
    packs = (parse_outlook(name, text) for name, text in sorted(texts.items()))
    return tuple(_with_population(folder, _with_signs(folder, pack)) for pack in packs)


def _with_population(folder: Path, pack: OutlookPack) -> OutlookPack:
    """The pack with the place of its population, if it names one; its text marks it, too."""
    if not pack.population_file:
        return pack
    file = folder / pack.folder / pack.population_file
    both = pack.sha256 + read_text(file, file.name)
    sha256 = hashlib.sha256(both.encode()).hexdigest()
    return replace(pack, population=file, sha256=sha256)


def _with_signs(folder: Path, pack: OutlookPack) -> OutlookPack:
    """The pack with the signs of shortage today, if it names them; their text marks it, too."""
    if not pack.signs_file:
        return pack
    file = folder / pack.folder / pack.signs_file
    both = pack.sha256 + read_text(file, file.name)
    return replace(pack, signs=read_signs(file), sha256=hashlib.sha256(both.encode()).hexdigest())


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


def release_outlook(wanted: Asked, store: Path, region: Path, progress: Progress = silent) -> Done:
    """Run a scenario from what a store has released; nothing is kept or published here.

    Raises:
        BadInput: there is no store; the pack names what a table does not have; a lever asks for
            what cannot be.
    """
    progress("Reading released tables")
    snapshot = Reader(store).snapshot()
    read, lacking = _read(snapshot, wanted.pack)
    if "occupation" not in read:
        return Done(None, lacking)
    house = _house(wanted, read, region)
    seen = seen_today(snapshot, wanted.pack.signs)
    frame = _frame(house, region)
    people = _people(wanted, int(read["occupation"].history.years[-1]))
    found = said(wanted.pack, wanted.scenario, read, seen.present, frame, progress, people)
    add_blend(wanted.pack, read, found, house)
    lacking = (*lacking, *seen.lacking, *found.lacking)
    if not found.tables:
        return Done(None, lacking)
    progress("Deriving")
    flows = (*(projected(table, house) for table in found.tables), *found.flows)
    if not _any(flows):
        return Done(None, lacking)
    used = [*(read[name] for name in sorted(read)), *seen.read]
    outlook = Outlook(
        survey=f"{wanted.pack.area}_OUTLOOK",
        vintage=wanted.vintage or _vintage(wanted, used),
        scenario=wanted.scenario.id,
        flows=flows,
        not_producible=lacking,
        bases=tuple({one.base.flow: one.base for one in used}.values()),
        assumptions=tuple(found.assumptions),
        reason=wanted.reason,
    )
    return Done(derive(outlook, _provenance(wanted, used), wanted.pack.fewest), lacking)


def _any(flows: Iterable[Projected]) -> bool:
    return any((one.value == one.value).any() for one in flows)


def _read(
    snapshot: Snapshot, pack: OutlookPack
) -> tuple[dict[str, Read], tuple[NotProducible, ...]]:
    """What is released of what the pack names, and what is not."""
    found, lacking = {}, []
    for name, wanted in pack.wanted.items():
        read = read_history(snapshot, wanted)
        if read is None:
            lacking.append(NotProducible(wanted.flow, ABSENT))
        else:
            found[name] = read
    return found, tuple(lacking)


def _people(wanted: Asked, base: int) -> Peopled | NotProducible | None:
    """The population from the base year to the horizon, in whole steps of its bands."""
    pack = wanted.pack
    if wanted.un is None and pack.population is None:
        return None
    steps = -(-pack.horizon // STEP)
    years = np.arange(float(base), base + STEP * steps + 1)
    try:
        found = people_of(pack.area, wanted.un, pack.population, years, pack.draws, pack.seed)
    except NotCovered as error:
        return NotProducible(rule(FORCE), error.told)
    there = found.population.years
    if there[0] == base and there[-1] >= base + pack.horizon:
        return found
    return NotProducible(rule(FORCE), not_covered(there, years[: pack.horizon + 1]))


ABSENT = Text(
    "The store has published no such table; release it, and run the outlook again.",
    "El repositorio no ha publicado esa tabla; publíquela y corra las perspectivas de nuevo.",
)


def _house(wanted: Asked, read: dict[str, Read], region: Path) -> House:
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


def _frame(house: House, region: Path) -> Frame:
    """What the rooms that make dataflows of their own have in common with ours."""
    dictionary, _ = read_dictionary(region)
    return Frame(
        house.survey, (house.area,), house.scenario, house.source, dictionary.codelists,
        house.indicators, house.theme, house.standard.isco,
    )  # fmt: skip


def _vintage(wanted: Asked, used: Sequence[Read]) -> str:
    """Named after what it starts from, the scenario, and a mark of all that decides its numbers."""
    un = [] if wanted.un is None else [sha256 for _, sha256, _ in un_files(wanted.un)]
    said_by = [wanted.pack.sha256, RULES, *un, *(one.base.sha256 for one in used)]
    mark = hashlib.sha256("\n".join(said_by).encode()).hexdigest()[:6]
    base = max(one.manifest.vintage for one in used)
    return f"{base}.{wanted.scenario.id.lower()}.{mark}"


def _provenance(wanted: Asked, used: Sequence[Read]) -> Provenance:
    """The vintages of the tables that were read, the pack, and the rules."""
    return Provenance(
        pack=f"outlook/{wanted.pack.folder}",
        pack_sha256=wanted.pack.sha256,
        inputs=(*_inputs(used), *_un_inputs(wanted.un)),
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=(RULES,),
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
