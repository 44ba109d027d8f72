"""What a reader may choose: by dimension the codes that exist beside the other choices."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.portal.asked import FREQ, Wish
from cauce.portal.explorer.found import Found
from cauce.portal.explorer.named import named
from cauce.portal.links import here
from cauce.portal.words import Words

MANY = 30
"""Codes a facet lists unasked; of more, a search or the opening of a group finds the others."""
LEAST_TOGETHER = 2
"""Codes of a group that are worth a link to all of them."""


@dataclass(frozen=True)
class Option:
    """A code that may be ticked; `there` is False where nothing exists beside the other choices
    and only the tick keeps it in the list.
    """

    id: str
    name: str
    ticked: bool
    there: bool


@dataclass(frozen=True)
class Branch:
    """A code, or a group that orders codes, with what the lists declare to be part of it.

    `option` is None for a group without numbers of its own; `count` counts the codes that exist in
    it. `rest` says how many of them are not listed, and `together` leads to all directly below.
    """

    id: str
    name: str
    option: Option | None
    below: tuple["Branch", ...]
    count: int
    open: bool
    rest: int
    together: str


@dataclass(frozen=True)
class Facet:
    """The codes of one dimension. `told` sums up what is chosen, `every` leads to all of them.

    `search` is the name of the field that finds codes, "" where all are listed, and `sought` what
    was sought; `opens` is the name under which a group is opened; `more` says how many codes are
    not listed. `open` says that the reader is at work in it.
    """

    id: str
    name: str
    told: str
    branches: tuple[Branch, ...]
    all_chosen: bool
    every: str
    search: str
    sought: str
    opens: str
    more: str
    open: bool


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
    many = len(listed) > MANY
    sought, opened = (_word(query, f"{name}.{dimension.id}") for name in ("find", "open"))
    below = branching(dimension, listed)
    places = {dimension.codes[at].id: at for at in listed}
    shown = _shown(dimension, listed, below, sought, opened) | ticked if many else set(listed)
    tree = _Tree(found, j, there, places, below, shown, sought, opened, words)
    view, flow = found.view, found.observations.dataflow
    hidden = len(set(listed) - shown)
    return Facet(
        id=dimension.id,
        name=words.of(dimension.name),
        told=_told(found, j, chosen, len(there), words),
        branches=tree.branches(""),
        all_chosen=chosen is None,
        every="" if chosen is None else here(view.with_codes(j, None).pairs(flow)),
        search=f"find.{dimension.id}" if many else "",
        sought=sought,
        opens=f"open.{dimension.id}",
        more=words("facet_more" if len(below) < 2 else "facet_more_groups", count=hidden)
        if hidden
        else "",
        open=many and bool(sought or opened),
    )


def _word(query: Wish, name: str) -> str:
    return (query.get(name) or ("",))[-1].strip()[:40]


Below = Mapping[str, Sequence[Code]]


def branching(dimension: Dimension, listed: Sequence[int]) -> Below:
    """The codes directly below each code or group, as the code lists declare; "" above all.

    Only of the codes listed and the groups they are in; in the order of the list, a group where
    its first code is.
    """
    groups = {code.id: code for code in (*dimension.groups, *dimension.codes)}
    below: dict[str, list[Code]] = {"": []}
    placed: set[str] = set()
    for at in listed:
        code = dimension.codes[at]
        while code.id not in placed:
            placed.add(code.id)
            above = code.parent if code.parent in groups else ""
            below.setdefault(above, []).append(code)
            if not above:
                break
            code = groups[above]
    return below


def _shown(
    dimension: Dimension, listed: Sequence[int], below: Below, sought: str, opened: str
) -> set[int]:
    """Of many codes those that are sought; else those of the group opened, and those in none."""
    codes = dimension.codes
    wanted = folded(sought)
    if wanted:
        return set([at for at in listed if _fits(codes[at], wanted)][:MANY])
    inside, alone = ({code.id for code in below.get(group, ())} for group in (opened, ""))
    first = [at for at in listed if codes[at].id in alone and codes[at].id not in below][:MANY]
    grouped = [at for at in listed if codes[at].id in below]
    return {*first, *grouped, *(at for at in listed if opened and codes[at].id in inside)}


def _fits(code: Code, wanted: str) -> bool:
    return any(wanted in folded(word) for word in (code.id, code.name.en, code.name.es))


@dataclass(frozen=True)
class _Tree:
    """What the branches of one facet are made from."""

    found: Found
    j: int
    there: set[int]
    places: Mapping[str, int]
    below: Below
    shown: set[int]
    sought: str
    opened: str
    words: Words

    def branches(self, group: str) -> tuple[Branch, ...]:
        """What is listed directly below a group."""
        made = (self._branch(code) for code in self.below.get(group, ()))
        return tuple(branch for branch in made if branch is not None)

    def _branch(self, code: Code) -> Branch | None:
        """A code with what is below it; None if nothing of it is listed."""
        at, below = self._at(code), self.branches(code.id)
        listed = at is not None and at in self.shown
        if not below and not listed and (self.sought or code.id not in self.below):
            return None
        name = named(code, self.found.view.labels, self.words)
        inside = self._inside(code)
        ticked = set(self.found.view.asked.chosen[self.j] or ())
        wanted = bool(self.sought) or self._leads(code.id) or bool(ticked & set(inside))
        return Branch(
            id=code.id,
            name=name,
            option=Option(code.id, name, at in ticked, at in self.there)
            if at is not None and listed
            else None,
            below=below,
            count=sum(each in self.there for each in inside),
            open=wanted or self._alone(code),
            rest=sum(
                each not in self.shown
                for each in map(self._at, self.below.get(code.id, ()))
                if each is not None
            ),
            # Of many groups, the addresses of all that is in them would outweigh the figures.
            together=self._together(code, ticked) if wanted or not self._many else "",
        )

    @property
    def _many(self) -> bool:
        return len(self.shown) < len(self.places)

    def _alone(self, code: Code) -> bool:
        """Whether a code is the only group where it stands: closing it would gain nothing."""
        beside = self.below.get(code.parent, ()) or self.below[""]
        return sum(each.id in self.below for each in beside) == 1

    def _at(self, code: Code) -> int | None:
        """The place of a code in its dimension, None if it is a group alone or not there."""
        return self.places.get(code.id)

    def _leads(self, group: str) -> bool:
        """Whether the group that was opened is this one, or stands in it."""
        if not self.opened:
            return False
        lower = (self._leads(code.id) for code in self.below.get(group, ()))
        return group == self.opened or any(lower)

    def _inside(self, code: Code) -> list[int]:
        """The places of the codes below a code, at any depth."""
        found: list[int] = []
        for each in self.below.get(code.id, ()):
            at = self._at(each)
            found += [*([] if at is None else [at]), *self._inside(each)]
        return found

    def _together(self, code: Code, ticked: set[int]) -> str:
        """The view of all codes directly below a code, "" where they are few or chosen already."""
        places = map(self._at, self.below.get(code.id, ()))
        wanted = tuple(at for at in places if at is not None and at in self.there)
        if len(wanted) < LEAST_TOGETHER or set(wanted) == ticked:
            return ""
        view, flow = self.found.view, self.found.observations.dataflow
        return here(view.with_codes(self.j, wanted).pairs(flow))


def _told(found: Found, j: int, chosen: tuple[int, ...] | None, there: int, words: Words) -> str:
    """What is chosen, in a line."""
    if chosen is None:
        return words("facet_all", count=there)
    codes, labels = found.dimensions[j].codes, found.view.labels
    names = [named(codes[at], labels, words) for at in chosen[:2]]
    more = len(chosen) - len(names)
    return ", ".join(names) + (words("facet_and_more", count=more) if more else "")


def folded(text: str) -> str:
    """A text without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
