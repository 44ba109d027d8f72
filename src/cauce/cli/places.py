"""Where the packs that come with Cauce are, and the store when none is named."""

from pathlib import Path
from typing import Annotated

import typer

import cauce
from cauce.model.errors import BadInput
from cauce.pipeline.streaming import When


def own_packs() -> Path:
    """The packs beside the source in a checkout, inside the package when installed from a wheel."""
    package = Path(cauce.__file__).parent
    checkout = package.parent.parent / "packs"
    return checkout if checkout.is_dir() else package / "packs"


def refuse_unaudited(asked: bool) -> None:
    """Raises BadInput if somebody asks for what is no longer done."""
    if asked:
        raise BadInput(
            "--accept-unaudited is gone: every release is protected as one system and audited "
            "before it leaves. Leave it out."
        )


def own_region() -> Path:
    return own_packs() / "region"


def own_registers() -> Path:
    return own_packs() / "registers"


StoreOption = Annotated[
    Path, typer.Option("--store", help="The folder of published releases.", show_default=True)
]
RegionOption = Annotated[
    Path | None,
    typer.Option("--region", help="The dictionary packs share; Cauce's own if not given."),
]
FilesOption = Annotated[
    list[Path] | None,
    typer.Option("--file", help="The survey's file, or a folder of files. May be repeated."),
]
StreamOption = Annotated[
    When,
    typer.Option(
        "--stream",
        help="Read files in batches: if they would not fit into --memory, always, or never.",
    ),
]
MemoryOption = Annotated[
    int, typer.Option("--memory", help="Memory for the rows of a file, in MiB.", min=64)
]
HostOption = Annotated[str, typer.Option(help="The address to listen on.")]
PortOption = Annotated[
    int, typer.Option(help="The port to listen on; 0 takes any free one.", min=0, max=65535)
]
DatabaseOption = Annotated[
    str,
    typer.Option("--database", help="The register database: sqlite:///… or postgresql+psycopg://…"),
]
KeysOption = Annotated[
    Path, typer.Option("--keys", help="The folder of keys, outside the database and its backups.")
]
UnauditedOption = Annotated[
    bool, typer.Option("--accept-unaudited", hidden=True, help="Gone: every release is audited.")
]
DEFAULT_STORE = Path("store")
DEFAULT_DATABASE = "sqlite:///registers.sqlite"
DEFAULT_KEYS = Path("keys")
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        envvar="CAUCE_ENGINE",
        help="Who adds up: local, or in whole numbers kernel, duckdb or sc://HOST:PORT. An address "
        "with a token is better kept in the variable.",
    ),
]
TableOption = Annotated[
    list[str] | None,
    typer.Option(
        "--table",
        help="A table of the endpoint, or Parquet files it can read, in place of a file. May be "
        "repeated for parts.",
    ),
]
