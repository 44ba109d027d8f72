"""The estimator on any file, without a pack."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from cauce.estimate import Calibrated, Estimates, cube, design_of
from cauce.harmonise import (
    Kind,
    check_expression,
    column_kind,
    did_you_mean,
    kind_of,
    numbered,
    to_sql,
)
from cauce.microdata import evaluate, read_replicates
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.design import SinglePsu
from cauce.model.drawn import Drawn
from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat, Wave
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Score
from cauce.model.stage_columns import StageColumns
from cauce.pipeline.file_design import columns_by_role, drawn_stages, sure
from cauce.pipeline.file_margins import FileCalibration, calibrated
from cauce.pipeline.progress import Progress, silent
from cauce.sources import Limits, inspect, stage

LISTED = 20
FEWEST = 2
MOST = 2**62
"""More combinations than this cannot be numbered."""


@dataclass(frozen=True)
class Question:
    """What to estimate from which columns; expressions as in packs, "" where not asked.

    `family` names the columns of `replicates`: separated by commas, or with a * for their number.
    """

    stratum: str
    psu: str
    weight: str
    fpc: str = ""
    by: tuple[str, ...] = ()
    where: str = ""
    total: str = ""
    mean: str = ""
    ratio: str = ""
    over: str = ""
    single_psu: SinglePsu = "refuse"
    nest: bool = False
    further: tuple[StageColumns, ...] = ()
    certainty: str = ""
    replicates: Replicates | None = None
    family: str = ""
    calibration: FileCalibration | None = None


@dataclass(frozen=True)
class Answer:
    """One row per combination of `by` that occurs in the domain; `labels` are its values.

    `weightless` counts respondents of the file whose weight is 0; `calibrated` says what became of
    the weights, None if they are those of the file.
    """

    by: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    estimates: Estimates
    rows: tuple[int, ...]
    people: int
    missing: int
    weightless: int = 0
    exact: "Exact | None" = None
    calibrated: Calibrated | None = None


@dataclass(frozen=True)
class Exact:
    """The engine that added up whole numbers, the hash of its sums, and what was rounded."""

    engine: str
    sha256: str
    rounded: tuple[str, ...]


def estimate_file(
    file: Path, question: Question, member: str = "", progress: Progress = silent
) -> Answer:
    """Estimate a total, mean or ratio by the combinations of some columns of a file.

    Raises:
        BadInput: the file, a column or an expression is not what was promised.
        MethodFailed: the design does not allow a variance; LonelyPsu names the way out.
    """
    progress("Reading the columns")
    found = inspect(file, member=member)
    wave = Wave("", file.name, found.member, found.format, found.csv or CsvFormat())
    # A column without any value may be compared with anything.
    known = {c.name: column_kind(c.kind if c.filled else "") for c in found.columns}
    wanted = expressions(question, known)
    said = _with_columns(question, list(known))
    columns = () if said is None else said.columns
    used = used_columns(wanted, known)
    with stage(file, wave, [*used, *columns], Limits()) as staged:
        values = evaluate(staged.path, wanted, [name for name in columns if name not in used])
        replicates = read_replicates(staged.path, said, None)
    progress("Estimating")
    return _answer(question, values, replicates)


def _with_columns(question: Question, names: Sequence[str]) -> Replicates | None:
    """The replicates asked for with the columns of the file that hold them.

    Raises:
        BadInput: no strata and PSUs are named, and no replicates; or no column is of the family.
    """
    said = question.replicates
    if said is None or said.made is not None:
        if not (question.stratum and question.psu):
            raise BadInput("Say --stratum and --psu; only with --replicates they may be left out.")
        return said
    _refuse_idle(question)
    if "*" in question.family:
        columns = numbered(question.family, names)
    else:
        columns = tuple(name.strip() for name in question.family.split(",") if name.strip())
        unknown = [name for name in columns if name not in names]
        if unknown:
            raise BadInput(
                f"The file lacks {len(unknown):,} of {len(columns):,} columns of --replicates, the "
                f"first of them {unknown[0]}.{_near(unknown[0], dict.fromkeys(names, 'number'))}"
            )
        twice = sorted({name for name in columns if columns.count(name) > 1})
        if twice:
            raise BadInput(f"--replicates names a column twice: {', '.join(twice[:LISTED])}.")
    if len(columns) < FEWEST:
        raise BadInput(
            f"{len(columns):,} columns of the file are {question.family}: see --replicates."
        )
    return replace(said, columns=columns)


def _refuse_idle(question: Question) -> None:
    """Raises BadInput for what would play no part beside replicate weights of an office."""
    idle = {
        "--fpc": question.fpc,
        "--ssu": question.further,
        "--certainty": question.certainty,
        "--single-psu": question.single_psu != "refuse",
    }
    named = [flag for flag, asked in idle.items() if asked]
    if named:
        raise BadInput(
            f"{', '.join(named)} would play no part in the error: replicate weights of an office "
            "hold the whole draw. Leave it out, or leave --replicates out to linearise."
        )


def expressions(question: Question, known: Mapping[str, Kind]) -> dict[str, str]:
    """SQL by role; a missing column, a forbidden word or mixed kinds stop here.

    Args:
        known: the columns of the file and their kinds.
    """
    raised = question.calibration.columns() if question.calibration else {}
    stages = columns_by_role(question.further)
    first = question.stratum, question.psu, question.weight, question.fpc
    for name in (*first, *stages.values(), *question.by, *raised.values()):
        if name and name not in known:
            raise BadInput(f"The file has no column {name}.{_near(name, known)}")
    asked = {"where": question.where, "total": question.total, "mean": question.mean}
    asked |= {"ratio": question.ratio, "over": question.over}
    asked |= {"certainty": question.certainty}
    sql = {role: _checked(role, text, known) for role, text in asked.items() if text}
    columns = {"stratum": question.stratum, "psu": question.psu, "weight": question.weight}
    columns |= (
        stages | {"fpc": question.fpc} | {f"by{i}": name for i, name in enumerate(question.by)}
    )
    columns |= raised
    return sql | {role: _quoted(name) for role, name in columns.items() if name}


def _near(name: str, known: Mapping[str, Kind]) -> str:
    names = ", ".join(sorted(known)[:LISTED])
    more = f" and {len(known) - LISTED:,} more" if len(known) > LISTED else ""
    return did_you_mean(name, known) or f" It has: {names}{more}."


def _checked(role: str, text: str, known: Mapping[str, Kind]) -> str:
    """An expression as SQL. Amounts are numbers, so that true or false without a value is none."""
    expression = check_expression(text, known, f"--{role}")
    kind = kind_of(expression, known, f"--{role}")
    if kind == "text":
        wanted = "true or false" if role == "where" else "a number, or true or false"
        raise BadInput(f"--{role} gives text; it must give {wanted}.")
    sql = to_sql(expression)
    return f"CAST({sql} AS DOUBLE)" if kind == "flag" and role != "where" else sql


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def used_columns(wanted: Mapping[str, str], known: Mapping[str, Kind]) -> list[str]:
    return [name for name in known if any(_quoted(name) in sql for sql in wanted.values())]


def _answer(
    question: Question, values: dict[str, np.ndarray], replicates: Replication | None
) -> Answer:
    weight = numbers_of(values["weight"], f"the weight (column {question.weight})")
    design = design_of(replace(_drawn(question, values, weight), replicates=replicates))
    raised = calibrated(design, question.calibration, values) if question.calibration else None
    design = raised.design if raised else design
    domain = flags_of(values["where"]) if question.where else np.ones(len(weight), dtype=np.bool_)
    score = score_of(question, values, domain)
    codes, sizes, lists = classify(values, len(question.by))
    # Combinations nobody is in are not laid out: ten thousand codes twice would fill the memory.
    cells, cell = np.unique(flat(codes, sizes, len(weight)), return_inverse=True)
    classifier = [cell.astype(np.int32)]
    estimates = cube(design, classifier, [len(cells)], [(0,)], [score])[0]
    occurring = np.unique(cell[domain])
    labels = tuple(labels_of(int(cells[at]), sizes, lists) for at in occurring)
    return Answer(
        question.by,
        labels,
        estimates,
        tuple(int(c) for c in occurring),
        int(domain.sum()),
        score.missing,
        int((weight == 0).sum()),
        calibrated=raised,
    )


def _drawn(question: Question, values: dict[str, np.ndarray], weight: Floats) -> Drawn:
    sizes = {
        role: numbers_of(column, "--fpc") for role, column in values.items() if role[:3] == "fpc"
    }
    certainty = question.certainty
    return Drawn(
        values.get("stratum", np.zeros(len(weight))),
        values.get("psu", np.arange(len(weight))),
        weight,
        sizes.get("fpc"),
        "stratum" if question.nest else "survey",
        question.single_psu,
        stages=drawn_stages(question.further, values, sizes),
        certainty=sure(numbers_of(values["certainty"], "--certainty")) if certainty else None,
    )


def score_of(question: Question, values: dict[str, np.ndarray], domain: Flags) -> Score:
    role: Literal["ratio", "mean", "total"]
    role = "ratio" if question.ratio else "mean" if question.mean else "total"
    y = numbers_of(values[role], f"--{role}")
    x = numbers_of(values["over"], "--over") if question.ratio else None
    answered = ~np.isnan(y) if x is None else ~(np.isnan(y) | np.isnan(x))
    inside = domain & answered
    y = np.where(inside, y, 0.0)
    x = None if x is None else np.where(inside, x, 0.0)
    binary = bool(np.isin(y[inside], (0.0, 1.0)).all())
    return Score(
        indicator=role,
        inside=inside,
        numerator=y,
        denominator=x,
        missing=int((domain & ~answered).sum()),
        magnitude=not binary,
        estimator="rate" if binary and role == "mean" else role,
    )


def numbers_of(column: np.ndarray, what: str) -> Floats:
    try:
        numbers = column.astype(np.float64)
    except (TypeError, ValueError) as error:
        wrong = sum(_is_no_number(value) for value in column.tolist())
        raise BadInput(
            f"{what} is not a number in {wrong:,} of {len(column):,} rows. Correct the file, or "
            "name another column."
        ) from error
    infinite = int(np.isinf(numbers).sum())
    if infinite:
        raise BadInput(f"{what} is infinite in {infinite:,} rows of the file.")
    return numbers


def _is_no_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return value is not None
    return False


def flags_of(column: np.ndarray) -> Flags:
    if column.dtype == np.bool_:
        return column
    numbers = np.nan_to_num(numbers_of(column, "--where"))
    if not np.isin(numbers, (0.0, 1.0)).all():
        raise BadInput("--where gives numbers other than 0 and 1; it must give true or false.")
    return np.asarray(numbers == 1.0)


def classify(
    values: dict[str, np.ndarray], count: int
) -> tuple[list[Codes], list[int], list[list[str]]]:
    codes, sizes, lists = [], [], []
    for position in range(count):
        column = values[f"by{position}"]
        words = np.array(["" if v is None or v != v else word_of(v) for v in column.tolist()])
        labels, code = np.unique(words, return_inverse=True)
        codes.append(code.astype(np.int32))
        sizes.append(len(labels))
        lists.append(labels.tolist())
    return codes, sizes, lists


def word_of(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def flat(codes: Sequence[Codes], sizes: Sequence[int], rows: int) -> Ints:
    if math.prod(sizes) > MOST:
        raise BadInput(
            f"--by crosses {len(sizes)} columns with up to {max(sizes):,} values each: their "
            "combinations cannot be numbered. Take a column out."
        )
    flat = np.zeros(rows, dtype=np.int64)
    for code, size in zip(codes, sizes, strict=True):
        flat = flat * size + code
    return flat


def labels_of(cell: int, sizes: Sequence[int], lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    words: list[str] = []
    for size, labels in zip(reversed(sizes), reversed(lists), strict=True):
        words.append(labels[cell % size])
        cell //= size
    return tuple(reversed(words))
