"""What the commands that judge the registers share: what they look at, and how it is shown."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import wraps
from inspect import Signature, signature
from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table as Grid

from cauce.assess.telling import DASH
from cauce.cli.places import DEFAULT_DATABASE, DatabaseOption, own_registers
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.model.judgement import Cell, Judgement, Table, Tone
from cauce.model.text import LANGUAGES, Language
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.registers import read_registers
from cauce.store.log import open_database
from cauce.store.log.copies import must_be_there

COLOURS: Mapping[Tone, str] = {
    "done": "bold green",
    "good": "green",
    "warn": "yellow",
    "bad": "bold red",
    "none": "dim",
}

DayOption = Annotated[str, typer.Option("--on", help="The day to judge on; today if not given.")]
AllOption = Annotated[
    bool, typer.Option("--waiting", help="Judge also what still waits for review.")
]
LanguageOption = Annotated[str, typer.Option("--language", help="en, es or both.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@dataclass(frozen=True)
class Asked:
    """What the options of a command say."""

    database: str = DEFAULT_DATABASE
    on: str = ""
    waiting: bool = False


@contextmanager
def looking(asked: Asked) -> Iterator[LogSight]:
    """The registers as asked; errors are shown without a traceback."""
    with plain_errors():
        now = datetime.now(UTC)
        must_be_there(asked.database)
        opened = open_database(asked.database)
        try:
            declared = read_registers(own_registers())
            yield LogSight(opened, declared, day_of(asked.on, now), now, not asked.waiting)
        finally:
            opened.close()


@dataclass(frozen=True)
class Judged:
    """What a command judged, and what it found, for JSON; the judgement itself if None."""

    judgement: Judgement
    found: object = None


def judged(command: Callable[..., Iterable[Judged]]) -> Callable[..., None]:
    """The command that shows what a function judges, with the options all judgements have.

    The first argument of the function is what it looks at; the others are options of its own.
    """

    def run(
        database: DatabaseOption = DEFAULT_DATABASE,
        on: DayOption = "",
        waiting: AllOption = False,
        language: LanguageOption = "en",
        as_json: JsonOption = False,
        **own: object,
    ) -> None:
        with looking(Asked(database, on, waiting)) as sight:
            for one in command(sight, **own):
                show(one.judgement, language, as_json, one.found)

    _, *own = signature(command).parameters.values()
    *shared, _ = signature(run).parameters.values()
    wraps(command)(run)
    # This is where typer looks for the options of a command.
    run.__annotations__ = {each.name: each.annotation for each in (*own, *shared)}
    run.__signature__ = Signature([*own, *shared])  # type: ignore[attr-defined] # as PEP 362 has it
    return run


def day_of(said: str, now: datetime) -> date:
    try:
        return date.fromisoformat(said) if said else now.date()
    except ValueError as error:
        raise BadInput(f"{said[:20]!r} is no day: write it as 2023-08-25.") from error


def languages_of(said: str) -> tuple[Language, ...]:
    """The languages asked for. Raises BadInput for one we do not speak."""
    chosen = tuple(language for language in LANGUAGES if said in (language, "both"))
    if not chosen:
        raise BadInput(f"{said[:20]!r} is no language of ours: say en, es or both.")
    return chosen


def show(judgement: Judgement, language: str, as_json: bool, found: object = None) -> None:
    """A judgement on the screen, or what was found as JSON."""
    if as_json:
        text = json.dumps(plain(judgement if found is None else found), ensure_ascii=False)
        console.print(text, markup=False, soft_wrap=True)
        return
    for chosen in languages_of(language):
        _show(judgement, chosen)


def _show(judgement: Judgement, language: Language) -> None:
    console.rule(f"[bold]{escape(judgement.title.of(language))}")
    for warning in judgement.warnings:
        console.print(f"[{COLOURS['warn']}]{escape(warning.of(language))}[/]")
    for note in judgement.notes:
        console.print(note.of(language), markup=False)
    for table in judgement.tables:
        console.print(f"\n[bold]{escape(table.name.of(language))}")
        if not table.rows:
            console.print(table.none.of(language), markup=False)
        elif _width(table, language) <= console.width:
            _grid(table, language)
        else:
            _list(table, language)


def _width(table: Table, language: Language) -> int:
    """How wide a table would be if no cell were folded."""
    columns = zip(table.head, *table.rows, strict=True)
    return sum(
        2 + max(len(head.of(language)), *(len(cell.said.of(language)) for cell in column))
        for head, *column in columns
    )


def _grid(table: Table, language: Language) -> None:
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in table.head:
        grid.add_column(name.of(language))
    for row in table.rows:
        grid.add_row(*(_said(cell, language) for cell in row))
    console.print(grid)


def _list(table: Table, language: Language) -> None:
    """One row after the other, each line with its head; what has nothing to say is left out."""
    for row in table.rows:
        console.print(f"[bold]•[/] {_said(row[0], language)}")
        for head, cell in zip(table.head[1:], row[1:], strict=True):
            if cell.said != DASH:
                console.print(f"    {escape(head.of(language))}: {_said(cell, language)}")


def _said(cell: Cell, language: Language) -> str:
    said = escape(cell.said.of(language))
    colour = COLOURS.get(cell.tone)
    return f"[{colour}]{said}[/]" if colour else said


def plain(value: object) -> object:
    """A value as JSON holds it: what is declared by its names, days and money as text."""
    if isinstance(value, Enum):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Sequence | frozenset) and not isinstance(value, str):
        parts = sorted(value) if isinstance(value, frozenset) else value
        return [plain(part) for part in parts]
    return str(value) if isinstance(value, date | Decimal) else value
