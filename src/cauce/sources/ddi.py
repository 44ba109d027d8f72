"""Codebooks of other houses: DDI-Codebook 1.2 to 2.6, read variable by variable.

Source: DDI Alliance, DDI-Codebook 2.5, codebook.xsd. Namespaces differ by version and are not
asked about.
"""

from collections.abc import Iterator
from os import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from cauce.model.codebook import (
    COLUMN_KINDS,
    ROLES,
    Category,
    Codebook,
    FileColumn,
    SurveyFile,
)
from cauce.model.errors import BadInput

MOST_BYTES = 256 << 20
MOST_COLUMNS = 100_000
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DICTIONARY, DESIGN = "Cauce, variables", "Cauce, design"
SAFE = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
KINDS = {"numeric": "float", "character": "text"}

Element = Any
Names = dict[str, tuple[str, ...]]


def read_codebook(path: Path) -> Codebook:
    """The codebook in a file of DDI-Codebook; frequencies in it are not read.

    Raises:
        BadInput: it is no such file, brings a DTD or entities, is cut off or too large.
    """
    try:
        with path.open("rb") as file:
            return _read(file)
    except OSError as error:
        raise BadInput(f"{path}: cannot be opened ({error.strerror}).") from error
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error
    except etree.XMLSyntaxError as error:
        line = error.position[0] if error.position else 0
        place = f"line {line}: " if line else ""
        why = (error.msg or "").partition(", line")[0][:160]
        raise BadInput(
            f"{path.name}: {place}not well-formed XML ({why}). Is the file cut off, or in another "
            "encoding than it says?"
        ) from error


def _read(file: BinaryIO) -> Codebook:
    size = file.seek(0, SEEK_END)
    if size > MOST_BYTES:
        raise BadInput(f"larger than {MOST_BYTES:,} bytes; no codebook is.")
    file.seek(0)
    walk = _Walk()
    walk.read(etree.iterparse(file, events=("start", "end"), **SAFE))
    return walk.codebook()


class _Walk:
    """What is known while the elements of a document go by."""

    def __init__(self) -> None:
        self._study: dict[str, Any] = {}
        self._files: dict[str, SurveyFile] = {}
        self._columns: dict[str, list[FileColumn]] = {}
        self._count = 0

    def read(self, events: Iterator[tuple[str, Element]]) -> None:
        for count, (event, element) in enumerate(events):
            name = local(element)
            if count == 0:
                _root(element, name)
            if isinstance(element, etree._Entity):
                raise BadInput(f"line {element.sourceline}: brings an entity; none is read.")
            if event == "start":
                continue
            if name == "stdyDscr":
                self._study = self._study or study(element)
            elif name == "fileDscr":
                self._files[element.get("ID") or f"F{len(self._files) + 1}"] = file_of(element)
            elif name == "var" and local(element.getparent()) == "dataDscr":
                self._column(element)
            else:
                continue
            _forget(element)

    def _column(self, element: Element) -> None:
        self._count += 1
        if self._count > MOST_COLUMNS:
            raise BadInput(f"more than {MOST_COLUMNS:,} variables; no codebook has so many.")
        for file in (element.get("files") or "").split() or [""]:
            self._columns.setdefault(file, []).append(column(element))

    def codebook(self) -> Codebook:
        """Raises BadInput if no variable is described."""
        if not self._columns:
            raise BadInput("describes no variable: there is no <var> below <dataDscr>.")
        told: list[SurveyFile] = []
        for id_, columns in self._columns.items():
            known = self._files.get(id_) or next(iter(self._files.values()), SurveyFile("", ()))
            told.append(
                SurveyFile(known.name, tuple(columns), known.format, known.member, known.period)
            )
        return Codebook(files=tuple(told), **{"id": "", "title": {}, **self._study})


def _root(element: Element, name: str) -> None:
    info = element.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise BadInput(
            "brings a DTD (<!DOCTYPE …>): with one it could say anything, so it is not read. Take "
            "the line with <!DOCTYPE out, or export it as DDI-Codebook 2.5."
        )
    if name == "codeBook":
        return
    if name in ("DDIInstance", "FragmentInstance"):
        raise BadInput("is DDI-Lifecycle. Export it as DDI-Codebook 2.5, which is read.")
    raise BadInput(f"<{name[:60]}> is no DDI-Codebook, which begins with <codeBook>.")


def study(element: Element) -> dict[str, Any]:
    """What a `stdyDscr` says, by the fields of a codebook."""
    head = "citation", "titlStmt"
    title = words([*_all(element, *head, "titl"), *_all(element, *head, "parTitl")])
    nations = [*_all(element, "stdyInfo", "sumDscr", "nation")]
    area = next((word for one in nations if (word := one.get("abbr") or "")), "")
    notes = {one.get("type", "") for one in _all(element, "notes")}
    collected = "method", "dataColl"
    processed = (text(one) for one in _all(element, "method", "dataProcessing")
                 if one.get("type") == "derivation")  # fmt: skip
    return {
        "id": _first(element, "citation", "titlStmt", "IDNo"),
        "title": title,
        "area": area,
        "area_name": {language: word for language, word in words(nations).items() if word != area},
        "version": _first(element, "citation", "verStmt", "version"),
        "population": words(_all(element, "stdyInfo", "sumDscr", "universe")),
        "licence": words(_all(element, "dataAccs", "useStmt", "conditions")),
        "producer": _first(element, "citation", "rspStmt", "AuthEnty"),
        "frequency": _first(element, *collected, "frequenc"),
        "sampling": words(_all(element, *collected, "sampProc")),
        "weighting": words(_all(element, *collected, "weight")),
        "derived": tuple(
            (name.strip(), how.strip())
            for name, sign, how in (one.partition("=") for one in processed)
            if sign
        ),
        "invented": "invented" in notes,
        "confidential": bool(_first(element, "dataAccs", "useStmt", "confDec")),
        "partial": "partial" in notes,
    }


def file_of(element: Element) -> SurveyFile:
    notes = {one.get("type", ""): text(one) for one in _all(element, "notes")}
    return SurveyFile(
        name=_first(element, "fileTxt", "fileName") or _base(element.get("URI") or ""),
        columns=(),
        format=_first(element, "fileTxt", "fileType"),
        member=notes.get("member", ""),
        period=notes.get("period", ""),
    )


def _base(address: str) -> str:
    return address.replace("\\", "/").rpartition("/")[2]


def column(element: Element) -> FileColumn:
    """A `var`: its name, labels, question, categories and what they mean to a pack.

    Raises BadInput if it has no name.
    """
    name = (element.get("name") or "").strip()
    if not name:
        raise BadInput(f"line {element.sourceline}: a <var> has no name.")
    concepts = [(one.get("vocab", ""), text(one)) for one in _all(element, "concept")]
    roles = [role for role in ROLES if (DESIGN, role) in concepts]
    if element.get("wgt") == "wgt" and "weight" not in roles:
        roles.append("weight")
    missing = _invalid(element)
    label = words(_all(element, "labl"))
    return FileColumn(
        name=name,
        label={} if label == {"": name} else label,
        kind=_kind(element),
        categories=tuple(_categories(element, missing)),
        question=words(_all(element, "qstn", "qstnLit")) or words(_all(element, "qstn")),
        makes=tuple(word for vocab, word in concepts if vocab == DICTIONARY),
        roles=tuple(roles),
    )


def _kind(element: Element) -> Any:
    found = next(_all(element, "varFormat"), None)
    if found is None:
        return ""
    if found.get("formatname") in COLUMN_KINDS:
        return found.get("formatname")
    if found.get("category") in ("date", "time"):
        return "date"
    return KINDS.get(found.get("type") or "numeric", "")


def _invalid(element: Element) -> set[str]:
    """The codes `invalrng` names one by one: no answers."""
    return {one.get("VALUE", "") for one in _all(element, "invalrng", "item")} - {""}


def _categories(element: Element, missing: set[str]) -> Iterator[Category]:
    said: set[str] = set()
    for one in _all(element, "catgry"):
        code = _first(one, "catValu")
        said.add(code)
        yield Category(
            code=code,
            label=words(_all(one, "labl")),
            missing=one.get("missing") == "Y" or code in missing,
            reason=one.get("missType") or "",
            means={level: text(each) for each in _all(one, "txt") if (level := each.get("level"))},
        )
    for code in sorted(missing - said):
        yield Category(code, {}, missing=True)


def words(elements: Any) -> dict[str, str]:
    """What elements say, by language; of several in one language the first."""
    found: dict[str, str] = {}
    for one in elements:
        language = (one.get(XML_LANG) or one.get("xml-lang") or "").lower().partition("-")[0]
        if said := text(one):
            found.setdefault(language, said)
    return found


def text(element: Element) -> str:
    """All text of an element, blanks as one; a codebook may set it in paragraphs."""
    return " ".join("".join(element.itertext()).split())


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = getattr(element, "tag", "")
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _all(element: Element, *path: str) -> Iterator[Element]:
    """The elements at a path below an element, whatever their namespace."""
    if not path:
        yield element
        return
    for child in element:
        if local(child) == path[0]:
            yield from _all(child, *path[1:])


def _first(element: Element, *path: str) -> str:
    return next((said for one in _all(element, *path) if (said := text(one))), "")


def _forget(element: Element) -> None:
    """Give back the memory of an element that was read, and of all before it."""
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]
