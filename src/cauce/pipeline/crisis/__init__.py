"""From a declared crisis and published numbers to a release of its own; and rounds of others."""

from cauce.pipeline.crisis.footprint import Footprint, footprint_of
from cauce.pipeline.crisis.levers import write_lever
from cauce.pipeline.crisis.rounds import COMPONENTS, RoundAsked, admit_round
from cauce.pipeline.crisis.run import Ran, run_crisis
from cauce.pipeline.crisis.uses import Use, read_uses, use_of

__all__ = [
    "COMPONENTS",
    "Footprint",
    "Ran",
    "RoundAsked",
    "Use",
    "admit_round",
    "footprint_of",
    "read_uses",
    "run_crisis",
    "use_of",
    "write_lever",
]
