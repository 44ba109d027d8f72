"""`cauce intake`: the form on a phone for complaints, in a process that can read none of them."""

from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from cauce.cli.places import DEFAULT_KEYS, KeysOption, own_registers
from cauce.cli.screen import console, plain_errors
from cauce.intake import Intake, create_intake
from cauce.letterbox import public_of
from cauce.model.errors import BadInput
from cauce.model.text import Text

app = typer.Typer(
    help="The form on a phone for complaints: it takes, and never reads.",
    invoke_without_command=True,
)
PublicOption = Annotated[
    Path, typer.Option("--public", help="The folder of public keys, one file a country.")
]
LettersOption = Annotated[
    Path, typer.Option("--letters", help="The folder that letters are dropped into.")
]
AnswersOption = Annotated[
    Path, typer.Option("--answers", help="The folder of answers, which the office fills.")
]


@app.callback()
def run(
    context: typer.Context,
    public: PublicOption = Path("intake/public"),
    letters: LettersOption = Path("intake/letters"),
    answers: AnswersOption = Path("intake/answers"),
    telephone: Annotated[str, typer.Option(help="Of the hotline, shown on the form.")] = "",
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8400,
    each: Annotated[int, typer.Option(help="Letters an hour from one address.", min=1)] = 20,
    all_: Annotated[int, typer.Option("--all", help="Letters an hour in all.", min=1)] = 600,
) -> None:
    """Serve the form until interrupted. It logs nothing of who comes; put it behind TLS."""
    if context.invoked_subcommand is None:
        with plain_errors():
            keys, names = read_keys(public)
            for folder in (letters, answers):
                if not folder.is_dir():
                    raise BadInput(f"There is no folder {folder}. Make it for this user alone.")
            made = Intake(keys, names, letters, answers, telephone, each, all_)
            console.print(f"The form is at [bold]http://{host}:{port}[/] (Ctrl+C ends it)")
            uvicorn.run(
                create_intake(made),
                host=host,
                port=port,
                log_level="critical",
                access_log=False,
                server_header=False,
                date_header=False,
            )


@app.command("key")
def new_key(
    country: Annotated[str, typer.Argument(help="Whose hotline: an ISO code such as GTM.")],
    keys: KeysOption = DEFAULT_KEYS,
    public: PublicOption = Path("intake/public"),
    renew: Annotated[bool, typer.Option(help="A new key; the old one opens what waits.")] = False,
) -> None:
    """Make a country's key: what opens stays in the key folder, what seals goes to the form."""
    from cauce.cli.office import countries_of
    from cauce.pipeline.registers import read_registers
    from cauce.store.log.key_folder import KeyFolder

    with plain_errors():
        names = countries_of(read_registers(own_registers()))
        if country not in names:
            raise BadInput(f"{country} is no country of the registers: give an ISO code.")
        folder, name = KeyFolder(keys), f"intake-{country}"
        name = folder.following(name) if renew else folder.newest(name)
        seals = public_of(folder.key(name)).hex()
        public.mkdir(parents=True, exist_ok=True)
        words = names[country]
        path = public / f"{country}.pub"
        path.write_text(f"{seals}\n{words.en}\n{words.es}\n", "utf-8")
        console.print(f"Wrote {path}. Give it to the form, and never the key folder.", markup=False)


def read_keys(folder: Path) -> tuple[dict[str, bytes], dict[str, Text]]:
    """The public keys and names of countries. Raises BadInput if there are none, or one is none."""
    keys, names = {}, {}
    for path in sorted(folder.glob("*.pub")) if folder.is_dir() else ():
        lines = path.read_text("utf-8").split("\n")
        try:
            keys[path.stem] = bytes.fromhex(lines[0])
            names[path.stem] = Text(lines[1], lines[2])
        except (ValueError, IndexError) as error:
            raise BadInput(f"{path} is no public key: write it by `cauce intake key`.") from error
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise BadInput(f"{folder} has no public key of a country: `cauce intake key GTM`.")
    return keys, names
