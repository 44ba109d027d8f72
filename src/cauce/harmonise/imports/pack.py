"""A mapping pack, read from its texts and checked for shape; everything wrong is said at once."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.harmonise.imports.dimensions import AREA, dimension
from cauce.harmonise.imports.shape import shape
from cauce.harmonise.imports.statuses import SYSTEMS
from cauce.model.catalogue import Theme
from cauce.model.codelist import Codelist
from cauce.model.errors import BadInput
from cauce.model.imported import (
    FileFormat,
    Gap,
    ImportPack,
    Meaning,
    Skip,
    StatusSystem,
    Twice,
)
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, ObsStatus
from cauce.model.rule import rule
from cauce.model.text import Text

ID = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
SHA256 = re.compile(r"[0-9a-f]{64}|")
EDITION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")
TOP = "import.toml"
FREQUENCIES = ("A", "S", "Q", "M")
NO_THEMES: Mapping[str, Theme] = {}
ESTIMATORS = ("total", "mean", "rate", "ratio")


def parse_import(
    name: str,
    files: Mapping[str, str],
    lists: Mapping[str, Codelist],
    themes: Mapping[str, Theme] = NO_THEMES,
) -> ImportPack:
    """The mapping pack of a folder.

    Args:
        name: the folder, beside which others may share files.
        files: every text below the folder of packs, by name relative to it.
        lists: the code lists dimensions may take their words from, by id.
        themes: the sections of the catalogue a table may be listed under, by id.

    Raises:
        BadInput: there is no such pack; all that is wrong with it, each with file and line.
    """
    file = f"{name}/{TOP}"
    if file not in files:
        known = ", ".join(sorted(path.removesuffix(f"/{TOP}") for path in files if TOP in path))
        raise BadInput(f"There is no mapping pack {name[:60]}. There are: {known}.")
    problems = Problems()
    top = open_toml(file, files[file], problems)
    if top is None:
        raise problems.error("The mapping pack")
    source, figure = top.table("file"), top.table("indicator")
    layout = top.table("shape")
    if source is None or figure is None or layout is None:
        raise problems.error("The mapping pack")
    status, period = top.table("status", required=False), top.table("period")
    kinds = get_args(FileFormat)
    pack = ImportPack(
        id=_matching(top, "id", ID, "capitals, digits and _, such as UN_MIG_STOCK"),
        version=top.text("version", "1.0"),
        name=top.words("name"),
        theme=themes[top.choice("theme", tuple(themes))] if top.has("theme") and themes else None,
        edition=_matching(top, "edition", EDITION, "a name of a vintage, such as 2020"),
        frequency=top.choice("frequency", FREQUENCIES),
        provider=top.words("provider"),
        about=top.words("about"),
        licence=top.words("licence"),
        open_licence=top.truth("open_licence"),
        citation=top.text("citation"),
        retrieved=top.text("retrieved", ""),
        notes=tuple(section_words(one) for one in top.tables("note")),
        file=source.text("name"),
        file_sha256=_matching(source, "sha256", SHA256, "64 digits of SHA-256, or nothing", ""),
        format=next(one for one in kinds if one == source.choice("format", kinds)),
        shape=shape(layout),
        indicator=_indicator(figure),
        multiplier=figure.number("multiplier", 1.0),
        period=period.text("from", "") if period else "",
        fixed_period=period.text("fixed", "") if period else "",
        dimensions=tuple(
            dimension(key, section, name, files, lists) for key, section in top.named("dimension")
        ),
        status_from=status.text("from", "") if status else "",
        statuses=_statuses(status),
        marks=_marks(top.table("marks", required=False)),
        zero=top.words("zero") if top.has("zero") else None,
        constants=_constants(top.table("constant", required=False)),
        skips=tuple(_skip(section) for section in top.tables("skip")),
        gaps=tuple(_gap(section) for section in top.tables("gap")),
        twice=tuple(_twice(section) for section in top.tables("twice")),
    )
    for section in (source, figure, *(one for one in (status, period) if one)):
        section.finish()
    top.finish()
    _check(pack, top)
    problems.stop_if_any("The mapping pack")
    return replace(pack, sha256=_hash(name, files, pack))


def _check(pack: ImportPack, top: Section) -> None:
    if AREA not in {one.id for one in pack.dimensions}:
        top.note("dimension", f"[dimension.{AREA}] is missing: of which area are the numbers?")
    if bool(pack.period) == bool(pack.fixed_period):
        top.note("period", '[period] says either from = "a column" or fixed = "2017".')


def _matching(
    section: Section, key: str, form: re.Pattern[str], wanted: str, default: str | None = None
) -> str:
    text = section.text(key, default)
    if not form.fullmatch(text):
        section.note(key, f"{section.name(key)} = {text!r} must be {wanted}.")
    return text


def section_words(section: Section) -> Text:
    """A table that is words in both languages and nothing else."""
    words = Text(section.text("en"), section.text("es"))
    section.finish()
    return words


def _indicator(section: Section) -> Indicator:
    estimator = section.choice("estimator", ESTIMATORS, "total")
    return Indicator(
        id=section.text("id"),
        name=section.words("name"),
        definition=section.words("definition"),
        estimator=next(one for one in ("total", "mean", "rate", "ratio") if one == estimator),
        universe="",
        numerator="",
        denominator="",
        unit=section.text("unit"),
        scale=1.0,
        decimals=section.whole("decimals", 0),
        standard=section.said("standard", ""),
        ilostat=section.text("ilostat", ""),
        age=section.text("age", ""),
        criterion=section.text("criterion", ""),
        source="import",
    )


def _statuses(section: Section | None) -> dict[str, Meaning]:
    """What each status word means; "" is that of a number beside which none stands."""
    if section is None:
        return {"": Meaning(ObsStatus.NORMAL)}
    systems: tuple[StatusSystem, ...] = ("none", "sdmx", "ilostat")
    chosen = section.choice("system", systems, "none")
    found = dict(next(SYSTEMS[one] for one in systems if one == chosen))
    default = section.choice("default", tuple(ObsStatus), "A")
    note = rule(section.words("note")) if section.has("note") else ""
    found[""] = Meaning(ObsStatus(default), note=note)
    codes = section.table("codes", required=False)
    return found | ({} if codes is None else _meanings(codes))


def _marks(section: Section | None) -> dict[str, Meaning]:
    return {} if section is None else _meanings(section)


def _meanings(section: Section) -> dict[str, Meaning]:
    found = {}
    for word in section.data:
        inner = section.table(word)
        if inner is None:
            continue
        absent = inner.truth("absent", False)
        found[word] = Meaning(
            ObsStatus(inner.choice("to", tuple(ObsStatus), "O" if absent else None)),
            ConfStatus(inner.choice("conf", tuple(ConfStatus), "F")),
            rule(inner.words("note")),
            absent,
        )
        inner.finish()
    return found


def _constants(section: Section | None) -> dict[str, str]:
    return {} if section is None else {name: section.text(name) for name in section.data}


def _skip(section: Section) -> Skip:
    found = Skip(section.text("column"), section.texts("begins"), section.words("because"))
    section.finish()
    return found


def _gap(section: Section) -> Gap:
    found = Gap(section.text("period"), section.words("because"))
    section.finish()
    return found


def _twice(section: Section) -> Twice:
    words = section.table("word")
    do = section.choice("do", ("add", "same"))
    key = {} if words is None else {name: words.text(name) for name in words.data}
    found = Twice(key, "add" if do == "add" else "same", section.words("because"))
    section.finish()
    return found


def _hash(name: str, files: Mapping[str, str], pack: ImportPack) -> str:
    """The hash of the pack's own texts, and of all the words and codes its dimensions use."""
    digest = hashlib.sha256()
    for file, text in sorted(files.items()):
        if file.startswith(f"{name}/"):
            digest.update(f"\0{file}\0{text}".encode())
    for spec in pack.dimensions:
        digest.update(f"\0{sorted(spec.codes.items())}\0{list(spec.names.items())}".encode())
    return digest.hexdigest()
