"""The tables a shape declares, filled with observations that were cleared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from cauce.model.codelist import NOT_APPLICABLE, TOTAL
from cauce.model.dataflow import Dataflow
from cauce.model.observation import ConfStatus, Observations, ObsStatus
from cauce.model.reply import (
    CONFIDENTIAL,
    NOT_SIGNIFICANT,
    Absent,
    Figure,
    Reply,
    Shape,
    Sheet,
    TableShape,
    Trace,
)
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.publish.components import INDICATOR, TIME
from cauce.publish.questionnaire.facts import CONTACTS, facts_of
from cauce.publish.questionnaire.reasons import nobody, of_area, why_not

REF_AREA = "REF_AREA"
LETTERS = {
    ObsStatus.NORMAL: "",
    ObsStatus.LOW_RELIABILITY: "U",
    ObsStatus.BREAK: "B",
    ObsStatus.FORECAST: "F",
    ObsStatus.NOT_POSSIBLE: "X",
    ObsStatus.ESTIMATED: "E",
    ObsStatus.IMPUTED: "I",
    ObsStatus.PROVISIONAL: "P",
}
"""ILOSTAT's letter for a status; withheld values have one by the reason."""
CV_DECIMALS = 4


@dataclass(frozen=True)
class Published:
    """A vintage of a dataflow with its observations."""

    manifest: Manifest
    observations: Observations


@dataclass(frozen=True)
class Chosen:
    """A dataflow that can fill a table, and which of its dimensions is on which axis."""

    published: Published
    variables: tuple[str, ...]
    rows: Mapping[tuple[str, ...], int]


def fill(
    shape: Shape,
    published: Sequence[Published],
    area: str,
    period: str,
    lacking: Mapping[str, Text],
) -> Reply:
    """Every table that some dataflow of the area fills for the period, and why not the others.

    `lacking` says by table what the survey itself does not ask, if a pack was asked.
    """
    here = [one for one in published if _speaks_of(one.observations.dataflow, area, period)]
    flows = [one.observations.dataflow for one in here]
    sheets: list[Sheet] = []
    absent: list[Absent] = []
    for table in shape.tables.values():
        found = _best(_choices(shape, table, here, area, period, _axes(table)))
        if found is None:
            absent.append(Absent(table.id, why_not(shape, table, flows, area, lacking)))
            continue
        alike = [one for one in here if _alike(one.manifest, found.published.manifest)]
        whole = _whole(shape, table, alike, area, period)
        figures = tuple(_figures(shape, table, found, whole))
        if not figures:
            absent.append(Absent(table.id, nobody(area, period)))
            continue
        facts = facts_of(shape, table, found.published.manifest, period, _first_n(figures))
        sheets.append(Sheet(table.id, figures, (), facts))
    return Reply(area, period, tuple(sheets), tuple(absent), CONTACTS)


def flag_of(status: ObsStatus, conf: ConfStatus, present: bool) -> str:
    """The letter beside a value, or that says why there is none."""
    if conf is not ConfStatus.FREE:
        return CONFIDENTIAL
    if status is ObsStatus.SUPPRESSED:
        return "U" if present else NOT_SIGNIFICANT
    # Other statuses are those of other producers, whose numbers are in none of the ILO's tables.
    return LETTERS[status]


def _axes(table: TableShape) -> tuple[str, ...]:
    return (*table.rows, *table.columns)


def _speaks_of(flow: Dataflow, area: str, period: str) -> bool:
    codes = {d.id: [code.id for code in d.codes] for d in flow.dimensions}
    return area in codes.get(REF_AREA, []) and period in codes.get(TIME, [])


def _alike(one: Manifest, other: Manifest) -> bool:
    """Whether figures of two dataflows may stand in one table."""
    mine, theirs = (m.dataflow.method.icls for m in (one, other))
    return (one.survey, one.vintage, mine) == (other.survey, other.vintage, theirs)


def _choices(
    shape: Shape,
    table: TableShape,
    published: Sequence[Published],
    area: str,
    period: str,
    axes: tuple[str, ...],
    fixed: Mapping[str, str] | None = None,
) -> Iterator[Chosen]:
    """The dataflows that have the table's figure by these axes, in its unit."""
    for one in published:
        flow = one.observations.dataflow
        ours = next((i for i in flow.indicators if i.id == table.indicator), None)
        if ours is None or ours.unit != table.unit or not _allowed(table, flow, area):
            continue
        names = {d.id for d in flow.dimensions}
        wanted = [
            next(
                (v for name in shape.axes[axis].variables if (v := of_area(name, area)) in names),
                "",
            )
            for axis in axes
        ]
        if not all(wanted) or len(set(wanted)) < len(wanted):
            continue
        at = {REF_AREA: area, INDICATOR: table.indicator, TIME: period} | dict(fixed or {})
        rows = _rows(one.observations, tuple(wanted), at)
        if rows is not None:
            yield Chosen(one, tuple(wanted), rows)


def _allowed(table: TableShape, flow: Dataflow, area: str) -> bool:
    return not table.flow or flow.id == of_area(table.flow, area)


def _best(found: Iterator[Chosen]) -> Chosen | None:
    """The dataflow with the fewest dimensions the table has no use for."""

    def extra(one: Chosen) -> tuple[int, str]:
        flow = one.published.observations.dataflow
        return len(flow.dimensions), flow.id

    return min(found, key=extra, default=None)


def _rows(
    observations: Observations, wanted: tuple[str, ...], at: Mapping[str, str]
) -> dict[tuple[str, ...], int] | None:
    """Observations by their codes of the wanted dimensions, all others at `at` or their total.

    None if one of the others has no such code.
    """
    flow = observations.dataflow
    here = observations.key[:, 0] >= 0
    places = {d.id: place for place, d in enumerate(flow.dimensions)}
    if any(name not in places for name in at):
        return None
    for place, dimension in enumerate(flow.dimensions):
        if dimension.id in wanted:
            continue
        ids = [code.id for code in dimension.codes]
        code = at.get(dimension.id, ids[0] if len(ids) == 1 else TOTAL)
        if code not in ids:
            return None
        here &= observations.key[:, place] == ids.index(code)
    columns = [[code.id for code in flow.dimensions[places[name]].codes] for name in wanted]
    found = {}
    for row in here.nonzero()[0].tolist():
        key = observations.key[row].tolist()
        codes = [ids[key[places[name]]] for name, ids in zip(wanted, columns, strict=True)]
        found[tuple(codes)] = row
    return found


def _whole(
    shape: Shape, table: TableShape, published: Sequence[Published], area: str, period: str
) -> Chosen | None:
    """Where the totals over an axis stand that are another figure, such as that of migrants."""
    if table.instead is None:
        return None
    others = tuple(axis for axis in _axes(table) if axis != table.instead.axis)
    fixed = {table.instead.variable: table.instead.code}
    return _best(_choices(shape, table, published, area, period, others, fixed))


def _figures(
    shape: Shape, table: TableShape, found: Chosen, whole: Chosen | None
) -> Iterator[Figure]:
    """The table's figures in the order its axes list their codes."""
    flow = found.published.observations.dataflow
    orders = [
        _order(shape, axis, flow, variable)
        for axis, variable in zip(_axes(table), found.variables, strict=True)
    ]
    place = _axes(table).index(table.instead.axis) if table.instead else -1
    figures = {}
    for codes, row in found.rows.items():
        known = all(code in order for code, order in zip(codes, orders, strict=True))
        if known and (place < 0 or codes[place] not in (TOTAL, flow.source.area)):
            figures[codes] = figure_at(found.published, codes, row)
    for others, row in whole.rows.items() if whole else ():
        codes = (*others[:place], TOTAL, *others[place:])
        if all(code in order for code, order in zip(codes, orders, strict=True)):
            figures[codes] = figure_at(whole.published, codes, row)  # type: ignore[union-attr]

    def place_of(codes: tuple[str, ...]) -> list[int]:
        return [order[code] for code, order in zip(codes, orders, strict=True)]

    idle = _idle(figures, len(orders))
    for codes in sorted(figures, key=place_of):
        if not any(code == NOT_APPLICABLE and at in idle for at, code in enumerate(codes)):
            yield figures[codes]


def _idle(figures: Mapping[tuple[str, ...], Figure], axes: int) -> set[int]:
    """The axes that nobody is outside of: "not applicable" is 0 in all, and says nothing."""
    found = set()
    for at in range(axes):
        whole = tuple(NOT_APPLICABLE if place == at else TOTAL for place in range(axes))
        if whole in figures and figures[whole].value == 0:
            found.add(at)
    return found


def _order(shape: Shape, axis: str, flow: Dataflow, variable: str) -> dict[str, int]:
    """The place of each code of an axis; an open one has whatever the dataflow has."""
    own = shape.axes[axis]
    if own.open:
        dimension = next(d for d in flow.dimensions if d.id == variable)
        return {code.id: place for place, code in enumerate(dimension.codes)}
    return {code.id: place for place, code in enumerate(own.codes)}


def figure_at(published: Published, codes: tuple[str, ...], row: int) -> Figure:
    """The observation in a row, as a workbook shows it."""
    observations = published.observations
    flow = observations.dataflow
    key = observations.key[row].tolist()
    ids = [d.codes[key[place]].id for place, d in enumerate(flow.dimensions)]
    indicator = next(i for i in flow.indicators if i.id in ids)
    value, cv = float(observations.value[row]), float(observations.cv[row])
    present = isfinite(value)
    return Figure(
        codes=codes,
        # The precision of publication and no more: a workbook hides nothing behind a format.
        value=float(f"{value:.{indicator.decimals}f}") if present else None,
        flag=flag_of(observations.obs_status[row], observations.conf_status[row], present),
        trace=Trace(
            flow=flow.id,
            key=".".join(ids),
            vintage=published.manifest.vintage,
            respondents=int(observations.n[row]),
            cv=float(f"{cv:.{CV_DECIMALS}f}") if 0 <= cv < float("inf") else None,
        ),
    )


def _first_n(figures: Sequence[Figure]) -> int:
    """The respondents of the figure of everyone, -1 if there is none or it is withheld."""
    whole = next((one for one in figures if set(one.codes) == {TOTAL}), None)
    return whole.trace.respondents if whole and whole.trace else -1
