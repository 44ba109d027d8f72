"""The heads of a table, by which it is sorted, and its pages."""

from dataclasses import dataclass, replace

from cauce.portal.explorer.found import Found
from cauce.portal.explorer.layout import MOST_COLUMNS, Layout
from cauce.portal.explorer.named import named
from cauce.portal.explorer.view import Sort
from cauce.portal.figures import leveled
from cauce.portal.links import here
from cauce.portal.words import Words


@dataclass(frozen=True)
class Head:
    """A column: its name, the address that sorts by it, and how it is sorted now, "" if not."""

    name: str
    href: str
    order: str = ""


@dataclass(frozen=True)
class Grid:
    """The heads of the labels and of the numbers. `over` names the dimension that is spread;
    `more` says how many columns are not on the page, "" if all are.
    """

    labels: tuple[Head, ...]
    numbers: tuple[Head, ...]
    over: str
    more: str


@dataclass(frozen=True)
class Pager:
    """Where we are among the parts of a long table; addresses are "" at the ends."""

    told: str
    previous: str
    next: str


def grid_of(found: Found, laid: Layout, words: Words) -> Grid:
    """The heads of a view."""
    dimensions = found.dimensions
    labels = [_head(found, words.of(dimensions[j].name), dimensions[j].id) for j in laid.heads]
    if laid.spread is None:
        measures = (
            ("value", "value"),
            ("interval", "interval"),
            ("error", "error"),
            ("n_short", "n"),
        )
        flow = found.observations.dataflow
        numbers = [_head(found, leveled(words(name), flow), by) for name, by in measures]
        return Grid(tuple(labels), tuple(numbers), "", "")
    codes = [dimensions[laid.spread].codes[at] for at in laid.columns[:MOST_COLUMNS].tolist()]
    numbers = [_head(found, named(c, found.view.labels, words), "value", c.id) for c in codes]
    count = len(laid.columns)
    more = words("columns_more", shown=len(codes), count=count) if count > len(codes) else ""
    return Grid(tuple(labels), tuple(numbers), words.of(dimensions[laid.spread].name), more)


def _head(found: Found, name: str, by: str, at: str = "") -> Head:
    """A head that sorts: numbers from the greatest, names in their order, then the other way."""
    view, flow = found.view, found.observations.dataflow
    now = view.sort if view.sort and (view.sort.by, view.sort.at) == (by, at) else None
    descending = by in ("value", "interval", "error", "n") if now is None else not now.descending
    wanted = replace(view, sort=Sort(by, at, descending), page=1)
    order = "" if now is None else "descending" if now.descending else "ascending"
    return Head(name, here(wanted.pairs(flow)), order)


def pager(found: Found, laid: Layout, page: int, words: Words) -> Pager | None:
    """The way to the other parts of a table, None if there is one."""
    count = len(laid.lines)
    pages = -(-count // laid.page)
    if pages < 2:
        return None
    pairs = found.view.pairs(found.observations.dataflow)
    return Pager(
        told=words("page_of", page=page, pages=pages, rows=words.number(count, 0)),
        previous=here([*pairs, ("page", str(page - 1))]) if page > 1 else "",
        next=here([*pairs, ("page", str(page + 1))]) if page < pages else "",
    )
