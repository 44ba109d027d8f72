"""What is to be said beside public records: what may not be compared or added, and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from cauce.assess.diaspora.obstacles import obstacles
from cauce.assess.diaspora.records import QUANTITY, lines_of, whose
from cauce.assess.filled import text, whole
from cauce.assess.studies.comparing import side_by_side
from cauce.assess.studies.records import studies_of
from cauce.model.contribution import Contribution
from cauce.model.record import Record
from cauce.model.shelf import Filled, PublicRecord, Said, Shelf
from cauce.model.study import Study
from cauce.model.text import Language, Text
from cauce.model.truth import Truth

MOST_REASONS = 6
Group = Mapping[str, PublicRecord]


def said(filled: Filled) -> Filled:
    """The register with the sentences that go with its records, if there is something to say."""
    found = SAYS.get(filled.shelf.id)
    return filled if found is None else replace(filled, said=tuple(found(filled)))


def _studies(filled: Filled) -> Iterator[Said]:
    """For estimates of one thing: that they are not comparable, with every reason once."""
    for group in _grouped(filled.records, lambda record: text(record, "estimate_of")):
        worst, en = _compared(group, filled.shelf, "en")
        es = _compared(group, filled.shelf, "es")[1]
        count = len(group)
        if worst is Truth.NO:
            yield _said(
                group,
                f"These {count} figures are not comparable with one another: {en}.",
                f"Estas {count} cifras no son comparables entre sí: {es}.",
            )
        if worst is Truth.CANNOT_TELL:
            yield _said(
                group,
                f"It cannot be told whether these {count} figures are comparable: {en}.",
                f"No puede decirse si estas {count} cifras son comparables: {es}.",
            )


def _compared(group: Group, shelf: Shelf, language: Language) -> tuple[Truth, str]:
    """Whether estimates may all be compared, and the reasons why not in one language."""
    names = {each.id: {c.id: c.name for c in each.codes} for each in shelf.codelists}
    of = {each.id: names.get(each.codelist, {}) for each in shelf.fields}
    records = {key: _latest(record) for key, record in group.items()}
    studies = studies_of(records, of.get("estimate_of", {}), of.get("sectors", {}))
    places = of.get("country", {})
    found = side_by_side([_placed(study, places, language) for study in studies])
    truths = {each.comparable for each in found}
    worst = next((t for t in (Truth.NO, Truth.CANNOT_TELL) if t in truths), Truth.YES)
    return worst, _listed([reason.of(language) for each in found for reason in each.reasons])


def _placed(study: Study, places: Mapping[str, Text], language: Language) -> Study:
    """The estimate with its countries in words: they stand in the reasons."""
    codes = study.area.split(" + ")
    names = [places[code].of(language) if code in places else code for code in codes]
    return replace(study, area=" + ".join(names))


def _contributions(filled: Filled) -> Iterator[Said]:
    """For what a diaspora gives to one country: that it is not added, with every reason once."""
    for group in _grouped(filled.records, whose):
        en, es = _not_added(group, "en"), _not_added(group, "es")
        if en:
            yield _said(
                group,
                f"These lines are not added up: {en}.",
                f"Estas líneas no se suman: {es}.",
            )


def _not_added(group: Group, language: Language) -> str:
    """Every reason against adding the lines of some records; "" if they may be."""
    lines = lines_of({key: _latest(record) for key, record in group.items()})
    named = [_named(line, group, language) for line in lines]
    found = obstacles(named, {line.id: line.inside for line in named})
    return _listed([each.words.of(language) for each in found])


def _named(line: Contribution, group: Group, language: Language) -> Contribution:
    """The line with names that a reader understands where it is named in a reason."""

    def name(key: str) -> str:
        record = group[key.removesuffix(QUANTITY)]
        year = whole(_latest(record), "year")
        told = record.title.of(language) if year is None else f"{record.title.of(language)} {year}"
        # Two lines may have the same title and year.
        return f"{told} ({key[:4]}{QUANTITY if key.endswith(QUANTITY) else ''})"

    return replace(line, id=name(line.id), inside=name(line.inside) if line.inside else "")


def _said(group: Group, en: str, es: str) -> Said:
    return Said(tuple(group), Text(en, es))


def _listed(reasons: Sequence[str]) -> str:
    once = list(dict.fromkeys(reasons))
    return "; ".join((*once[:MOST_REASONS], *(("…",) if len(once) > MOST_REASONS else ())))


def _grouped(
    records: Sequence[PublicRecord], by: Callable[[Record], str]
) -> list[dict[str, PublicRecord]]:
    """The records that are still held to be, by what they have in common; groups of several."""
    groups: dict[str, dict[str, PublicRecord]] = {}
    for record in records:
        if record.known[-1].periods and (name := by(_latest(record))):
            groups.setdefault(name, {})[record.key] = record
    return [group for group in groups.values() if len(group) > 1]


def _latest(record: PublicRecord) -> Record:
    return record.known[-1].periods[-1].record


SAYS: Mapping[str, Callable[[Filled], Iterator[Said]]] = {
    "studies": _studies,
    "diaspora_contributions": _contributions,
}
"""The registers whose records are judged side by side."""
