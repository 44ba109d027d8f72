"""Addresses of the portal and of the same data for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from cauce.model.text import Language


@dataclass(frozen=True)
class Link:
    """Words and the address behind them."""

    name: str
    href: str


Query = Mapping[str, str] | Sequence[tuple[str, str]]


def address(path: str, query: Query = ()) -> str:
    """A path with a query, leaving out what is empty; a name may stand in it more than once."""
    pairs = query.items() if isinstance(query, Mapping) else query
    told = urlencode([(name, value) for name, value in pairs if value], safe="*:@")
    return f"{path}?{told}" if told else path


def here(query: Query) -> str:
    """The same page with another query."""
    return address("", query) or "?"


def table_path(language: Language, flow: str) -> str:
    return f"/{language}/tables/{quote(flow)}"


def quality_path(language: Language, flow: str) -> str:
    return f"/{language}/quality/{quote(flow)}"


def sims_path(flow: str) -> str:
    """The metadata set of a dataflow, for programs."""
    return f"/sdmx/v2/metadata/structure/dataflow/CAUCE/{quote(flow)}"


def explain_address(language: Language, flow: str, key: str, period: str, vintage: str) -> str:
    """The page behind a number; `vintage` is "" for the current one."""
    path = f"/{language}/explain/{quote(flow)}/{quote(key)}"
    return address(path, {"period": period, "vintage": vintage})


def compare_address(language: Language, flow: str, key: str, period: str, vintage: str) -> str:
    """The page of comparisons of a number; `vintage` is "" for the current one."""
    path = f"/{language}/compare/{quote(flow)}/{quote(key)}"
    return address(path, {"period": period, "vintage": vintage})
