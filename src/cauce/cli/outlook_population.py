"""`cauce outlook population`: the people an outlook would start from, and what is assumed."""

from pathlib import Path
from typing import Annotated

import numpy as np
from rich import box
from rich.markup import escape
from rich.table import Table
from typer import Argument, Option

from cauce.cli.screen import console, plain_errors
from cauce.model.projected import NotProducible
from cauce.model.rule import rule_in
from cauce.pipeline.outlook.beside_un import beside_un, migrants_lately
from cauce.pipeline.outlook.population import Peopled, people_of

UnArgument = Annotated[
    Path | None, Argument(help="The folder of the UN's files (WPP2019_…, WPP2024_….txt).")
]
NationalOption = Annotated[
    Path | None, Option(help="A national office's CSV, in place of the UN's population.")
]


def population(
    area: Annotated[str, Argument(help="The country, as ISO 3166-1 writes it: CRI, GUY.")],
    un: UnArgument = None,
    national: NationalOption = None,
    first: Annotated[int, Option(help="The first year.")] = 2025,
    last: Annotated[int, Option(help="The last year.")] = 2035,
) -> None:
    """Say the population by year with its 80 % limits, what is assumed, and what is lacking."""
    with plain_errors():
        _show(people_of(area, un, national, np.arange(float(first), last + 1)))
        if un is not None:
            _beside(un, area)


def _beside(un: Path, area: str) -> None:
    """Who came and went lately, and whether own cohorts arrive where the UN does."""
    start, end, people = migrants_lately(un, area)
    console.print(f"Net migration {start} to {end}, all ages: {people:+,.0f}. It is not projected.")
    found = beside_un(un, area)
    if isinstance(found, NotProducible):
        console.print(f"Not produced: {found.output}. {escape(found.because.en)}")
        return
    for one in found:
        console.print(
            f"Own cohorts beside the UN's medium variant, {one.year}: total {one.total:+.2f} %, "
            f"mean over ages and sexes {one.ages:.2f} %."
        )


def _show(found: Peopled) -> None:
    table = Table(box=box.SIMPLE)
    for name in ("year", "people", "80 % from", "to", "aged 15 to 64"):
        table.add_column(name, justify="right")
    people, limits, adults = found.population.people, found.limits, found.adults
    for at, year in enumerate(found.population.years):
        ends = ("", "") if limits is None else (f"{each:,.0f}" for each in limits[:, at])
        working = "" if adults is None else f"{adults[at]:,.0f}"
        table.add_row(f"{year:.0f}", f"{people[at].sum():,.0f}", *ends, working)
    console.print(table)
    for said in found.assumptions:
        console.print(f"Assumed: {escape(said.en)}")
    for missing in found.lacking:
        output = rule_in(missing.output, "en")
        console.print(f"Not produced: {output}. {escape(missing.because.en)}")
