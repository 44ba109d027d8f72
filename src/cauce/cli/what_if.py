"""`--what-if`: what is asked of a release that is not published, and the answer."""

from collections.abc import Sequence
from typing import Annotated

import typer

from cauce.cli.audit import show_answer, told
from cauce.cli.screen import console
from cauce.model.errors import BadInput
from cauce.pipeline.audited import cell_of
from cauce.pipeline.otherwise import Answered, Question

WhatIfOption = Annotated[
    list[str] | None,
    typer.Option(
        "--what-if",
        help="publish=FLOW:A.XAA.UNE.F.2025, a cell to publish first; without=FLOW, a table "
        "to leave out. Nothing is published.",
    ),
]


def show_what_if(found: Answered) -> None:
    """The release as it is, and what would be withheld instead."""
    for line in told(found.now, not found.now.leaks):
        console.print(line, markup=False)
    show_answer(found.answer)


def question_of(asked: Sequence[str]) -> Question:
    """What is asked. Raises BadInput if a part is neither publish= nor without=."""
    publish, without = [], []
    for text in asked:
        kind, _, what = text.partition("=")
        if kind.strip() == "publish":
            publish.append(cell_of(what))
        elif kind.strip() == "without" and what.strip():
            without.append(what.strip())
        else:
            raise BadInput(
                f"{text[:80]} is neither publish=FLOW:KEY, a cell to publish first, nor "
                "without=FLOW, a table to leave out."
            )
    return Question(tuple(dict.fromkeys(publish)), tuple(dict.fromkeys(without)))
