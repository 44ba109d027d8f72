"""On which terms cells are released: under whose name, as which vintage, by which rules."""

from dataclasses import dataclass

from cauce.model.catalogue import Nesting
from cauce.model.pack import Rules


@dataclass(frozen=True)
class Terms:
    """What protection has to know of a survey, or of a register that is counted.

    `survey` stands in front of its dataflows. `confidential` says that somebody must accept that
    linked tables are not audited together. `nestings` say which codes of one dimension are sums of
    those of another, the country of the survey by its code.
    """

    survey: str
    vintage: str
    rules: Rules
    confidential: bool = False
    nestings: tuple[Nesting, ...] = ()
