"""Titles with their codes, from files that offices have: ESCO, groups, national indexes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.outlook.coding import Title, token
from cauce.sources.coding.queue_file import DECISION, decided_titles, read_decisions
from cauce.sources.coding.rows import opened_rows

TEXT = (
    "title", "titulo", "título", "text", "texto", "occupation", "ocupacion", "ocupación", "oficio",
    "label", "denominacion", "denominación", "actividad", "activity", "description", "descripcion",
)  # fmt: skip
CODE = ("code", "codigo", "código", "isco", "ciuo", "isic", "ciiu", "isco08", "ciuo08")
TASKS = ("tasks", "tareas", "funciones")
Row = Mapping[str, str]
BESIDE = {
    "isic": ("isic", "ciiu", "industry", "rama"),
    "edu": ("education", "educacion", "educación"),
    "status": ("status", "categoria", "categoría", "situacion"),
}
_EXAMPLES = re.compile(r"^Examples of the occupations classified here", re.MULTILINE)
_RELATED = re.compile(r"^Some related occupations", re.MULTILINE)
_ITEM = re.compile(r"^\s*[-•]\s*(.+?)\s*$", re.MULTILINE)
_TASK = re.compile(r"^\s*\([a-z]+\)\s*(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """The titles of a file; `of_groups` says that they are of a classification's own groups."""

    titles: list[Title]
    of_groups: bool


def read_source(path: Path, language: str, encoding: str = "utf-8") -> Source:
    """The titles of a file, told by its header what kind it is.

    ESCO's occupations and groups of ISCO, a code list of a pack (code,en,es), or any table with a
    column of titles and one of codes, tasks and what is known beside them if it has such columns.

    Raises:
        BadInput: it cannot be read, is of none of these kinds, or has no title.
    """
    with opened_rows(path, encoding) as (header, rows):
        named = (dict(zip(header, row, strict=True)) for row in rows)
        of_groups = False
        if {"iscoGroup", "preferredLabel", "altLabels"} <= set(header):
            found = _occupations(named, language)
        elif {"code", "preferredLabel", "description"} <= set(header):
            found, of_groups = _groups(named), True
        elif {"code", "en", "es"} <= set(header):
            found = (Title(row[language], row["code"], first=True) for row in named)
            of_groups = True
        else:
            found = _table(named, header, path)
        titles = [title for title in found if title.text.strip() and title.code]
    if not titles:
        raise BadInput(f"{path.name} has no title with a code.")
    return Source(titles, of_groups)


def _occupations(rows: Iterator[Row], language: str) -> Iterator[Title]:
    """ESCO's occupations: the name and other names.

    Their descriptions are left out: learnt with the titles, they make titles harder to tell apart
    (`bench/coding.py`), and training takes half as long again.
    """
    for row in rows:
        name = row["preferredLabel"]
        code, group = row["iscoGroup"], row.get("conceptUri") or name
        others = [*row["altLabels"].split("\n"), *row.get("hiddenLabels", "").split("\n")]
        first = [part for part in _halves(name) if part.strip()] if language == "es" else [name]
        for text in first:
            yield Title(text, code, group=group, first=True)
        for text in others:
            yield Title(text, code, group=group)


def _halves(name: str) -> list[str]:
    """Both genders of a name: "director técnico/directora técnica"; "herrero/a" is one."""
    first, sign, second = name.partition("/")
    alike = sign and abs(len(first) - len(second)) <= len(first) // 2 and first[:3] == second[:3]
    return [first, second] if alike else [name]


def _groups(rows: Iterator[Row]) -> Iterator[Title]:
    """Groups of ISCO as ESCO gives them: the title, the examples, the tasks."""
    for row in rows:
        code, told = row["code"], row["description"]
        group = f"group {code}"
        yield Title(row["preferredLabel"], code, group=group, first=True)
        lead, *examples = _EXAMPLES.split(told, maxsplit=1)
        for text in _ITEM.findall(_RELATED.split(examples[0])[0]) if examples else ():
            yield Title(text, code, group=group, first=True)
        for text in (lead.split("Tasks include")[0], *_TASK.findall(lead)):
            yield Title(text, code, whole=False, group=group)


def _table(rows: Iterator[Row], header: list[str], path: Path) -> Iterator[Title]:
    """Any table: which columns are meant is told by their names."""
    text, code = (_column(header, names) for names in (TEXT, CODE))
    if not text or not code:
        raise BadInput(
            f"{path.name} has no column of titles or none of codes. Call them title and code (or "
            f"titulo and codigo). It has: {', '.join(header[:40])}."
        )
    tasks = _column(header, TASKS)
    beside = {name: found for name, names in BESIDE.items() if (found := _column(header, names))}
    for row in rows:
        known = (token(name, row[column]) for name, column in beside.items() if column != code)
        yield Title(
            row[text],
            row[code].strip(),
            row[tasks] if tasks else "",
            tuple(filter(None, known)),
            first=True,
        )


def _column(header: list[str], names: tuple[str, ...]) -> str:
    lower = {name.lower(): name for name in reversed(header)}
    return next((lower[name] for name in names if name in lower), "")


def read_index(path: Path, language: str, classification: str) -> list[Title]:
    """A national index, or a log of decisions as titles: of several about one answer the last.

    Raises:
        BadInput: the log is of another language or classification.
    """
    with opened_rows(path) as (header, _):
        log = header == DECISION
    if not log:
        return read_source(path, language).titles
    decisions = read_decisions(path)
    other = [d for d in decisions if (d.language, d.classification) != (language, classification)]
    if other:
        raise BadInput(
            f"{path.name} has {len(other):,} decisions of {other[0].classification} in "
            f"{other[0].language}; the model is of {classification} in {language}."
        )
    return decided_titles(decisions)
