"""What the filter of shares is told: every number of the method that is chosen and not learnt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The choices of the method; what they stand for is said in the assumptions of an outlook.

    `damping` is φ, what is left of a slope from one year to the next. `least_waves` is how many
    waves a forecast needs at all; a cell is forecast if one of the last `recent` waves has it.
    `deff` is the design effect assumed where only respondents were published and no error.
    `leave_out` are years whose waves are not learnt from, as those of a pandemic.

    Source: domain page outlook, sections 4.1 (waves), 4.4 (φ), 4.9 (deff), 4.11 (leaving out).
    """

    damping: float = 0.85
    least_waves: int = 3
    recent: int = 3
    deff: float = 1.5
    leave_out: tuple[int, ...] = ()


SETTINGS = Settings()
