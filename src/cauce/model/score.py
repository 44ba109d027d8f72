"""What an assessment found, with how much it rests on and how far people agreed."""

from dataclasses import dataclass

from cauce.model.text import Text


@dataclass(frozen=True)
class Disagreement:
    """How far apart two institutions drawn at random are.

    `levels` is in steps of the scale; `share` is against the most it could be, half of them at
    either end: 0 all say the same, 1 they are split in two.
    """

    levels: float
    share: float
    disputed: bool


@dataclass(frozen=True)
class GroupScore:
    """What one stakeholder group says; `value` is None if withheld or if nobody answered."""

    group: str
    name: Text
    value: float | None
    institutions: int
    because: Text | None = None


@dataclass(frozen=True)
class Score:
    """A score on the frame's scale, or None with the reason.

    `coverage` is the share answered of what was asked and applies, None if nothing was;
    `institutions` are those that answered; `without` are the items that may not be shown or of
    which nobody knew; `spread` is the difference between the highest and the lowest group shown.
    """

    id: str
    name: Text
    value: float | None
    coverage: float | None
    institutions: int
    without: tuple[str, ...]
    groups: tuple[GroupScore, ...]
    disagreement: Disagreement | None
    spread: float | None
    because: Text | None = None


@dataclass(frozen=True)
class CountryScores:
    """A country by item, by cell (pillar × element), by pillar, and in all."""

    country: str
    items: tuple[Score, ...]
    cells: tuple[Score, ...]
    pillars: tuple[Score, ...]
    overall: Score
