"""Which documents an applicant is asked for."""

from collections.abc import Sequence
from datetime import date

from cauce.assess.dates import ages
from cauce.assess.logic import all_of, settled
from cauce.assess.regularization.criteria import judge
from cauce.model.document import Asked, Document
from cauce.model.fact import Facts
from cauce.model.text import Text
from cauce.model.truth import TRUTHS, Truth


def documents(
    wanted: Sequence[Document], facts: Facts, on: date, born: str = "born_on"
) -> tuple[Asked, ...]:
    """Every document of a phase, and whether it is asked of this applicant on that day.

    `born` names the fact that holds the day of birth.

    Source: documents by age as in the Belize amnesty of 2022 (tests/spec/assess/belize).
    """
    return tuple(_asked(document, facts, on, born) for document in wanted)


def _asked(document: Document, facts: Facts, on: date, born: str) -> Asked:
    age = _by_age(document, ages(facts.get(born), on))
    span = _span(document)
    if document.needed_if is None:
        said = TRUTHS[age]
        return Asked(document, age, Text(f"{span.en}: {said.en}.", f"{span.es}: {said.es}."))
    need = judge(document.needed_if, facts, on)
    truth = all_of((age, need.truth))
    said = TRUTHS[truth]
    return Asked(
        document,
        truth,
        Text(
            f"{span.en}. {need.because.en} Asked for: {said.en}.",
            f"{span.es}. {need.because.es} Se pide: {said.es}.",
        ),
    )


def _by_age(document: Document, possible: tuple[int, ...]) -> Truth:
    everyone = document.min_age == 0 and document.max_age is None
    if everyone:
        return Truth.YES
    most = document.max_age if document.max_age is not None else 999
    within = settled(document.min_age <= age <= most for age in possible)
    return document.otherwise if within is Truth.NO else within


def _span(document: Document) -> Text:
    low, high = document.min_age, document.max_age
    if high is not None:
        return Text(f"From age {low} to {high}", f"De los {low} a los {high} años")
    if low:
        return Text(f"From age {low}", f"Desde los {low} años")
    return Text("At every age", "A toda edad")
