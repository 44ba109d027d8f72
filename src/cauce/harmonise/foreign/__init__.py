"""Dataflows of other agencies: what their structures say, and their data as observations."""

from cauce.harmonise.foreign.held import Held, HeldComponent, flow_of, held_flow
from cauce.harmonise.foreign.translate import Rights, translate

__all__ = ["Held", "HeldComponent", "Rights", "flow_of", "held_flow", "translate"]
