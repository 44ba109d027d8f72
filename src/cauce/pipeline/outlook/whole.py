"""Employment of a region as a whole: its countries' draws added up, beside an own forecast of it.

What a country has published stays, so the whole yields: it is the sum of theirs in every draw, and
how far a forecast of the sum's own past lies from it is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.catalogue import Theme
from cauce.model.codelist import TOTAL, Code
from cauce.model.dataflow import Dimension
from cauce.model.projected import NotProducible, Projected
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.gaps import Frame, medians
from cauce.outlook.proving import Apart, apart, base_cv, past_of
from cauce.pipeline.outlook.demand import Level, level, stated
from cauce.pipeline.outlook.flows import House, Table, projected
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack, RegionPack
from cauce.pipeline.outlook.staffing import spanned

EMPLOYMENT = "EMPLOYMENT"
NAME = Text(
    "Employment expected in the region and its countries",
    "Ocupación esperada en la región y sus países",
)
OUTPUT = Text("employment of the region as a whole", "la ocupación de la región en su conjunto")
OWN = Text(
    "an own forecast of the region's employment, to set beside the sum of its countries",
    "un pronóstico propio de la ocupación de la región, para compararlo con la suma de sus países",
)
OTHER_YEARS = Text(
    "Its countries do not start in one year of one classification.",
    "Sus países no parten de un mismo año en una misma clasificación.",
)
SUM = Text(
    "Employment of the region is the sum of its countries' in every draw and as published: "
    "countries stay as their own outlooks tell them, and are taken to err apart.",
    "La ocupación de la región es la suma de la de sus países en cada sorteo y como se "
    "publica: los países quedan como los dicen sus propias perspectivas y se supone que yerran por "
    "separado.",
)
WITHHELD = Text(
    "An occupation of one of its countries is withheld or missing.",
    "Una ocupación de uno de sus países está reservada o falta.",
)


@dataclass(frozen=True)
class Part:
    """A country of a region: its pack, what its major groups were read from, its baseline.

    `groups` is None where the country's own outlook tells none.
    """

    pack: OutlookPack
    read: Read | None
    groups: Level | None


@dataclass(frozen=True)
class Whole:
    """The table of a region's employment, what is said of it, and what is lacking."""

    flows: tuple[Projected, ...]
    said: tuple[Text, ...]
    lacking: tuple[NotProducible, ...]


@dataclass(frozen=True)
class Sum:
    """Draws, medians, base and its error of an area by occupation, the total last.

    Shapes (d, h, c), (h, c), (c,), (c,).
    """

    employed: Floats
    middle: Floats
    base: Floats
    se: Floats


@dataclass(frozen=True)
class Own:
    """Draws of a region's own forecast, (d, h, c), the total last, and the waves it is from."""

    employed: Floats
    years: Floats


def whole_of(region: RegionPack, parts: Sequence[Part], frame: Frame, theme: Theme) -> Whole:
    """The employment of a region and of its countries, or what it would need.

    Args:
        parts: the countries that have a table of occupations in the store.
    """
    there = {one.pack.folder: one for one in parts if one.read and one.groups}
    if absent := [name for name in region.members if name not in there]:
        return _lacking(OUTPUT, _absent(absent))
    found = [there[name] for name in region.members]
    levels = [one.groups for one in found if one.groups]
    if len({(one.read.history.years[-1], one.read.history.standards[-1]) for one in levels}) > 1:
        return _lacking(OUTPUT, OTHER_YEARS)
    codes = tuple(dict.fromkeys(cell for one in levels for cell in one.cells))
    sums = [_country(one, codes) for one in levels]
    total = _added(sums)
    own = _own(region, found, codes)
    told = _told(own, total, codes, levels[0])
    return Whole(
        (_table((total, *sums), codes, levels, frame, theme),),
        (told,) if isinstance(told, Text) else (SUM,),
        () if isinstance(told, Text) else (told,),
    )


def _lacking(output: Text, because: Text) -> Whole:
    return Whole((), (), (NotProducible(rule(output), because),))


def _absent(folders: Sequence[str]) -> Text:
    names = ", ".join(folders)
    return Text(
        f"The outlook tells no major groups of {names}.",
        f"Las perspectivas no dicen los grandes grupos de {names}.",
    )


def _country(one: Level, codes: Sequence[str]) -> Sum:
    """A country by the region's occupations, NaN where it lacks one, and its total."""
    at = {cell: place for place, cell in enumerate(one.cells)}
    places = [at.get(code) for code in codes]
    draws, horizon, _ = one.employed.shape

    def placed(numbers: Floats, shape: tuple[int, ...]) -> Floats:
        nobody = np.full(shape, np.nan)
        return np.stack([nobody if p is None else numbers[..., p] for p in places], axis=-1)

    employed = placed(one.employed, (draws, horizon))
    middle = medians(employed).middle
    base, se = placed(one.base, ()), placed(one.base * one.cv, ())
    # The published total: occupations that are withheld do not add up to it.
    whole = one.read.total.value[-1, 0], one.read.total.se[-1, 0]
    return Sum(
        _with_total(employed, one.employed.sum(axis=-1)),
        _with_total(middle, medians(one.employed).middle.sum(axis=-1)),
        np.append(base, whole[0]),
        np.append(se, whole[1]),
    )


def _with_total(numbers: Floats, total: Floats) -> Floats:
    return np.concatenate([numbers, total[..., None]], axis=-1)


def _added(parts: Sequence[Sum]) -> Sum:
    """The whole: draw by draw, and as published, where medians of sums would not add up."""
    return Sum(
        np.sum([one.employed for one in parts], axis=0),
        np.sum([one.middle for one in parts], axis=0),
        np.sum([one.base for one in parts], axis=0),
        np.sqrt(np.sum([one.se**2 for one in parts], axis=0)),
    )


def _own(region: RegionPack, parts: Sequence[Part], codes: Sequence[str]) -> Own | NotProducible:
    """The forecast of what the countries' released waves add up to, or what it would need."""
    reads = [stated(one.read)[0] for one in parts if one.read]
    past = past_of(rule(OWN), [one.history for one in reads])
    total = past_of(rule(OWN), [one.total for one in reads])
    if isinstance(past, NotProducible):
        return past
    if isinstance(total, NotProducible):
        return total
    first = reads[0]
    source = replace(first.flow.source, area=region.id)
    manifest = replace(first.manifest, dataflow=replace(first.flow, source=source))
    read = replace(first, history=past, total=total, manifest=manifest, earlier=(), said=())
    made = level(read, parts[0].pack)
    if isinstance(made, NotProducible):
        return NotProducible(rule(OWN), made.because)
    return Own(_country(made, codes).employed, past.years)


def _told(
    own: Own | NotProducible, whole: Sum, codes: Sequence[str], first: Level
) -> Text | NotProducible:
    if isinstance(own, NotProducible):
        return own
    beside = apart(own.employed, whole.employed)
    if not np.isfinite(beside.off[-1, -1]):
        return NotProducible(rule(OWN), WITHHELD)
    names = {code.id: code.name for code in first.read.dimensions[0].codes}
    most = int(np.nanargmax(np.abs(beside.off[-1, :-1])))
    return _said(beside, own.years, most, names[codes[most]])


def _said(beside: Apart, waves: Floats, most: int, name: Text) -> Text:
    """In words, how far an own forecast lies from the sum at the horizon."""
    total, group = (100 * float(beside.off[-1, at]) for at in (-1, most))
    inside, wider = bool(beside.within[-1, -1]), f"{float(beside.wider[-1, -1]):.1f}"
    first, last, count = int(waves[0]), int(waves[-1]), len(waves)
    return Text(
        f"{SUM.en} A forecast of the sum's own past ({count} common waves, {first} to {last}), "
        "which knows nothing of how many people there will be, lies in the last year "
        f"{_side_en(total)} the sum, and in the group where it is furthest off ({name.en}) "
        f"{_side_en(group)}. The sum is {'inside' if inside else 'outside'} its interval of 80 %, "
        f"which is {wider} times as wide as the sum's: if countries err alike, that is too narrow.",
        f"{SUM.es} Un pronóstico del propio pasado de la suma ({count} rondas comunes, de {first} "
        f"a {last}), que nada sabe de cuántas personas habrá, queda en el último año "
        f"{_side_es(total)} de la suma y, en el grupo en que más se aparta ({name.es}), "
        f"{_side_es(group)}. La suma está {'dentro' if inside else 'fuera'} de su intervalo del "
        f"80 %, que es {wider} veces el de la suma: si los países yerran por igual, este es "
        "demasiado estrecho.",
    )


def _side_en(percent: float) -> str:
    return f"{abs(percent):.1f} % {'above' if percent >= 0 else 'below'}"


def _side_es(percent: float) -> str:
    return f"{abs(percent):.1f} % por {'encima' if percent >= 0 else 'debajo'}"


def _table(
    sums: Sequence[Sum], codes: Sequence[str], levels: Sequence[Level], frame: Frame, theme: Theme
) -> Projected:
    """The region first, then its countries, in one dataflow."""
    areas = (
        Code(frame.source.area, frame.source.name),
        *(one.read.flow.dimensions[1].codes[0] for one in levels),
    )
    first, cells = levels[0].read, tuple((code,) for code in (*codes, TOTAL))
    last = int(first.history.years[-1])
    horizon = sums[0].middle.shape[0]
    house = House(
        area=areas[0],
        scenario=frame.scenario,
        source=frame.source,
        standard=first.flow.method,
        indicators=frame.indicators,
        theme=theme,
        years=tuple(range(last + 1, last + 1 + horizon)),
    )
    found = [projected(_area(one, cells, first.dimensions), house) for one in sums]
    return _together(found, areas)


def _area(one: Sum, cells: tuple[tuple[str, ...], ...], dimensions: tuple[Dimension, ...]) -> Table:
    people = spanned(one.middle, one.employed)
    return Table(
        id=EMPLOYMENT,
        name=NAME,
        dimensions=dimensions,
        cells=cells,
        draws={},
        cv=base_cv(one.base, one.se),
        spans={"PRJ_EMP_NB": people, "PRJ_EXP_NB": people - one.base},
    )


def _together(parts: Sequence[Projected], areas: Sequence[Code]) -> Projected:
    """Tables of one area each as one table of all of them."""
    flow = parts[0].dataflow
    at = [dimension.id for dimension in flow.dimensions].index("REF_AREA")
    own = replace(flow.dimensions[at], codes=tuple(areas))
    keys = [one.key.copy() for one in parts]
    for area, key in enumerate(keys):
        key[:, at] = area
    return Projected(
        dataflow=replace(flow, dimensions=(*flow.dimensions[:at], own, *flow.dimensions[at + 1 :])),
        key=np.concatenate(keys),
        value=np.concatenate([one.value for one in parts]),
        low=np.concatenate([one.low for one in parts]),
        high=np.concatenate([one.high for one in parts]),
        status=tuple(each for one in parts for each in one.status),
        reliability=tuple(each for one in parts for each in one.reliability),
        rule=tuple(each for one in parts for each in one.rule),
    )
