"""A corridor as told in one language: the page and the paper are laid out from the same value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Language
from cauce.publish.charts.drawing import Drawing

Verdict = Literal["higher", "lower", "alike", "untested"]
"""Of movers against natives: distinguishable at 5 %, not distinguishable, or not testable."""


@dataclass(frozen=True)
class Number:
    """A number as told, "" if there is none and `why` says it; `why` else holds its flags."""

    told: str
    interval: str = ""
    n: str = ""
    why: str = ""
    href: str = ""


@dataclass(frozen=True)
class Basis:
    """What stands under a figure: who counted whom, when; the vintage, its day, its rights."""

    name: str
    source: str
    period: str
    vintage: str
    published: str
    licence: str
    href: str


@dataclass(frozen=True)
class Tile:
    """One number to be seen first, with what it is and its interval, year or reason."""

    name: str
    number: str
    note: str


@dataclass(frozen=True)
class Contrast:
    """One figure for natives and for movers, and whether the difference is real.

    `difference` is movers minus natives with its interval, "" if there is no test: `why` then.
    """

    name: str
    unit: str
    natives: Number
    movers: Number
    difference: str
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True)
class Contrasts:
    """Figures of the same survey, criterion, ages, period and standard, one below the other.

    `href` is the table the first of them stands in.
    """

    caption: str
    natives: str
    movers: str
    lines: tuple[Contrast, ...]
    href: str = ""

    @property
    def tested(self) -> bool:
        """Whether any difference is tested."""
        return any(each.verdict != "untested" for each in self.lines)

    @property
    def common_unit(self) -> str:
        """The unit of all lines, "" if they differ in it."""
        units = {each.unit for each in self.lines}
        return units.pop() if len(units) == 1 else ""

    @property
    def common_why(self) -> str:
        """Why most of those that are not testable are not, to be said once; "" if few are not."""
        reasons = [each.why for each in self.lines if each.why]
        most = max(reasons, key=reasons.count, default="")
        return most if reasons.count(most) > 1 else ""


@dataclass(frozen=True)
class Grid:
    """A small table: what a picture shows, in figures."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Item:
    """A record of a register, or a figure in words; `told` is what is known of it in a line."""

    title: str
    told: str
    href: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture that can be drawn in any width, and what is to be known to read it."""

    draw: Callable[[float], Drawing | None]
    reading: str


@dataclass(frozen=True)
class Section:
    """One piece of what is known. There is no section without something in it."""

    id: str
    title: str
    lead: str
    pictures: tuple[Picture, ...] = ()
    contrasts: tuple[Contrasts, ...] = ()
    grids: tuple[Grid, ...] = ()
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A piece that is not known, and what would fill it."""

    id: str
    name: str
    needs: str


LABELS = (
    "c_brief", "c_figure", "c_differs", "c_higher", "c_lower", "c_alike", "c_untested", "c_missing",
    "c_missing_text", "c_published", "c_page", "c_online", "c_cut", "source", "vintage",
    "invented_short",
)  # fmt: skip
"""Words of the portal that a paper needs as they are."""


@dataclass(frozen=True)
class Brief:
    """Everything Cauce knows of a corridor, and what it does not.

    `labels` are the words named in LABELS, `path` is the address of the page without the site, and
    `state` says of which state of the store this is told. `invented` says that figures of an
    invented country are among it.
    """

    language: Language
    origin: str
    destination: str
    title: str
    lead: str
    path: str
    state: str
    invented: bool
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    missing: tuple[Missing, ...]
    labels: Mapping[str, str]
