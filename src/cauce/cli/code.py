"""`cauce code` and `cauce coding`: codes of occupations and industries from what people wrote."""

from collections.abc import Mapping, Sequence
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cauce.cli.places import RegionOption, own_region
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.outlook.coding import LEVELS, SHARE, Coder, Lesson
from cauce.pipeline.coding.clerks import Compared, compare_queues, take_decisions, write_agreement
from cauce.pipeline.coding.filing import Columns, Filed, Queueing, code_file, proposed
from cauce.pipeline.coding.training import Sources, train_model, with_index
from cauce.sources.coding.model_file import ModelFile, read_model
from cauce.sources.coding.titles import read_index
from cauce.sources.hashing import hash_file

app = typer.Typer(
    help="Models that code occupations and industries, and the queues of clerks.",
    no_args_is_help=True,
)
ModelOption = Annotated[
    Path, typer.Option("--model", "-m", help="A model of `cauce coding train`.")
]
IndexOption = Annotated[
    list[Path] | None,
    typer.Option("--index", help="A national index or a log of decisions: asked first. Repeat it."),
]
EncodingOption = Annotated[str, typer.Option(help="How the file is written, such as latin-1.")]


def run(
    file: Annotated[Path, typer.Argument(help="A CSV file, plain or .gz.")],
    column: Annotated[str, typer.Option(help="The column of occupations, as people said them.")],
    model: ModelOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="The coded file, .csv or .xlsx.")],
    lang: Annotated[str, typer.Option(help="The language it must be: es or en.")] = "",
    classification: Annotated[str, typer.Option(help="The one it must be, as ISCO-08.")] = "",
    tasks: Annotated[str, typer.Option(help="The column of what is done in the job.")] = "",
    isic: Annotated[str, typer.Option(help="The column of the industry's code.")] = "",
    education: Annotated[str, typer.Option(help="The column of the education's code.")] = "",
    status: Annotated[str, typer.Option(help="The column of the status in employment.")] = "",
    index: IndexOption = None,
    queue: Annotated[
        Path | None, typer.Option(help="A workbook for a clerk: what is unsure, with proposals.")
    ] = None,
    double: Annotated[float, typer.Option(help="The share coded by two.", min=0, max=1)] = SHARE,
    by: Annotated[
        str, typer.Option(help="The column agreement is parted by, such as migrant status.")
    ] = "",
    seed: Annotated[int, typer.Option(help="What is drawn for double coding.")] = 1,
    encoding: EncodingOption = "utf-8",
    as_it_is: Annotated[
        bool, typer.Option("--as-it-is", help="Leave cells that look like formulas untouched.")
    ] = False,
) -> None:
    """Code a column of a file: every row in its order, codes and five proposals beside it."""
    with plain_errors():
        read = _model(model, lang, classification)
        coder = _asked_first(read.coder, index)
        columns = Columns(column, tasks, isic, education, status, by)
        _unlearnt(coder, columns)
        queueing = Queueing(queue, _second(queue), double, seed) if queue else None
        with steps() as say:
            done = code_file(file, columns, coder, out, queueing, encoding, as_it_is, say)
        _tell(done, out, queueing)


def _model(path: Path, language: str, classification: str) -> ModelFile:
    """The model, if it is for this language and classification."""
    read = read_model(path)
    coder = read.coder
    for asked, has, what in (
        (language, coder.words.language, "language"),
        (classification, coder.scheme.id, "classification"),
    ):
        if asked and asked != has:
            raise BadInput(
                f"{path.name} was trained for {what} {has!r}, and {asked!r} is asked. Name another "
                "model, or train one: cauce coding train."
            )
    return read


def _asked_first(coder: Coder, index: Sequence[Path] | None) -> Coder:
    return with_index(
        coder, [read_index(path, coder.words.language, coder.scheme.id) for path in index or ()]
    )


def _second(queue: Path) -> Path:
    return queue.with_name(f"{queue.stem}.second{queue.suffix}")


def _unlearnt(coder: Coder, columns: Columns) -> None:
    """Say which columns the model can make nothing of."""
    learnt = {word.partition("=")[0] for word in coder.linear.features.words if word[0] == "#"}
    asked = {"isic": columns.isic, "edu": columns.education, "status": columns.status}
    for name, column in asked.items():
        if column and f"#{name}" not in learnt:
            console.print(
                f"The model has learnt nothing from {column}: its files had no such column. It "
                "makes no difference to the codes.",
                markup=False,
            )


def _tell(done: Filed, out: Path, queueing: Queueing | None) -> None:
    table = Table("coded by", "rows", "%", box=None)
    for how in ("index", "model", "backed off", "none"):
        table.add_row(how, f"{done.how[how]:,}", _share(done.how[how], done.rows))
    for digits in LEVELS:
        rows = done.digits[digits]
        table.add_row(f"  to {digits} digits", f"{rows:,}", _share(rows, done.rows))
    for why, rows in done.why.most_common():
        table.add_row(f"  none: {why}", f"{rows:,}", _share(rows, done.rows))
    console.print(table)
    if done.formulas:
        console.print(
            f"{done.formulas:,} rows had cells that a spreadsheet would run as formulas: these "
            "begin with an apostrophe now (--as-it-is leaves them)."
        )
    console.print(f"{done.rows:,} rows written: {out}.", markup=False)
    if queueing:
        left = f" {done.unqueued:,} more did not fit." if done.unqueued else ""
        console.print(
            f"For a clerk: {done.queued:,} answers in {queueing.first}; {done.twice:,} of them for "
            f"a second one in {queueing.second}.{left}",
            markup=False,
        )


def _share(rows: int, of: int) -> str:
    return f"{100 * rows / of:.1f}" if of else ""


@app.command("train")
def train(
    out: Annotated[Path, typer.Option("--out", "-o", help="The model to write, such as es.npz.")],
    lang: Annotated[str, typer.Option(help="The language of the titles: es or en.")],
    files: Annotated[
        list[Path] | None,
        typer.Option("--from", help="ESCO, titles of groups, or a table title,code. Repeat it."),
    ] = None,
    national: Annotated[
        list[Path] | None,
        typer.Option("--national", help="A national index or coded answers: asked first."),
    ] = None,
    classification: Annotated[str, typer.Option(help="ISCO-08, ISIC-4 or another.")] = "ISCO-08",
    target: Annotated[
        float, typer.Option(help="The share of coded answers to be right.", min=0.5, max=0.99)
    ] = Lesson.target,
    seed: Annotated[int, typer.Option(help="What is drawn by chance.")] = Lesson.seed,
    encoding: EncodingOption = "utf-8",
    region: RegionOption = None,
) -> None:
    """Train a model from titles with codes that you have; it takes some minutes."""
    with plain_errors(), steps() as say:
        sources = Sources(tuple(files or ()), tuple(national or ()), encoding)
        lesson = Lesson(seed=seed, target=target)
        done = train_model(sources, lang, classification, out, region or own_region(), lesson, say)
        table = Table("digits", "coded", "% of all", "% right", box=None)
        for each in done.levels:
            right = _share(each.right, each.coded)
            table.add_row(
                str(each.digits), f"{each.coded:,}", _share(each.coded, done.tested), right
            )
        on = "your own titles" if done.own else "titles"
        console.print(
            f"{done.titles:,} texts, {done.codes:,} codes. The margins are set on {done.tested:,} "
            f"{on} of occupations not seen before:"
        )
        console.print(table)
        console.print(f"Written: {out}, content {done.sha256[:16]}.", markup=False)


@app.command("show")
def show(
    model: Annotated[Path, typer.Argument(help="A model.")],
    files: Annotated[
        list[Path] | None,
        typer.Option("--from", help="Files to compare with those it was trained from."),
    ] = None,
) -> None:
    """What a model was trained from, for what, and when."""
    with plain_errors():
        read = read_model(model)
        coder, margins = read.coder, read.coder.margins
        console.print(
            f"{coder.scheme.id}, {coder.words.language}; {len(coder.linear.codes):,} codes, "
            f"{len(coder.linear.features):,} features, {len(coder.index):,} titles in the index.\n"
            f"Made {read.made} by cauce {read.version}, seed {read.seed}; content {read.sha256}.\n"
            f"Aimed at {margins.target:.0%} right; margins "
            + ", ".join(f"{d}: {_margin(at)}" for d, at in zip(LEVELS, margins.at, strict=True)),
            markup=False,
        )
        _tell_learnt(read, {path.name: hash_file(path)[0] for path in files or ()})


def _margin(at: float) -> str:
    return "never" if at > 1 else f"{at:.3f}"


def _tell_learnt(read: ModelFile, given: Mapping[str, str]) -> None:
    for each in read.learnt:
        same = "" if each.name not in given else " = the file given"
        if given.get(each.name, each.sha256) != each.sha256:
            same = " – NOT the file given"
        console.print(f"  {each.name} ({each.used_as}) {each.sha256}{same}", markup=False)


@app.command("propose")
def propose(
    text: Annotated[str, typer.Argument(help="An occupation, as somebody would say it.")],
    model: ModelOption,
    tasks: Annotated[str, typer.Option(help="What is done in it.")] = "",
    index: IndexOption = None,
) -> None:
    """The five codes to look at first for one answer."""
    from cauce.outlook.coding import Said

    with plain_errors():
        coder = _asked_first(read_model(model).coder, index)
        coded = coder.code([Said(text, tasks)])[0]
        said = f"{coded.how}: {coded.code}" if coded.code else f"none: {coded.why or 'unsure'}"
        console.print(said, *proposed(coded, coder), sep="\n  ", markup=False)


@app.command("decide")
def decide(
    queue: Annotated[Path, typer.Argument(help="The queue as a clerk left it.")],
    model: ModelOption,
    into: Annotated[Path, typer.Option("--into", help="The log of decisions, added to.")],
    who: Annotated[str, typer.Option(help="Who decided, where the queue does not say.")] = "",
) -> None:
    """Record what a clerk decided. Give the log as --index from then on."""
    with plain_errors():
        done = take_decisions(queue, into, read_model(model).coder, who or getuser())
        console.print(
            f"{done.decided:,} decided, {done.new:,} of them new in {into}; {done.open:,} open.",
            markup=False,
        )


@app.command("agree")
def agree(
    first: Annotated[Path, typer.Argument(help="The queue as one clerk left it.")],
    second: Annotated[Path, typer.Argument(help="The second queue, as another left it.")],
    model: ModelOption,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A table, .csv or .xlsx.")] = None,
) -> None:
    """How far two clerks agree, with kappa: by level, major group, and migrant status."""
    with plain_errors():
        compared = compare_queues(first, second, read_model(model).coder)
        table = Table("about", "digits", "pairs", "% agreed", "kappa", "95 %", "", box=None)
        for each in compared:
            table.add_row(*_told(each))
        console.print(table)
        if out:
            write_agreement(out, compared)
            console.print(f"Written: {out}.", markup=False)


def _told(each: Compared) -> tuple[str, ...]:
    found = each.found
    said = found.kappa == found.kappa
    return (
        f"{each.about} {each.part}".strip(), str(each.digits), f"{found.n:,}",
        f"{100 * found.agreed:.1f}", f"{found.kappa:.3f}" if said else "",
        f"{found.low:.3f} to {found.high:.3f}" if said else "", found.why,
    )  # fmt: skip
