"""Who works where a hazard passes: footprints, exposure, loss over time, displacement, rebuilding.

Three concepts are kept apart. **Exposed** are workers present in the part of an area that the
hazard reached. **Affected** are those of them whose work stopped at first. **Displaced** are
people, workers or not, who had to leave where they lived. (What the ILO published for Haiyan and
Rai as affected workers is what we call exposed.) Nothing here is said about unemployment:
participation falls, too, and the rate may go either way (domain page outlook, 0.9).
"""

from cauce.outlook.crisis.displaced import HOMES, by_houses, by_steps, damage_of_wind
from cauce.outlook.crisis.fitted import errors_of, fitted
from cauce.outlook.crisis.loss import income_lost, stopped_over_time, workdays_lost
from cauce.outlook.crisis.pressure import PRESSURE, pressure_class
from cauce.outlook.crisis.ranges import Interval, interval, triangular
from cauce.outlook.crisis.reach import KNOTS, hit, reported_part, share_of_land, share_of_people
from cauce.outlook.crisis.rebuilding import Rebuilding, needed_workers, rebuilding_lever
from cauce.outlook.crisis.totals import summed
from cauce.outlook.crisis.track import OneFix, between, one_track
from cauce.outlook.crisis.wind import HOLLAND, WindRules, profile, strongest
from cauce.outlook.crisis.workers import (
    Workforce,
    exposed,
    lasting,
    months_present,
    stopped,
    undercounted,
)

__all__ = [
    "HOLLAND",
    "HOMES",
    "KNOTS",
    "PRESSURE",
    "Interval",
    "OneFix",
    "Rebuilding",
    "WindRules",
    "Workforce",
    "between",
    "by_houses",
    "by_steps",
    "damage_of_wind",
    "errors_of",
    "exposed",
    "fitted",
    "hit",
    "income_lost",
    "interval",
    "lasting",
    "months_present",
    "needed_workers",
    "one_track",
    "pressure_class",
    "profile",
    "rebuilding_lever",
    "reported_part",
    "share_of_land",
    "share_of_people",
    "stopped",
    "stopped_over_time",
    "strongest",
    "summed",
    "triangular",
    "undercounted",
    "workdays_lost",
]
