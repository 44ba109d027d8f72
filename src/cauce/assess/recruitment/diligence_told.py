"""A company's due diligence as it is shown: what follows, why, and what to ask the recruiter."""

from cauce.assess.filled import day, text
from cauce.assess.frames.checklists import Verdict
from cauce.assess.frames.checklists_told import notes_of, told_checklist, warnings_of
from cauce.assess.telling import NOT_KNOWN, on_day
from cauce.model.checklist import Checklist
from cauce.model.judgement import Judgement
from cauce.model.record import Record
from cauce.model.text import Text


def told_check(
    frame: Checklist, record: Record, verdict: Verdict, recruiter: Text | None = None
) -> Judgement:
    """A record of `diligence_checks` and what its answers say; `recruiter` is its title, if known.

    Source: docs/explanation/judging.md, "Checklists".
    """
    company, name = text(record, "company") or "–", text(record, "recruiter_name") or "–"
    whom = recruiter or Text(name, name)
    made_on = day(record, "made_on")
    on = on_day(made_on) if made_on else NOT_KNOWN
    return Judgement(
        title=Text(
            f"Due diligence: {company}, {whom.en}", f"Debida diligencia: {company}, {whom.es}"
        ),
        notes=(*notes_of(frame), Text(f"Made on: {on.en}.", f"Hecha el: {on.es}.")),
        tables=told_checklist(frame, verdict),
        warnings=warnings_of(frame, verdict),
    )
