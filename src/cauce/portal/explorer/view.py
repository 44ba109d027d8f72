"""What an address of the explorer asks for: codes, periods, layout, order and words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

from cauce.model.dataflow import Dataflow
from cauce.portal.asked import EVERY, Asked, Wish, chosen_of, everything
from cauce.publish import Labels

Errors = Literal["interval", "se", "no"]
Kind = Literal["auto", "dots", "line", "bars", "map", "flows", "no"]
Measure = Literal["value", "interval", "error", "n"]
C = TypeVar("C", bound=str)
KINDS: tuple[Kind, ...] = get_args(Kind)
ERRORS: tuple[Errors, ...] = get_args(Errors)
LABELS: tuple[Labels, ...] = ("name", "id", "both")
MEASURES: tuple[Measure, ...] = get_args(Measure)
LONGEST = 40


@dataclass(frozen=True)
class Sort:
    """By which column: a dimension, or a measure, in a pivot at a code of the columns."""

    by: str
    at: str = ""
    descending: bool = False

    def text(self) -> str:
        return f"{'-' if self.descending else ''}{self.by}{f'@{self.at}' if self.at else ''}"


@dataclass(frozen=True)
class View:
    """A table as a reader wants it.

    `start`, `end` and `last` bound the periods and are "" and None where nothing is asked.
    `columns` is the dimension that is spread over columns, None for a list; `rows` is the one that
    leads the lines. `labels` is "" where the reader does not say. `compare` is "wave" or the id of
    a pair. `vintage` is "" for the current one, whichever it is. `whole` says that no code is
    named. `strange` are words that name nothing.
    """

    asked: Asked
    start: str = ""
    end: str = ""
    last: int | None = None
    columns: int | None = None
    rows: int | None = None
    sort: Sort | None = None
    labels: Labels | None = None
    errors: Errors = "interval"
    chart: Kind = "auto"
    compare: str = ""
    page: int = 1
    vintage: str = ""
    whole: bool = False
    strange: tuple[str, ...] = ()

    def pairs(self, flow: Dataflow) -> list[tuple[str, str]]:
        """The parameters of an address that shows the same, whatever becomes the default."""
        time = flow.dimensions[-1].id
        ranged = bool(self.start or self.end or self.last)
        codes = [pair for pair in self.asked.pairs(flow) if not (ranged and pair[0] == time)]
        said = (
            ("from", self.start),
            ("to", self.end),
            ("last", str(self.last or "")),
            ("columns", "" if self.columns is None else flow.dimensions[self.columns].id),
            ("rows", "" if self.rows is None else flow.dimensions[self.rows].id),
            ("sort", self.sort.text() if self.sort else ""),
            ("labels", self.labels or ""),
            ("errors", "" if self.errors == "interval" else self.errors),
            ("chart", "" if self.chart == "auto" else self.chart),
            ("compare", self.compare),
            ("vintage", self.vintage),
        )
        return [*codes, *((name, word) for name, word in said if word)]

    def with_codes(self, j: int, codes: tuple[int, ...] | None) -> "View":
        """The same with other codes of one dimension, from its first page."""
        chosen = (*self.asked.chosen[:j], codes, *self.asked.chosen[j + 1 :])
        return replace(self, asked=replace(self.asked, chosen=chosen), page=1)


def view_of(flow: Dataflow, query: Wish) -> View:
    """The view an address asks for; what cannot be understood is told and passed over."""
    strange: list[str] = []
    start, end, last = _one(query, "from"), _one(query, "to"), _count(query, "last", strange)
    time = flow.dimensions[-1].id
    if start or end or last:
        # A range says which periods; codes of time named beside it would contradict it.
        query = {**query, time: (EVERY,)}
    columns, rows = (_dimension(flow, query, name, strange) for name in ("columns", "rows"))
    asked = chosen_of(flow, query)
    return View(
        asked=asked,
        start=start,
        end=end,
        last=last,
        columns=columns,
        rows=rows if rows != columns else None,
        sort=_sort(flow, _one(query, "sort"), strange),
        labels=_choice(query, "labels", LABELS, strange),
        errors=_choice(query, "errors", ERRORS, strange) or "interval",
        chart=_choice(query, "chart", KINDS, strange) or "auto",
        compare=_comparison(flow, _one(query, "compare"), strange),
        page=_count(query, "page", []) or 1,
        vintage=_one(query, "vintage"),
        strange=(*asked.strange, *strange),
    )


def file_view(flow: Dataflow, query: Wish) -> View:
    """The view of a file: as of a page, but all codes where the address names none."""
    view = view_of(flow, query)
    if any(dimension.id in query for dimension in flow.dimensions[:-1]):
        return view
    if flow.dimensions[-1].id in query:
        return view
    return replace(view, asked=everything(flow), whole=True)


def _one(query: Wish, name: str) -> str:
    """The last word given under a name, cut to what any word of ours needs."""
    words: Sequence[str] = query.get(name, ())
    return words[-1].strip()[:LONGEST] if words else ""


def _count(query: Wish, name: str, strange: list[str]) -> int | None:
    word = _one(query, name)
    if word.isascii() and word.isdecimal() and len(word) < 9 and int(word) > 0:
        return int(word)
    if word:
        strange.append(f"{name} = {word}")
    return None


def _dimension(flow: Dataflow, query: Wish, name: str, strange: list[str]) -> int | None:
    word = _one(query, name)
    known = [dimension.id for dimension in flow.dimensions]
    if word in known:
        return known.index(word)
    if word:
        strange.append(f"{name} = {word}")
    return None


def _choice(query: Wish, name: str, known: Sequence[C], strange: list[str]) -> C | None:
    word = _one(query, name)
    for choice in known:
        if word == choice:
            return choice
    if word:
        strange.append(f"{name} = {word}")
    return None


def _sort(flow: Dataflow, word: str, strange: list[str]) -> Sort | None:
    by, _, at = word.removeprefix("-").partition("@")
    if by in MEASURES or by in [dimension.id for dimension in flow.dimensions]:
        return Sort(by, at, word.startswith("-"))
    if word:
        strange.append(f"sort = {word}")
    return None


def _comparison(flow: Dataflow, word: str, strange: list[str]) -> str:
    if word in ("", "wave", *(pair.id for pair in flow.pairs)):
        return word
    strange.append(f"compare = {word}")
    return ""
