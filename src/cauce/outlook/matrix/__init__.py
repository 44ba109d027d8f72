"""Who works where: the industry–occupation matrix, raked to both margins in every draw.

GSBPM phase 5, process: derive new variables.
"""

from cauce.outlook.matrix.demand import Demand, demand
from cauce.outlook.matrix.effects import Effects, effects
from cauce.outlook.matrix.rake import MarginsUnmet, rake
from cauce.outlook.matrix.shifts import shift_effect, shift_log
from cauce.outlook.matrix.staffing import Grid, Staffing, grid, own_mix, region, staffing

__all__ = [
    "Demand",
    "Effects",
    "Grid",
    "MarginsUnmet",
    "Staffing",
    "demand",
    "effects",
    "grid",
    "own_mix",
    "rake",
    "region",
    "shift_effect",
    "shift_log",
    "staffing",
]
