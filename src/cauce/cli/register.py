"""`cauce register`: the registers and their log."""

import typer

from cauce.cli import register_count

app = typer.Typer(help="Registers that remember: counted, checked, kept.", no_args_is_help=True)


@app.callback()
def options() -> None:
    """What holds for every command about registers."""


app.command("count")(register_count.count)
