"""What people see in the terminal: steps, tables and errors."""

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
    """A function that shows the step under way, with the time it takes."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=not errors.is_terminal) as bar:
        running: list[TaskID] = []

        def step(message: str) -> None:
            for task in running:
                bar.update(task, completed=1, total=1)
            running[:] = [bar.add_task(message, total=None)]

        yield step
        for task in running:
            bar.update(task, completed=1, total=1)


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
