"""The command `cauce`."""

import typer

import cauce
from cauce.cli.commands import Commands
from cauce.cli.screen import console, plain_errors

app = typer.Typer(
    cls=Commands,
    help="From survey files and registers to published figures with their errors.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(shown: bool) -> None:
    if shown:
        console.print(f"cauce {cauce.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True),
) -> None:
    """What holds for every command."""
    del version


def main() -> None:
    """Run the command line."""
    with plain_errors():
        app()
