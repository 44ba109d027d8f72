"""The SDMX queries of a view of a table."""

from collections.abc import Sequence
from urllib.parse import quote

from cauce.model.dataflow import Dataflow
from cauce.portal.links import Link, address
from cauce.publish.urns import flow_of


def sdmx_links(
    flow: Dataflow,
    chosen: Sequence[Sequence[int] | None],
    as_of: str = "",
    periods: tuple[str, str] = ("", ""),
    last: int | None = None,
) -> tuple[Link, ...]:
    """The queries that answer what a view holds.

    Args:
        flow: the table.
        chosen: by dimension, the positions of its codes, None for all.
        as_of: the moment at which an earlier vintage was current, "" for the current one.
        periods: the first and the last that are wanted, "" for no bound.
        last: how many observations of each series at most.

    Source: SDMX REST API 1.5.0 (v1: `M+F` in a key) and 2.2.2 (v2: `c[SEX]=M,F`).
    """
    ours = {
        dimension.id: [] if chosen is None else [dimension.codes[at].id for at in chosen]
        for dimension, chosen in zip(flow.dimensions, chosen, strict=True)
    }
    # Another agency's key has its own dimensions, in its own order.
    names = flow.foreign.dimensions if flow.foreign else tuple(ours)
    codes = [ours[name] for name in names]
    several = {
        f"c[{name}]": ",".join(own)
        for name, own in zip(names[:-1], codes, strict=False)
        if len(own) > 1
    }
    one = ".".join(own[0] if len(own) == 1 else "*" for own in codes[:-1])
    ref = flow_of(flow)
    v2 = f"/sdmx/v2/data/dataflow/{ref.agency}/{quote(ref.id)}/{ref.version}/{one}"
    named = f"{ref.agency},{ref.id},{ref.version}" if flow.foreign else quote(ref.id)
    v1 = f"/sdmx/v1/data/{named}/{'.'.join('+'.join(own) for own in codes[:-1])}"
    ends = {"lastNObservations": str(last or ""), "asOf": as_of}
    query = {**several, "c[TIME_PERIOD]": _periods(periods, codes[-1]), **ends}
    span = {"startPeriod": periods[0], "endPeriod": periods[1]}
    if codes[-1]:
        span = {"startPeriod": codes[-1][0], "endPeriod": codes[-1][-1]}
    return (
        Link("SDMX-CSV 2.1", address(v2, {**query, "format": "csv"})),
        Link("SDMX-JSON 2.1", address(v2, {**query, "format": "json"})),
        Link("SDMX-ML 2.1", address(v1, {**span, **ends})),
    )


def _periods(periods: tuple[str, str], named: list[str]) -> str:
    bounds = (("ge", periods[0]), ("le", periods[1]))
    return ",".join(named) or "+".join(f"{test}:{period}" for test, period in bounds if period)
