"""The invented survey of employers, by the very steps an office takes."""

from pathlib import Path

from cauce.pipeline.employers.designing import (
    FRAME,
    SAMPLE,
    Wanted,
    design,
    read_frame,
    write_sample,
)
from cauce.pipeline.employers.weighing import Weighed, weigh_answers
from cauce.sources import read_rows, write_rows
from cauce.sources.invented import firm_answers, firm_fate, firms

REGISTER, DRAWN, ANSWERS, WEIGHED = (
    "marco.csv", "muestra.csv", "respuestas.csv", "empleadores2025.csv",
)  # fmt: skip
ASKED = Wanted(firms=450, response=0.75, seed=2025, minimum=5)
JOINED = {"S2T4|C|INT": "S5T19|C|INT"}
"""Nobody of the first answered: an office would join it with the next size, and so do we."""
SINGLE, NEXT = "S1|", "S2T4|"


def invent(folder: Path) -> Weighed:
    """Write the register, the sample, the answers and the weighed file into a folder.

    The same program writes the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    every = firms()
    write_rows(folder / REGISTER, (*FRAME, "formal"), every)
    frame = read_frame(folder / REGISTER)
    write_sample(frame, design(frame, ASKED), folder / DRAWN)
    _, drawn = read_rows(folder / DRAWN, SAMPLE)
    fates = {row["firm"]: firm_fate(row["firm"]) for row in drawn}
    out = ({**row, "outcome": _told(fates[row["firm"]])} for row in drawn)
    write_rows(folder / DRAWN, SAMPLE, list(out))
    asked = [one for one in every if fates.get(one["firm"]) == "answered"]
    rows = [row for firm in asked for row in firm_answers(firm)]
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    write_rows(folder / ANSWERS, columns, rows)
    return weigh_answers(folder / DRAWN, folder / ANSWERS, folder / WEIGHED, _joined(drawn))


def _joined(drawn: list[dict[str, str]]) -> dict[str, str]:
    """One-person firms, too few to stand for each other, with those of two to four."""
    own = {row["stratum"] for row in drawn}
    small = (name for name in own if name.startswith(SINGLE))
    return {**{name: name.replace(SINGLE, NEXT, 1) for name in sorted(small)}, **JOINED}


def _told(fate: str) -> str:
    return "" if fate == "answered" else fate
