"""`cauce register count`: a register as of a day, as published numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from math import isnan
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli.hold import (
    AloneOption,
    EmbargoOption,
    HeldOption,
    HoldOption,
    NameOption,
    Way,
    moment_of,
    publish_or_hold,
)
from cauce.cli.places import (
    DEFAULT_DATABASE,
    DEFAULT_KEYS,
    DEFAULT_STORE,
    DatabaseOption,
    KeysOption,
    StoreOption,
    UnauditedOption,
    own_registers,
    refuse_unaudited,
)
from cauce.cli.screen import console, plain_errors, steps
from cauce.cli.what_if import WhatIfOption, question_of, show_what_if
from cauce.model.codelist import TOTAL
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.pipeline.register_count import Asked, release_counts
from cauce.pipeline.what_if_counted import what_if_counted
from cauce.store.log import open_database
from cauce.store.log.copies import must_be_there

RegistersOption = Annotated[
    Path | None,
    typer.Option("--registers", help="The folder of declarations; Cauce's own if not given."),
]
SHOWN = 40


def count(
    name: Annotated[str, typer.Argument(help="The register, as its declaration calls it.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    store: StoreOption = DEFAULT_STORE,
    day: Annotated[str, typer.Option(help="As of which day; today if not given.")] = "",
    known_at: Annotated[str, typer.Option(help="As known at which moment; now if not given.")] = "",
    publish: Annotated[bool, typer.Option(help="Publish the counts to the store.")] = False,
    unapproved: Annotated[
        bool, typer.Option(help="Count also what nobody has approved; not to be published.")
    ] = False,
    vintage: Annotated[str, typer.Option(help="The vintage's name; the day if not given.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is counted again.")] = "",
    accept_unaudited: UnauditedOption = False,
    registers: RegistersOption = None,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
    keys: KeysOption = DEFAULT_KEYS,
    what_if: WhatIfOption = None,
) -> None:
    """Count a register as of a day: what may be said, and what is withheld."""
    with plain_errors(), steps() as step:
        refuse_unaudited(accept_unaudited)
        refuse_unapproved(unapproved, publish or hold or bool(embargo))
        asked = Asked(
            register=name,
            day=day_of(day),
            known_at=moment_of(known_at) if known_at else None,
            approved=not unapproved,
            vintage=vintage,
            reason=reason,
            store=store if publish or hold or embargo else None,
        )
        must_be_there(database)
        opened = open_database(database)
        try:
            folder = registers or own_registers()
            if what_if:
                refuse_both(publish or hold or bool(embargo))
                asked = replace(asked, store=store if (store / "CURRENT").exists() else None)
                question = question_of(what_if)
                show_what_if(what_if_counted(folder, opened, asked, question, keys, step))
                return
            release = release_counts(folder, opened, asked, step, keys=keys)
        finally:
            opened.close()
        for flow in release.flows:
            show_counts(flow)
        for note in release.notes:
            console.print(f"[yellow]{note}[/]", markup=True)
        done = "Nothing was published. Say --publish, or --hold for a second person."
        if publish or hold or embargo:
            way = Way(hold or bool(embargo), by, embargo, alone, place)
            done = publish_or_hold(release, store, way, step)
    console.print(done, markup=False)


def refuse_both(public: bool) -> None:
    if public:
        raise BadInput("With --what-if nothing is published. Leave out --publish and --hold.")


def refuse_unapproved(unapproved: bool, public: bool) -> None:
    if unapproved and public:
        raise BadInput("What nobody has approved is not published. Leave out --unapproved.")


def day_of(text: str) -> date:
    """The day a text names, today if it names none. Raises BadInput."""
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError:
        raise BadInput(f"{text[:40]} is no day. Write it as 2026-10-31.") from None


def show_counts(flow: Observations) -> None:
    """The cells of a table with their codes in words; what is withheld as a dash."""
    dataflow = flow.dataflow
    own = range(3, len(dataflow.dimensions))
    table = Table(box=box.SIMPLE, title=f"{dataflow.id}: {dataflow.name.en}")
    for at in own:
        table.add_column(dataflow.dimensions[at].name.en)
    measure = {"1": "count", "days": "median days"}.get(dataflow.indicators[0].numerator, "sum")
    table.add_column(measure, justify="right")
    for row, key in enumerate(flow.key[:SHOWN].tolist()):
        codes = [dataflow.dimensions[at].codes[key[at]] for at in own]
        words = (code.name.en if code.id != TOTAL else f"[bold]{code.name.en}[/]" for code in codes)
        table.add_row(*words, said(flow, row))
    console.print(table)
    if len(flow.key) > SHOWN:
        console.print(f"… and {len(flow.key) - SHOWN:,} more cells")


def said(flow: Observations, row: int) -> str:
    if flow.conf_status[row] is not ConfStatus.FREE:
        return "withheld"
    if flow.reliability[row] is Reliability.NONE:
        return "none reported"
    value = f"{flow.value[row]:,.{flow.dataflow.indicators[0].decimals}f}"
    low, high = flow.ci_low[row], flow.ci_high[row]
    if low == high or isnan(low):
        return value
    return f"{value} ({low:,.0f} – {'…' if isnan(high) else f'{high:,.0f}'})"
