"""What it would cost to publish otherwise: some cells first, or some tables left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cauce.model.audit import Audit, Cited, Withheld
from cauce.model.cell import Cells
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.kept_audit import WhatIf
from cauce.model.release import InputFile
from cauce.model.retained import Retained
from cauce.model.terms import Terms
from cauce.pipeline.audited import Audited, check_key
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.vintages import own_provenance
from cauce.protect import protect
from cauce.protect.reasons import OTHERS_SAKE, reason

NOTHING = Audit(0, 0, 0, 0, (), (), 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Question:
    """Cells to publish first, and dataflows to leave out."""

    publish: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """The answer, the audit of the release as it is, and what both were computed from."""

    answer: WhatIf
    now: Audit
    pack_sha256: str = ""
    inputs: tuple[InputFile, ...] = ()

    def is_of(self, found: Audited) -> bool:
        """Whether it was asked of this vintage: of its pack and files, with the same withheld."""
        kept = own_provenance(found.manifests[0])
        same = (kept.pack_sha256, kept.inputs) == (self.pack_sha256, self.inputs)
        return same and set(found.kept.audit.withheld) == set(self.now.withheld)


def answered(
    cells: Sequence[Cells],
    terms: Terms,
    question: Question,
    retained: Sequence[Retained] = (),
    progress: Progress = silent,
    day: date | None = None,
    secret: bytes = b"",
) -> Answered:
    """The answer for cells that are estimated already. Raises as `what_if`.

    Args:
        day, secret: as for `protect`.
    """

    def audit_of(every: Sequence[Cells], forced: tuple[Cited, ...] = ()) -> Audit:
        made = protect(
            every, terms, day, forced=forced, retained=retained, progress=progress, secret=secret
        )
        return made.audit or NOTHING

    now = audit_of(cells)
    refuse_own(now, question)
    kept = [one for one in cells if one.dataflow.id not in question.without]
    if not kept:
        raise BadInput("No table would be left. Name fewer with without=.")
    forced = tuple(Cited(flow, key, "") for flow, key in question.publish)
    then = audit_of(kept, forced)
    left = (one for one in now.withheld if one.flow not in question.without)
    before = {(one.flow, one.key): one for one in left}
    after = {(one.flow, one.key): one for one in then.withheld}
    if still := [one for one in question.publish if one in after]:
        raise BadInput(
            f"{still[0][0]}:{'.'.join(still[0][1])} cannot be published whatever else is withheld: "
            "with what nobody has to be told it gives a withheld number away."
        )
    named = tuple(f"{flow}:{'.'.join(key)}" for flow, key in question.publish)
    return Answered(
        WhatIf(
            publish=named,
            without=question.without,
            closed=tuple(one for at, one in after.items() if at not in before),
            opened=tuple(one for at, one in before.items() if at not in after),
            before=len(before),
            after=len(after),
        ),
        now,
    )


def check_question(flows: Sequence[Dataflow], question: Question) -> None:
    """Raises BadInput if it asks for nothing, or for what the pack does not have."""
    if not (question.publish or question.without):
        raise BadInput("Say what to try: --what-if publish=FLOW:KEY or --what-if without=FLOW.")
    for flow, key in question.publish:
        check_key(flows, flow, key)
        if flow in question.without:
            raise BadInput(f"{flow} cannot be left out and have a cell published.")
    known = [flow.id for flow in flows]
    if strange := [name for name in question.without if name not in known]:
        raise BadInput(f"{', '.join(strange)[:200]} is no table of it. It has: {', '.join(known)}.")


def refuse_own(now: Audit, question: Question) -> None:
    """Raises BadInput if a cell is withheld for its own sake, or is not withheld at all."""
    known = {(one.flow, one.key): one for one in now.withheld}
    for flow, key in question.publish:
        withheld: Withheld | None = known.get((flow, key))
        name = f"{flow}:{'.'.join(key)}"
        if withheld is None:
            raise BadInput(f"{name} is not withheld as confidential: nothing has to be paid.")
        own = [reason(one).en for one in withheld.why if one not in OTHERS_SAKE]
        if own:
            raise BadInput(
                f"{name} cannot be published whatever else is withheld: {'; '.join(own)}. "
                "Publish it within a wider code, or leave it withheld."
            )
