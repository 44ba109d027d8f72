"""`cauce estimate`: the estimator on any file, without a pack."""

import csv
import math
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import EngineOption, TableOption
from cauce.cli.replicates import asked_replicates
from cauce.cli.screen import console, plain_errors, steps
from cauce.estimate import Calibrated
from cauce.model.calibration import Distance, Method
from cauce.model.design import SinglePsu
from cauce.model.errors import BadInput
from cauce.model.replication import Made, ReplicateKind
from cauce.pipeline.engine_estimate import LOCAL, estimate_exactly
from cauce.pipeline.file_design import split
from cauce.pipeline.file_estimate import Answer, Question, estimate_file
from cauce.pipeline.file_margins import FileCalibration, read_margins
from cauce.pipeline.progress import Progress

COLUMNS = ("value", "se", "cv", "df", "ci_low", "ci_high", "deff", "n")


def run(
    weight: Annotated[str, typer.Option(help="Column of the weights.")],
    out: Annotated[Path, typer.Option(help="The CSV file to write.")],
    file: Annotated[
        Path | None, typer.Argument(help="CSV, Parquet, Stata, SPSS or SAS; or in a zip.")
    ] = None,
    stratum: Annotated[
        str, typer.Option(help="Column of the strata; of later stages after commas, if they have.")
    ] = "",
    psu: Annotated[str, typer.Option(help="Column of the primary sampling units.")] = "",
    ssu: Annotated[
        str, typer.Option(help="Columns of the units of the second stage, the third, …")
    ] = "",
    fpc: Annotated[
        str,
        typer.Option(
            help="Column with the stratum's PSUs in the population, or their rate; one a stage."
        ),
    ] = "",
    certainty: Annotated[
        str, typer.Option(help="Which PSUs were sure to be drawn: a column or an expression.")
    ] = "",
    by: Annotated[str, typer.Option(help="Columns to cross, separated by commas.")] = "",
    where: Annotated[str, typer.Option(help="The domain; nobody leaves the design.")] = "",
    ratio: Annotated[str, typer.Option(help="Numerator of a ratio; goes with --over.")] = "",
    over: Annotated[str, typer.Option(help="Denominator of the ratio.")] = "",
    mean: Annotated[str, typer.Option(help="What to take the mean of.")] = "",
    total: Annotated[str, typer.Option(help="What to add up.")] = "",
    single_psu: Annotated[
        SinglePsu, typer.Option(help="What to do where a stratum has one PSU.")
    ] = "refuse",
    nest: Annotated[bool, typer.Option("--nest", help="PSU labels repeat across strata.")] = False,
    member: Annotated[str, typer.Option(help="The file inside a zip with several.")] = "",
    engine: EngineOption = "local",
    table: TableOption = None,
    replicates: Annotated[
        str, typer.Option(help='Columns of replicate weights: "REP_*", or names and commas.')
    ] = "",
    replicate_kind: Annotated[
        ReplicateKind | None, typer.Option(help="How the office made its replicates.")
    ] = None,
    make_replicates: Annotated[
        Made | None, typer.Option(help="Make replicates of the strata and PSUs.")
    ] = None,
    count: Annotated[int, typer.Option(help="How many bootstrap replicates to make.")] = 200,
    seed: Annotated[int, typer.Option(help="The seed they are made from.")] = 1,
    rho: Annotated[float | None, typer.Option(help="Of Fay's method.")] = None,
    scale: Annotated[float | None, typer.Option(help="What the sum of squares is times.")] = None,
    rscales: Annotated[str, typer.Option(help="One number a replicate, with commas.")] = "",
    mse: Annotated[
        bool, typer.Option("--mse", help="Squares about the estimate, not the replicates' mean.")
    ] = False,
    factors: Annotated[
        bool, typer.Option("--factors", help="Replicates are factors of the weight.")
    ] = False,
    calibrate: Annotated[
        Path | None,
        typer.Option(help="CSV of official totals to raise weights to: variable,code,total."),
    ] = None,
    calibration: Annotated[
        Method | None, typer.Option(help="How weights are raised; raking if nothing is said.")
    ] = None,
    bounds: Annotated[
        str, typer.Option(help="How far: smallest and largest factor, such as 0.3,3.")
    ] = "",
    household: Annotated[
        str, typer.Option(help="Column of the household, whose members get one weight.")
    ] = "",
) -> None:
    """Estimate a total, mean or ratio with its error, as R's survey package would."""
    with plain_errors():
        asked = [bool(ratio), bool(mean), bool(total)]
        if sum(asked) != 1 or bool(ratio) != bool(over):
            raise BadInput("Say exactly one of --total X, --mean X, or --ratio Y --over X.")
        columns = tuple(name.strip() for name in by.split(",") if name.strip())
        if len(set(columns)) != len(columns):
            raise BadInput(f"--by names a column twice: {by}.")
        drawn = split(stratum, ssu, fpc)
        what = columns, where, total, mean, ratio, over, single_psu, nest
        given = replicates, replicate_kind, rho, scale, rscales, factors
        question = Question(
            drawn.stratum,
            psu,
            weight,
            drawn.fpc,
            *what,
            drawn.further,
            certainty,
            asked_replicates(*given, make_replicates, count, seed, mse),
            replicates,
            _calibration(calibrate, calibration, bounds, household),
        )
        if not out.parent.is_dir():
            raise BadInput(f"--out: there is no folder {out.parent}.")
        with steps() as step:
            answer = _estimate(file, question, member, engine, table or [], step)
        write(answer, out)
    console.print(f"{len(answer.labels):,} rows written to {out}; {answer.people:,} in the domain.")
    if answer.calibrated:
        console.print(_told(answer.calibrated), markup=False)
    if not answer.people:
        console.print("[yellow]Nobody is in the domain: is --where right?[/]")
    if answer.missing:
        console.print(
            f"[yellow]{answer.missing:,} of the domain have no value and are left out.[/]"
        )
    empty = sum(math.isnan(answer.estimates.value[row, 0]) for row in answer.rows)
    if empty and answer.people:
        console.print(
            f"[yellow]{empty:,} of {len(answer.rows):,} rows have no estimate: nobody answered, or "
            "what is divided by is 0.[/]"
        )
    if answer.weightless:
        console.print(f"[yellow]{answer.weightless:,} weights of the file are 0.[/]")
    _added_up(answer)


def _added_up(answer: Answer) -> None:
    """Who added up whole numbers, and what was rounded for it."""
    if answer.exact:
        for sentence in answer.exact.rounded:
            console.print(f"[yellow]{sentence}[/]")
        console.print(f"Added up by {answer.exact.engine}; sums {answer.exact.sha256}")


def _estimate(
    file: Path | None,
    question: Question,
    member: str,
    engine: str,
    tables: list[str],
    step: Progress,
) -> Answer:
    if engine != LOCAL or tables:
        return estimate_exactly(file, question, engine, tables, member, step)
    if file is None:
        raise BadInput("Name the file to read, or --table with --engine sc://…")
    return estimate_file(file, question, member, step)


def _calibration(
    margins: Path | None, method: Method | None, bounds: str, household: str
) -> FileCalibration | None:
    """How weights are to be raised; None if they are final."""
    if margins is None:
        if method or bounds or household:
            raise BadInput("--calibration, --bounds and --household go with --calibrate MARGINS.")
        return None
    method = method or "raking"
    distance = Distance(method)
    if bounds:
        try:
            low, high = (float(end) for end in bounds.split(","))
        except ValueError as error:
            raise BadInput(f"--bounds: {bounds} must be two factors, such as 0.3,3.") from error
        distance = Distance(method, low, high)
    return FileCalibration(read_margins(margins), distance, household)


def _told(found: Calibrated) -> str:
    factors = found.factor[found.design.weight > 0]
    return (
        f"Weights were calibrated to {found.margins:,} totals in {found.steps:,} steps; their "
        f"factors are {factors.min():.4g} to {factors.max():.4g}."
    )


def write(answer: Answer, out: Path) -> None:
    """The answer as CSV; what cannot be computed is empty, and numbers are not rounded."""
    estimates = answer.estimates
    try:
        file = out.open("w", newline="", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"--out: {out} cannot be written ({error.strerror}).") from error
    with file:
        writer = csv.writer(file)
        writer.writerow((*answer.by, *COLUMNS))
        for labels, row in zip(answer.labels, answer.rows, strict=True):
            numbers = (getattr(estimates, name)[row, 0] for name in COLUMNS)
            writer.writerow((*labels, *(_text(number.item()) for number in numbers)))


def _text(number: float) -> str:
    return "" if math.isnan(number) else repr(number)
