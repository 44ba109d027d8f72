"""GSBPM 6.4, apply disclosure control: two verdicts for every cell, and what may be said."""

from cauce.protect.admit import admit
from cauce.protect.derive import derive
from cauce.protect.door import protect
from cauce.protect.profiles import PROFILES
from cauce.protect.quality import clear_wave, margin_result, unexplained
from cauce.protect.received import check_received
from cauce.protect.sent import to_send
from cauce.protect.thresholds import minimum_in_force, reference_date
from cauce.protect.together import together

__all__ = [
    "PROFILES",
    "admit",
    "check_received",
    "clear_wave",
    "derive",
    "margin_result",
    "minimum_in_force",
    "protect",
    "reference_date",
    "to_send",
    "together",
    "unexplained",
]
