"""Scorecards as published numbers: a forecast is never without the record of those before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.catalogue import Theme
from cauce.model.codelist import Code
from cauce.model.dataflow import PROJECTED, Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.projected import Projected
from cauce.model.rule import rule
from cauce.model.scorecard import MethodScore, Scorecard
from cauce.model.text import Text
from cauce.outlook.proving.gate import NAMES

VERSION = "proving-1"
"""The version of what is scored here: another one may give other numbers."""
PERFECT, ALL_GROW = "perfect", "everything_grows"
ALSO: Mapping[str, Text] = {
    PERFECT: Text(
        "a perfect forecast, given the survey's own error",
        "un pronóstico perfecto, dado el error propio de la encuesta",
    ),
    ALL_GROW: Text("who says that everything grows", "quien dice que todo crece"),
}
OF_METHOD: Mapping[str, Callable[[MethodScore], float]] = {
    "PRJ_WAPE_RT": lambda one: one.wape,
    "PRJ_DSM_RT": lambda one: one.dissimilarity,
    "PRJ_MDE_RT": lambda one: one.mdape,
    "PRJ_HIT_RT": lambda one: one.direction,
    "PRJ_FST_RT": lambda one: one.faster,
    "PRJ_CRP_IX": lambda one: one.crps,
}
OF_CARD: Mapping[str, tuple[str, Callable[[Scorecard], float]]] = {
    "PRJ_WAPE_RT": (PERFECT, lambda one: one.wape_floor),
    "PRJ_DSM_RT": (PERFECT, lambda one: one.dissimilarity_floor),
    "PRJ_HIT_RT": (ALL_GROW, lambda one: one.everything_grows),
}
OF_CHAMPION: Mapping[str, Callable[[Scorecard], float]] = {
    "PRJ_COV_RT": lambda one: one.coverage[-1].achieved,
    "PRJ_WID_RT": lambda one: one.coverage[-1].width,
}
"""What is scored, by the indicator it is published as; coverage and width are those of 80 %."""
NOT_SCORED = Text(
    "not scored: too few past forecasts, or the method says nothing of the kind",
    "sin puntaje: muy pocos pronósticos pasados, o el método no dice nada al respecto",
)


@dataclass(frozen=True)
class Shelf:
    """Where scores are published: what a dataflow needs to be told beside its numbers.

    `levels` are the words of each level of the scorecards; `period` is the year of the last wave.
    Indicators that nobody declared are not published.
    """

    id: str
    name: Text
    source: Source
    area: Code
    levels: Mapping[str, Text]
    indicators: Mapping[str, Indicator]
    period: str
    theme: Theme | None = None


@dataclass(frozen=True)
class _Row:
    indicator: str
    level: str
    horizon: float
    method: str
    value: float
    words: str


def scores(cards: Sequence[Scorecard], shelf: Shelf) -> Projected:
    """Every score of every method, the noise floor and the base rate beside them.

    The rows of the method that is published carry the verdict, why it is. A score's interval is
    the score: nothing is drawn.
    """
    rows = [row for card in cards for row in _rows(card) if row.indicator in shelf.indicators]
    flow = _flow(rows, shelf)
    at = [{code.id: k for k, code in enumerate(one.codes)} for one in flow.dimensions]
    keys = [
        ("A", shelf.area.id, row.indicator, row.level.upper(), _years(row.horizon),
         row.method.upper(), shelf.period) for row in rows
    ]  # fmt: skip
    value = np.array([row.value * shelf.indicators[row.indicator].scale for row in rows])
    there = np.isfinite(value)
    return Projected(
        dataflow=flow,
        key=np.array(
            [[of[code] for of, code in zip(at, key, strict=True)] for key in keys], dtype=np.int32
        ).reshape(-1, len(at)),
        value=value,
        low=value,
        high=value,
        status=tuple(ObsStatus.FORECAST if one else ObsStatus.NOT_POSSIBLE for one in there),
        reliability=(Reliability.NOT_JUDGED,) * len(rows),
        rule=tuple(
            row.words if one else rule(NOT_SCORED) for row, one in zip(rows, there, strict=True)
        ),
    )


def _rows(card: Scorecard) -> list[_Row]:
    def row(indicator: str, method: str, value: float, words: str = "") -> _Row:
        return _Row(indicator, card.level, card.horizon, method, value, words)

    verdict = rule(card.verdict)
    of_methods = [
        row(name, one.method, score(one), verdict if one.method == card.champion else "")
        for one in card.scores
        for name, score in OF_METHOD.items()
    ]
    beside = [row(name, method, score(card)) for name, (method, score) in OF_CARD.items()]
    own = [row(name, card.champion, score(card), verdict) for name, score in OF_CHAMPION.items()]
    return [*of_methods, *beside, *own]


def _years(horizon: float) -> str:
    return f"H{horizon:g}".replace(".", "_")


def _flow(rows: Sequence[_Row], shelf: Shelf) -> Dataflow:
    used = {row.indicator for row in rows}
    indicators = tuple(one for name, one in shelf.indicators.items() if name in used)
    horizons = sorted({row.horizon for row in rows})
    methods = dict.fromkeys(row.method for row in rows)
    levels = dict.fromkeys(row.level for row in rows)
    said = {**NAMES, **ALSO}
    return Dataflow(
        id=shelf.id,
        version="1.0",
        name=shelf.name,
        dimensions=(
            _dimension("FREQ", Text("Frequency", "Frecuencia"),
                       [Code("A", Text("Annual", "Anual"))]),
            _dimension("REF_AREA", Text("Area", "Área"), [shelf.area], "CL_AREA"),
            _dimension("INDICATOR", Text("Indicator", "Indicador"),
                       [Code(one.id, one.name) for one in indicators]),
            _dimension("LEVEL", Text("Level", "Nivel"),
                       [Code(name.upper(), shelf.levels[name]) for name in levels]),
            _dimension("HORIZON", Text("Years ahead", "Años por delante"),
                       [_horizon(one) for one in horizons]),
            _dimension("METHOD", Text("Method of forecasting", "Método de pronóstico"),
                       [Code(one.upper(), said.get(one, Text(one, one))) for one in methods]),
            _dimension("TIME_PERIOD", Text("Period", "Período"),
                       [Code(shelf.period, Text(shelf.period, shelf.period))]),
        ),
        indicators=indicators,
        source=shelf.source,
        method=Method(PROJECTED, "", "", "", "", VERSION),
        theme=shelf.theme,
    )  # fmt: skip


def _dimension(name: str, words: Text, codes: Sequence[Code], codelist: str = "") -> Dimension:
    return Dimension(name, words, tuple(codes), codelist or f"CL_{name}")


def _horizon(years: float) -> Code:
    words = f"{years:g}"
    en, es = ("year", "año") if years == 1 else ("years", "años")
    return Code(_years(years), Text(f"{words} {en} ahead", f"{words} {es} por delante"))
