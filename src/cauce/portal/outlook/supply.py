"""What openings and supply rest on: the people there will be, who leaves, and who could come."""

from dataclasses import dataclass

from cauce.model.indicator import Indicator
from cauce.portal.links import table_path
from cauce.portal.outlook.rows import Cell, Row, cell, own_dimension
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words

PART = "PART"
PEOPLE = ("PRJ_LF_NB", "PRJ_LFE_NB", "PRJ_TRD_NB", "PRJ_BAL_NB")
"""Labour force, those of it in work, posts if the past goes on, and posts less people."""


@dataclass(frozen=True)
class Line:
    """A number of people with its name; `sum` says that the lines before it come to it."""

    name: str
    people: Cell | None
    sum: bool = False


@dataclass(frozen=True)
class Made:
    """The openings of an occupation and its supply, part by part, with the tables of both."""

    openings: tuple[Line, ...]
    supply: tuple[Line, ...]
    going: str
    coming: str


@dataclass(frozen=True)
class People:
    """The people an area counts on in a year: labour force beside posts, adults by education.

    `balance` and `learnt` are the tables of either.
    """

    lines: tuple[Line, ...]
    schooling: tuple[Line, ...]
    balance: str
    learnt: str


def people(run: Run, year: str, words: Words) -> People | None:
    """The people behind a scenario in a year; None where none are told."""
    balance, schooling = run.table("BALANCE"), run.table("SCHOOLING")
    lines, learnt = [], []
    if balance is not None:
        time = balance.flow.dimensions[-1].id
        for name in PEOPLE:
            rows = balance.rows({"INDICATOR": name, time: year})
            told = balance.indicator_name(name, words)
            lines += [Line(told, cell(balance, row, words)) for row in rows]
    if schooling is not None:
        time, level = schooling.flow.dimensions[-1].id, own_dimension(schooling)
        rows = schooling.rows({time: year}, (level,))
        learnt = [Line(schooling.name(r, level, words), cell(schooling, r, words)) for r in rows]
    if not lines and not learnt:
        return None
    tables = (_table(run, name, words) for name in ("BALANCE", "SCHOOLING"))
    return People(tuple(lines), tuple(learnt), *tables)


def made(run: Run, row: Row, year: str, words: Words) -> Made | None:
    """What openings and supply of an occupation are made of; None where no part is told."""
    going, coming = (_parts(run, name, row.code, year, words) for name in ("LEAVING", "COMING"))
    if not going and not coming:
        return None
    names = {one.id: words.of(one.name) for one in _indicators(run)}
    growth, openings, supply = (
        Line(names.get(name, name), row.cells.get(name), name != "PRJ_EXP_NB")
        for name in ("PRJ_EXP_NB", "PRJ_OPN_NB", "PRJ_SUP_NB")
    )
    tables = (_table(run, name, words) for name in ("LEAVING", "COMING"))
    return Made((growth, *going, openings), (*coming, supply) if coming else (), *tables)


def _table(run: Run, name: str, words: Words) -> str:
    """The page of a table of the run, "" where it has none."""
    found = run.manifests.get(name)
    return table_path(words.language, found.dataflow.id) if found else ""


def _indicators(run: Run) -> tuple[Indicator, ...]:
    table = run.table("GROUP")
    return () if table is None else table.flow.indicators


def _parts(run: Run, name: str, code: str, year: str, words: Words) -> tuple[Line, ...]:
    table = run.table(name)
    if table is None or not table.has(own_dimension(table), code):
        return ()
    time = table.flow.dimensions[-1].id
    rows = table.rows({own_dimension(table): code, time: year}, (PART,))
    return tuple(Line(table.name(row, PART, words), cell(table, row, words)) for row in rows)
