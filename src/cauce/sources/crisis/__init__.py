"""Files about hazards: tracks of storms, outlines of areas, people on a grid, figures of others.

GSBPM: phase 4.3, run collection, and 4.4, finalise collection.
"""

from cauce.sources.crisis.assumed import read_calendar, read_harms, read_offices
from cauce.sources.crisis.declared import Asked, Declared, Told
from cauce.sources.crisis.displaced import Displacement, displacement_of, read_displacement
from cauce.sources.crisis.gridded import grid_over, people_on, reached_by
from cauce.sources.crisis.hxl import Component, Round, areas_of, read_round
from cauce.sources.crisis.outlines import Outline, read_outlines, rings_of
from cauce.sources.crisis.scenario import read_scenario
from cauce.sources.crisis.storms import read_storms, storm

__all__ = [
    "Asked",
    "Component",
    "Declared",
    "Displacement",
    "Outline",
    "Round",
    "Told",
    "areas_of",
    "displacement_of",
    "grid_over",
    "people_on",
    "reached_by",
    "read_calendar",
    "read_displacement",
    "read_harms",
    "read_offices",
    "read_outlines",
    "read_round",
    "read_scenario",
    "read_storms",
    "rings_of",
    "storm",
]
