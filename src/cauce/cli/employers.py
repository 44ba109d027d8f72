"""`cauce employers`: a survey of employers, from the register of firms to the file of its pack."""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich import box
from rich.table import Table

from cauce.cli.places import RegionOption, own_region
from cauce.cli.screen import console, plain_errors
from cauce.estimate.firms import presence_profile
from cauce.model.errors import BadInput
from cauce.pipeline.employers import (
    Designed,
    Frame,
    Wanted,
    Weighed,
    design,
    invent,
    read_frame,
    weigh_answers,
    write_employers_form,
    write_sample,
)

app = typer.Typer(
    help="A survey of employers: sample, questionnaire, weights.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
OutOption = Annotated[Path, typer.Option("--out", "-o", help="The file to write.")]


@app.command("design")
def design_sample(
    frame: Annotated[
        Path,
        typer.Argument(
            help="The register as CSV: firm, activity, region, staff, and formal (yes or no)."
        ),
    ],
    firms: Annotated[int, typer.Option(help="How many firms to ask.", min=1)],
    out: OutOption = Path("sample.csv"),
    response: Annotated[float, typer.Option(help="The share expected to answer, such as 0.6.")] = (
        0.6
    ),
    seed: Annotated[int, typer.Option(help="The same seed draws the same firms.")] = 1,
    take_all: Annotated[float, typer.Option(help="All firms of this staff or more are asked.")] = (
        100
    ),
    minimum: Annotated[int, typer.Option(help="Firms of each stratum, at least.")] = 2,
    power: Annotated[
        float | None,
        typer.Option(help="Allocate by staff to this power (0 to 1); Neyman if not given."),
    ] = None,
    occupations: Annotated[
        Path | None,
        typer.Option(help="CSV of occupation and presence, the share of firms that have it."),
    ] = None,
) -> None:
    """Draw a sample of firms, and say what it will be able to tell before it is paid for."""
    with plain_errors():
        read = read_frame(frame)
        wanted = Wanted(firms, response, seed, take_all, minimum, power, occupations)
        made = design(read, wanted)
        write_sample(read, made, out)
    _show_design(read, made, wanted)
    console.print(f"{int(made.taken.sum()):,} firms written to {out}.", markup=False)


@app.command()
def weigh(
    sample: Annotated[Path, typer.Argument(help="The sample, with the outcome of each firm.")],
    answers: Annotated[Path, typer.Argument(help="The answers: one or more rows a firm.")],
    out: OutOption = Path("employers.csv"),
    join: Annotated[
        list[str] | None,
        typer.Option(help="STRATUM=OTHER: put a stratum with one like it. May be repeated."),
    ] = None,
) -> None:
    """Weigh the firms that answered: design, non-response, registered staff of each stratum."""
    with plain_errors():
        found = weigh_answers(sample, answers, out, _pairs(join or []))
    _show_weights(found)
    console.print(f"{found.rows:,} rows of answers written to {out}.", markup=False)


@app.command()
def form(out: OutOption = Path("employers.form.xlsx"), region: RegionOption = None) -> None:
    """Write the questionnaire for KoBo and ODK, in both languages, with the list of ISCO-08."""
    with plain_errors():
        write_employers_form(region or own_region(), out)
    console.print(f"Written: {out}", markup=False)


@app.command("invent")
def invent_files(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.")],
) -> None:
    """Write the survey of the invented country: register, sample, answers, weighed answers."""
    with plain_errors():
        found = invent(folder)
    _show_weights(found)
    console.print(
        f"Invented data written to {folder}. Next: cauce release packs/demo/employers_2025 "
        f"--file {folder}",
        markup=False,
    )


def _pairs(texts: list[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        name, sign, other = text.partition("=")
        if not sign or not name or not other or name == other:
            raise BadInput(f"--join {text}: write STRATUM=OTHER, two strata of the sample.")
        found[name] = other
    return found


def _show_design(frame: Frame, made: Designed, wanted: Wanted) -> None:
    table = Table(box=box.SIMPLE, title="The sample")
    for name in ("stratum", "firms", "staff", "asked"):
        table.add_column(name, justify="left" if name == "stratum" else "right")
    strata = made.strata
    for at, label in enumerate(strata.labels):
        counts = (strata.population[at], strata.staff[at], made.drawn[at])
        table.add_row(label, *(f"{count:,.0f}" for count in counts))
    table.add_section()
    totals = (strata.population.sum(), strata.staff.sum(), made.drawn.sum())
    table.add_row("all", *(f"{count:,.0f}" for count in totals))
    console.print(table)
    if frame.informal:
        console.print(
            f"[yellow]{frame.informal:,} informal firms are out of scope: the results are about "
            "the formal ones and have to say so.[/]"
        )
    _show_expected(made, wanted)


def _show_expected(made: Designed, wanted: Wanted) -> None:
    found = made.expected
    many = len(found.occupations)
    console.print(
        f"To expect with {found.respondents:,.0f} answers ({wanted.response:.0%}): total need, CV "
        f"{found.total:.0%}; the middle occupation, CV {float(np.median(found.occupations)):.0%}; "
        f"{found.shown} of {many} occupations within 30 %, the limit of what is shown."
    )
    if 2 * found.shown < many:
        way = (
            f"About {made.half:,} firms would show half of them"
            if made.half
            else "Not even all firms of this register would show half of them"
        )
        console.print(
            "[bold yellow]This sample cannot support a table by occupation.[/] "
            f"{way} at this response. Ask more, group occupations, or plan for totals only."
        )
    if wanted.presence is None:
        console.print(
            f"Which firms have which occupation is not known here: {many} are assumed, in "
            f"{presence_profile()[0]:.0%} of firms down to {presence_profile()[-1]:.0%}. Give "
            "--occupations where it is known."
        )


def _show_weights(found: Weighed) -> None:
    table = Table(box=box.SIMPLE, title="Weights")
    for name in ("stratum", "asked", "answered", "out", "design", "non-response", "calibration"):
        table.add_column(name, justify="left" if name == "stratum" else "right")
    weights = found.weights
    for at, label in enumerate(found.labels):
        counts = (found.drawn[at], found.answered[at], found.out[at])
        factors = (weights.design[at], weights.nonresponse[at], weights.calibration[at])
        table.add_row(label, *(f"{n:,}" for n in counts), *(f"{x:.2f}" for x in factors))
    console.print(table)
    if found.lonely:
        console.print(
            f"[yellow]A single firm answered in {', '.join(found.lonely)}: its error is not known. "
            "Join it with one like it: --join STRATUM=OTHER.[/]"
        )
    if found.far:
        console.print(
            f"[yellow]Registered staff changes the weights more than threefold in "
            f"{', '.join(found.far)}: has the register aged, or did only small firms answer?[/]"
        )
