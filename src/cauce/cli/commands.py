"""Which module has which command: a command is imported when it is called, and not before.

All of them together are three seconds of imports, one alone is one.
"""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS = {
    "demo": ("demo", "run"),
    "serve": ("serve", "run"),
    "release": ("release", "run"),
    "indicators": ("indicators", "run"),
    "held": ("hold", "held"),
    "approve": ("hold", "approve"),
    "drop": ("hold", "drop"),
    "publish": ("hold", "publish"),
    "backup": ("keep", "backup_all"),
    "restore": ("keep", "restore_all"),
    "upgrade": ("keep", "upgrade_database"),
    "status": ("keep", "status"),
    "verify": ("release", "verify_vintage"),
    "explain": ("explain", "run"),
    "vintages": ("store", "vintages"),
    "rollback": ("store", "rollback"),
    "withdraw": ("store", "withdraw"),
    "scrub": ("store", "scrub"),
    "quality": ("quality", "run"),
    "estimate": ("estimate", "run"),
    "pack": ("packs", "app"),
    "ilms": ("ilms", "app"),
    "assess": ("assess", "app"),
    "account": ("account", "app"),
    "register": ("register", "app"),
    "office": ("office", "app"),
}
"""The module of `cauce.cli` and what in it is the command or the group."""


class Commands(TyperGroup):
    """The commands above, each made when it is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The names alone, for "did you mean".
        self.commands: Any = dict.fromkeys(COMMANDS)

    def list_commands(self, ctx: Any) -> list[str]:
        """All of them, in the order above."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One of them, None if there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found = getattr(import_module(f"cauce.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            made = get_command(found)
        else:
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(cmd_name)(found)
            made = get_command(alone)
        made.name = cmd_name
        return made
