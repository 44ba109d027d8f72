"""Dataflows of gaps: rows of numbers with words, as `protect.derive` takes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from cauce.model.catalogue import Theme
from cauce.model.codelist import NOT_APPLICABLE, TOTAL, Code, Codelist
from cauce.model.dataflow import PROJECTED, Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.projected import Projected
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.gaps.posts import Post

RULES = "outlook-1"
ANNUAL = Code("A", Text("Annual", "Anual"))
SPECIAL = (Code(TOTAL, Text("Total", "Total")), Code(NOT_APPLICABLE, Text("None", "Ninguno")))

T = TypeVar("T")


@dataclass(frozen=True)
class Frame:
    """What all dataflows of one outlook have in common.

    `lists` and `indicators` are those of the region, by id; `lists` holds lists of this outlook,
    too, such as its channels. `areas` are those that rows may be about.
    """

    id: str
    areas: tuple[Code, ...]
    scenario: Code
    source: Source
    lists: Mapping[str, Codelist]
    indicators: Mapping[str, Indicator]
    theme: Theme | None = None
    isco: str = ""


@dataclass(frozen=True)
class Axis:
    """A dimension of a table, and the list its codes come from; totals may stand beside them."""

    id: str
    name: Text
    codelist: str


@dataclass(frozen=True)
class Table:
    """A dataflow to be: its name and its own dimensions."""

    id: str
    name: Text
    axes: tuple[Axis, ...]


@dataclass(frozen=True)
class Row:
    """One number: whose, of which codes in the order of the axes, when; and what is said of it.

    Without a value it is NaN, and `status` says why.
    """

    area: str
    indicator: str
    codes: tuple[str, ...]
    year: int
    value: float
    low: float
    high: float
    status: ObsStatus = ObsStatus.FORECAST
    reliability: Reliability = Reliability.NOT_JUDGED
    because: tuple[Text, ...] = ()


def occupation_axis(posts: Iterable[Post]) -> Axis:
    """OCU, OC2, OC3 or OC4, by the digits of the posts.

    Raises:
        BadInput: they have different digits: a group and its parts would stand in one column.

    Source: none, it computes nothing.
    """
    digits = {len(one.occupation) for one in posts}
    if len(digits) != 1:
        raise BadInput(
            f"Occupations of {sorted(digits)} digits cannot stand in one table. Choose one level."
        )
    [level] = digits
    name = "OCU" if level == 1 else f"OC{level}"
    return Axis(name, Text("Occupation", "Ocupación"), f"CL_{name}")


def projected(table: Table, rows: Sequence[Row], frame: Frame) -> Projected:
    """The dataflow of a table with the codes that occur, and its rows in their order.

    Raises:
        BadInput: a code, an area or an indicator is not in the lists of the frame.

    Source: none, it computes nothing.
    """
    axes = [_dimension(axis, {row.codes[at] for row in rows}, frame)
            for at, axis in enumerate(table.axes)]  # fmt: skip
    used = dict.fromkeys(sorted(row.indicator for row in rows))
    indicators = tuple(_found(frame.indicators, name, "indicator") for name in used)
    here = {row.area for row in rows}
    areas = tuple(code for code in (*frame.areas, SPECIAL[0]) if code.id in here)
    years = [str(year) for year in sorted({row.year for row in rows})]
    dimensions = (
        _fixed("FREQ", Text("Frequency", "Frecuencia"), (ANNUAL,)),
        Dimension("REF_AREA", Text("Area", "Área"), areas, "CL_AREA"),
        _fixed("INDICATOR", Text("Indicator", "Indicador"),
               [Code(one.id, one.name) for one in indicators]),
        _fixed("SCENARIO", Text("Scenario", "Escenario"), (frame.scenario,)),
        *axes,
        _fixed("TIME_PERIOD", Text("Period", "Período"), [Code(y, Text(y, y)) for y in years]),
    )  # fmt: skip
    flow = Dataflow(
        id=f"{frame.id}_{frame.scenario.id.upper()}_{table.id}",
        version="1.0",
        name=_named(table.name, frame.scenario.name),
        dimensions=dimensions,
        indicators=indicators,
        source=frame.source,
        method=Method(PROJECTED, "", "", "", "ilo", RULES, isco=frame.isco),
        theme=frame.theme,
    )
    return _columns(flow, rows)


def _columns(flow: Dataflow, rows: Sequence[Row]) -> Projected:
    """The rows as columns, ordered by their key."""
    at = [{code.id: k for k, code in enumerate(one.codes)} for one in flow.dimensions]
    [scenario] = flow.dimensions[3].codes

    def key(row: Row) -> tuple[int, ...]:
        ids = ("A", row.area, row.indicator, scenario.id, *row.codes, str(row.year))
        return tuple(_found(known, code, "area") for known, code in zip(at, ids, strict=True))

    ordered = sorted(((key(row), row) for row in rows), key=lambda one: one[0])
    return Projected(
        dataflow=flow,
        key=np.array([k for k, _ in ordered], dtype=np.int32).reshape(-1, len(at)),
        value=np.array([row.value for _, row in ordered]),
        low=np.array([row.low for _, row in ordered]),
        high=np.array([row.high for _, row in ordered]),
        status=tuple(row.status for _, row in ordered),
        reliability=tuple(row.reliability for _, row in ordered),
        rule=tuple(_rule(row.because) for _, row in ordered),
    )


def _rule(because: Sequence[Text]) -> str:
    if not because:
        return ""
    return rule(Text(" ".join(one.en for one in because), " ".join(one.es for one in because)))


def _dimension(axis: Axis, used: set[str], frame: Frame) -> Dimension:
    known = _found(frame.lists, axis.codelist, "code list").codes
    codes = tuple(code for code in (*SPECIAL, *known) if code.id in used)
    if lost := sorted(used - {code.id for code in codes}):
        raise BadInput(f"{axis.codelist} has no {', '.join(lost)}, which {axis.id} needs.")
    return Dimension(axis.id, axis.name, codes, axis.codelist)


def _found(known: Mapping[str, T], name: str, what: str) -> T:
    if name not in known:
        raise BadInput(f"The outlook's tables need the {what} {name}, and it is not there.")
    return known[name]


def _fixed(name: str, words: Text, codes: Iterable[Code]) -> Dimension:
    return Dimension(name, words, tuple(codes), f"CL_{name}")


def _named(table: Text, scenario: Text) -> Text:
    return Text(f"{table.en} – {scenario.en}", f"{table.es} – {scenario.es}")
