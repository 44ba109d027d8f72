"""What a dataflow may hold, as its pack declares, and what it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cauce.model.dataflow import Dataflow
from cauce.model.structure import Annotation, Artefact, Constraint, Region, Selection
from cauce.model.text import Text
from cauce.publish.components import TIME
from cauce.publish.periods import span
from cauce.publish.structure.own.names import about, dataflow, words
from cauce.publish.structure.partial import COVERAGE

METRICS = "sdmx_metrics"
"""The type of notes on how much there is: pysdmx takes all of this type for counts."""
ALLOWED, ACTUAL = "CC_ALLOWED", "CC_ACTUAL"


def allowed(flow: Dataflow) -> Artefact:
    """The codes its columns may hold: of lists that it shares, other dataflows may use others."""
    name = Text(f"What may be in: {flow.name.en}", f"Lo que puede haber en: {flow.name.es}")
    region = Region(
        tuple(
            Selection(dimension.id, tuple(code.id for code in dimension.codes))
            for dimension in flow.dimensions
            if dimension.id != TIME and dimension.codes
        )
    )
    body = Constraint("Allowed", (dataflow(flow),), (region,) if region.keys else ())
    return Artefact(about(flow, "dataconstraint", ALLOWED), words(name), body=body)


def actual(flow: Dataflow) -> Artefact:
    """What there is, yet without the codes: for those somebody has to look at the data."""
    name = Text(f"What is in: {flow.name.en}", f"Lo que hay en: {flow.name.es}")
    body = Constraint("Actual", (dataflow(flow),))
    return Artefact(about(flow, "dataconstraint", ACTUAL), words(name), body=body)


def filled(
    artefact: Artefact,
    codes: Sequence[tuple[str, tuple[str, ...]]],
    series: int,
    observations: int,
) -> Artefact:
    """An Actual constraint with what there is.

    Periods are no code: they stand in notes with the counts, since clients take what is in a region
    for a dimension to choose from, and some cannot read a reference period.

    Args:
        codes: by dimension, the codes that occur; time among them, with its periods.
    """
    body = artefact.body
    if not isinstance(body, Constraint):
        return artefact
    told = dict(codes)
    first, last = span_of(told.pop(TIME, ()))
    region = Region(tuple(Selection(id_, values) for id_, values in told.items() if values))
    notes = (
        ("obs_count", str(observations), METRICS),
        ("series_count", str(series), METRICS),
        ("time_period_start", first, COVERAGE),
        ("time_period_end", last, COVERAGE),
    )
    annotations = tuple(
        Annotation(id_, title=text, type=type_) for id_, text, type_ in notes if text
    )
    regions = (region,) if region.keys else ()
    whole = replace(body, regions=regions, series=series, observations=observations)
    return replace(artefact, body=whole, annotations=annotations)


def span_of(periods: Iterable[str]) -> tuple[str, str]:
    """The first and last days of some periods, "" where there are none."""
    spans = [span(period) for period in periods]
    if not spans:
        return "", ""
    return min(one[0] for one in spans).isoformat(), max(one[1] for one in spans).isoformat()
