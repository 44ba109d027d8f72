"""What a reader may choose: by dimension the codes that exist beside the other choices."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from cauce.model.codelist import TOTAL, Code
from cauce.model.dataflow import Dimension
from cauce.portal.asked import FREQ, Wish
from cauce.portal.explorer.found import Found
from cauce.portal.explorer.named import named
from cauce.portal.links import here
from cauce.portal.words import Words

MANY = 30
"""Codes a facet lists without being asked; of more, a search finds the others."""
AGES = re.compile(r"Y(?:(\d+)T(\d+)|_GE(\d+)|_LT(\d+)|(\d+))\Z")


@dataclass(frozen=True)
class Option:
    """A code that may be ticked; `level` counts the codes above it, `there` is False where
    nothing exists beside the other choices and only the tick keeps it in the list.
    """

    id: str
    name: str
    level: int
    ticked: bool
    there: bool


@dataclass(frozen=True)
class Facet:
    """The codes of one dimension. `told` sums up what is chosen, `every` leads to all of them.

    `search` is the name of the field that finds codes, "" where all are listed, and `sought` what
    was sought; `more` says how many are not listed.
    """

    id: str
    name: str
    told: str
    options: tuple[Option, ...]
    all_chosen: bool
    every: str
    search: str
    sought: str
    more: str


def facets(found: Found, query: Wish, words: Words) -> tuple[Facet, ...]:
    """A facet for every dimension but time that has more than one code in the whole table."""
    offered = found.offered()
    kept = []
    for j, dimension in enumerate(found.dimensions[:-1]):
        occurring = set(found.series.key[:, j].tolist())
        if len(occurring) < 2 or (j == FREQ and len(dimension.codes) < 2):
            continue
        kept.append(_facet(found, j, set(offered[j].tolist()), query, words))
    return tuple(kept)


def _facet(found: Found, j: int, there: set[int], query: Wish, words: Words) -> Facet:
    dimension, chosen = found.dimensions[j], found.view.asked.chosen[j]
    ticked = set(chosen or ())
    listed = sorted(there | ticked)
    name = f"find.{dimension.id}"
    sought = (query.get(name) or ("",))[-1].strip()[:40]
    shown = _shown(dimension, listed, ticked, sought) if len(listed) > MANY else listed
    levels = depths([dimension.codes[at] for at in shown])
    view, flow = found.view, found.observations.dataflow
    return Facet(
        id=dimension.id,
        name=words.of(dimension.name),
        told=_told(found, j, chosen, len(there), words),
        options=tuple(
            Option(
                dimension.codes[at].id,
                named(dimension.codes[at], view.labels, words),
                level,
                at in ticked,
                at in there,
            )
            for at, level in zip(shown, levels, strict=True)
        ),
        all_chosen=chosen is None,
        every="" if chosen is None else here(view.with_codes(j, None).pairs(flow)),
        search=name if len(listed) > MANY else "",
        sought=sought,
        more=words("facet_more", count=len(listed) - len(shown)) if len(listed) > MANY else "",
    )


def _told(found: Found, j: int, chosen: tuple[int, ...] | None, there: int, words: Words) -> str:
    """What is chosen, in a line."""
    if chosen is None:
        return words("facet_all", count=there)
    codes, labels = found.dimensions[j].codes, found.view.labels
    names = [named(codes[at], labels, words) for at in chosen[:2]]
    more = len(chosen) - len(names)
    return ", ".join(names) + (words("facet_and_more", count=more) if more else "")


def _shown(dimension: Dimension, listed: Sequence[int], ticked: set[int], sought: str) -> list[int]:
    """Of many codes those that are ticked, and those that are sought or come first."""
    wanted = folded(sought)
    fits = [
        at
        for at in listed
        if not wanted
        or wanted in folded(dimension.codes[at].id)
        or any(wanted in folded(name) for name in _names(dimension.codes[at]))
    ]
    return sorted(ticked | set(fits[:MANY]))


def _names(code: Code) -> tuple[str, str]:
    return code.name.en, code.name.es


def folded(text: str) -> str:
    """A text without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def depths(codes: Sequence[Code]) -> list[int]:
    """How many of the codes stand above each, as the codes themselves say.

    The total stands above all; figures stand above those they begin (ISCO 2 above 21), ages above
    the ages they hold (Y15T64 above Y15T24).
    """
    total = any(code.id == TOTAL for code in codes)
    return [
        sum(_above(upper.id, code.id) for upper in codes) + (1 if total and code.id != TOTAL else 0)
        for code in codes
    ]


def _above(upper: str, lower: str) -> bool:
    if upper.isdecimal() and lower.isdecimal():
        return lower != upper and lower.startswith(upper)
    whole, part = _ages(upper), _ages(lower)
    if whole is None or part is None or whole == part:
        return False
    return whole[0] <= part[0] and part[1] <= whole[1]


def _ages(code: str) -> tuple[int, int] | None:
    """The first and the last year of age of an SDMX code of ages."""
    found = AGES.match(code)
    if found is None:
        return None
    first, last, over, under, single = found.groups()
    if single:
        return int(single), int(single)
    if over:
        return int(over), 999
    return (0, int(under) - 1) if under else (int(first), int(last))
