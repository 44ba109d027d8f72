"""`cauce held`, `approve`, `drop` and `publish`: releases that wait for a second person."""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import called, console, errors, plain_errors
from cauce.model.errors import BadInput
from cauce.model.held import Held
from cauce.model.release import Release
from cauce.pipeline.citing import refuse_broken
from cauce.pipeline.progress import Progress
from cauce.pipeline.structures import refuse_inconsistent
from cauce.store import Holds, Store, audits_beside, next_moment, to_the_thousandth

ALONE = "by one person alone"

HoldOption = Annotated[
    bool, typer.Option("--hold", help="Publish nothing yet: a second person approves.")
]
NameOption = Annotated[str, typer.Option("--as", help="Who you are.")]
EmbargoOption = Annotated[
    str,
    typer.Option(help="Hold it until this moment, kept to the second: 2026-12-01T10:00:00-06:00."),
]
AloneOption = Annotated[
    bool,
    typer.Option("--alone", help="Publish without a second person; the store's history says so."),
]
HeldOption = Annotated[
    Path | None,
    typer.Option("--held", help="The folder of held releases; beside the store if not given."),
]
LOOK_EVERY = 1.0


@dataclass(frozen=True)
class Way:
    """How a release goes out: held under a name, perhaps until a moment, or by one alone.

    `place` is the folder of held releases, None for the one beside the store.
    """

    hold: bool
    by: str
    embargo: str
    alone: bool
    place: Path | None = None


def holds_of(store: Path, held: Path | None = None) -> Holds:
    """The held releases of a store: in a folder beside it, which the public cannot enter."""
    return Holds(held or held_beside(store), store)


def held_beside(store: Path) -> Path:
    return store.parent / f"{store.name}-held"


def publish_or_hold(release: Release, store: Path, way: Way, step: Progress) -> str:
    """Publish a release or hold it; what to tell and to do next.

    Raises:
        BadInput: the store takes two persons, and nothing says that this one goes out alone; the
            release cites what the store does not have, or its structures would break a client.
    """
    holds, now = holds_of(store, way.place), datetime.now(UTC)
    refuse_broken(release, store)
    notes = "".join(f"{told}\n" for told in refuse_inconsistent(release, store))
    if way.hold:
        step("Holding")
        embargo = moment_of(way.embargo) if way.embargo else None
        held = holds.hold(release, way.by, now, embargo)
        where = f" --held {way.place}" if way.place else ""
        return notes + (
            f"Held, and not published. Look at it: {called()} serve --store {holds.place(held)}\n"
            f"A second person says: {called()} approve {held.survey} {held.vintage} "
            f"--as NAME --store {store}{where}"
        )
    if holds.needed and not way.alone:
        raise BadInput(
            "Releases of this store are approved by a second person: say --hold --as NAME. To "
            "publish alone all the same, say --alone; the store's history will say so."
        )
    step("Publishing")
    audits = audits_beside(store, way.place)
    Store(store, audits).publish(release, to_the_thousandth(now), signed=ALONE)
    return f"{notes}Published to {store}, {ALONE}.\nSee it: {called()} serve --store {store}"


def moment_of(text: str) -> datetime:
    """The moment a text names. Raises BadInput if it is none, or lacks its offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise BadInput(f"{text[:40]} is no moment. Write it as 2026-12-01T10:00:00-06:00.")
    return found


def held(store: StoreOption = DEFAULT_STORE, place: HeldOption = None) -> None:
    """List the releases that wait, and those that were held before."""
    with plain_errors():
        found = holds_of(store, place).all()
        table = Table(box=box.SIMPLE, title=f"{len(found)} held releases")
        for name in ("survey", "vintage", "held by", "approved by", "embargo", "state"):
            table.add_column(name, no_wrap=name in ("survey", "vintage"))
        for one in found:
            row = (one.survey, one.vintage, one.held_by, one.approved_by, one.embargo)
            table.add_row(*row, state(one, datetime.now(UTC)))
        console.print(table)


def state(one: Held, now: datetime) -> str:
    if one.published_at:
        return f"published at {one.published_at}"
    if not one.approved_at:
        return "waits for a second person"
    if one.embargo and datetime.fromisoformat(one.embargo) > now:
        return "approved, waits for its moment"
    return "approved, goes out with `cauce publish`"


def approve(
    survey: Annotated[str, typer.Argument(help="The survey, as `held` lists it.")],
    vintage: Annotated[str, typer.Argument(help="The vintage that is held.")],
    by: NameOption = "",
    store: StoreOption = DEFAULT_STORE,
    place: HeldOption = None,
) -> None:
    """Say, as a second person, that a held release may be published."""
    with plain_errors():
        done = holds_of(store, place).approve(survey, vintage, by, datetime.now(UTC))
        when = f"at {done.embargo}" if done.embargo else "now"
        where = f" --held {place}" if place else ""
        command = f"{called()} publish --store {store}{where}"
        console.print(f"Approved. `{command}` puts it out {when}.", markup=False)


def drop(
    survey: Annotated[str, typer.Argument(help="The survey, as `held` lists it.")],
    vintage: Annotated[str, typer.Argument(help="The vintage that is held.")],
    store: StoreOption = DEFAULT_STORE,
    place: HeldOption = None,
) -> None:
    """Give a held release up: nothing of it is published."""
    with plain_errors():
        holds_of(store, place).drop(survey, vintage)
        console.print("Dropped.")


def publish(
    store: StoreOption = DEFAULT_STORE,
    place: HeldOption = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and publish each release at its moment.")
    ] = False,
) -> None:
    """Publish what was approved and whose moment has come."""
    with plain_errors(), suppress(KeyboardInterrupt):
        holds = holds_of(store, place)
        while True:
            tell_published(holds, stop=not watch)
            if not watch:
                return
            time.sleep(pause(holds))


def tell_published(holds: Holds, stop: bool) -> None:
    """Publish what is due. What fails is told, and tried again while watching."""
    try:
        done = holds.publish_due(datetime.now(UTC))
    except BadInput as error:
        if stop:
            raise
        errors.print(f"[bold red]Error:[/] {error}")
        return
    for one in done:
        console.print(f"{one.survey} {one.vintage} is published.")
    if stop and not done:
        console.print("Nothing is due.")


def pause(holds: Holds) -> float:
    """How long to wait: a second, or less if the next moment is nearer."""
    now = datetime.now(UTC)
    following = next_moment(holds.all(), now)
    left = LOOK_EVERY if following is None else (following - now).total_seconds()
    return max(0.0, min(LOOK_EVERY, left))
