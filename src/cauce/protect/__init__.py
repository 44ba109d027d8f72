"""GSBPM 6.4, apply disclosure control: two verdicts for every cell, and what may be said."""

from cauce.protect.door import NOT_AUDITED, needs_acceptance, protect
from cauce.protect.profiles import PROFILES

__all__ = ["NOT_AUDITED", "PROFILES", "needs_acceptance", "protect"]
