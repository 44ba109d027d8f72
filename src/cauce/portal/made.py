"""How a number was made: its steps, files, design and source, and how to make it again."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from cauce.model.dataflow import ADMITTED, BESIDE, WAITING, Dataflow, Method
from cauce.model.release import InputFile, Provenance
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.words import Words

FILLED_IN = "region/ilms"
"""The pack of what offices fill in."""
COUNTED = re.compile(r"as of (\S+), known at (\S+)")


@dataclass(frozen=True)
class Fact:
    """A line of an explanation: what, and its words or number. `code`: written for machines."""

    name: str
    value: str
    code: bool = False


@dataclass(frozen=True)
class Made:
    """One step on the way to a number, and where the pack writes it."""

    variable: str
    name: str
    kind: str
    text: str
    columns: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True)
class File:
    """A file the number was computed from: never where it lay. A released table has no `size`."""

    name: str
    sha256: str
    size: str
    rows: str


def again(provenance: Provenance, flow: Dataflow, counted: bool) -> str:
    """The command that counts a register or takes a file in again, "" for what was estimated."""
    if flow.method.var_method == ADMITTED:
        if provenance.pack == FILLED_IN:
            return f"cauce ilms admit {provenance.inputs[0].name} --store …"
        pack = provenance.pack.removeprefix("imports/")
        return f"cauce import {pack} --file {provenance.inputs[0].name} --store …"
    if flow.method.var_method == BESIDE:
        return "cauce capture --store …"
    found = COUNTED.search(provenance.inputs[0].name) if counted and provenance.inputs else None
    if found is None:
        return ""
    if flow.method.var_method == WAITING:
        return f"cauce waits --day {found[1]} --known-at {found[2]} --database …"
    register = flow.source.survey.lower()
    return f"cauce register count {register} --day {found[1]} --known-at {found[2]} --database …"


def steps_of(manifest: Manifest, flow: str, indicator: str, words: Words) -> tuple[Made, ...]:
    """The steps of the indicator, in the order they are taken."""
    found = (x.steps for x in manifest.lineages if (x.dataflow, x.indicator) == (flow, indicator))
    return tuple(
        Made(
            step.variable,
            rule_in(step.name, words.language),
            words.known(f"kind_{step.kind}", step.kind),
            step.text,
            step.columns,
            _without_folders(step.file) if step.file.startswith("/") else step.file,
            step.line,
        )
        for step in next(found, ())
    )


def belongs(wave: str, period: str) -> bool:
    """Whether a wave is the period, or one of the quarters a year is made of."""
    return wave == period or wave.startswith(f"{period}-Q")


def file_of(file: InputFile, words: Words) -> File:
    size, rows = words.number(file.size, 0), words.number(file.rows, 0)
    return File(
        _without_folders(file.name),
        file.sha256,
        words("bytes", count=size) if file.size else "",
        words("rows", count=rows),
    )


def _without_folders(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def design_of(manifest: Manifest, words: Words) -> tuple[Fact, ...]:
    """How the sample was drawn: the columns that say it, and what the error makes of them."""
    method = manifest.dataflow.method
    concepts = ((method.icls, "icls"), (method.isco, "isco"), (method.isic, "isic"))
    facts = [
        *_design_columns(method, words),
        Fact(words("method"), rule_in(method.var_method, words.language)),
        *(Fact(*fact) for fact in lonely_of(method, words)),
        Fact(words("psu_scope"), words.known(f"scope_{method.psu_scope}", method.psu_scope)),
    ]
    if method.fpc:
        facts.append(Fact(words("fpc"), rule_in(method.fpc, words.language)))
    standards = " · ".join(f"{words(name)} {version}" for version, name in concepts if version)
    return (*facts, *((Fact(words("standards"), standards),) if standards else ()))


def lonely_of(method: Method, words: Words) -> tuple[tuple[str, str], ...]:
    """What is done with strata of one PSU, unless the office's replicate weights deal with them."""
    if "replicates" in method.columns:
        return ()
    return ((words("single_psu"), words.known(f"psu_{method.single_psu}", method.single_psu)),)


def _design_columns(method: Method, words: Words) -> tuple[Fact, ...]:
    """The columns of stratum, PSU, weight and further stages; where one is missing, why."""
    facts = []
    for name in ("stratum", "psu", "weight"):
        if name in method.columns:
            facts.append(Fact(words(f"column_{name}"), method.columns[name], code=True))
        elif name in method.absent:
            why = rule_in(method.absent[name], words.language)
            facts.append(Fact(words(f"column_{name}"), why))
    for name, told in method.columns.items():
        if name.startswith("stage"):
            facts.append(Fact(words("column_stage", number=name[5:]), told, code=True))
    named = [name for name in ("certainty", "replicates") if name in method.columns]
    more = (Fact(words(f"column_{name}"), method.columns[name], code=True) for name in named)
    return (*facts, *more)


def lent_of(manifest: Manifest, words: Words) -> tuple[Fact, ...]:
    """Which state of each code list the words of this vintage are from."""
    facts = []
    for each in manifest.lent:
        day, known = words.day(date.fromisoformat(each.day)), each.known_at
        of = words("lent_known", day=day, moment=words.moment(known)) if known else day
        facts.append(Fact(each.codelist, f"{each.origin}, {of}, sha256 {each.sha256[:16]}…"))
    return tuple(facts)


def source_of(manifest: Manifest, words: Words) -> tuple[Fact, ...]:
    source = manifest.dataflow.source
    admitted = manifest.dataflow.method.var_method == ADMITTED
    return (
        Fact(words("producer" if admitted else "survey"), words.of(source.name)),
        Fact(words("population"), words.of(source.population)),
        Fact(words("citation"), source.citation),
        Fact(words("licence"), rule_in(source.licence, words.language)),
    )
