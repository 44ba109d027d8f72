"""From a draft to an entry of the log, if nothing is wrong with it."""

from dataclasses import replace

from cauce.model.entry import Action, Draft, Entry
from cauce.office.checking import Checked, check, named
from cauce.office.papers import Paper
from cauce.office.seat import Seat
from cauce.store.log import append, drafts
from cauce.store.log.envelope import Whose
from cauce.store.log.sealing import seal_record
from cauce.store.log.unique import repeated


class Refused(Exception):  # noqa: N818 - a way of answering, not a failure
    """A form with faults that keep it from being an entry."""

    def __init__(self, checked: Checked) -> None:
        super().__init__("; ".join(f"{f.field}: {f.message.en}" for f in checked.blocking))
        self.checked = checked


def submit(seat: Seat, paper: Paper) -> Entry:
    """Make an entry of a draft, which is then gone.

    Raises:
        Refused: something is wrong with it.
        StaleSave: somebody changed the record meanwhile.
    """
    checked = check(seat, paper)
    if checked.blocking:
        raise Refused(checked)
    office, sheet = seat.office, paper.sheet
    ends = sheet.action is Action.END
    whose = Whose(paper.register, sheet.key, checked.country)
    with office.database.writing(seat.account.id) as connection:
        again_ = repeated(connection, paper.register, {sheet.key: checked.record})
        if not ends and any(named(f) not in checked.insisted for f in again_.get(sheet.key, ())):
            raise Refused(replace(checked, faults=again_[sheet.key]))
        sealed = seal_record(connection, office.keys, whose, checked.record, paper.kept)
        draft = Draft(
            register=paper.register.id,
            key=sheet.key,
            country=checked.country,
            action=sheet.action,
            record=None if ends else sealed,
            valid_from=checked.valid_from,
            valid_to=checked.valid_to,
            actor=seat.account.id,
            reason=_reason(paper, checked),
            base=sheet.base,
        )
        (entry,) = append(connection, office.registers, [draft], office.clock())
        if sheet.id:
            drafts.throw_away(connection, sheet.id)
    return entry


def _reason(paper: Paper, checked: Checked) -> str:
    """The reason given, and on which warnings the writer insisted."""
    stood = [f.rule or f.field for f in checked.faults if f.warning]
    insisted = f" [{', '.join(dict.fromkeys(stood))}]" if stood else ""
    return f"{paper.typed.reason.strip()}{insisted}".strip()
