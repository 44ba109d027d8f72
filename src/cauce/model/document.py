"""A document an applicant is asked for."""

from dataclasses import dataclass

from cauce.model.criterion import Criterion
from cauce.model.text import Text
from cauce.model.truth import Truth


@dataclass(frozen=True)
class Document:
    """Asked of applicants from `min_age` to `max_age` whole years, both counted in.

    `otherwise` is what holds of other ages: NO, or CANNOT_TELL if the rule is silent about them.
    `needed_if` says of whom else it is asked, such as of those whose papers need translating.
    """

    id: str
    name: Text
    min_age: int = 0
    max_age: int | None = None
    otherwise: Truth = Truth.NO
    needed_if: Criterion | None = None


@dataclass(frozen=True)
class Asked:
    """Whether a document is asked of an applicant, and why."""

    document: Document
    truth: Truth
    because: Text
