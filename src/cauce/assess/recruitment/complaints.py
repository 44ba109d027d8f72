"""Complaints counted: whether somebody paid is yes, no or unknown, and unknown is not no."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cauce.assess.columns import Sheet, lines, need
from cauce.assess.telling import cells, counted, table
from cauce.declare.problems import Problems
from cauce.model.judgement import Judgement
from cauce.model.text import Text
from cauce.model.truth import TRUTHS, Truth


@dataclass(frozen=True)
class Payments:
    """How many paid, did not, and of how many it is not known."""

    paid: int
    unpaid: int
    unknown: int

    @property
    def of_all(self) -> float | None:
        """The share known to have paid, of all: a lower bound if some are unknown."""
        every = self.paid + self.unpaid + self.unknown
        return self.paid / every if every else None

    @property
    def of_known(self) -> float | None:
        known = self.paid + self.unpaid
        return self.paid / known if known else None


def payments_of(said: Iterable[Truth]) -> Payments:
    """Counted by the three answers.

    Source: none of its own; unknown stays a category of its own, as `model.truth` has it.
    """
    count = Counter(said)
    return Payments(count[Truth.YES], count[Truth.NO], count[Truth.CANNOT_TELL])


def payments_in(sheet: Sheet, problems: Problems) -> Payments:
    """The column `payment` of a table of complaints.

    Source: as `payments_of`.
    """
    if not need(sheet, ("payment",), problems):
        return Payments(0, 0, 0)
    return payments_of([line.truth("payment") for line in lines(sheet, problems)])


def told_payments(found: Payments) -> Judgement:
    """Both shares, and what each is of.

    Source: none, it computes no figure.
    """
    title = Text("Complaints: was something paid?", "Denuncias: ¿se pagó algo?")
    answers = (Truth.YES, found.paid), (Truth.NO, found.unpaid), (Truth.CANNOT_TELL, found.unknown)
    said = {**TRUTHS, Truth.CANNOT_TELL: Text("unknown", "se desconoce")}
    rows = [cells(said[truth], counted(number)) for truth, number in answers]
    head = (Text("Paid", "Pagó"), Text("Complaints", "Denuncias"))
    shares = (
        (Text("of all complaints, at least", "de todas, al menos"), found.of_all),
        (Text("of those that are known", "de las que se conocen"), found.of_known),
    )
    of = [cells(name, _percent(value)) for name, value in shares]
    words = Text("Share that paid", "Parte que pagó")
    shared = table(words, (Text("Of", "De"), words), of)
    return Judgement(title, (), (table(title, head, rows), shared))


def _percent(value: float | None) -> Text:
    if value is None:
        return Text("–", "–")
    return Text(f"{value:.1%}", f"{value * 100:.1f}\u00a0%")
