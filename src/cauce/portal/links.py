"""Addresses of the portal and of the same data for programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.text import Language


@dataclass(frozen=True)
class Link:
    """Words and the address behind them."""

    name: str
    href: str


def address(path: str, query: Mapping[str, str] | None = None) -> str:
    """A path with a query, leaving out what is empty."""
    told = urlencode({name: value for name, value in (query or {}).items() if value})
    return f"{path}?{told}" if told else path


def table_path(language: Language, flow: str) -> str:
    return f"/{language}/tables/{quote(flow)}"


def quality_path(language: Language, flow: str) -> str:
    return f"/{language}/quality/{quote(flow)}"


def explain_address(language: Language, flow: str, key: str, period: str, vintage: str) -> str:
    """The page behind a number; `vintage` is "" for the current one."""
    path = f"/{language}/explain/{quote(flow)}/{quote(key)}"
    return address(path, {"period": period, "vintage": vintage})


def compare_address(language: Language, flow: str, key: str, period: str, vintage: str) -> str:
    """The page of comparisons of a number; `vintage` is "" for the current one."""
    path = f"/{language}/compare/{quote(flow)}/{quote(key)}"
    return address(path, {"period": period, "vintage": vintage})


def sdmx_links(
    flow: Dataflow, positions: tuple[int | None, ...], as_of: str = ""
) -> tuple[Link, ...]:
    """The SDMX queries of a view: a code per dimension, None for all of them.

    `as_of` is the moment at which an earlier vintage was current, "" for the current one.
    """
    codes = [
        "" if position is None else dimension.codes[position].id
        for dimension, position in zip(flow.dimensions, positions, strict=True)
    ]
    period = codes.pop()
    v2 = (
        f"/sdmx/v2/data/dataflow/{AGENCY}/{quote(flow.id)}/{flow.version}/"
        f"{'.'.join(code or '*' for code in codes)}"
    )
    v1 = f"/sdmx/v1/data/{quote(flow.id)}/{'.'.join(codes)}"
    one = {"c[TIME_PERIOD]": period, "asOf": as_of}
    span = {"startPeriod": period, "endPeriod": period, "asOf": as_of}
    return (
        Link("SDMX-CSV 2.0", address(v2, {**one, "format": "csv"})),
        Link("SDMX-JSON 2.0", address(v2, {**one, "format": "json"})),
        Link("SDMX-ML 2.1", address(v1, span)),
    )
