"""A recruiter's IRIS as it is shown: result, what is missing, level, clocks, certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cauce.assess.frames.checklists import Verdict
from cauce.assess.frames.checklists_told import (
    HEAD,
    MARKS,
    TONES,
    WHOLE,
    notes_of,
    told_checklist,
    warnings_of,
)
from cauce.assess.telling import DASH, NOT_KNOWN, Speaker, cells, on_day, plain, table
from cauce.model.iris import Certified, Due, DueState, IrisFrame, Reached
from cauce.model.judgement import Cell, Judgement, Table, Tone
from cauce.model.text import Text

IRIS = Text("IRIS", "IRIS")
STATES: dict[DueState, tuple[Text, Tone]] = {
    "DONE": (Text("done in time", "hecho a tiempo"), "done"),
    "DONE_LATE": (Text("done late, days", "hecho con atraso, días"), "warn"),
    "DUE": (Text("days to go", "días que faltan"), "good"),
    "OVERDUE": (Text("overdue, days", "vencido, días"), "bad"),
    "UNKNOWN": (Text("cannot be told: its start has no day", "no se sabe: no consta desde cuándo"),
                "none"),
}  # fmt: skip
UNCERTIFIED = Text(
    "No certifying body has recorded a certificate that holds on this day: this recruiter is not "
    "certified, whatever it says of itself.",
    "Ningún organismo certificador ha registrado un certificado vigente en este día: este "
    "reclutador no está certificado, diga lo que diga de sí mismo.",
)
NO_ASSESSMENT = Text(
    "No self-assessment was made until this day.", "No hay autoevaluación hasta este día."
)
CERT_TONES: dict[str, Tone] = {"CERT": "good", "SURV": "good"}


@dataclass(frozen=True)
class IrisFound:
    """All that is known of one recruiter on a day. `verdict` is of the last self-assessment.

    `before` are all of them by the day they were made, the last one among them.
    """

    name: Text
    on: date
    made_on: date | None
    verdict: Verdict | None
    reached: Reached
    due: tuple[Due, ...]
    certified: tuple[Certified, ...]
    before: tuple[tuple[date, Verdict], ...] = ()


def told_iris(frame: IrisFrame, found: IrisFound, speaker: Speaker) -> Judgement:
    """One recruiter, as tables; that a self-assessment certifies nothing stands above all.

    Source: docs/explanation/judging.md, "IRIS".
    """
    holds = any(one.state in CERT_TONES for one in found.certified)
    verdict = found.verdict
    return Judgement(
        title=Text(f"IRIS: {found.name.en}", f"IRIS: {found.name.es}"),
        notes=(*notes_of(frame), _made(found)),
        tables=(
            *(told_checklist(frame, verdict)[:2] if verdict else ()),
            _level(frame, found.reached),
            _clocks(found.due),
            _certificates(found.certified, speaker),
            *((_over_time(found.before),) if len(found.before) > 1 else ()),
            *(told_checklist(frame, verdict)[2:] if verdict else ()),
        ),
        warnings=(
            *(() if holds else (UNCERTIFIED,)),
            *(warnings_of(frame, verdict) if verdict else ()),
        ),
    )


def _made(found: IrisFound) -> Text:
    if found.verdict is None:
        return NO_ASSESSMENT
    day = on_day(found.made_on) if found.made_on else NOT_KNOWN
    return Text(
        f"Self-assessment made on: {day.en}. It is the recruiter's own account.",
        f"Autoevaluación hecha el: {day.es}. Es lo que el reclutador dice de sí mismo.",
    )


def _level(frame: IrisFrame, reached: Reached) -> Table:
    """Every level: reached and on what ground, or what the next one takes."""
    rows = []
    for level in frame.levels:
        if (ground := reached.because.get(level.id)) is not None:
            state, why = Cell(Text("reached", "alcanzado"), "good"), ground
        else:
            state, why = Cell(Text("not reached", "no alcanzado"), "none"), DASH
        rows.append(cells(Text(f"{level.id} {level.name.en}", f"{level.id} {level.name.es}"),
                          state, why, MARKS[level.mark]))  # fmt: skip
    if reached.lacking is not None:
        at = len(reached.because)
        rows[at] = (*rows[at][:2], Cell(reached.lacking), rows[at][3])
    head = (
        Text("Level of capacity", "Nivel de capacidad"),
        Text("On this day", "En este día"),
        Text("Why", "Por qué"),
        Text("Name of the level", "Nombre del nivel"),
    )
    return table(Text("Capacity", "Capacidad"), head, rows)


def _over_time(before: Sequence[tuple[date, Verdict]]) -> Table:
    """One self-assessment after the other: what was closed, and what is still open."""
    rows = [
        cells(
            on_day(made_on),
            Cell(verdict.said, TONES[verdict.outcome]),
            plain(str(verdict.count.yes)),
            plain(str(verdict.count.no)),
            plain(str(verdict.count.unknown)),
        )
        for made_on, verdict in before
    ]
    head = (Text("Made on", "Hecha el"), WHOLE, *HEAD[:3])
    return table(Text("Self-assessments over time", "Autoevaluaciones en el tiempo"), head, rows)


def _clocks(due: Sequence[Due]) -> Table:
    rows = []
    for one in due:
        said, tone = STATES[one.state]
        days = "" if one.state in ("DONE", "UNKNOWN") else f": {one.days}"
        about = one.clock.about and one.state == "OVERDUE"
        tone = "warn" if about else tone
        rows.append(cells(
            one.clock.name, on_day(one.due),
            Cell(Text(f"{said.en}{days}", f"{said.es}{days}"), tone), MARKS[one.clock.mark],
        ))  # fmt: skip
    head = (
        Text("What runs", "Qué plazo corre"),
        Text("Due", "Fecha"),
        Text("On this day", "En este día"),
        Text("Length", "Duración"),
    )
    return table(Text("Clocks", "Plazos"), head, rows, Text("None runs.", "Ninguno corre."))


def _certificates(certified: Sequence[Certified], speaker: Speaker) -> Table:
    rows = [
        cells(
            plain(one.body),
            plain(one.number),
            Cell(_state(one, speaker), CERT_TONES.get(one.state, "warn")),
            on_day(one.since),
            on_day(one.until),
            plain(one.source),
        )
        for one in certified
    ]
    head = (
        Text("Certifying body", "Organismo certificador"),
        Text("Number", "Número"),
        Text("On this day", "En este día"),
        Text("Since", "Desde"),
        Text("Until", "Hasta"),
        Text("Source", "Fuente"),
    )
    none = Text(
        "None is recorded by a certifying body.", "Ninguno consta de un organismo certificador."
    )
    return table(Text("Certificates", "Certificados"), head, rows, none)


def _state(one: Certified, speaker: Speaker) -> Text:
    if not one.state:
        return Text("cannot be told, or not yet", "no se sabe, o aún no")
    return speaker.code("CL_IRIS_CERTIFICATION", one.state)
