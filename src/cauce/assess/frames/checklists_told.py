"""A checklist's verdict as tables: the whole, each part of it, each answer, and what lacks."""

from collections.abc import Sequence

from cauce.assess.frames.checklists import Answered, Verdict
from cauce.assess.frames.tally import Tally, tally
from cauce.assess.telling import DASH, cells, listed, plain, table
from cauce.model.checklist import Checklist, Outcome
from cauce.model.frame import Item
from cauce.model.judgement import Cell, Table, Tone
from cauce.model.text import Text
from cauce.model.truth import Truth

TONES: dict[Outcome, Tone] = {"GRAVE": "bad", "LACKING": "warn", "OPEN": "none", "MET": "good"}
MARKS = {
    "V": Text("read in the source", "leído en la fuente"),
    "K": Text("[K] wording to be checked", "[K] redacción por verificar"),
    "I": Text("[I] ours", "[I] nuestra"),
    "L": Text("licensed copy", "copia con licencia"),
}
HEAD = (
    Text("Holds", "Se cumple"),
    Text("Does not", "No se cumple"),
    Text("Not known", "No se sabe"),
    Text("Does not apply", "No aplica"),
)
WHOLE = Text("Result", "Resultado")


def told_checklist(frame: Checklist, verdict: Verdict) -> tuple[Table, ...]:
    """The tables of a verdict; a table of elements only where there are several.

    Source: none, it computes no figure.
    """
    several = len(frame.elements) > 1
    return (
        _whole(frame, verdict),
        _lacking(frame, verdict),
        *((_elements(frame, verdict), _matrix(frame, verdict)) if several else ()),
        *(() if several else (_answers(verdict),)),
    )


def notes_of(frame: Checklist) -> tuple[Text, ...]:
    """Where the frame is from, and what it is not.

    Source: none, it computes nothing.
    """
    return frame.notice, frame.basis


def warnings_of(frame: Checklist, verdict: Verdict) -> tuple[Text, ...]:
    """How many questions have unconfirmed words, and how many answers fit nothing.

    Source: none, it computes no figure.
    """
    known = sum(1 for item in frame.items if item.mark == "K")
    every, strange = len(frame.items), verdict.strange
    found = []
    if known:
        found.append(Text(
            f"Of {every} criteria, {known} have wording and numbering still to be checked against "
            "the standard: they carry [K]. A licensed copy may replace them.",
            f"De {every} criterios, {known} tienen redacción y numeración por verificar con el "
            "estándar: llevan [K]. Una copia con licencia puede reemplazarlos.",
        ))  # fmt: skip
    if strange:
        found.append(Text(
            f"{strange} answers are to nothing that is asked, or given twice: they do not count.",
            f"{strange} respuestas son a algo que no se pregunta, o repetidas: no cuentan.",
        ))  # fmt: skip
    return tuple(found)


def marked(item: Item) -> Text:
    """An item by its code, its words, and how sure these are.

    Source: none, it computes nothing.
    """
    sure = f" [{item.mark}]" if item.mark in ("K", "I") else ""
    en, es = item.question.en, item.question.es
    return Text(f"{item.id} {en}{sure}", f"{item.id} {es}{sure}")


def _whole(frame: Checklist, verdict: Verdict) -> Table:
    rows = [_row(WHOLE, Cell(verdict.said, TONES[verdict.outcome]), verdict.count)]
    for pillar in frame.pillars:
        mine = [one for one in verdict.answered if one.asked.item.pillar == pillar.id]
        if mine:
            rows.append(_row(pillar.name, _state(mine), tally(one.truth for one in mine)))
    return table(WHOLE, (Text("What", "Qué"), WHOLE, *HEAD), rows)


def _row(name: Text, state: Cell, count: Tally) -> tuple[Cell, ...]:
    numbers = (count.yes, count.no, count.unknown, count.apart)
    return cells(name, state, *(plain(str(number)) for number in numbers))


def _state(mine: Sequence[Answered]) -> Cell:
    """What some answers say together, in short."""
    truths = {one.truth for one in mine}
    if any(one.grave for one in mine):
        return Cell(Text("a grave lack", "una falta grave"), "bad")
    if Truth.NO in truths:
        return Cell(Text("something lacks", "algo falta"), "warn")
    if Truth.CANNOT_TELL in truths:
        return Cell(Text("not known", "no se sabe"), "none")
    if Truth.YES in truths:
        return Cell(Text("holds", "se cumple"), "good")
    return Cell(Text("does not apply", "no aplica"))


def _elements(frame: Checklist, verdict: Verdict) -> Table:
    rows = []
    for element in frame.elements:
        mine = [one for one in verdict.answered if one.asked.element is element]
        rows.append(_row(element.name, _state(mine), tally(one.truth for one in mine)))
    name = Text("By element of the system", "Por elemento del sistema")
    return table(name, (Text("Element", "Elemento"), WHOLE, *HEAD), rows)


def _matrix(frame: Checklist, verdict: Verdict) -> Table:
    """Criteria down, elements across."""
    of_item = _by_item(verdict)
    rows = [
        cells(marked(item), *(_answer(one) for one in of_item[item.id])) for item in frame.items
    ]
    head = (Text("Criterion", "Criterio"), *(element.name for element in frame.elements))
    return table(Text("Every answer", "Cada respuesta"), head, rows)


def _answers(verdict: Verdict) -> Table:
    rows = [
        cells(
            one.asked.item.question,
            _answer(one),
            plain(one.asked.given.evidence if one.asked.given else ""),
            MARKS.get(one.asked.item.mark, DASH),
            one.asked.item.ground or DASH,
        )
        for one in verdict.answered
    ]
    head = (
        Text("Question", "Pregunta"),
        Text("Answer", "Respuesta"),
        Text("Evidence", "Evidencia"),
        Text("Wording", "Redacción"),
        Text("Ground", "Fundamento"),
    )
    return table(Text("Every answer", "Cada respuesta"), head, rows)


def _answer(one: Answered) -> Cell:
    tones: dict[Truth | None, Tone] = {
        Truth.YES: "good",
        Truth.NO: "bad" if one.grave else "warn",
        Truth.CANNOT_TELL: "none",
    }
    return Cell(one.because, tones.get(one.truth, ""))


def _lacking(frame: Checklist, verdict: Verdict) -> Table:
    """Item by item what lacks or is not known, grave lacks first; what to ask if the item says."""
    of_item = _by_item(verdict)
    found = []
    for item in frame.items:
        mine = [one for one in of_item[item.id] if one.truth not in (Truth.YES, None)]
        if mine:
            found.append((item, sorted(mine, key=_rank)))
    asks = any(item.ask for item in frame.items)
    rows = [
        cells(marked(item), _state(mine), _why(frame, mine), *([item.ask or DASH] * asks))
        for item, mine in sorted(found, key=lambda one: _rank(one[1][0]))
    ]
    head = [Text("What", "Qué"), WHOLE, Text("Why", "Por qué")]
    if asks:
        head.append(Text("What to ask the recruiter", "Qué preguntar al reclutador"))
    return table(Text("What is missing", "Qué falta"), head, rows, Text("Nothing.", "Nada."))


def _by_item(verdict: Verdict) -> dict[str, list[Answered]]:
    found: dict[str, list[Answered]] = {}
    for one in verdict.answered:
        found.setdefault(one.asked.item.id, []).append(one)
    return found


def _rank(one: Answered) -> int:
    """Grave lacks first, then other lacks, then what is not known."""
    return 0 if one.grave else 1 if one.truth is Truth.NO else 2


def _why(frame: Checklist, mine: Sequence[Answered]) -> Text:
    """Each element with what was said of it; alone, what was said."""
    if len(frame.elements) == 1:
        return mine[0].because
    parts = [
        Text(
            f"{one.asked.element.name.en}: {one.because.en}",
            f"{one.asked.element.name.es}: {one.because.es}",
        )
        for one in mine
    ]
    return listed(parts, "; ")
