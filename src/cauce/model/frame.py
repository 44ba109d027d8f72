"""A frame to judge by: what is asked, of whom, on which scale, and how it is weighed."""

from dataclasses import dataclass

from cauce.model.pack import Place
from cauce.model.register import NOWHERE
from cauce.model.text import Text


@dataclass(frozen=True)
class Part:
    """A pillar or an element of a frame, with its weight beside the others, and how sure it is."""

    id: str
    name: Text
    weight: float = 1.0
    mark: str = ""


@dataclass(frozen=True)
class Level:
    """A step of the scale."""

    value: int
    name: Text


@dataclass(frozen=True)
class StakeholderGroup:
    """Institutions that speak from the same place, by their functions, and their weight."""

    id: str
    name: Text
    functions: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Item:
    """One question. It is put to the functions of `asked_of`, to all if that is empty.

    `mark` says how sure its wording is: V read, K known and to be checked, I proposed by us, L from
    a licensed copy; "" where the frame says it for all. `grave` says that a "no" alone forbids what
    is judged, `ask` whom or what to ask while it is not known.
    """

    id: str
    pillar: str
    element: str
    question: Text
    weight: float = 1.0
    asked_of: tuple[str, ...] = ()
    place: Place = NOWHERE
    mark: str = ""
    grave: bool = False
    ask: Text | None = None
    ground: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Pillars × elements with their questions: what every frame has.

    `mark` says how sure the source is: V read, K known, I proposed.
    """

    id: str
    name: Text
    about: Text
    source: str
    mark: str
    version: str
    pillars: tuple[Part, ...]
    elements: tuple[Part, ...]
    items: tuple[Item, ...]
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class ScoredFrame(Frame):
    """A frame answered on a scale by institutions of several groups.

    A score is withheld if less than `min_coverage` of what was asked was answered, or if fewer than
    `min_institutions` answered; a group's, if fewer than `min_group` did. A score below `gap_below`
    is a gap. From `disputed_from` on (0 to 1) a score is shown as disputed.
    """

    scale: tuple[Level, ...]
    groups: tuple[StakeholderGroup, ...]
    min_coverage: float
    min_institutions: int
    min_group: int
    gap_below: float
    disputed_from: float
