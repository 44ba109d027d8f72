"""The catalogue beyond its indicators: themes, breakdowns, identities, availability."""

from dataclasses import dataclass

from cauce.model.text import Text

HOME, OTHERS = "HOME", "OTHERS"
"""What stands in a nesting for the country of the survey, and for all codes that nobody names."""


@dataclass(frozen=True)
class Theme:
    """A section of the catalogue: the indicators and breakdowns of one file; `number` is B1 …"""

    id: str
    number: str
    name: Text


@dataclass(frozen=True)
class Breakdown:
    """An indicator in tables that have a name and a code of their own.

    "Employment by sex and occupation" is employment, EMP_TEMP, in the table SEX x OCU. It is
    published as EMP_TEMP: one figure has one code, whatever it is broken down by.
    """

    id: str
    name: Text
    indicator: str
    tables: tuple[tuple[str, ...], ...]
    ilostat: str = ""


@dataclass(frozen=True)
class Identity:
    """A total that is the sum of other indicators, in every cell."""

    says: Text
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Nesting:
    """A code of one classification that is the sum of codes of a finer one.

    HOME among the finer codes is the country of the survey, OTHERS all that no coarse code names.
    """

    says: Text
    coarse: str
    fine: str
    codes: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Availability:
    """Whether a survey gives an indicator or a breakdown of the catalogue, and if not, why.

    `tables` are those it gives, by the survey's own dimensions; `lacking` the variables it would
    have to make; `why` is None if the entry is available.
    """

    id: str
    indicator: str
    theme: str
    tables: tuple[tuple[str, ...], ...]
    lacking: tuple[str, ...]
    why: Text | None
