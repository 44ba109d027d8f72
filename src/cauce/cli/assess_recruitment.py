"""`cauce assess costs` and its neighbours: recruitment, from files that are not kept."""

from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.judging import JsonOption, LanguageOption, show
from cauce.cli.places import own_registers
from cauce.cli.release import now
from cauce.cli.screen import console, plain_errors
from cauce.model.design import SinglePsu
from cauce.pipeline.recruitment_costs import AskedCosts, release_costs
from cauce.store import Store


def costs(
    file: Annotated[
        Path, typer.Argument(help="A workbook with people, costs and rates, or a folder of CSV.")
    ],
    area: Annotated[str, typer.Option(help="The country the figure is of, such as GTM.")] = "",
    currency: Annotated[str, typer.Option(help="The currency counted in.")] = "USD",
    period: Annotated[str, typer.Option(help="The year it is of; that of the interviews.")] = "",
    by: Annotated[str, typer.Option(help="sex, origin, destination; between commas.")] = "",
    single_psu: Annotated[
        SinglePsu, typer.Option(help="What to do where a stratum has one PSU.")
    ] = "refuse",
    store: Annotated[
        Path | None, typer.Option(help="Publish what was cleared to this store.")
    ] = None,
    vintage: Annotated[str, typer.Option(help="Its vintage; the period if not given.")] = "",
    reason: Annotated[str, typer.Option(help="Why another vintage is replaced.")] = "",
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Who bore the costs of recruitment, and SDG 10.7.1 with its error; series never mixed."""
    columns = tuple(name.strip() for name in by.split(",") if name.strip())
    asked = AskedCosts(area, currency, period, vintage, columns, single_psu, reason)
    with plain_errors():
        release, judgement = release_costs(file, own_registers(), asked)
        show(judgement, language, as_json)
        if store is not None:
            Store(store).publish(release, now())
            console.print(f"Published {release.survey}, vintage {release.vintage}.", markup=False)
