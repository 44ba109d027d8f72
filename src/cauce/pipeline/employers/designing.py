"""From a register of firms to a sample, and to what it will be able to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cauce.estimate.firms import (
    Expected,
    Strata,
    allocate,
    draw,
    expected,
    presence_profile,
    strata_of,
)
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput
from cauce.sources import read_rows, write_rows

FRAME = ("firm", "activity", "region", "staff")
SAMPLE = (*FRAME, "stratum", "firms_in_stratum", "staff_in_stratum", "outcome")
FORMAL = {"": True, "yes": True, "1": True, "true": True, "no": False, "0": False, "false": False}
STEP = 1.15


@dataclass(frozen=True)
class Frame:
    """The formal firms of a register, as columns of n; `informal` counts those left out."""

    firm: tuple[str, ...]
    activity: tuple[str, ...]
    region: tuple[str, ...]
    staff: Floats
    informal: int


@dataclass(frozen=True)
class Wanted:
    """What a sample is to be: firms to ask, their expected response, and how they are drawn."""

    firms: int
    response: float = 1.0
    seed: int = 1
    take_all: float = 100.0
    minimum: int = 2
    power: float | None = None
    presence: Path | None = None


@dataclass(frozen=True)
class Designed:
    """A sample and what to expect of it.

    `drawn` counts the firms of each stratum, `taken` marks those of the frame. `half` is the fewest
    firms with which half of the occupations could be shown, 0 if the whole frame is not enough.
    """

    strata: Strata
    drawn: Ints
    taken: Flags
    expected: Expected
    half: int


def read_frame(file: Path) -> Frame:
    """A register of firms: firm, activity, region, staff, and formal (yes or no) if it says so.

    Raises:
        BadInput: a column is missing, a firm has no id or stands twice, staff is no number, formal
            is neither yes nor no, no formal firm is left.
    """
    _, rows = read_rows(file, FRAME)
    formal = [row.get("formal", "").lower() for row in rows]
    if strange := sum(word not in FORMAL for word in formal):
        raise BadInput(f"{file.name}: formal is neither yes nor no in {strange:,} rows.")
    kept = [row for row, word in zip(rows, formal, strict=True) if FORMAL[word]]
    if not kept:
        raise BadInput(f"{file.name}: all {len(rows):,} firms are informal: no formal one is left.")
    ids = [row["firm"] for row in kept]
    check_ids(ids, file.name)
    for name in ("activity", "region"):
        if empty := sum(not row[name] for row in kept):
            raise BadInput(f"{file.name}: {empty:,} firms have no {name}. It makes the strata.")
    return Frame(
        tuple(ids),
        tuple(row["activity"] for row in kept),
        tuple(row["region"] for row in kept),
        numbers([row["staff"] for row in kept], "staff", file.name),
        len(rows) - len(kept),
    )


def check_ids(ids: Sequence[str], where: str) -> None:
    """Raises BadInput if a firm has no id or stands twice; counts, never which."""
    if not all(ids):
        raise BadInput(f"{where}: {sum(not one for one in ids):,} firms have no id.")
    if twice := len(ids) - len(set(ids)):
        raise BadInput(f"{where}: {twice:,} firms stand twice. Each has one row and one chance.")


def numbers(texts: Sequence[str], what: str, where: str) -> Floats:
    """Numbers written with a point; an empty one is NaN. Raises BadInput with a count."""
    found = np.full(len(texts), np.nan)
    wrong = 0
    for at, text in enumerate(texts):
        try:
            found[at] = float(text) if text else np.nan
        except ValueError:
            wrong += 1
    if wrong:
        raise BadInput(f"{where}: {what} is no number in {wrong:,} of {len(texts):,} rows.")
    return found


def design(frame: Frame, wanted: Wanted) -> Designed:
    """Strata, allocation, draw and the errors to expect. Raises BadInput as its parts do."""
    strata = strata_of(frame.staff, frame.activity, frame.region, wanted.take_all)
    presence = presence_profile() if wanted.presence is None else read_presence(wanted.presence)
    drawn = allocate(strata, wanted.firms, wanted.minimum, wanted.power).drawn
    return Designed(
        strata,
        drawn,
        draw(frame.firm, strata.of, drawn, wanted.seed),
        expected(strata, drawn, wanted.response, presence),
        _half(strata, wanted, presence),
    )


def _half(strata: Strata, wanted: Wanted, presence: Floats) -> int:
    """The fewest firms, in steps of 15 %, with which half of the occupations would be shown."""
    every = int(strata.population.sum())
    firms = float(allocate(strata, every, wanted.minimum, wanted.power).fewest)
    while True:
        asked = min(int(np.ceil(firms)), every)
        drawn = allocate(strata, asked, wanted.minimum, wanted.power).drawn
        if 2 * expected(strata, drawn, wanted.response, presence).shown >= len(presence):
            return asked
        if asked == every:
            return 0
        firms *= STEP


def read_presence(file: Path) -> Floats:
    """The share of firms that have each occupation, from columns occupation and presence."""
    _, rows = read_rows(file, ("occupation", "presence"))
    return numbers([row["presence"] for row in rows], "presence", file.name)


def write_sample(frame: Frame, made: Designed, out: Path) -> None:
    """Write the drawn firms, with their stratum; `outcome` is left for the field to fill in."""
    strata = made.strata
    write_rows(
        out,
        SAMPLE,
        (
            {
                "firm": frame.firm[at],
                "activity": frame.activity[at],
                "region": frame.region[at],
                "staff": f"{frame.staff[at]:.12g}",
                "stratum": strata.labels[strata.of[at]],
                "firms_in_stratum": f"{strata.population[strata.of[at]]}",
                "staff_in_stratum": f"{strata.staff[strata.of[at]]:.12g}",
            }
            for at in np.flatnonzero(made.taken).tolist()
        ),
    )
