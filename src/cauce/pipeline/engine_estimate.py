"""The estimator on any file or table, with whole-number sums made by an engine."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cauce.estimate import (
    POLICIES,
    Estimates,
    Grouping,
    Measure,
    Scales,
    Summed,
    by_grouping,
    design_from_labels,
    frame_of,
    measure_of,
    refuse_lonely,
    rows_of,
    sum_here,
)
from cauce.harmonise import CubeScore, CubeSource, column_kind, domain_sql
from cauce.microdata import Answer as Rows
from cauce.microdata import DuckEngine, SparkEngine, endpoint_of, evaluate
from cauce.model.arrays import Ints
from cauce.model.design import PsuScope
from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat, Wave
from cauce.pipeline.file_estimate import (
    Answer,
    Exact,
    Question,
    classify,
    expressions,
    flags_of,
    flat,
    labels_of,
    numbers_of,
    score_of,
    used_columns,
    word_of,
)
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.summing import Counted, Engine, Summing, psu_sums, summed
from cauce.sources import Limits, Staged, inspect, stage

LOCAL, KERNEL, DUCKDB = "local", "kernel", "duckdb"
ENGINES = (LOCAL, KERNEL, DUCKDB)
"""What --engine may be beside the address of an endpoint."""


@dataclass(frozen=True)
class Asked:
    """SQL by role, and the columns it is about with what they hold."""

    sql: dict[str, str]
    columns: dict[str, str]


def estimate_exactly(
    file: Path | None,
    question: Question,
    engine: str,
    tables: Sequence[str] = (),
    member: str = "",
    progress: Progress = silent,
) -> Answer:
    """As `estimate_file`, from sums of whole numbers that an engine makes by PSU and cell.

    Args:
        file: a survey's file; None if the engine has `tables` of its own.
        engine: "kernel", "duckdb", or the address of a Spark Connect endpoint.
        tables: names of tables, or Parquet files and folders, that the endpoint can read.

    Raises:
        BadInput: the file, a column, an expression or the engine is not what was promised.
        MethodFailed: the design does not allow a variance.
    """
    _refuse(question, engine)
    if tables and engine in ENGINES:
        raise BadInput(f"--table goes with --engine sc://…; {engine} reads a file.")
    if engine not in ENGINES:
        return _on_cluster(file, question, engine, tables, member, progress)
    if file is None:
        raise BadInput("Name the file to read, or --table with --engine sc://…")
    with staged(file, question, member, progress) as (found, asked):
        progress("Adding up")
        if engine == KERNEL:
            return _here(question, evaluate(found.path, asked.sql))
        with DuckEngine.over(found.path) as duck:
            return asked_of(duck, question, asked)


def _refuse(question: Question, engine: str) -> None:
    """Raises BadInput if the error does not come from sums by PSU alone."""
    needs = {
        "--replicates": question.replicates,
        "--ssu": question.further,
        "--certainty": question.certainty,
        "--calibrate": question.calibration,
    }
    named = [flag for flag, asked in needs.items() if asked]
    if named:
        raise BadInput(
            f"{', '.join(named)} needs more than sums by PSU: use --engine local, not "
            f"{'kernel or duckdb' if engine in ENGINES else 'an endpoint'}."
        )
    if not (question.stratum and question.psu):
        raise BadInput("Say --stratum and --psu: whole-number sums are made by PSU.")


def _on_cluster(
    file: Path | None,
    question: Question,
    engine: str,
    tables: Sequence[str],
    member: str,
    progress: Progress,
) -> Answer:
    endpoint = endpoint_of(engine)
    if tables and file is not None:
        raise BadInput("Name either a file or --table, not both.")
    if not tables and not (file and endpoint.here):
        raise BadInput(
            f"{endpoint} is another machine, and no file is sent there. Name what it can read "
            "itself: --table NAME, or --table with the path of Parquet files it can reach."
        )
    progress(f"Asking {endpoint}")
    with SparkEngine.at(endpoint) as spark:
        if file is None:
            spark.use(tables, files="/" in tables[0])
            known = {name: column_kind(kind) for name, kind in spark.columns.items()}
            asked = Asked(expressions(question, known), spark.columns)
            return asked_of(spark, question, asked)
        with staged(file, question, member, progress) as (found, asked):
            spark.use([str(found.path)], files=True)
            return asked_of(spark, question, asked)


@contextmanager
def staged(
    file: Path, question: Question, member: str, progress: Progress
) -> Iterator[tuple[Staged, Asked]]:
    """The columns of a file that a question is about."""
    progress("Reading the columns")
    found = inspect(file, member=member)
    wave = Wave("", file.name, found.member, found.format, found.csv or CsvFormat())
    known = {c.name: column_kind(c.kind if c.filled else "") for c in found.columns}
    sql = expressions(question, known)
    with stage(file, wave, used_columns(sql, known), Limits()) as read:
        yield read, Asked(sql, read.columns)


def asked_of(engine: Engine, question: Question, asked: Asked) -> Answer:
    """The answer to a question from an engine that has its rows."""
    summing = Summing(engine, source_of(question, asked), asked.columns)
    psus = summing.psus("stratum" if question.nest else "survey", question.single_psu)
    counted = summing.counted()
    measure = measure_from(question, counted)
    dims = tuple(range(len(question.by)))
    found, scales = summing.sums([measure], counted, [dims])
    domain = summing.ask(domain_sql(summing.source))
    cells = Cells.of(question, found, domain)
    sums = psu_sums(found, cells.cell, [measure], psus)
    own = summed(sums, scales, counted)
    policy = POLICIES[question.single_psu]
    ((estimates,),) = by_grouping([len(cells.labels) + 1], [measure], psus.frame, own, policy)
    people = counted.inside[0] + counted.missing[0]
    return answer(question, cells.labels, estimates, people, counted, own, engine.name)


@dataclass(frozen=True)
class Cells:
    """The combinations somebody of the domain has, and which one each row of an answer is."""

    labels: tuple[tuple[str, ...], ...]
    cell: Ints

    @classmethod
    def of(cls, question: Question, found: Rows, domain: Rows) -> "Cells":
        """By words, in their order: the same whoever was asked."""
        count = len(question.by)
        words = [domain.words(f"d{at}", word_of) for at in range(count)]
        own = [found.words(f"d{at}", word_of) for at in range(count)]
        lists, codes = [], []
        for theirs, ours in zip(words, own, strict=True):
            known, code = np.unique(np.concatenate((theirs, ours)), return_inverse=True)
            lists.append(known.tolist())
            codes.append(code.astype(np.int32))
        sizes = [len(known) for known in lists]
        people = domain.counts("people")
        number = flat(codes, sizes, domain.rows + found.rows)
        occurring = np.unique(number[: domain.rows][people > 0])
        place = np.searchsorted(occurring, number[domain.rows :])
        # What nobody of the domain has is a last cell of its own, where all sums are 0.
        inside = place < len(occurring)
        inside[inside] = occurring[place[inside]] == number[domain.rows :][inside]
        labels = tuple(labels_of(int(cell), sizes, lists) for cell in occurring)
        return cls(labels, np.where(inside, place, len(occurring)))


def source_of(question: Question, asked: Asked) -> CubeSource:
    sql = asked.sql
    role = "ratio" if question.ratio else "mean" if question.mean else "total"
    nan = "CAST('nan' AS DOUBLE)"
    y = f"NULLIF(CAST({sql[role]} AS DOUBLE), {nan})"
    x = f"NULLIF(CAST({sql['over']} AS DOUBLE), {nan})" if question.ratio else ""
    domain = f"COALESCE({sql['where']}, FALSE)" if question.where else "TRUE"
    answered = f"{y} IS NOT NULL" + (f" AND {x} IS NOT NULL" if x else "")
    score = CubeScore(f"({domain} AND {answered})", f"({domain} AND NOT ({answered}))", y, x)
    by = tuple(sql[f"by{at}"] for at in range(len(question.by)))
    labels = sql["stratum"], sql["psu"], sql["weight"], sql.get("fpc", "")
    return CubeSource("", "source", *labels, by, (score,))


def measure_from(question: Question, counted: Counted) -> Measure:
    """What is asked, now that it is known whether everybody counts as 0 or 1."""
    binary = not counted.beyond[0] and not question.ratio
    if question.ratio:
        return Measure("ratio", "ratio", False, True, False)
    if question.total:
        return Measure("total", "total", binary, False, False)
    return Measure("mean", "rate" if binary else "mean", binary, False, False)


def _here(question: Question, values: Mapping[str, np.ndarray]) -> Answer:
    """The same sums from arrays."""
    weight = numbers_of(values["weight"], f"the weight (column {question.weight})")
    fpc = numbers_of(values["fpc"], "--fpc") if question.fpc else None
    scope: PsuScope = "stratum" if question.nest else "survey"
    labels = values["stratum"], values["psu"]
    design = design_from_labels(*labels, weight, fpc, scope, question.single_psu)
    rows = rows_of(design, ())
    refuse_lonely(rows.lonely, design)
    every = np.ones(len(weight), dtype=np.bool_)
    domain = flags_of(values["where"]) if question.where else every
    score = score_of(question, dict(values), domain)
    score = replace(score, missing_rows=domain & ~score.inside)
    codes, sizes, lists = classify(dict(values), len(question.by))
    number = flat(codes, sizes, len(weight))
    occurring = np.unique(number[domain])
    cell = np.where(domain, np.searchsorted(occurring, number), len(occurring)).astype(np.int32)
    grouping = Grouping((), cell, np.arange(len(occurring) + 1))
    own = sum_here(rows, [grouping], [score])
    policy = POLICIES[question.single_psu]
    measure = measure_of(score)
    ((estimates,),) = by_grouping([grouping.size], [measure], frame_of(rows), own, policy)
    words = tuple(labels_of(int(one), sizes, lists) for one in occurring)
    missing, nil = score.missing, int((weight == 0).sum())
    return Answer(
        question.by,
        words,
        estimates,
        tuple(range(len(words))),
        int(domain.sum()),
        missing,
        nil,
        Exact(KERNEL, own.sums.sha256(own.scales), rounded(question, own.scales)),
    )


def answer(
    question: Question,
    labels: tuple[tuple[str, ...], ...],
    estimates: Estimates,
    people: int,
    counted: Counted,
    own: Summed,
    engine: str,
) -> Answer:
    exact = Exact(engine, own.sums.sha256(own.scales), rounded(question, own.scales))
    rows = tuple(range(len(labels)))
    missing = counted.missing[0]
    return Answer(question.by, labels, estimates, rows, people, missing, counted.weightless, exact)


def rounded(question: Question, scales: Scales) -> tuple[str, ...]:
    """What was rounded, in sentences, with the most that a number lost of itself."""
    role = "--ratio" if question.ratio else "--mean" if question.mean else "--total"
    named = (("the weight", scales.weight), (role, scales.y[0]), ("--over", scales.x[0]))
    return tuple(
        f"{scale.rounded:,} values of {name} were rounded to {scale.decimals} decimals: none by "
        f"more than {scale.loss:.2g} of itself."
        for name, scale in named
        if scale.rounded
    )
