"""GSBPM 6.4, apply disclosure control: two verdicts for every cell, and what may be said."""

from cauce.protect.admit import admit
from cauce.protect.derive import derive
from cauce.protect.door import protect
from cauce.protect.profiles import PROFILES
from cauce.protect.quality import clear_wave, margin_result, unexplained
from cauce.protect.thresholds import minimum_in_force, reference_date

__all__ = [
    "PROFILES",
    "admit",
    "clear_wave",
    "derive",
    "margin_result",
    "minimum_in_force",
    "protect",
    "reference_date",
    "unexplained",
]
