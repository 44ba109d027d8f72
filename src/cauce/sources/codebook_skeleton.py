"""The text of a pack started from a codebook: what it says is filled in, the rest is asked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from cauce.model.codebook import Category, Codebook, FileColumn, SurveyFile, Words
from cauce.model.errors import BadInput
from cauce.model.missing import REASONS
from cauce.model.pack import Format
from cauce.sources.skeleton import rules, variable
from cauce.sources.toml_text import ASK, comment, text

FORMATS = get_args(Format)
MOST_NAMED = 20


def chosen_files(codebook: Codebook, only: str = "") -> tuple[SurveyFile, ...]:
    """The files a pack is started from: the one that is named, or all if each is a wave.

    Raises BadInput if there are several, and nothing says that they are rounds of one survey.
    """
    names = [one.name for one in codebook.files]
    if only:
        found = tuple(one for one in codebook.files if one.name == only)
        if not found:
            raise BadInput(f"The codebook has no file {only!r}. It has: {_listed(names)}.")
        return found[:1]
    if len(codebook.files) > 1 and not all(one.period for one in codebook.files):
        raise BadInput(
            f"The codebook describes {len(names)} files. Say with --only which the pack is of: "
            f"{_listed(names)}."
        )
    return codebook.files


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"


def codebook_skeleton(
    codebook: Codebook, files: Sequence[SurveyFile], area: str, survey: str, period: str
) -> str:
    """The text of a `pack.toml`; what a codebook of Cauce says of recodes is written as such."""
    columns: dict[str, FileColumn] = {}
    for file in files:
        for column in file.columns:
            columns.setdefault(column.name, column)
    lines = [*_top(codebook, len(columns), area, survey, period)]
    for file in files:
        lines += _wave(file, period)
    lines += [*_design(list(columns.values())), *rules()]
    lines += [
        "# Columns of the file. Take the # off what you need, name the variable as in",
        "# packs/region/variables.toml (or declare it here), and give every code its meaning.",
    ]
    made: set[str] = set()
    for column in columns.values():
        lines += _column(column, made)
    for name, how in codebook.derived:
        block = [f"[derive.{variable(name)}]", f"expr = {text(how)}"]
        lines += ["", *_once(block, variable(name), made)]
    lines += _questions(list(columns.values()))
    return "\n".join(lines) + "\n"


def _top(codebook: Codebook, columns: int, area: str, survey: str, period: str) -> Iterator[str]:
    yield f"# Started from the codebook {comment(codebook.id) or 'without an id'}:"
    yield f"# {columns:,} columns. Write where you see {text(ASK)}; then: cauce pack check."
    for words in (codebook.title, codebook.population, codebook.sampling, codebook.weighting):
        if words.get(""):
            yield f"# {comment(words[''])}"
    yield ""
    yield "[survey]"
    yield f"id = {text(survey)}"
    yield f"area = {text(area)}"
    yield f"name = {_both(codebook.title)}"
    yield f"vintage = {text(period)}"
    yield 'reason = ""'
    freq = codebook.frequency if codebook.frequency in ("A", "S", "Q", "M") else "A"
    yield f"freq = {text(freq)}   # how often it is published: A, S, Q, M"
    yield f"population = {_both(codebook.population)}"
    licence = _both(codebook.licence) if any(codebook.licence.values()) else text(ASK)
    yield f"licence = {licence}"
    yield f"source = {text(codebook.producer or ASK)}"
    yield f"invented = {str(codebook.invented).lower()}"
    yield "confidential = true   # false for a public file: docs/reference/protection.md"
    yield "concepts = {}"
    yield ""


def _both(words: Words) -> str:
    """A text in both languages; what is not said in one is asked."""
    told = {language: words.get(language) or ASK for language in ("en", "es")}
    return f"{{ en = {text(told['en'])}, es = {text(told['es'])} }}"


def _wave(file: SurveyFile, period: str) -> Iterator[str]:
    yield "[[wave]]"
    yield f"period = {text(file.period or period)}"
    yield f"file = {text(file.name or ASK)}"
    if file.member:
        yield f"member = {text(file.member)}"
    if file.format == "sav":
        yield '# A code that SPSS itself declares missing is written with "missing:" before it.'
    known = file.format in FORMATS
    said = f"   # the codebook says {comment(file.format)}" if file.format and not known else ""
    yield f"format = {text(file.format if known else ASK)}{said}"
    yield ""


def _design(columns: Sequence[FileColumn]) -> Iterator[str]:
    yield '[design]   # a column, or { none = "why there is none" }'
    for role in ("stratum", "psu", "weight", "fpc"):
        found = [column.name for column in columns if role in column.roles]
        if found:
            yield f"{role} = {text(found[0])}"
        else:
            none = role == "fpc"
            yield f"{role} = {{ none = {text(ASK)} }}" if none else f"{role} = {text(ASK)}"
    yield f"replicates = {{ none = {text(ASK)} }}"
    if person := [column.name for column in columns if "person" in column.roles]:
        yield f"person = [{', '.join(text(name) for name in person)}]"
    yield 'psu_scope = "stratum"   # are PSU labels unique in the "survey" or in their "stratum"?'
    yield 'single_psu = "refuse"'
    yield ""


def _once(block: Iterable[str], name: str, made: set[str]) -> Iterator[str]:
    """A block, as a comment where the variable is made already: a person decides between them."""
    mark = "# " if name in made else ""
    made.add(name)
    yield from (f"{mark}{line}" for line in block)


def _column(column: FileColumn, made: set[str]) -> Iterator[str]:
    """The recodes a codebook of Cauce tells of; of another one a comment to be filled in."""
    kind = f" – {column.kind}" if column.kind else ""
    yield ""
    yield f"# {comment(column.name)}: {comment(_said(column.label)) or 'no label'}{kind}"
    if asked := _said(column.question):
        yield f"# asked: {comment(asked)}"
    for name in column.makes:
        yield from _once(_made(column, name), variable(name), made)
    if not column.makes and column.categories:
        yield f"# [recode.{variable(column.name)}]"
        yield f"# from = {text(column.name)}"
        for one in column.categories:
            value = _missing(one) if one.missing else text(ASK)
            yield f"# {text(one.code)} = {value}   # {comment(_said(one.label))}"


def _made(column: FileColumn, name: str) -> Iterator[str]:
    recoded = [one for one in column.categories if name in one.means]
    yield f"[{'recode' if recoded else 'number'}.{variable(name)}]"
    yield f"from = {text(column.name)}"
    for one in {one.code: one for one in column.categories}.values():
        if name in one.means:
            yield f"{text(one.code)} = {text(one.means[name])}   # {comment(_said(one.label))}"
        elif one.missing:
            yield f"{text(one.code)} = {_missing(one)}   # {comment(_said(one.label))}"


def _missing(category: Category) -> str:
    reason = category.reason if category.reason in REASONS else ASK
    return f"{{ missing = {text(reason)} }}"


def _questions(columns: Sequence[FileColumn]) -> Iterator[str]:
    """The words of the questionnaire, where they are known in both languages."""
    told = [one for one in columns if one.question.get("en") and one.question.get("es")]
    if told:
        yield ""
        yield "[questions]"
        for one in told:
            yield f"{text(one.name)} = {_both(one.question)}"


def _said(words: Words) -> str:
    """In the language of the file if it names none, else in English."""
    return words.get("") or words.get("en") or next(iter(words.values()), "")
