"""Charts drawn on the server: one drawing, put on paper as SVG or PDF, read without scripts."""

from cauce.publish.charts.bars import bars
from cauce.publish.charts.dots import dots
from cauce.publish.charts.drawing import Drawing
from cauce.publish.charts.flows import Flow, Rest, flows
from cauce.publish.charts.line import Series, line
from cauce.publish.charts.look import DAY, NIGHT, Ink, look
from cauce.publish.charts.map import Terms, choropleth, on_map
from cauce.publish.charts.passages import Move, passages
from cauce.publish.charts.point import Number, Point, numbers
from cauce.publish.charts.scale import Scale, scale, scale_of
from cauce.publish.charts.svg import embed, svg

__all__ = [
    "DAY",
    "NIGHT",
    "Drawing",
    "Flow",
    "Ink",
    "Move",
    "Number",
    "Point",
    "Rest",
    "Scale",
    "Series",
    "Terms",
    "bars",
    "choropleth",
    "dots",
    "embed",
    "flows",
    "line",
    "look",
    "numbers",
    "on_map",
    "passages",
    "scale",
    "scale_of",
    "svg",
]
