"""How a format writes a row: a text for every code, the numbers, the verdicts, and an end."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from cauce.model.dataflow import Dataflow
from cauce.publish.components import INDICATOR
from cauce.publish.joining import Text, lines
from cauce.publish.numbers import Numbers
from cauce.publish.rows import Rows, codes_of, one_of
from cauce.publish.verdicts import Words


@dataclass(frozen=True)
class Form:
    """A row of one dataflow in one format.

    Between `start` and `end` stand, in this order, `codes`, the texts of the codes by dimension;
    the numbers; what `verdict` writes of the words of a verdict; and `units`, the texts by the code
    of INDICATOR. The same `name` is the same form.
    """

    name: Hashable
    start: str
    codes: tuple[Text, ...]
    numbers: Numbers
    verdict: Callable[[Words], str]
    units: Text
    end: str

    @property
    def nbytes(self) -> int:
        return sum(texts.nbytes for texts in (*self.codes, self.units))


def written(rows: Rows, form: Form, skip: int = 0) -> Iterator[bytes]:
    """The rows in a form, without the first bytes of the first."""
    place = indicator_place(rows.observations.dataflow)
    for part in rows.blocks():
        texts = (
            form.start,
            *codes_of(part.key, form.codes),
            *part.numbers(form.numbers),
            part.verdicts(form.name, form.verdict),
            one_of(form.units, part.key[:, place]),
            form.end,
        )
        yield lines(texts, len(part), skip)
        skip = 0


def indicator_place(flow: Dataflow) -> int:
    return [dimension.id for dimension in flow.dimensions].index(INDICATOR)
