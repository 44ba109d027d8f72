"""Ids, and names in the languages they must be in."""

import re
from collections.abc import Iterable, Iterator

from cauce.model.structure import Ref
from cauce.model.text import LANGUAGES, Words

ID = re.compile(r"[A-Za-z0-9_@$-]+")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
MOST = 5


def shown(ref: Ref) -> str:
    """An artefact as messages name it: `codelist CAUCE:CL_SEX(1.0)`."""
    return f"{ref.kind} {ref.agency}:{ref.id}({ref.version})"


def listed(names: Iterable[str]) -> str:
    """Some names and how many more there are."""
    ordered = list(dict.fromkeys(names))
    more = f" and {len(ordered) - MOST:,} more" if len(ordered) > MOST else ""
    return ", ".join(ordered[:MOST]) + more


def id_fault(id_: str, where: str, name: bool = False) -> Iterator[str]:
    """An id of which no URN can be made; `name` holds it to what an XML name may be."""
    if not (NAME if name else ID).fullmatch(id_):
        may = (
            "begin with a letter and hold letters, digits, _ and -"
            if name
            else "hold letters, digits, _, @, $ and -"
        )
        yield f"{where}: the id {id_[:40]!r} makes no URN. An id may {may}."


def name_fault(names: Words, where: str, ours: bool) -> Iterator[str]:
    """No name, or none in one of the languages of the house."""
    there = {language for language, text in names if text.strip()}
    if not there:
        yield f"{where} has no name. Give it one."
    elif ours and (lacking := [language for language in LANGUAGES if language not in there]):
        yield f"{where} has no name in {' and '.join(lacking)}. Give it one in the pack."
