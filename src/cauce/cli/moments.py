"""`cauce moments`: what may be sent of a pack to another office, and what is in such a file."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli.places import DEFAULT_STORE, FilesOption, RegionOption, StoreOption, own_region
from cauce.cli.screen import called, console, plain_errors, steps
from cauce.model.audit import Audit
from cauce.model.errors import BadInput
from cauce.model.moments import FEWEST_PSUS, Sent
from cauce.model.rule import rule_in
from cauce.pipeline.moments import (
    SUFFIX,
    Counted,
    Received,
    audit_of,
    counted,
    moments_of_pack,
    receive,
    write_moments,
)

NEVER = (
    "a row, a person, a household or a PSU, nor the sums of a PSU",
    "a number, a count or a moment of a cell that is not public",
    "who the largest contributors of an amount are, or how much they hold",
    "the number a ratio was centred at while it was computed",
    "a path, a name of a machine or of a person of the office",
)


def run(
    pack: Annotated[Path | None, typer.Argument(help="The folder of the pack.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    look: Annotated[
        Path | None, typer.Option("--look", help="Say what is in a file of moments.")
    ] = None,
    file: FilesOption = None,
    store: StoreOption = DEFAULT_STORE,
    region: RegionOption = None,
) -> None:
    """Write what may be sent of a pack: cleared cells with their moments. Nothing is published."""
    with plain_errors():
        if look is not None:
            received = receive(look)
            show(received, audit_of(received, store))
            return
        if pack is None or out is None:
            raise BadInput(
                "Say which pack and where to: cauce moments PACK --out FILE.moments; or which file "
                "to look at: cauce moments --look FILE.moments."
            )
        if out.suffix != SUFFIX:
            raise BadInput(f"--out: call the file NAME{SUFFIX}, and not {out.name}.")
        if not out.parent.is_dir():
            raise BadInput(f"--out: there is no folder {out.parent}.")
        with steps() as step:
            made = moments_of_pack(pack, region or own_region(), file or (), step, store)
            step("Writing")
            digest = write_moments(made, out, store)
    show_counts(made.sent)
    show_audit(made.audit)
    console.print(f"Written to {out}; SHA-256 {digest}.", markup=False)
    console.print(f"Look at it before it is sent: {called()} moments --look {out}", markup=False)


def show_counts(sent: Sent) -> None:
    """How many cells of each table are sent, and as what."""
    table = Table(box=box.SIMPLE, title=f"{sent.survey}, vintage {sent.vintage}")
    table.add_column("dataflow", no_wrap=True)
    for name in ("cells", "moments", "numbers", "imprecise", "empty", "withheld"):
        table.add_column(name, justify="right", no_wrap=True)
    counts = counted(sent)
    for one in counts:
        table.add_row(one.flow, *_numbers(one))
    whole = Counted(
        "", *(sum(getattr(one, name) for one in counts) for name in Counted.__annotations__
              if name != "flow")
    )  # fmt: skip
    table.add_row("[bold]all[/]", *(f"[bold]{text}[/]" for text in _numbers(whole)))
    console.print(table)


def _numbers(one: Counted) -> tuple[str, ...]:
    counts = (one.cells, one.moments, one.numbers, one.imprecise, one.unanswered, one.withheld)
    return tuple(f"{count:,}" for count in counts)


def show_audit(audit: Audit) -> None:
    """What an attacker finds of all that is sent: it stays at home."""
    console.print(
        f"Withheld for their own sake {audit.primary:,}, to protect others {audit.secondary:,}, "
        f"asked for by the attacker {audit.repaired:,}. Of {len(audit.bounds):,} numbers an "
        f"attacker finds bounds; the narrowest is {audit.narrowest:.3g} times as wide as asked, "
        f"half of them {audit.median:.3g} times or more."
    )


def show(received: Received, audit: Audit | None) -> None:
    """What is in a file of moments, in words, for whoever decides whether it may be sent."""
    sent = received.sent
    source = sent.flows[0].dataflow.source
    console.print(f"[bold]{received.name}[/]  SHA-256 {received.sha256}, {received.size:,} bytes")
    console.print(
        f"{source.name.en}. Area {source.area}, vintage {sent.vintage}. Licence: "
        f"{rule_in(source.licence, 'en')}. Source: {rule_in(source.citation, 'en')}",
        markup=False,
    )
    show_counts(sent)
    console.print(
        "[bold]moments[/]: cells whose sums and variances of sums are in the file, all strata of a "
        "cell together; [bold]numbers[/]: cells that are there as they are published, without "
        "moments; [bold]empty[/]: nobody answered; [bold]imprecise[/] and "
        "[bold]withheld[/]: there without any number."
    )
    console.print(
        f"Every cell with a number rests on {sent.minimum:,} respondents or more; with moments, "
        f"also on {max(sent.minimum, FEWEST_PSUS):,} PSUs or more. All tables were protected as "
        "one system and attacked before this was written. It tells no more of a withheld cell than "
        "the release does."
    )
    if audit is not None:
        show_audit(audit)
    else:
        console.print("What an attacker finds of it is told where it was made, beside its store.")
    for period in sorted({one.period for one in sent.provenance.inputs}):
        files = [one for one in sent.provenance.inputs if one.period == period]
        told = "; ".join(f"{one.name}, SHA-256 {one.sha256[:12]}…" for one in files)
        console.print(f"Made from the file of {period}: {told}", markup=False)
    console.print("[bold]Not in the file[/]: " + "; ".join(NEVER) + ".")
