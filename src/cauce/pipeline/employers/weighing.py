"""From the firms that were drawn and what they answered to the file a pack reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cauce.estimate.firms import OUT, REFUSED, RESPONDED, FirmWeights, weigh
from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput
from cauce.pipeline.employers.designing import SAMPLE, check_ids, numbers
from cauce.sources import read_rows, write_rows

ADDED = ("stratum", "firms_in_stratum", "registered_staff", "weight")
OUTCOMES = {"": REFUSED, "refused": REFUSED, "answered": RESPONDED, "out": OUT}
FAR = (1 / 3, 3.0)
"""Calibration that changes a weight by more than this tells of a register that has aged."""


@dataclass(frozen=True)
class Weighed:
    """Strata after joining, what became of the firms of each, and their factors.

    `drawn`, `answered` and `out` have shape (s,). `far` names the strata whose calibration is far
    from 1, `lonely` those with a single answer.
    """

    labels: tuple[str, ...]
    drawn: Ints
    answered: Ints
    out: Ints
    weights: FirmWeights
    rows: int

    @property
    def far(self) -> tuple[str, ...]:
        factor = self.weights.calibration
        return tuple(
            label
            for label, one in zip(self.labels, factor.tolist(), strict=True)
            if not FAR[0] <= one <= FAR[1]
        )

    @property
    def lonely(self) -> tuple[str, ...]:
        return tuple(
            label
            for label, one in zip(self.labels, self.weights.lonely.tolist(), strict=True)
            if one
        )


def weigh_answers(
    sample: Path, answers: Path, out: Path, join: Mapping[str, str] | None = None
) -> Weighed:
    """Weigh what firms answered and write it with stratum, frame count and weight.

    A firm with rows among the answers has answered. One whose `outcome` in the sample says "out" is
    closed or out of scope: it stays in the file, with empty answers, since it stands for others
    that are. All others refused.

    Args:
        answers: one or more rows a firm, with a column `firm`.
        join: strata to be put together, each with the one it joins.

    Raises:
        BadInput: a file is not what was promised; an answer is of a firm that was not drawn.
        MethodFailed: nobody stands for a stratum.
    """
    _, drawn = read_rows(sample, SAMPLE)
    columns, rows = read_rows(answers, ("firm",))
    if taken := [name for name in ADDED if name in columns]:
        raise BadInput(f"{answers.name} has columns that weighing adds: {', '.join(taken)}.")
    ids = [row["firm"] for row in drawn]
    check_ids(ids, sample.name)
    strangers = {row["firm"] for row in rows} - set(ids)
    if strangers:
        raise BadInput(
            f"{answers.name}: {len(strangers):,} firms answered that were not drawn. Only the "
            f"firms of {sample.name} stand for others."
        )
    fate = _fates(drawn, {row["firm"] for row in rows}, sample.name)
    labels, of, population, registered = _strata(drawn, join or {}, sample.name)
    staff = numbers([row["staff"] for row in drawn], "staff", sample.name)
    found = weigh(of, population, staff, fate, registered, labels)
    _write(out, columns, rows, drawn, fate, found, [labels[at] for at in of], population[of])
    count = len(labels)
    return Weighed(
        labels,
        np.bincount(of, minlength=count),
        np.bincount(of[fate == RESPONDED], minlength=count),
        np.bincount(of[fate == OUT], minlength=count),
        found,
        len(rows),
    )


def _fates(drawn: Sequence[Mapping[str, str]], answered: set[str], where: str) -> Ints:
    words = [row["outcome"].lower() for row in drawn]
    if strange := sum(word not in OUTCOMES for word in words):
        raise BadInput(
            f"{where}: outcome is none of {', '.join(filter(None, OUTCOMES))} in {strange:,} rows."
        )
    fate = np.array([OUTCOMES[word] for word in words], dtype=np.int64)
    there = np.array([row["firm"] in answered for row in drawn])
    if both := int((there & (fate == OUT)).sum()):
        raise BadInput(f"{where}: {both:,} firms are out of scope and answered all the same.")
    if lost := int((~there & (fate == RESPONDED)).sum()):
        raise BadInput(f"{where}: {lost:,} firms are said to have answered and have no answers.")
    return np.where(there, RESPONDED, fate)


def _strata(
    drawn: Sequence[Mapping[str, str]], join: Mapping[str, str], where: str
) -> tuple[tuple[str, ...], Ints, Ints, Floats]:
    """Labels, the stratum of each firm, firms and registered staff of each, after joining."""
    own = {row["stratum"] for row in drawn}
    for name in (*join, *join.values()):
        if name not in own:
            raise BadInput(f"--join: {where} has no stratum {name}.")
    if chained := sorted(set(join) & set(join.values())):
        raise BadInput(f"--join: {', '.join(chained)} joins another and is joined. Name the last.")
    firms = numbers([row["firms_in_stratum"] for row in drawn], "firms_in_stratum", where)
    staff = numbers([row["staff_in_stratum"] for row in drawn], "staff_in_stratum", where)
    sizes: dict[str, tuple[float, float]] = {}
    for row, count, people in zip(drawn, firms.tolist(), staff.tolist(), strict=True):
        if sizes.setdefault(row["stratum"], (count, people)) != (count, people):
            raise BadInput(f"{where}: the firms or staff of a stratum differ between its rows.")
    labels = tuple(sorted({join.get(name, name) for name in own}))
    at = {name: labels.index(join.get(name, name)) for name in own}
    population, registered = np.zeros(len(labels), dtype=np.int64), np.zeros(len(labels))
    for name, (count, people) in sizes.items():
        if not count >= 1 or count != int(count):
            raise BadInput(f"{where}: firms_in_stratum of {name} is no whole number above 0.")
        population[at[name]] += int(count)
        registered[at[name]] += people
    of = np.array([at[row["stratum"]] for row in drawn], dtype=np.int64)
    return labels, of, population, registered


def _write(
    out: Path,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    drawn: Sequence[Mapping[str, str]],
    fate: Ints,
    found: FirmWeights,
    strata: Sequence[str],
    population: Ints,
) -> None:
    added = {
        row["firm"]: {
            "stratum": strata[at],
            "firms_in_stratum": f"{population[at]}",
            "registered_staff": row["staff"],
            "weight": repr(float(found.weight[at])),
        }
        for at, row in enumerate(drawn)
    }
    gone = ({"firm": drawn[at]["firm"]} for at in np.flatnonzero(fate == OUT).tolist())
    every = (*rows, *gone)
    write_rows(out, (*columns, *ADDED), ({**row, **added[row["firm"]]} for row in every))
