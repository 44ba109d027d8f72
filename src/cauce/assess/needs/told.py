"""A needs assessment of a country as it is shown: findings, dissent, the unknown, the road map."""

from collections.abc import Iterator, Sequence
from datetime import date

from cauce.assess.needs.roadmaps import gaps, review
from cauce.assess.telling import DASH, Speaker, cells, on_day, plain, share, table
from cauce.model.frame import ScoredFrame
from cauce.model.judgement import Cell, Judgement, Table, Tone
from cauce.model.roadmap import GapKind, Step, StepState
from cauce.model.score import CountryScores, Score
from cauce.model.text import Text

SCORE = Text("Score", "Puntaje")
WITHHELD = Text("withheld", "no se muestra")
LEADS = Text("Lead", "Responsable")
OPEN = Text("to be agreed", "por acordar")
GAPS: dict[GapKind, Text] = {
    "LACKING": Text("lacking", "falta"),
    "NO_INFORMATION": Text("no information", "sin información"),
    "DISPUTED": Text("people differ", "se difiere"),
}
GAP_TONES: dict[GapKind, Tone] = {"LACKING": "bad", "NO_INFORMATION": "none", "DISPUTED": "warn"}
STATES: dict[StepState, Tone] = {
    "DONE": "done",
    "CANCELLED": "none",
    "BLOCKED": "warn",
    "OVERDUE": "bad",
    "AT_RISK": "warn",
    "ON_TRACK": "good",
    "NO_DATE": "none",
}


def told_needs(
    frame: ScoredFrame, scores: CountryScores, steps: Sequence[Step], on: date, speaker: Speaker
) -> Judgement:
    """What one country's institutions say of it, how far they agree, and what is to be done.

    Source: docs/explanation/judging.md, "Needs".
    """
    country = speaker.country(scores.country)
    return Judgement(
        title=Text(f"{frame.name.en}: {country.en}", f"{frame.name.es}: {country.es}"),
        notes=(
            Text(f"{frame.source} ({frame.mark}).", f"{frame.source} ({frame.mark})."),
            _scale(frame),
        ),
        tables=(
            _pillars(scores),
            _items(scores),
            _gaps(frame, scores),
            _groups(scores),
            _roadmap(steps, on, speaker),
        ),
    )


def _scale(frame: ScoredFrame) -> Text:
    levels = sorted(frame.scale, key=lambda level: level.value)
    return Text(
        "Scale: " + "; ".join(f"{level.value} {level.name.en}" for level in levels) + ".",
        "Escala: " + "; ".join(f"{level.value} {level.name.es}" for level in levels) + ".",
    )


def _value(score: Score) -> Cell:
    """The score, or that it is withheld; why stands in its row."""
    if score.value is None:
        return Cell(WITHHELD, "none")
    said = f"{score.value:.1f}"
    disputed = score.disagreement is not None and score.disagreement.disputed
    return Cell(Text(said, said), "warn" if disputed else "")


def _row(score: Score) -> tuple[Cell, ...]:
    apart = "" if score.disagreement is None else f"{score.disagreement.levels:.1f}"
    return cells(
        score.name,
        _value(score),
        share(score.coverage),
        plain(str(score.institutions)),
        plain(apart),
        score.because or DASH,
    )


HEAD = (
    Text("What", "Qué"),
    SCORE,
    Text("Coverage", "Cobertura"),
    Text("Institutions", "Instituciones"),
    Text("Levels apart", "Niveles de distancia"),
    Text("Why not shown", "Por qué no se muestra"),
)


def _pillars(scores: CountryScores) -> Table:
    rows = [_row(score) for score in (*scores.pillars, *scores.cells, scores.overall)]
    return table(Text("Findings", "Hallazgos"), HEAD, rows)


def _items(scores: CountryScores) -> Table:
    name = Text("Question by question", "Pregunta por pregunta")
    return table(name, HEAD, [_row(score) for score in scores.items])


def _gaps(frame: ScoredFrame, scores: CountryScores) -> Table:
    questions = {item.id: item.question for item in frame.items}
    rows = [
        cells(questions[gap.item], Cell(GAPS[gap.kind], GAP_TONES[gap.kind]), gap.because)
        for gap in gaps(frame, scores)
    ]
    head = [Text("Question", "Pregunta"), Text("Gap", "Brecha"), Text("Why", "Por qué")]
    return table(Text("Gaps", "Brechas"), head, rows)


def _groups(scores: CountryScores) -> Table:
    """What each group says where people differ; a group too small is not shown."""
    rows = [row for score in scores.items for row in _dissent(score)]
    head = [Text("Question", "Pregunta"), Text("Who says it", "Quién lo dice"), SCORE]
    return table(Text("Where people differ", "En qué se difiere"), head, rows)


def _dissent(score: Score) -> Iterator[tuple[Cell, ...]]:
    if score.disagreement is None or not score.disagreement.disputed:
        return
    for group in score.groups:
        said = WITHHELD if group.value is None else Text(*[f"{group.value:.1f}"] * 2)
        yield cells(score.name, group.name, said)


def _roadmap(steps: Sequence[Step], on: date, speaker: Speaker) -> Table:
    rows = []
    for step, seen in zip(steps, review(steps, on), strict=True):
        lead = speaker.record("institutions", step.lead) if step.lead else Cell(OPEN)
        due = on_day(step.due) if step.due else OPEN
        rows.append(cells(step.what, lead, due, Cell(seen.because, STATES[seen.state])))
    head = [Text("Action", "Acción"), LEADS, Text("Due", "Fecha"), Text("State", "Situación")]
    return table(Text("Road map", "Hoja de ruta"), head, rows)
