"""What people see in the terminal: steps, tables and errors."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from cauce.model.errors import BadInput, MethodFailed
from cauce.pipeline.progress import Progress as Step

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def steps() -> Iterator[Step]:
    """A function that shows the step under way: with the time it takes, or as a line of a log."""
    if not errors.is_terminal:
        yield errors.print
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=errors) as bar:
        running: list[TaskID] = []

        def step(message: str) -> None:
            for task in running:
                bar.update(task, completed=1, total=1)
            running[:] = [bar.add_task(message, total=None)]

        yield step
        for task in running:
            bar.update(task, completed=1, total=1)


def called() -> str:
    """How this program was called, for commands that people are to type next."""
    return "cauce" if shutil.which("cauce") == sys.argv[0] else sys.argv[0]


@contextmanager
def plain_errors() -> Iterator[None]:
    """Show errors meant for people without a traceback; ours keep theirs."""
    try:
        yield
    except (BadInput, MethodFailed) as error:
        errors.print(f"[bold red]Error:[/] {_escape(str(error))}")
        sys.exit(1)


def _escape(text: str) -> str:
    return text.replace("[", r"\[")
