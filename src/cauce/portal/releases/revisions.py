"""The pages of revisions: which vintages were replaced, and one of them figure by figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from cauce.model.dataflow import Dataflow
from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.portal.links import Link, address, explain_address, quality_path, table_path
from cauce.portal.pages import Invented
from cauce.portal.releases.revised import NATURES, Revised
from cauce.portal.words import Words
from cauce.store import Revision

PAGE = 100
"""Changed figures on a page; the rest is on the next."""


@dataclass(frozen=True)
class RevisedLine:
    """A replaced vintage in the list of revisions."""

    iso: str
    when: str
    name: str
    href: str
    old: str
    new: str
    changed: str
    largest: str
    nature: str
    reason: str
    invented: bool


@dataclass(frozen=True)
class RevisionsPage:
    """What templates/reading/revisions.html is given, and nothing else.

    `natures` are the kinds of revision, each with what it means.
    """

    title: str
    invented: Invented
    natures: tuple[tuple[str, str], ...]
    lines: tuple[RevisedLine, ...]


@dataclass(frozen=True)
class Change:
    """One figure as it was and as it is, each with the page that explains it, "" where it has none.

    `by` is the change in its own unit, `part` the same as a part of the old value.
    """

    labels: tuple[str, ...]
    old: str
    old_href: str
    new: str
    new_href: str
    by: str
    part: str


@dataclass(frozen=True)
class RevisionPage:
    """What templates/reading/revision.html is given, and nothing else."""

    title: str
    invented: Invented
    crumbs: tuple[Link, ...]
    old: Link
    new: Link
    when: str
    nature: str
    nature_means: str
    reason: str
    summary: str
    heads: tuple[str, ...]
    changes: tuple[Change, ...]
    previous: str
    next: str
    quality: str


def revisions_page(revised: Sequence[Revised], words: Words) -> RevisionsPage:
    lines = tuple(revised_line(one, words) for one in revised)
    natures = tuple((words(f"nature_{n}"), words(f"nature_{n}_means")) for n in NATURES)
    return RevisionsPage(words("revisions"), "", natures, lines)


def revised_line(one: Revised, words: Words) -> RevisedLine:
    manifest = one.manifest
    flow = manifest.dataflow
    return RevisedLine(
        iso=manifest.published_at,
        when=words.moment(manifest.published_at),
        name=words.of(flow.name),
        href=revision_path(words.language, flow.id, manifest.vintage),
        old=manifest.supersedes,
        new=manifest.vintage,
        changed=_changed(one, words),
        largest=_percent(one.largest, words),
        nature="" if one.gone else words(f"nature_{one.nature}"),
        reason=rule_in(manifest.reason, words.language),
        invented=flow.source.invented,
    )


def revision_path(language: str, flow: str, vintage: str) -> str:
    return f"/{language}/revisions/{flow}/{vintage}"


def _changed(one: Revised, words: Words) -> str:
    if one.gone:
        return words("revision_gone", vintage=one.manifest.supersedes)
    if not one.changed:
        return words("revision_none")
    count, all_ = words.number(len(one.changed), 0), words.number(one.figures, 0)
    return words("revision_count", count=count, all=all_)


def _percent(part: float | None, words: Words) -> str:
    return "" if part is None else f"{words.number(100 * part, 1)} %"


def revision_page(
    one: Revised, old: Observations | None, new: Observations, page: int, words: Words
) -> RevisionPage:
    """One replaced vintage, figure by figure; `old` is None where it is gone."""
    manifest, language = one.manifest, words.language
    flow = manifest.dataflow
    table = table_path(language, flow.id)
    start = (page - 1) * PAGE
    shown = one.changed[start : start + PAGE]
    path = revision_path(language, flow.id, manifest.vintage)
    quality = quality_path(language, flow.id) if manifest.quality else ""
    return RevisionPage(
        title=words("revision_of", name=words.of(flow.name)),
        invented="all" if flow.source.invented else "",
        crumbs=(
            Link(words("releases"), f"/{language}/releases"),
            Link(words("revisions"), f"/{language}/revisions"),
        ),
        old=Link(manifest.supersedes, "" if old is None else _vintage(table, manifest.supersedes)),
        new=Link(manifest.vintage, _vintage(table, manifest.vintage)),
        when=words.moment(manifest.published_at),
        nature="" if one.gone else words(f"nature_{one.nature}"),
        nature_means="" if one.gone else words(f"nature_{one.nature}_means"),
        reason=rule_in(manifest.reason, language),
        summary=_changed(one, words),
        heads=tuple(words.of(d.name) for d in flow.dimensions[2:]),
        changes=tuple(
            _change(each, manifest.supersedes, manifest.vintage, new.dataflow, old, words)
            for each in shown
        ),
        previous=address(path, {"page": str(page - 1)}) if page > 1 else "",
        next=address(path, {"page": str(page + 1)}) if start + PAGE < len(one.changed) else "",
        quality=address(quality, {"vintage": manifest.vintage}) if quality else "",
    )


def _vintage(table: str, vintage: str) -> str:
    return address(table, {"vintage": vintage})


def _change(
    each: Revision, was: str, now: str, flow: Dataflow, old: Observations | None, words: Words
) -> Change:
    labels, decimals = _labels(each, flow, None if old is None else old.dataflow, words)
    key, period = ".".join(each.key[:-1]), each.key[-1]
    may = isfinite(each.old) and isfinite(each.new)
    by = each.new - each.old
    sign = "+" if may and by > 0 else ""
    explained = [
        explain_address(words.language, flow.id, key, period, vintage) if status else ""
        for vintage, status in ((was, each.old_status), (now, each.new_status))
    ]
    return Change(
        labels=labels,
        old=_told(each.old, each.old_status, decimals, words),
        old_href=explained[0],
        new=_told(each.new, each.new_status, decimals, words),
        new_href=explained[1],
        by=f"{sign}{words.number(by, decimals)}" if may else "",
        part=f"{sign}{words.number(100 * by / abs(each.old), 1)} %" if may and each.old else "",
    )


def _told(value: float, status: str, decimals: int, words: Words) -> str:
    """A number, or why there is none: no such figure, or one that is withheld."""
    if isfinite(value):
        return words.number(value, decimals)
    return words.known(f"obs_{status}", status) if status else words("no_such_figure")


def _labels(
    each: Revision, flow: Dataflow, before: Dataflow | None, words: Words
) -> tuple[tuple[str, ...], int]:
    """What a figure is of, in words, and with how many decimals it is written."""
    labels = []
    for j, code in enumerate(each.key):
        known = {c.id: words.of(c.name) for c in flow.dimensions[j].codes}
        older = () if before is None else before.dimensions[j].codes
        known = {c.id: words.of(c.name) for c in older} | known
        labels.append(known.get(code, code))
    decimals = next((i.decimals for i in flow.indicators if i.id == each.key[2]), 1)
    return tuple(labels[2:]), decimals
