"""What is to be said beside public records: what may not be compared or added, and why."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from cauce.assess.diaspora.obstacles import obstacles
from cauce.assess.diaspora.records import QUANTITY, lines_of, whose
from cauce.assess.diaspora.samples import warning_of
from cauce.assess.filled import text, whole
from cauce.assess.studies.comparing import side_by_side
from cauce.assess.studies.records import studies_of
from cauce.model.contribution import Contribution
from cauce.model.record import Record
from cauce.model.shelf import Filled, PublicRecord, Said, Shelf
from cauce.model.study import Study
from cauce.model.text import LANGUAGES, Language, Text
from cauce.model.truth import Truth

MOST_REASONS = 6
Group = Mapping[str, PublicRecord]


def said(filled: Filled, surveys: Filled | None = None) -> Filled:
    """The register with the sentences that go with its records, if there is something to say.

    `surveys` are the public mapping surveys, which figures may come from.
    """
    found = [each for says in (SAYS.get(filled.shelf.id),) if says for each in says(filled)]
    found += _sampled(filled, surveys)
    return replace(filled, said=tuple(found)) if found else filled


def _sampled(filled: Filled, surveys: Filled | None) -> Iterator[Said]:
    """For figures of a sample that was not drawn by chance: that they speak for nobody else.

    The figures of one country are named together; a survey speaks for itself.
    """
    register, among = filled.shelf.id, {} if surveys is None else _now(surveys)
    for group in _by_country(filled.records):
        warned: dict[Text, list[str]] = {}
        for key, record in group.items():
            warning = warning_of(register, _latest(record), among)
            if warning is not None:
                warned.setdefault(warning, []).append(key)
        for warning, keys in warned.items():
            if len(keys) == 1:
                yield Said(tuple(keys), warning)
                continue
            en, es = (_listed([_called(group[k], x) for k in keys]) for x in LANGUAGES)
            yield Said(tuple(keys), Text(f"{en}: {warning.en}", f"{es}: {warning.es}"))


def _now(filled: Filled) -> dict[str, Record]:
    """The records that are still held to be, as they are known now, by key."""
    return {r.key: _latest(r) for r in filled.records if r.known[-1].periods}


def _by_country(records: Sequence[PublicRecord]) -> list[dict[str, PublicRecord]]:
    """The records that are still held to be, by the country they are of."""
    found: dict[str, dict[str, PublicRecord]] = {}
    for record in records:
        if record.known[-1].periods:
            found.setdefault(record.country, {})[record.key] = record
    return list(found.values())


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
        en, es = (_spelled(_not_added(group, x), filled.shelf, x) for x in LANGUAGES)
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


SPELLED = ("CL_CONTRIBUTION", "CL_VALUATION", "CL_QUANTITY_UNIT")
"""The lists whose codes stand in the reasons against adding lines."""


def _spelled(said: str, shelf: Shelf, language: Language) -> str:
    """A sentence with the words of its codes, as they stand within one."""
    names = {
        code.id: code.name.of(language)
        for each in shelf.codelists
        if each.id in SPELLED
        for code in each.codes
    }
    if not names:
        return said
    codes = "|".join(re.escape(code) for code in sorted(names, key=len, reverse=True))
    return re.sub(rf"\b({codes})\b", lambda found: _inner(names[found[1]]), said)


def _inner(name: str) -> str:
    return name[:1].lower() + name[1:]


def _named(line: Contribution, group: Group, language: Language) -> Contribution:
    """The line with names that a reader understands where it is named in a reason."""

    def name(key: str) -> str:
        record = group[key.removesuffix(QUANTITY)]
        return _called(record, language, QUANTITY if key.endswith(QUANTITY) else "")

    return replace(line, id=name(line.id), inside=name(line.inside) if line.inside else "")


def _called(record: PublicRecord, language: Language, part: str = "") -> str:
    """A figure by its title and year; two may have the same, so the key begins after them."""
    year = whole(_latest(record), "year")
    told = record.title.of(language) if year is None else f"{record.title.of(language)} {year}"
    return f"{told} ({record.key[:4]}{part})"


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
