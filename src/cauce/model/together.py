"""Which countries publish together from their moments, and in whose name."""

from dataclasses import dataclass

from cauce.model.text import Text


@dataclass(frozen=True)
class Together:
    """A region: its code and name, its areas, which tables and periods, by which rules.

    `tables` are ids of tables all members have, `periods` those all have; empty where members have
    to be alike in all of them. `fewest` is the minimum of respondents asked for here, on a
    `ground`.
    """

    area: str
    survey: str
    vintage: str
    name: Text
    survey_name: Text
    population: Text
    licence: str
    citation: str
    members: tuple[str, ...]
    tables: tuple[str, ...]
    periods: tuple[str, ...]
    reliability: str
    fewest: int
    ground: str
    reason: str
    sha256: str
