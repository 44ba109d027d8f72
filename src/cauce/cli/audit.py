"""`cauce audit`: what of a release is withheld and why, and what an attacker could find."""

from collections.abc import Iterator
from math import isnan
from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from cauce.cli.hold import HeldOption
from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import console, plain_errors
from cauce.model.audit import Audit, Bound, Cited
from cauce.model.kept_audit import WhatIf
from cauce.pipeline.audited import Audited, audited, cell_of, check_key
from cauce.protect.reasons import reason
from cauce.store import Audits, Reader, audits_beside

SHOWN = 20


def run(
    vintage: Annotated[str, typer.Argument(help="The vintage, as `cauce vintages` lists it.")],
    store: StoreOption = DEFAULT_STORE,
    survey: Annotated[str, typer.Option(help="If several surveys have this vintage.")] = "",
    cell: Annotated[
        list[str] | None,
        typer.Option("--cell", help="Why this one is withheld: FLOW:A.XAA.UNE.F.2025."),
    ] = None,
    place: HeldOption = None,
) -> None:
    """Show what of a release is withheld and why; for the office, since it names such cells."""
    with plain_errors():
        found = audited(Reader(store), Audits(audits_beside(store, place)), vintage, survey)
        asked = [cell_of(text) for text in cell or ()]
        for flow, key in asked:
            check_key([one.dataflow for one in found.manifests], flow, key)
    for flow, key in asked:
        show_cell(found, flow, key)
    if not asked:
        show(found)


def show(found: Audited) -> None:
    """The whole report: tables, what an attacker finds, what was asked since."""
    audit, first = found.kept.audit, found.manifests[0]
    title = f"{first.survey}, vintage {first.vintage}: {audit.cells:,} cells"
    table = Table(box=box.SIMPLE, title=title)
    table.add_column("dataflow", no_wrap=True)
    for name in ("cells", "own", "other", "mended"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in found.flows():
        counts = (one.cells, one.own, one.secondary, one.repaired)
        table.add_row(one.flow, *(f"{count:,}" for count in counts))
    total = (audit.cells, audit.primary, audit.secondary, audit.repaired)
    table.add_row("[bold]all[/]", *(f"[bold]{count:,}[/]" for count in total))
    console.print(table)
    console.print(
        "own: withheld for its own sake; other: to protect these; mended: the attacker asked for it"
    )
    for line in told(audit, found.verdict):
        console.print(line, markup=False)
    for answer in found.answers:
        show_answer(answer)


def told(audit: Audit, verdict: bool) -> Iterator[str]:
    """What an attacker of our own found, and what the release was let out with."""
    if not audit.withheld:
        yield "Nothing is withheld as confidential."
    elif not audit.bounds:
        yield "Not attacked: how narrowly a reader can bound what is withheld is not known."
    else:
        yield (
            f"{len(audit.bounds):,} withheld numbers bounded in {audit.seconds:,.1f} s; widths as "
            f"multiples of what is asked: narrowest {number(audit.narrowest)}, median "
            f"{number(audit.median)}."
        )
    yield (
        "Linked tables were protected and attacked as one system."
        if verdict
        else "Linked tables were not audited together."
    )
    for leak in audit.leaks[:SHOWN]:
        by = ", ".join(map(cited, leak.by))
        yield f"Given away: {cited(leak.bound.of)}, {between(leak.bound)}, by {by}"
    if len(audit.leaks) > SHOWN:
        yield f"… and {len(audit.leaks) - SHOWN:,} more are given away."
    if not audit.leaks and audit.bounds:
        yield "No withheld number is given away."


def show_cell(found: Audited, flow: str, key: tuple[str, ...]) -> None:
    """Why a cell is withheld, and what a reader can find of it."""
    name = f"{flow}:{'.'.join(key)}"
    withheld = found.cell(flow, key)
    if withheld is None:
        console.print(f"{name} is not withheld as confidential.", markup=False)
        return
    why = "; ".join(reason(one).en for one in withheld.why)
    console.print(f"[bold]{escape(name)}[/] is withheld: {escape(why)}.")
    for bound in found.bounds(flow, key):
        console.print(f"  {bound.of.number}: {between(bound)}", markup=False)
    for answer in found.answers:
        if name in answer.publish:
            show_answer(answer)


def show_answer(answer: WhatIf) -> None:
    """What would be withheld instead."""
    asked = [f"publishing {one}" for one in answer.publish]
    asked += [f"leaving {one} out" for one in answer.without]
    console.print(f"[bold]{escape(', '.join(asked))}[/]")
    console.print(
        f"  {answer.before:,} cells withheld now, {answer.after:,} then: {len(answer.closed):,} "
        f"others would be withheld, {len(answer.opened):,} could be published."
    )
    for word, cells in (("withheld instead", answer.closed), ("published", answer.opened)):
        for one in cells[:SHOWN]:
            why = "; ".join(reason(each).en for each in one.why)
            key = f"{one.flow}:{'.'.join(one.key)}"
            console.print(f"  {word}: {key} ({why})", markup=False)
        if len(cells) > SHOWN:
            console.print(f"  … and {len(cells) - SHOWN:,} more")


def cited(one: Cited) -> str:
    vintage = f"@{one.vintage}" if one.vintage else ""
    return f"{one.number} of {one.flow}:{'.'.join(one.key)}{vintage}"


def between(bound: Bound) -> str:
    """The ends of a bound, and how far apart they have to be."""
    ends = f"between {number(bound.low)} and {number(bound.high)}"
    least = "" if bound.searched == "exact" else " at least"
    asked = f"asked: {number(bound.width)} apart" if bound.width else "no secret for its own sake"
    return f"{ends}{least} ({asked})"


def number(value: float) -> str:
    return "no end" if isnan(value) else f"{value:,.6g}"
