"""The report of an assessment for one country, to be read and printed."""

from collections.abc import Iterator, Sequence
from datetime import date

from cauce.assess.dates import day_words
from cauce.assess.needs.roadmaps import gaps, review
from cauce.model.frame import ScoredFrame
from cauce.model.roadmap import Step
from cauce.model.score import CountryScores, Score
from cauce.model.text import Language, Text

WORDS = {
    "findings": Text("Findings", "Hallazgos"),
    "dissent": Text("Where people differ", "En qué se difiere"),
    "unknown": Text("What is not known", "Lo que no se sabe"),
    "roadmap": Text("Road map", "Hoja de ruta"),
    "none": Text("None.", "Nada."),
    "question": Text("Question", "Pregunta"),
    "score": Text("Score", "Puntaje"),
    "coverage": Text("Coverage", "Cobertura"),
    "institutions": Text("Institutions", "Instituciones"),
    "apart": Text("Levels apart", "Niveles de distancia"),
    "what": Text("Action", "Acción"),
    "lead": Text("Lead", "Responsable"),
    "due": Text("Due", "Fecha"),
    "state": Text("State", "Situación"),
    "overall": Text("Overall", "En conjunto"),
    "open": Text("to be agreed", "por acordar"),
}


def country_report(
    frame: ScoredFrame,
    scores: CountryScores,
    steps: Sequence[Step],
    on: date,
    language: Language,
) -> str:
    """Findings, dissent, what is not known and the road map of a country, in Markdown.

    Source: docs/explanation/judging.md, "Needs".
    """
    name, day = frame.name.of(language), day_words(on).of(language)
    parts = [f"# {name}: {scores.country}", f"{day}. {frame.source} ({frame.mark})."]
    parts += ["\n".join(lines) for lines in _parts(frame, scores, steps, on, language)]
    return "\n\n".join(parts) + "\n"


def _parts(
    frame: ScoredFrame, scores: CountryScores, steps: Sequence[Step], on: date, language: Language
) -> Iterator[list[str]]:
    found = gaps(frame, scores)
    questions = {item.id: item.question.of(language) for item in frame.items}
    yield [_heading("findings", language)]
    yield _grid(frame, scores, language)
    yield _items(scores, language)
    yield [_heading("dissent", language)]
    disputed = {gap.item for gap in found if gap.kind == "DISPUTED"}
    told = [_dissent(score, language) for score in scores.items if score.id in disputed]
    yield told or [WORDS["none"].of(language)]
    yield [_heading("unknown", language)]
    silent = [gap for gap in found if gap.kind == "NO_INFORMATION"]
    yield [f"- {questions[gap.item]} {gap.because.of(language)}" for gap in silent] or [
        WORDS["none"].of(language)
    ]
    yield [_heading("roadmap", language)]
    yield _roadmap(steps, on, language)


def _heading(key: str, language: Language) -> str:
    return f"## {WORDS[key].of(language)}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [_row(head), "|" + "---|" * len(head), *map(_row, rows)]


def _grid(frame: ScoredFrame, scores: CountryScores, language: Language) -> list[str]:
    """Pillars down, elements across, and the pillar's own score at the end."""
    cells = {score.id: score for score in scores.cells}
    pillars = {score.id: score for score in scores.pillars}
    head = ["", *(element.name.of(language) for element in frame.elements)]
    head.append(WORDS["overall"].of(language))
    rows = [
        [
            pillar.name.of(language),
            *(_value(cells.get(f"{pillar.id}.{element.id}")) for element in frame.elements),
            _value(pillars[pillar.id]),
        ]
        for pillar in frame.pillars
    ]
    last = ["" for _ in frame.elements]
    rows.append([WORDS["overall"].of(language), *last, _value(scores.overall)])
    return _table(head, rows)


def _value(score: Score | None) -> str:
    """The score with its coverage, or a dash: why, the list below says."""
    if score is None or score.value is None or score.coverage is None:
        return "–"
    return f"{score.value:.1f} ({score.coverage:.0%})"


def _items(scores: CountryScores, language: Language) -> list[str]:
    head = [
        WORDS[key].of(language)
        for key in ("question", "score", "coverage", "institutions", "apart")
    ]
    rows = [
        [
            score.name.of(language),
            "–" if score.value is None else f"{score.value:.1f}",
            "–" if score.coverage is None else f"{score.coverage:.0%}",
            str(score.institutions),
            "–" if score.disagreement is None else f"{score.disagreement.levels:.1f}",
        ]
        for score in scores.items
    ]
    return _table(head, rows)


def _dissent(score: Score, language: Language) -> str:
    """A disputed question with what each group says, or why that is not shown."""
    groups = [
        f"{group.name.of(language)}: "
        + (f"{group.value:.1f}" if group.value is not None else _because(group.because, language))
        for group in score.groups
    ]
    return f"- {score.name.of(language)} {'; '.join(groups)}."


def _because(words: Text | None, language: Language) -> str:
    return words.of(language) if words else "–"


def _roadmap(steps: Sequence[Step], on: date, language: Language) -> list[str]:
    if not steps:
        return [WORDS["none"].of(language)]
    empty = WORDS["open"].of(language)
    rows = [
        [
            step.what.of(language),
            step.lead or empty,
            day_words(step.due).of(language) if step.due else empty,
            seen.because.of(language),
        ]
        for step, seen in zip(steps, review(steps, on), strict=True)
    ]
    return _table([WORDS[key].of(language) for key in ("what", "lead", "due", "state")], rows)
