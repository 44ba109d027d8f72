"""A company's due diligence as it is shown: what follows, why, and what to ask the recruiter.

Beside what the company says stands what the registers say of the recruiter on the day of its check.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cauce.assess.filled import day, text
from cauce.assess.frames.checklists import Verdict
from cauce.assess.frames.checklists_told import notes_of, told_checklist, warnings_of
from cauce.assess.recruitment.iris.records import HOLDS, certified_on
from cauce.assess.recruitment.standing import standing_on
from cauce.assess.telling import NOT_KNOWN, Speaker, cells, on_day, plain, table
from cauce.model.checklist import Checklist
from cauce.model.judgement import Cell, Judgement, Table, Tone
from cauce.model.record import Record
from cauce.model.text import Text
from cauce.model.truth import Truth

LICENSED = ("LIC",)
LICENCE_ASKED, CERTIFICATE_ASKED = "LI1", "LI4"
"""The questions that the registers here may answer too."""
NOT_HERE = {
    LICENCE_ASKED: Text(
        "The company says that it was licensed; no register here says so of that day. That may be "
        "the register of another country, or no licence: see its number with the authority.",
        "La empresa dice que tenía licencia; ningún registro de aquí lo dice de ese día. Puede ser "
        "el registro de otro país, o que no la tenga: vea su número con la autoridad.",
    ),
    CERTIFICATE_ASKED: Text(
        "The company says that it was certified; no certifying body recorded it here for that day.",
        "La empresa dice que estaba certificado; ningún organismo lo registró aquí para ese día.",
    ),
}


@dataclass(frozen=True)
class Recruiter:
    """What the registers hold of the recruiter a check is about, as its reader may see it."""

    name: Text
    licences: Sequence[Record] = ()
    sanctions: Sequence[Record] = ()
    certificates: Sequence[Record] = ()


def told_check(
    frame: Checklist,
    record: Record,
    verdict: Verdict,
    speaker: Speaker,
    recruiter: Recruiter | None = None,
) -> Judgement:
    """A record of `diligence_checks`, what its answers say, and what the registers say.

    Source: docs/explanation/judging.md, "Checklists".
    """
    company, made_on = text(record, "company") or "–", day(record, "made_on")
    written = text(record, "recruiter_name") or "–"
    whom = recruiter.name if recruiter else Text(written, written)
    on = on_day(made_on) if made_on else NOT_KNOWN
    beside, contradicted = _beside(verdict, recruiter, made_on, speaker)
    told = told_checklist(frame, verdict)
    return Judgement(
        title=Text(
            f"Due diligence: {company}, {whom.en}", f"Debida diligencia: {company}, {whom.es}"
        ),
        notes=(*notes_of(frame), Text(f"Made on: {on.en}.", f"Hecha el: {on.es}.")),
        tables=(*told[:2], *beside, *told[2:]),
        warnings=(*contradicted, *warnings_of(frame, verdict)),
    )


def _beside(
    verdict: Verdict, recruiter: Recruiter | None, on: date | None, speaker: Speaker
) -> tuple[tuple[Table, ...], tuple[Text, ...]]:
    """What the registers say on the day of the check, and which answers they do not bear out."""
    if recruiter is None or on is None:
        return (), ()
    licences = [standing_on(one, on, LICENSED).state for one in recruiter.licences]
    certificates = [certified_on(one, on).state for one in recruiter.certificates]
    said = {one.asked.item.id for one in verdict.answered if one.truth is Truth.YES}
    borne = {
        LICENCE_ASKED: any(state in LICENSED for state in licences),
        CERTIFICATE_ASKED: any(state in HOLDS for state in certificates),
    }
    contradicted = [
        words for asked, words in NOT_HERE.items() if asked in said and not borne[asked]
    ]
    return (_registers(recruiter, on, speaker),), tuple(contradicted)


def _registers(recruiter: Recruiter, on: date, speaker: Speaker) -> Table:
    rows = [
        *(_licence(one, on, speaker) for one in recruiter.licences),
        *(_sanction(one, speaker) for one in _decided(recruiter.sanctions, on)),
        *(_certificate(one, on, speaker) for one in recruiter.certificates),
    ]
    day_of = on_day(on)
    name = Text(
        f"What the registers here say of {day_of.en}", f"Qué dicen los registros de aquí del "
        f"{day_of.es}",
    )  # fmt: skip
    head = (Text("What", "Qué"), Text("Number", "Número"), Text("State", "Estado"))
    none = Text("No licence, sanction or certificate.", "Ninguna licencia, sanción ni certificado.")
    return table(name, head, rows, none)


def _licence(record: Record, on: date, speaker: Speaker) -> tuple[Cell, ...]:
    state = standing_on(record, on, LICENSED).state
    tone: Tone = "good" if state in LICENSED else "bad" if state else "none"
    said = speaker.code("CL_LICENCE_STATE", state) if state else NOT_KNOWN
    return cells(Text("Licence", "Licencia"), plain(text(record, "number")), Cell(said, tone))


def _decided(sanctions: Sequence[Record], on: date) -> list[Record]:
    """What an authority decided until a day; what is only alleged is not told."""
    return [
        one
        for one in sanctions
        if one.get("adjudicated") is True and (decided := day(one, "decided_on")) and decided <= on
    ]


def _sanction(record: Record, speaker: Speaker) -> tuple[Cell, ...]:
    kind = speaker.code("CL_RECRUITER_SANCTION", text(record, "kind"))
    appeal = text(record, "appeal")
    state = speaker.code("CL_APPEAL_STATE", appeal) if appeal else NOT_KNOWN
    said = Text(f"{kind.en}; appeal: {state.en}", f"{kind.es}; recurso: {state.es}")
    number = plain(text(record, "reference"))
    return cells(Text("Adjudicated sanction", "Sanción resuelta"), number, Cell(said, "warn"))


def _certificate(record: Record, on: date, speaker: Speaker) -> tuple[Cell, ...]:
    now = certified_on(record, on)
    tone: Tone = "good" if now.state in HOLDS else "warn" if now.state else "none"
    said = speaker.code("CL_IRIS_CERTIFICATION", now.state) if now.state else NOT_KNOWN
    name = Text(f"IRIS certificate of {now.body}", f"Certificado IRIS de {now.body}")
    return cells(name, plain(now.number), Cell(said, tone))
