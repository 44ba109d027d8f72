"""Asking the rules of a wave: how many respondents pass, fail or cannot tell."""

from collections.abc import Iterator
from typing import Any

from cauce.model.validation import Findings, Outcome, Questions, Weighed

ROW = '"row" + 1'


def ask(connection: Any, questions: Questions) -> Findings:
    """What the harmonised rows of a connection answer, in counts."""
    return Findings(
        tuple(_outcomes(connection, questions)),
        tuple(_weighed(connection, questions)),
        tuple(_rows(connection, questions)) if questions.rows else (),
    )


def _rows(connection: Any, questions: Questions) -> Iterator[tuple[str, int]]:
    """Rule and row of all who fail. Rows are numbered in the order of the file, which is kept."""
    for one in questions.judgements:
        rows = connection.execute(
            f"SELECT {ROW} FROM ({questions.judged}) WHERE {one.fails} ORDER BY 1"
        ).fetchall()
        yield from ((one.rule, int(row)) for (row,) in rows)


def _outcomes(connection: Any, questions: Questions) -> Iterator[Outcome]:
    conditions = [
        f"count(*) FILTER (WHERE {part})"
        for one in questions.judgements
        for part in (one.passes, one.fails, one.unknown)
    ]
    if not conditions:
        return
    counts = connection.execute(
        f"SELECT {', '.join(conditions)} FROM ({questions.judged})"
    ).fetchone()
    for number, one in enumerate(questions.judgements):
        yield Outcome(one.rule, *counts[3 * number : 3 * number + 3])


def _weighed(connection: Any, questions: Questions) -> Iterator[Weighed]:
    for variable, column in questions.margins:
        rows = connection.execute(
            f"SELECT {column}, sum({questions.weight}), count(*) FROM harmonised "
            f"WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 1"
        ).fetchall()
        yield from (Weighed(variable, str(code), float(w), int(n)) for code, w, n in rows)
