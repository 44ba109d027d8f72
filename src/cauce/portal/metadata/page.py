"""What a table is, on one page: what it measures, of whom, by which standards, how well, whose."""

from dataclasses import dataclass

from cauce.model.dataflow import CENSUS, Dataflow, Dimension
from cauce.model.indicator import Indicator
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.crumbs import table_crumbs
from cauce.portal.links import Link, address, quality_path, table_path
from cauce.portal.made import lonely_of
from cauce.portal.metadata.cite import as_text, citation
from cauce.portal.notes import notes
from cauce.portal.pages import Invented
from cauce.portal.placed import place
from cauce.portal.said_by import said_by
from cauce.portal.words import Words
from cauce.publish.protection import protection_of
from cauce.publish.urns import dataflow_ref, flow_of

MOST_CODES = 60
"""Codes of a dimension that are listed; the structure in SDMX has all."""


@dataclass(frozen=True)
class Measured:
    """An indicator of the table and what it is made of, in words."""

    name: str
    href: str
    definition: str
    unit: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Broken:
    """A dimension with its codes; `more` says how many are not listed."""

    id: str
    name: str
    codelist: str
    codes: tuple[tuple[str, str], ...]
    more: str


@dataclass(frozen=True)
class Kept:
    """A vintage of the table: its page, when it was released and why."""

    link: Link
    released: str
    reason: str
    here: bool


@dataclass(frozen=True)
class MetadataPage:
    """What templates/reading/metadata.html is given, and nothing else."""

    title: str
    invented: Invented
    crumbs: tuple[Link, ...]
    table_name: str
    table: str
    measured: tuple[Measured, ...]
    facts: tuple[tuple[str, str], ...]
    method: tuple[tuple[str, str], ...]
    reliability: tuple[str, ...]
    dimensions: tuple[Broken, ...]
    producer: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    vintages: tuple[Kept, ...]
    withdrawn: tuple[tuple[str, str], ...]
    quality: str
    structure: str
    cite: str
    cite_files: tuple[Link, ...]


def metadata_page(
    manifest: Manifest,
    kept: tuple[Manifest, ...],
    withdrawn: dict[str, str],
    rules: tuple[str, ...],
    asked: str,
    words: Words,
    root: str,
) -> MetadataPage:
    """`kept` are the vintages that can be read, oldest first; `rules` those verdicts rest on.

    `asked` is the vintage an address names, "" for the current one.
    """
    flow, language = manifest.dataflow, words.language
    vintage = {"vintage": asked}
    quality = address(quality_path(language, flow.id), vintage) if manifest.quality else ""
    files = f"/{language}/metadata/{flow.id}"
    return MetadataPage(
        title=words("metadata_of", name=words.of(flow.name)),
        invented="all" if flow.source.invented else "",
        crumbs=table_crumbs(flow, words),
        table_name=words.of(flow.name),
        table=address(table_path(language, flow.id), vintage),
        measured=tuple(_measured(one, words) for one in flow.indicators),
        facts=_facts(manifest, words),
        method=_method(flow, words),
        reliability=_reliability(flow, rules, words),
        dimensions=tuple(_broken(one, words) for one in flow.dimensions),
        producer=_producer(flow, words),
        notes=notes(manifest, words),
        vintages=tuple(_kept(one, manifest, words) for one in reversed(kept)),
        withdrawn=tuple((v, rule_in(why, language)) for v, why in withdrawn.items()),
        quality=quality,
        structure=_structure(flow),
        cite=as_text(citation(manifest, words, root), words),
        cite_files=tuple(
            Link(name, address(f"{files}.{ending}", vintage))
            for name, ending in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json"))
        ),
    )


def _structure(flow: Dataflow) -> str:
    """The address of the dataflow with all that belongs to it."""
    ref = flow_of(flow)
    return f"/sdmx/v2/structure/dataflow/{ref.agency}/{ref.id}/{ref.version}?references=all"


def _measured(one: Indicator, words: Words) -> Measured:
    facts: tuple[tuple[str, str], ...] = (
        (words("estimator"), words.known(f"estimator_{one.estimator}", "")),
        (words("universe"), one.universe or words("everyone")),
        (words("standard"), rule_in(one.standard, words.language)),
        ("ILOSTAT", one.ilostat),
    )
    if not one.numerator:
        # Nothing was computed here: another producer's figure says its own universe.
        facts = facts[2:]
    return Measured(
        name=words.of(one.name),
        href=f"/{words.language}/indicators/{one.id}",
        definition=words.of(one.definition),
        unit=words.unit(one.unit),
        facts=tuple(fact for fact in facts if fact[1]),
    )


def _facts(manifest: Manifest, words: Words) -> tuple[tuple[str, str], ...]:
    flow = manifest.dataflow
    areas = [words.of(place(code)) for code in flow.dimensions[1].codes]
    some = ", ".join(areas[:12])
    more = words("and_others", count=words.number(len(areas) - 12, 0)) if len(areas) > 12 else ""
    periods = [code.id for code in flow.dimensions[-1].codes]
    spanned = periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"
    return (
        (words("code"), dataflow_ref(flow) if flow.foreign else flow.id),
        (words("survey"), words.of(flow.source.name)),
        (words("universe_of"), words.of(flow.source.population)),
        (words("areas"), f"{some} {more}".strip()),
        (words("periods_of"), f"{spanned} ({words.number(len(periods), 0)})"),
        (words("frequency"), ", ".join(words.of(c.name) for c in flow.dimensions[0].codes)),
    )


def _method(flow: Dataflow, words: Words) -> tuple[tuple[str, str], ...]:
    method = flow.method
    told = [
        (words("method"), words("counted_records") if method.var_method == CENSUS
         else rule_in(method.var_method, words.language)),
        *((words(n), v) for n, v in
          (("icls", method.icls), ("isco", method.isco), ("isic", method.isic))),
    ]  # fmt: skip
    if method.var_method != CENSUS:
        told += [
            *lonely_of(method, words),
            (words("fpc"), rule_in(method.fpc, words.language)),
        ]
    if protection := protection_of(flow):
        told.append((words("protected_by"), words.of(protection)))
    return tuple(fact for fact in told if fact[1])


def _reliability(flow: Dataflow, rules: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """The rule that says which figures may be shown, and each sentence its verdicts gave."""
    profile = flow.method.reliability_profile
    if not profile:
        return (words("reliability_none_given"),)
    head = words("reliability_rule", profile=profile, version=flow.method.rule_version)
    return (head, *(rule_in(rule, words.language) for rule in rules))


def _broken(one: Dimension, words: Words) -> Broken:
    rest = len(one.codes) - MOST_CODES
    return Broken(
        id=one.id,
        name=words.of(one.name),
        codelist=one.codelist,
        codes=tuple((code.id, words.of(code.name)) for code in one.codes[:MOST_CODES]),
        more=words("and_others", count=words.number(rest, 0)) if rest > 0 else "",
    )


def _producer(flow: Dataflow, words: Words) -> tuple[tuple[str, str], ...]:
    return (
        (words("source"), said_by(flow.source, words)),
        (words("licence"), rule_in(flow.source.licence, words.language)),
        (words("contact"), words("contact_empty")),
    )


def _kept(one: Manifest, shown: Manifest, words: Words) -> Kept:
    path = table_path(words.language, one.dataflow.id)
    return Kept(
        link=Link(one.vintage, address(path, {"vintage": one.vintage})),
        released=words.moment(one.published_at),
        reason=rule_in(one.reason, words.language),
        here=one.vintage == shown.vintage,
    )
