"""What may pass between countries: drawn, and the page of a region with all that is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cauce.portal.links import Link, table_path
from cauce.portal.outlook.closing import Agreement, Through, agreements, through
from cauce.portal.outlook.first import reasons
from cauce.portal.outlook.grounds import Grounds, grounds_of
from cauce.portal.outlook.rows import Cell, cell
from cauce.portal.outlook.shelf import Run
from cauce.portal.outlook.whole import Whole, whole
from cauce.portal.pages import Invented
from cauce.portal.words import Words
from cauce.publish.charts import Move, embed, passages


@dataclass(frozen=True)
class Drawn:
    """Who could pass from where to where, drawn, and how to read it."""

    svg: str
    reading: str


@dataclass(frozen=True)
class RegionPage:
    """What templates/outlook/region.html is given, and nothing else."""

    title: str
    invented: Invented
    area: Link
    horizon: str
    answer: str
    members: tuple[Link, ...]
    whole: Whole | None
    drawn: Drawn | None
    through: tuple[Through, ...]
    closed: int
    channels: str
    agreements: tuple[Agreement, ...]
    whys: dict[str, int]
    grounds: Grounds


def drawn(all_of: Sequence[Through], new: Sequence[Agreement], words: Words) -> Drawn | None:
    """The people who could pass, by origin and destination; None if nobody could."""
    people: dict[tuple[str, str], float] = {}
    names: dict[str, str] = {}
    for one in all_of:
        names |= {one.ends[1]: one.destination, one.ends[0]: one.origin}
        people[one.ends] = people.get(one.ends, 0.0) + (one.people.raw or 0.0)
    for other in new:
        names |= {other.ends[1]: other.destination, other.ends[0]: other.origin}
    moves = [
        Move(*ends, count, words.plain(round(count)), _said(ends, names, words.plain(round(count))))
        for ends, count in people.items()
        if count > 0
    ]
    closed = dict.fromkeys(one.ends for one in new if not people.get(one.ends))
    moves += [Move(*ends, None, said=_said(ends, names, words("o_map_new"))) for ends in closed]
    # What stands in brackets is said by the page; a picture has no room for it.
    short = {code: name.partition(" (")[0] for code, name in names.items()}
    made = passages(words("o_map"), words("o_map_say"), short, moves)
    return Drawn(embed(made), words("o_map_read")) if made else None


def _said(ends: tuple[str, str], names: dict[str, str], told: str) -> str:
    return f"{names[ends[0]]} → {names[ends[1]]}: {told}"


def region_page(run: Run, members: Sequence[Link], words: Words) -> RegionPage:
    """What a region employs, what may pass within it, and where one way more would help."""
    every, new = through(run, words), agreements(run, words)
    passing = tuple(one for one in every if one.people.raw)
    total = _total(run, words)
    horizon = run.years[-1]
    told = f"{total.told} (80 %: {total.interval})" if total and total.interval else ""
    said = words("o_region_answer", horizon=horizon, count=told) if told else words("o_region_none")
    employed = whole(run, words)
    shown = (
        *(employed.cells if employed else ()),
        *(one.people for one in passing),
        *(one.spare for one in passing),
    )
    return RegionPage(
        title=words("o_of", area=words.of(run.area.name)),
        invented="all" if run.one.dataflow.source.invented else "",
        area=Link(words.of(run.area.name), f"/{words.language}/outlook/{run.area.id}"),
        horizon=horizon,
        answer=said,
        members=tuple(members),
        whole=employed,
        drawn=drawn(passing, new, words),
        through=passing,
        closed=len(every) - len(passing),
        channels=table_path(words.language, run.manifests["CHANNELS"].dataflow.id) if every else "",
        agreements=new,
        whys=dict(reasons(shown)),
        grounds=grounds_of(run, words),
    )


def _total(run: Run, words: Words) -> Cell | None:
    """The people that may pass in all."""
    table = run.table("CHANNELS")
    if table is None or not table.has("REF_AREA", "_T"):
        return None
    rows = table.rows({"INDICATOR": "PRJ_PAS_NB", "REF_AREA": "_T", "ORIGIN": "_T"})
    return cell(table, rows[0], words) if rows else None
