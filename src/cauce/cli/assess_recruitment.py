"""`cauce assess costs` and its neighbours: recruitment, from files that are not kept."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.judging import JsonOption, LanguageOption, languages_of, plain, show
from cauce.cli.places import own_packs, own_registers
from cauce.cli.release import now
from cauce.cli.screen import console, plain_errors
from cauce.model.design import SinglePsu
from cauce.model.errors import BadInput
from cauce.pipeline.job_orders import compare_contracts, import_orders, write_orders
from cauce.pipeline.recruitment_costs import AskedCosts, release_costs
from cauce.pipeline.screening import count_payments, screen_answers
from cauce.pipeline.structures import refuse_inconsistent
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
    own = (area, currency, period, vintage, columns, single_psu, reason)
    asked = AskedCosts(*own, store=store)
    with plain_errors():
        release, judgement = release_costs(file, own_registers(), asked)
        show(judgement, language, as_json)
        if store is not None:
            refuse_inconsistent(release, store)
            Store(store).publish(release, now())
            console.print(f"Published {release.survey}, vintage {release.vintage}.", markup=False)


def orders(
    file: Annotated[Path, typer.Argument(help="A CSV file of job orders, plain or .gz.")],
    into: Annotated[
        Path | None, typer.Option(help="A CSV file to write them to, in the common columns.")
    ] = None,
) -> None:
    """Read the job orders of another producer, each once, and say what was left out and why."""
    with plain_errors():
        found = import_orders(file, own_packs() / "frames" / "recruitment" / "orders")
        again = found.how.duplicate
        marked = f" (marked {again[1]} in {again[0]})" if again else " (this file marks none)"
        for said in (
            f"{found.how.name.en}: {len(found.read.orders):,} orders.",
            f"Left out: {found.read.marked:,} of joint employers{marked}, "
            f"{found.read.repeated:,} with a number already read.",
            f"Workers requested {found.requested:,}, certified {found.certified:,}.",
            *(f"  {status or 'no status'}: {n:,}" for status, n in found.by_status.items()),
            "Pay by " + ", ".join(f"{unit} {n:,}" for unit, n in found.by_unit.items()) + ".",
            *([f"{found.read.strange_units:,} with a unit of pay the mapping has not: UNK."]
              if found.read.strange_units else ()),
        ):  # fmt: skip
            console.print(said, markup=False)
        if into is not None:
            write_orders(found.read, into)
            console.print(f"Wrote {into}.", markup=False)


def contracts(
    file: Annotated[
        Path, typer.Argument(help="A workbook with orders, contracts and rates, or CSV files.")
    ],
    currency: Annotated[str, typer.Option(help="The currency pay is compared in.")] = "USD",
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Compare contracts with their job orders, field by field; no verdict of law."""
    with plain_errors():
        compared, judgement = compare_contracts(file, currency)
        show(judgement, language, as_json, compared)


def complaints(
    file: Annotated[Path, typer.Argument(help="A workbook or CSV file with a column payment.")],
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Count complaints by whether something was paid: yes, no, unknown."""
    with plain_errors():
        show(count_payments(file), language, as_json)


def screening(
    answers: Annotated[Path, typer.Argument(help="Answers in TOML or JSON; - reads stdin.")],
    settings: Annotated[
        Path, typer.Option(help="The office's settings: referral directory, confirmed thresholds.")
    ],
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """No signal, more information or refer urgently, and why; never a verdict, nothing is kept."""
    with plain_errors():
        for path in (answers, settings):
            if str(path) != "-" and not path.is_file():
                raise BadInput(f"There is no file {path}.")
        text = sys.stdin.read() if str(answers) == "-" else answers.read_text("utf-8")
        frame = own_packs() / "frames" / "recruitment" / "screening.toml"
        found = screen_answers(text, frame, settings)
        if as_json:
            console.print(json.dumps(plain(found), ensure_ascii=False), markup=False)
            return
        for chosen in languages_of(language):
            for one in found:
                why = "; ".join(words.of(chosen) for words in one.because)
                console.print(f"{one.concept}: {one.signal}. {why}", markup=False)
                for service in one.services:
                    console.print(f"  {service.name.of(chosen)}: {service.contact}", markup=False)
