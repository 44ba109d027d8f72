"""What is to be said beside public records: what may not be compared or added, and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from cauce.assess.diaspora.obstacles import obstacles
from cauce.assess.studies.comparing import side_by_side
from cauce.model.contribution import Contribution, Valuation, Way
from cauce.model.record import Absent, Record
from cauce.model.shelf import Filled, PublicRecord, Said, Shelf
from cauce.model.study import Study
from cauce.model.text import LANGUAGES, Language, Text
from cauce.model.truth import Truth

MOST_REASONS = 6
WAYS: tuple[Way, ...] = ("TO_ORIGIN", "FROM_ORIGIN")
VALUATIONS: tuple[Valuation, ...] = ("OBS", "SUR", "MOD", "ADM", "NM")


def said(filled: Filled) -> Filled:
    """The register with the sentences that go with its records, if there is something to say."""
    found = SAYS.get(filled.shelf.id)
    return filled if found is None else replace(filled, said=tuple(found(filled)))


def _studies(filled: Filled) -> Iterator[Said]:
    """For estimates of one thing: that they are not comparable, with every reason once."""
    for group in _grouped(filled.records, "estimate_of"):
        reasons = [_compared(group, filled.shelf, language) for language in LANGUAGES]
        worst, en = reasons[0]
        if worst is not Truth.YES:
            text = _words(worst, len(group), en, reasons[1][1])
            yield Said(tuple(record.key for record in group), text)


def _compared(
    group: Sequence[PublicRecord], shelf: Shelf, language: Language
) -> tuple[Truth, list[str]]:
    """Whether estimates may all be compared, and the reasons why not in one language."""
    studies = [_study(record, shelf, language) for record in group]
    found = side_by_side(studies)
    truths = {each.comparable for each in found}
    worst = next((t for t in (Truth.NO, Truth.CANNOT_TELL) if t in truths), Truth.YES)
    why = (reason.of(language) for each in found for reason in each.reasons)
    return worst, list(dict.fromkeys(why))


def _words(worst: Truth, count: int, en: Sequence[str], es: Sequence[str]) -> Text:
    if worst is Truth.NO:
        return Text(
            f"These {count} figures are not comparable with one another: {_listed(en)}.",
            f"Estas {count} cifras no son comparables entre sí: {_listed(es)}.",
        )
    return Text(
        f"It cannot be told whether these {count} figures are comparable: {_listed(en)}.",
        f"No puede decirse si estas {count} cifras son comparables: {_listed(es)}.",
    )


def _listed(reasons: Sequence[str]) -> str:
    return "; ".join((*reasons[:MOST_REASONS], *(("…",) if len(reasons) > MOST_REASONS else ())))


def _study(record: PublicRecord, shelf: Shelf, language: Language) -> Study:
    """An estimate with its words in one language: they stand in the reasons."""
    given = _latest(record)
    name = _namer(shelf, language)
    return Study(
        id=record.key,
        title=record.title,
        year=_whole(given, "year"),
        area=" + ".join(sorted((*name(given, "country"), *name(given, "countries")))),
        measure=_same("".join(name(given, "estimate_of"))),
        sectors=frozenset(
            Text(word, word)
            for word in (*name(given, "sectors"), _text(given, f"sectors_note_{language}"))
            if word
        ),
        horizon=(_whole(given, "horizon_from"), _whole(given, "horizon_to")),
        method=_same(_text(given, f"method_{language}")),
        value=None,
        unit=_same(_text(given, f"unit_{language}")),
        retells=_text(given, "retells"),
    )


def _same(word: str) -> Text | None:
    """A word that is in the language asked for already; None if there is none."""
    return Text(word, word) if word else None


def _contributions(filled: Filled) -> Iterator[Said]:
    """For what a diaspora gives to one country: that it is not added, with every reason once."""
    for group in _grouped(filled.records, "country"):
        lines = {language: _lines(group, filled.shelf, language) for language in LANGUAGES}
        why = {
            language: list(
                dict.fromkeys(
                    found.words.of(language)
                    for found in obstacles(of, {line.id: line.inside for line in of})
                )
            )
            for language, of in lines.items()
        }
        if why["en"]:
            yield Said(
                tuple(record.key for record in group),
                Text(
                    f"These lines are not added up: {_listed(why['en'])}.",
                    f"Estas líneas no se suman: {_listed(why['es'])}.",
                ),
            )


def _lines(group: Sequence[PublicRecord], shelf: Shelf, language: Language) -> list[Contribution]:
    """The lines of which enough is known to ask whether they may be added."""
    names = {record.key: _line_name(record, language) for record in group}
    found = []
    for record in group:
        given = _latest(record)
        way = next((x for x in WAYS if x == _text(given, "direction")), None)
        valuation = next((x for x in VALUATIONS if x == _text(given, "valuation")), None)
        year = _whole(given, "year")
        unit = "".join(_namer(shelf, language)(given, "quantity_unit")) or _text(given, "currency")
        if year is None or way is None or valuation is None or not unit:
            continue
        found.append(
            Contribution(
                id=names[record.key],
                country=record.country,
                type=_text(given, "type"),
                way=way,
                year=year,
                unit=unit,
                amount=None,
                valuation=valuation,
                confidence="D",
                sampling="UNKNOWN",
                scope=_text(given, "part"),
                inside=names.get(_text(given, "inside"), ""),
                source=_text(given, "source"),
            )
        )
    known = {line.id for line in found}
    return [replace(x, inside=x.inside if x.inside in known else "") for x in found]


def _line_name(record: PublicRecord, language: Language) -> str:
    """What a line is called in a sentence: its title, year and the beginning of its key."""
    year = _whole(_latest(record), "year")
    told = record.title.of(language) if year is None else f"{record.title.of(language)} {year}"
    return f"{told} ({record.key[:4]})"


def _grouped(records: Sequence[PublicRecord], field: str) -> list[list[PublicRecord]]:
    """The records that are still held to be, by a coded field; only groups of several."""
    groups: dict[str, list[PublicRecord]] = {}
    for record in records:
        if record.known[-1].periods and (code := _text(_latest(record), field)):
            groups.setdefault(code, []).append(record)
    return [group for group in groups.values() if len(group) > 1]


def _latest(record: PublicRecord) -> Record:
    return record.known[-1].periods[-1].record


def _namer(shelf: Shelf, language: Language) -> Callable[[Record, str], tuple[str, ...]]:
    """A function that gives the codes of a field in words."""
    lists = {each.id: {c.id: c.name.of(language) for c in each.codes} for each in shelf.codelists}
    listed = {each.id: each.codelist for each in shelf.fields}

    def name(given: Record, field: str) -> tuple[str, ...]:
        value = given.get(field)
        codes = value if isinstance(value, tuple) else (value,)
        words = lists.get(listed.get(field, ""), {})
        return tuple(words[code] for code in codes if isinstance(code, str) and code in words)

    return name


def _text(given: Record, field: str) -> str:
    value = given.get(field)
    return value if isinstance(value, str) and not isinstance(value, Absent) else ""


def _whole(given: Record, field: str) -> int | None:
    value = given.get(field)
    return int(value) if isinstance(value, int | float) else None


SAYS: Mapping[str, Callable[[Filled], Iterator[Said]]] = {
    "studies": _studies,
    "diaspora_contributions": _contributions,
}
"""The registers whose records are judged side by side."""
