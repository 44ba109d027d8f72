"""Scenarios: typed changes with their source, applied to a baseline that nobody overwrites.

What a scenario says is its difference from the baseline on common random numbers.
GSBPM phase: Analyse.
"""

from cauce.outlook.scenarios.levers import Applied, Input, applied
from cauce.outlook.scenarios.reading import parse_lever
from cauce.outlook.scenarios.said import changes_table
from cauce.outlook.scenarios.sensitivity import Assumed, Flip, what_would_change

__all__ = [
    "Applied",
    "Assumed",
    "Flip",
    "Input",
    "applied",
    "changes_table",
    "parse_lever",
    "what_would_change",
]
