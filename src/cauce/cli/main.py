"""The command `cauce`."""

import typer

import cauce
from cauce.cli import (
    account,
    assess,
    demo,
    estimate,
    explain,
    hold,
    ilms,
    indicators,
    keep,
    office,
    packs,
    quality,
    register,
    register_publish,
    release,
    serve,
    store,
)
from cauce.cli.screen import console, plain_errors

app = typer.Typer(
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


app.command("demo")(demo.run)
app.command("serve")(serve.run)
app.command("release")(release.run)
app.command("indicators")(indicators.run)
app.command("held")(hold.held)
app.command("approve")(hold.approve)
app.command("drop")(hold.drop)
app.command("publish")(hold.publish)
app.command("backup")(keep.backup_all)
app.command("restore")(keep.restore_all)
app.command("upgrade")(keep.upgrade_database)
app.command("status")(keep.status)
app.command("verify")(release.verify_vintage)
app.command("explain")(explain.run)
app.command("vintages")(store.vintages)
app.command("rollback")(store.rollback)
app.command("withdraw")(store.withdraw)
app.command("scrub")(store.scrub)
app.command("quality")(quality.run)
app.command("estimate")(estimate.run)
app.add_typer(packs.app, name="pack")
app.add_typer(ilms.app, name="ilms")
app.add_typer(assess.app, name="assess")
app.add_typer(account.app, name="account")
register.app.command("publish")(register_publish.publish)
app.add_typer(register.app, name="register")
app.add_typer(office.app, name="office")


def main() -> None:
    """Run the command line."""
    with plain_errors():
        app()
