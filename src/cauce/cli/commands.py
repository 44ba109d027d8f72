"""Which module has which command: a command is imported when it is called, and not before.

All of them together are three seconds of imports, one alone is one.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS = {
    "demo": ("demo", "run"),
    "serve": ("serve", "run"),
    "site": ("site", "app"),
    "package": ("package", "run"),
    "release": ("release", "run"),
    "moments": ("moments", "run"),
    "import": ("imports", "run"),
    "sdmx": ("sdmx", "app"),
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
    "audit": ("audit", "run"),
    "protect": ("protect", "run"),
    "vintages": ("store", "vintages"),
    "rollback": ("store", "rollback"),
    "withdraw": ("store", "withdraw"),
    "scrub": ("store", "scrub"),
    "quality": ("quality", "run"),
    "brief": ("brief", "run"),
    "estimate": ("estimate", "run"),
    "crisis": ("crisis", "app"),
    "pack": ("packs", "app"),
    "ddi": ("ddi", "app"),
    "ilms": ("ilms", "app"),
    "assess": ("assess", "app"),
    "account": ("account", "app"),
    "recruiters": ("recruiters", "app"),
    "register": ("register", "app"),
    "waits": ("waits", "run"),
    "code": ("code", "run"),
    "coding": ("code", "app"),
    "capture": ("capture", "run"),
    "office": ("office", "app"),
    "card": ("card", "app"),
    "employers": ("employers", "app"),
    "intake": ("intake", "app"),
    "outlook": ("outlook", "app"),
}
"""The module of `cauce.cli` and what in it is the command or the group."""


class Loaded(Mapping[str, Any]):
    """The commands above by name, each made when it is looked up."""

    def __getitem__(self, name: str) -> Any:
        module, inner = COMMANDS[name]
        found = getattr(import_module(f"cauce.cli.{module}"), inner)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(name)(found)
            found = alone
        made = get_command(found)
        made.name = name
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Commands(TyperGroup):
    """The group `cauce`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands: Any = Loaded()

    def list_commands(self, ctx: Any) -> list[str]:
        """All of them, in the order above."""
        del ctx
        return list(COMMANDS)
