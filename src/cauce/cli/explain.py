"""`cauce explain`: where a number comes from, in the terminal."""

from typing import Annotated

import typer
from rich.table import Table

from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import console, plain_errors
from cauce.model.text import Language
from cauce.portal.explain import Explanation, explain
from cauce.portal.made import Fact
from cauce.portal.words import words
from cauce.store import Reader
from cauce.store.keys import find


def run(
    dataflow: Annotated[str, typer.Argument(help="The dataflow, as `cauce vintages` lists it.")],
    key: Annotated[str, typer.Argument(help="Codes joined by dots, such as A.CRI.UNE_DEAP._T._T.")],
    store: StoreOption = DEFAULT_STORE,
    period: Annotated[str, typer.Option(help="The period; the latest if not given.")] = "",
    vintage: Annotated[str, typer.Option(help="The vintage; the current one if not given.")] = "",
    language: Annotated[Language, typer.Option(help="en or es.")] = "en",
) -> None:
    """Say where a number comes from: formula, sample, recodes, file, program, verdicts."""
    with plain_errors():
        snapshot = Reader(store).snapshot()
        manifest = snapshot.manifest(dataflow, vintage or None)
        observations = snapshot.observations(dataflow, manifest.vintage)
        row = find(observations, key, period)
        show(explain(manifest, observations, row, words(language)), language)


def show(found: Explanation, language: Language) -> None:
    """Print an explanation."""
    said = words(language)
    figure = found.figure
    console.print(f"[bold]{found.indicator}[/] · {found.flow} {found.key} · {found.period}")
    if found.invented:
        console.print(f"[yellow]{said('invented_short')} {said('invented_long')}[/]")
    if figure.raw is None:
        console.print(f"[bold]{figure.why}[/]")
    else:
        console.print(f"[bold]{figure.value} {figure.unit}[/]  {figure.interval}  {figure.why}")
    _facts(said("verdicts"), found.verdicts)
    _facts(said("sample"), found.sample)
    _facts(said("formula"), found.formula)
    steps = Table(title=said("recodes"), title_justify="left", show_lines=False)
    for name in ("variable", "how", "columns", "written_in"):
        steps.add_column(said(name), overflow="fold")
    for step in found.steps:
        place = f"{step.file}:{step.line}"
        steps.add_row(step.variable, step.text, ", ".join(step.columns), place)
    if found.steps:
        console.print(steps)
    _facts(said("design"), found.design)
    _facts(said("source"), found.source)
    made = [
        *(Fact(said("input_file"), f"{f.name} sha256 {f.sha256}") for f in found.inputs),
        Fact(said("pack"), f"{found.provenance.pack} sha256 {found.provenance.pack_sha256}"),
        Fact(said("program"), found.provenance.code_version),
        Fact(said("machine"), found.provenance.machine),
        *(Fact(f"{said('lent')} {f.name}", f.value) for f in found.lent),
        Fact(said("vintage"), found.vintage),
        Fact(said("cite_in_text"), found.citation),
    ]
    _facts(said("again"), tuple(made))
    console.print(found.verify)


def _facts(title: str, facts: tuple[Fact, ...]) -> None:
    if not facts:
        return
    console.print(f"\n[bold]{title}[/]")
    for fact in facts:
        console.print(f"  {fact.name}: {fact.value}", markup=False)
