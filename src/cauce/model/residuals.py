"""What calibrated weights leave of an error: the regression on the margins, ready to be taken."""

from dataclasses import dataclass

from cauce.model.arrays import Floats, Ints
from cauce.model.sparse import Sparse


@dataclass(frozen=True)
class Residuals:
    """What n respondents bring to p margins.

    `pattern`, of shape (n,), says which row of `margins` is the respondent's: what he – of
    households: a member on average – brings to every margin. `before`, one of each row, is the
    weight before calibration over the one after it. `inverse`, of shape (p, p), is that of the
    margins' weighted squares and products, with the weights before.
    """

    pattern: Ints
    margins: Sparse
    before: Floats
    inverse: Floats
