"""Who works in which industry: the matrix, the work that levers add, and why employment changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.codelist import UNKNOWN
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.matrix import Staffing, demand, grid, region, staffing
from cauce.outlook.matrix.staffing import LAST_WAVES
from cauce.outlook.proving import Staffing as Known
from cauce.outlook.proving import constant_staffing
from cauce.outlook.shares import damped_drift
from cauce.pipeline.outlook.demand import NO_MORE, Level, Margin, Rules, margin, stated, totals_by
from cauce.pipeline.outlook.flows import HIGH, LOW
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import OutlookPack

SECTOR, STEADY = "ECO", "constant_staffing"
NOT_NEW = Text(
    "What a scenario adds is taken as work beyond what the trend holds, and nobody is drawn away "
    "from other work; where it names no occupations, they are those that the industry has now.",
    "Lo que un escenario agrega se toma como trabajo adicional al de la tendencia, sin quitar a "
    "nadie de otro trabajo; donde no nombra ocupaciones, son las que la rama tiene ahora.",
)
MATRIX = Text("employment by industry and occupation", "ocupación según rama y ocupación")
NO_MATRIX = Text(
    "No table of employment by industry and occupation is published.",
    "No hay una tabla publicada de ocupación según rama y ocupación.",
)
EFFECTS = Text("industry and staffing effects", "efectos de rama y de composición")
NO_INDUSTRY = Text(
    "No table of employment by industry is published.",
    "No hay una tabla publicada de ocupación según rama.",
)
INDUSTRIES = Text(
    "How occupations divide over industries follows the filter of shares and the staffing of the "
    "last three waves; industries are not published by themselves.",
    "Cómo se reparten las ocupaciones entre las ramas sigue el filtro de participaciones y la "
    "composición de las tres últimas rondas; las ramas no se publican por sí mismas.",
)


def staffing_of(
    matrix: Read | None,
    industry: Read | None,
    cells: Sequence[str],
    others: Sequence[Read] = (),
) -> Staffing | NotProducible:
    """Occupations within industries as the last waves have them, in the order of a level's cells.

    They are drawn towards the matrix of other countries of the same classification, if there are.

    An industry's published total says how many people its withheld cells hold. A cell that no wave
    has is taken as nobody. Those who did not state one are left out where the level spread them.
    """
    if matrix is None:
        return NotProducible(rule(MATRIX), NO_MATRIX)
    last = _last(matrix.history)
    own = dict.fromkeys(cell[0] for cell in last.cells)
    sectors = [code for code in own if code != UNKNOWN]
    wide = [*cells, *([] if UNKNOWN in cells else [UNKNOWN])]
    found = grid(_filled(last, sectors, wide), *last.dimensions)
    if isinstance(found, NotProducible):
        return found
    totals = None if industry is None else totals_by(industry.history, last.years, sectors)
    regional = _regional(others, last.standards[-1], sectors, wide)
    return _without(staffing(found, regional, totals), tuple(cells))


def _regional(
    others: Sequence[Read], standard: str, sectors: Sequence[str], cells: Sequence[str]
) -> Floats | None:
    """The matrix of other countries, (s, o), of the same classification; None without any."""
    past = (_last(one.history) for one in others)
    same = (_filled(each, sectors, cells) for each in past if each.standards[-1] == standard)
    grids = [grid(each, *each.dimensions) for each in same]
    there = [each for each in grids if not isinstance(each, NotProducible)]
    return region(there) if there else None


def steady(matrix: Read | None, industry: Read | None, groups: Read | None) -> Rules:
    """The rule that every industry goes on employing the occupations it does, if it can be told.

    Industries follow a drift that fades; who works in them is what was published at each origin.
    """
    if matrix is None or industry is None or groups is None:
        return NO_MORE
    cells = tuple(cell[0] for cell in stated(groups)[0].history.cells)
    workers: dict[float, Floats] = {}
    sectors: tuple[str, ...] = ()
    for wave, year in enumerate(matrix.history.years.tolist()):
        found = staffing_of(replace(matrix, history=_wave(matrix.history, wave)), industry, cells)
        if not isinstance(found, NotProducible):
            workers[year], sectors = found.share, found.sectors
    own = stated(industry)[0].history
    names = [cell[0] for cell in own.cells]
    if not workers or not set(sectors) <= set(names):
        return NO_MORE
    at = [names.index(name) for name in sectors]
    ordered = replace(
        own, cells=tuple(own.cells[i] for i in at), value=own.value[:, at], se=own.se[:, at],
        n=own.n[:, at],
    )  # fmt: skip
    return {STEADY: constant_staffing(Known(ordered, workers), damped_drift)}


def _wave(history: History, wave: int) -> History:
    """One wave of a history."""
    return replace(
        history,
        years=history.years[[wave]],
        value=history.value[[wave]],
        se=history.se[[wave]],
        n=history.n[[wave]],
        standards=(history.standards[wave],),
    )


def _last(history: History) -> History:
    """The last waves of the last classification that have anything."""
    same = [name == history.standards[-1] for name in history.standards]
    told = np.isfinite(history.value).any(axis=1)
    at = np.flatnonzero(np.array(same) & told)[-LAST_WAVES:]
    return replace(
        history,
        years=history.years[at],
        value=history.value[at],
        se=history.se[at],
        n=history.n[at],
        standards=tuple(history.standards[wave] for wave in at),
    )


def _filled(history: History, sectors: Sequence[str], cells: Sequence[str]) -> History:
    """The same for every industry and occupation; nobody where no wave has the cell."""
    at = {cell: place for place, cell in enumerate(history.cells)}
    wanted = [(sector, cell) for sector in sectors for cell in cells]
    there: Flags = np.array([cell in at for cell in wanted])
    places = np.array([at.get(cell, 0) for cell in wanted])
    return replace(
        history,
        cells=tuple(wanted),
        value=np.where(there, history.value[:, places], 0.0),
        se=np.where(there, history.se[:, places], np.nan),
        n=np.where(there, history.n[:, places], -1).astype(np.int32),
    )


def _without(found: Staffing, cells: tuple[str, ...]) -> Staffing:
    """The matrix of these occupations alone, rows adding up to 1."""
    at = [found.occupations.index(cell) for cell in cells]
    share, towards = found.share[:, at], found.towards[:, at]
    return replace(
        found,
        occupations=cells,
        share=share / share.sum(axis=1, keepdims=True),
        towards=towards / towards.sum(axis=1, keepdims=True),
    )


def finer(extra: Floats, groups: Level, fine: Level, above: Mapping[str, str]) -> Floats:
    """What is added to groups, (..., h, g), over the occupations under them as they are now."""
    base = np.nan_to_num(fine.base)
    found = np.zeros((*extra.shape[:-1], len(fine.cells)))
    for g, group in enumerate(groups.cells):
        under = np.array([above.get(cell, "") == group for cell in fine.cells])
        if base[under].sum() > 0:
            found[..., under] = extra[..., g, None] * base[under] / base[under].sum()
    return found


def divided_by(industry: Read | None, pack: OutlookPack) -> Margin | NotProducible:
    """Draws of industries, which divide the occupations, or what they would need."""
    if industry is None:
        return NotProducible(rule(EFFECTS), NO_INDUSTRY)
    return margin(industry, pack)


def taken_apart(
    found: Staffing | NotProducible,
    industry: Margin | NotProducible,
    groups: Level,
    extra: Floats | float,
) -> dict[str, Floats] | NotProducible:
    """Why employment of each occupation changes: number and 80 % ends, (3, h, c), by indicator.

    The numbers are those of the middle of the draws, so that they add up to the net growth that is
    published. The matrix of every draw, raked to its industries and occupations, gives the ends.

    Args:
        groups: occupations with what the scenario adds.
        extra: what it adds by industry, shape (d, h, s), in the order of the matrix.
    """
    if isinstance(found, NotProducible):
        return NotProducible(rule(EFFECTS), found.because)
    if isinstance(industry, NotProducible):
        return NotProducible(rule(EFFECTS), industry.because)
    lost = sorted(set(found.sectors) - set(industry.cells))
    if lost:
        return NotProducible(rule(EFFECTS), _no_industry(lost))
    at = [industry.cells.index(code) for code in found.sectors]
    base = industry.start[at], groups.start
    sectors, occupations = industry.employed[:, :, at] + extra, groups.employed
    middle = [np.median(each, axis=0)[None] for each in (sectors, occupations)]
    made, drawn = demand(found, base, *middle), demand(found, base, sectors, occupations)
    if isinstance(made, NotProducible):
        return NotProducible(rule(EFFECTS), made.because)
    if isinstance(drawn, NotProducible):
        return NotProducible(rule(EFFECTS), drawn.because)
    return {
        "PRJ_IND_NB": spanned(made.effects.industry[0], drawn.effects.industry),
        "PRJ_STF_NB": spanned(made.effects.staffing[0], drawn.effects.staffing),
    }


def spanned(value: Floats, draws: Floats) -> Floats:
    """The number and the ends of its interval of 80 %, widened to hold it, shape (3, h, c)."""
    low, high = np.percentile(draws, (LOW, HIGH), axis=0)
    return np.stack([value, np.minimum(low, value), np.maximum(high, value)])


def _no_industry(codes: Sequence[str]) -> Text:
    which = ", ".join(codes)
    return Text(
        f"The table of industries has no {which}, which the matrix has.",
        f"La tabla de ramas no tiene {which}, que la matriz tiene.",
    )
