"""Do no harm: where nobody is taken from, whatever a channel would allow."""

from collections.abc import Iterable
from dataclasses import dataclass

from cauce.model.text import Text

MOST_SHORT = 0.5
"""From an origin more probably short than this nobody is taken. Source: domain page outlook, 4.8"""


@dataclass(frozen=True)
class Protected:
    """An occupation that an origin keeps, and who says so, such as WHO's list for health workers.

    An empty `origin` stands for all of them. The house holds no list of its own: whoever uses one
    loads it.
    """

    origin: str
    occupation: str
    source: Text


def protects(protected: Iterable[Protected], origin: str, occupation: str) -> bool:
    """Whether an occupation of an origin is protected, or cannot be told from one that is.

    An occupation under a protected one is; so is a group with a protected one in it, for nobody
    could keep its people apart.

    Source: domain page outlook, section 4.8; WHO Global Code of Practice on the International
    Recruitment of Health Personnel (2010), whose safeguards list is loaded by the user.
    """
    return any(
        one.origin in ("", origin)
        and (occupation.startswith(one.occupation) or one.occupation.startswith(occupation))
        for one in protected
    )
