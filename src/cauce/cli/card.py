"""`cauce card`: cards of a mechanism, checked without a network."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.account import TERMINAL
from cauce.cli.card_told import told
from cauce.cli.places import DEFAULT_DATABASE, DEFAULT_KEYS, DatabaseOption, KeysOption
from cauce.cli.screen import console, plain_errors
from cauce.model.card import Verdict
from cauce.model.errors import BadInput
from cauce.model.event import Standing
from cauce.model.text import Text
from cauce.pipeline.mobility import recorded_in
from cauce.publish.cards.page import page
from cauce.publish.cards.picture import picture
from cauce.registers.cards.batch import read_batch
from cauce.registers.cards.check import check
from cauce.registers.cards.revoked import read_list
from cauce.registers.cards.ring import read_ring, refuse_names, ring_text
from cauce.store.files import write_all, write_durably
from cauce.store.log import open_database
from cauce.store.log.card_keys import make_key, ring_of, signed, withdraw_key
from cauce.store.log.cards import (
    FRESH_DAYS,
    Why,
    issue,
    lists_of,
    read_lists,
    revoke,
    sign_list,
)
from cauce.store.log.events import (
    decide,
    decided_conflicts,
    forget,
    take_in,
)
from cauce.store.log.key_folder import KeyFolder

app = typer.Typer(help="Workers' cards that can be checked offline.", no_args_is_help=True)
Mechanism = Annotated[str, typer.Argument(help="Its code: 2 to 12 capitals, such as TEMPORAL.")]
LANGUAGE_HELP = "The language of the answer, en or es."


@app.command("key")
def new_key(
    mechanism: Mechanism,
    country: Annotated[str, typer.Argument(help="Whose mechanism: an ISO code such as CRI.")],
    en: Annotated[str, typer.Option(help="Who issues the cards, in English.")],
    es: Annotated[str, typer.Option(help="The same in Spanish.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
) -> None:
    """Make the key that signs from now on; cards signed with earlier ones stay good."""
    with plain_errors():
        opened, now = open_database(database), datetime.now(UTC)
        with opened.writing(TERMINAL) as connection:
            made = make_key(
                connection, KeyFolder(keys), mechanism, country, Text(en, es), TERMINAL, now
            )
            sign_list(connection, KeyFolder(keys), mechanism, TERMINAL, now)
    console.print(f"Key {made.id} signs for {mechanism}. Now make the page anew: cauce card page.")


@app.command("withdraw")
def withdraw(
    key: Annotated[str, typer.Argument(help="The key's id, 8 digits.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
) -> None:
    """Withdraw a key that others may have: no card it signed is believed by new pages.

    If an earlier key is still good, it signs the list anew.
    """
    with plain_errors():
        opened, now = open_database(database), datetime.now(UTC)
        with opened.writing(TERMINAL) as connection:
            withdraw_key(connection, key, TERMINAL, now)
            ring = ring_of(connection)
            mechanism = ring[key].mechanism
            if any(one.mechanism == mechanism and not one.withdrawn for one in ring.values()):
                sign_list(connection, KeyFolder(keys), mechanism, TERMINAL, now)
    console.print("Withdrawn. Make another (cauce card key), issue its cards anew, then the page.")


@app.command("issue")
def issue_card(
    mechanism: Mechanism,
    worker: Annotated[str, typer.Option(help="The worker's token; never a name or document.")],
    valid_from: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"])],
    valid_to: Annotated[
        datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last good day.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Where the picture of the code goes, an .svg.")
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
) -> None:
    """Issue a card and print the characters of its code."""
    with plain_errors():
        opened, days = open_database(database), (valid_from.date(), valid_to.date())
        with opened.writing(TERMINAL) as connection:
            made, code = issue(
                connection, KeyFolder(keys), mechanism, worker, days, TERMINAL, datetime.now(UTC)
            )
        if out is not None:
            write_durably(out, picture(code).encode())
    console.print(f"Card {made.token}, good from {made.valid_from} to {made.valid_to}.")
    typer.echo(code)


@app.command("revoke")
def revoke_card(
    token: Annotated[str, typer.Argument(help="The card's token, 16 digits.")],
    why: Annotated[Why, typer.Option(help="Kept here, on no list.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
) -> None:
    """Revoke a card and sign the list that says so."""
    with plain_errors():
        opened, now = open_database(database), datetime.now(UTC)
        with opened.writing(TERMINAL) as connection:
            mechanism = revoke(connection, token, why, TERMINAL, now)
            sign_list(connection, KeyFolder(keys), mechanism, TERMINAL, now)
    console.print("Revoked. Send the new list to the posts: cauce card page.")


@app.command("list")
def renew_list(
    mechanism: Mechanism,
    fresh_days: Annotated[int, typer.Option(help="For how long it is recent.")] = FRESH_DAYS,
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
) -> None:
    """Sign the list of revoked cards again, so that posts know it is today's."""
    with plain_errors():
        opened, now = open_database(database), datetime.now(UTC)
        with opened.writing(TERMINAL) as connection:
            text = sign_list(connection, KeyFolder(keys), mechanism, TERMINAL, now, fresh_days)
    typer.echo(text, nl=False)


@app.command("page")
def make_page(
    out: Annotated[Path, typer.Option("--out", help="The folder the files go to.")],
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Write the page for posts and farms, the ring of public keys and the signed lists."""
    with plain_errors():
        opened = open_database(database)
        with opened.reading(TERMINAL) as connection:
            ring, lists = ring_of(connection), lists_of(connection)
        believed = {one.mechanism for one in ring.values() if not one.withdrawn}
        if not believed:
            raise BadInput("There is no key yet: cauce card key MECHANISM COUNTRY --en … --es ….")
        html = page(ring, lists, datetime.now(UTC)).encode()
        made = {out / "card.html": html, out / "ring.json": ring_text(ring).encode()}
        for text in lists:
            listed = read_list(text, ring, signed)
            name = f"revoked-{ring[listed.key].mechanism}.txt"
            made[out / name] = text.encode()
        write_all(made)
    console.print(f"{len(made)} files in {out}; the page has {len(html):,} bytes.", markup=False)


@app.command("sync")
def sync(
    country: Annotated[str, typer.Argument(help="Whose mechanism: an ISO code such as CRI.")],
    files: Annotated[list[Path], typer.Argument(help="Batches as devices wrote them.")],
    just_sent: Annotated[
        bool, typer.Option("--just-sent", help="They are under way no longer than a minute.")
    ] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Take in events recorded offline; one receipt a file, as JSON, once it is on disk."""
    with plain_errors():
        refuse_names("SYNC", country)
        opened = open_database(database)
        for path in files:
            batch = read_batch(_text(path))
            with opened.writing(TERMINAL) as connection:
                now = datetime.now(UTC)
                receipt = take_in(connection, batch, country, now, travelled=not just_sent)
            typer.echo(json.dumps(asdict(receipt)))


@app.command("events")
def events(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Count where cards are, and name the conflicts that wait for a person; no card is shown.

    Events of cards that were not good count for nothing: they are among the conflicts.
    """
    with plain_errors():
        opened = open_database(database)
        with opened.reading(TERMINAL) as connection:
            states, conflicts = recorded_in(connection, None).settled()
            done = decided_conflicts(connection)
    counts = Counter(state.standing for state in states.values())
    console.print(", ".join(f"{one}: {counts[one]:,}" for one in Standing))
    unsure = sum(state.unsure for state in states.values())
    console.print(f"{unsure:,} of {len(states):,} cards rest on a clock that is wrong.")
    for one in (one for one in conflicts if one.id not in done):
        names = ", ".join(f"{device} no. {counter}" for device, counter in one.events)
        typer.echo(f"{one.id} {one.clash}: {names}")


@app.command("decide")
def decide_conflict(
    conflict: Annotated[str, typer.Argument(help="Its id, as `cauce card events` shows it.")],
    country: Annotated[str, typer.Argument(help="Whose mechanism: an ISO code such as CRI.")],
    found: Annotated[str, typer.Option(help="What was found out; name nobody.")],
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Keep what a person decided of a conflict; the events stay as they were recorded."""
    with plain_errors():
        refuse_names("SYNC", country)
        opened = open_database(database)
        with opened.writing(TERMINAL) as connection:
            _, conflicts = recorded_in(connection, None).settled()
            if conflict not in {one.id for one in conflicts}:
                raise BadInput("There is no such conflict: cauce card events shows them.")
            decide(connection, conflict, country, found, TERMINAL, datetime.now(UTC))
    console.print("Kept.")


@app.command("forget")
def forget_events(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Delete the events of cards nothing was heard of for 90 days; run it every day."""
    with plain_errors():
        opened = open_database(database)
        with opened.writing(TERMINAL) as connection:
            gone = forget(connection, datetime.now(UTC))
    console.print(f"{gone:,} events were forgotten.")


@app.command("verify")
def verify(
    code: Annotated[str, typer.Argument(help="The code as scanned or typed.")],
    ring: Annotated[Path | None, typer.Option(help="A ring.json, without a database.")] = None,
    revoked: Annotated[list[Path] | None, typer.Option(help="A signed list; repeatable.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Another day than today.")
    ] = None,
    language: Annotated[str, typer.Option(help=LANGUAGE_HELP)] = "en",
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Check a code; exit code 0 if it is good, 1 if not, 2 if that cannot be told here."""
    with plain_errors():
        if language not in ("en", "es"):
            raise BadInput("The language is en or es.")
        now = datetime.now().astimezone() if on is None else on.replace(hour=12).astimezone()
        if ring is not None:
            known = read_ring(_text(ring))
            lists = tuple(read_list(_text(path), known, signed) for path in revoked or ())
        else:
            opened = open_database(database)
            with opened.reading(TERMINAL) as connection:
                known, lists = ring_of(connection), read_lists(connection)
        found = check(code, known, lists, now, signed)
    for line in told(found, now.date(), "es" if language == "es" else "en"):
        typer.echo(line)
    unsure = (Verdict.CLOCK, Verdict.UNREADABLE, Verdict.UNKNOWN_KEY)
    raise typer.Exit({Verdict.VALID: 0}.get(found.verdict, 2 if found.verdict in unsure else 1))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name} cannot be read as text. Export it anew.") from error
