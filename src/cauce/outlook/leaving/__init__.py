"""Who leaves an occupation, and how many posts open: growth, newcomers and transfers kept apart.

Source: domain page outlook, section 4.6. GSBPM phase: 5, process.
"""

from cauce.outlook.leaving.cohort_net import INDICATIVE, net_exits_of_cohorts
from cauce.outlook.leaving.exits import Exits, exit_draws, fit_exits, net_exits
from cauce.outlook.leaving.missing import (
    INDICATIVELY,
    INPUTS,
    NEEDS,
    openings_not_producible,
)
from cauce.outlook.leaving.openings import (
    THREE,
    Openings,
    gross_openings,
    net_growth,
    openings,
    openings_for_newcomers,
    transfers,
)
from cauce.outlook.leaving.replacement import (
    HELD,
    Leaving,
    at_start,
    leaving,
    replacement,
)

__all__ = [
    "HELD",
    "INDICATIVE",
    "INDICATIVELY",
    "INPUTS",
    "NEEDS",
    "THREE",
    "Exits",
    "Leaving",
    "Openings",
    "at_start",
    "exit_draws",
    "fit_exits",
    "gross_openings",
    "leaving",
    "net_exits",
    "net_exits_of_cohorts",
    "net_growth",
    "openings",
    "openings_for_newcomers",
    "openings_not_producible",
    "replacement",
    "transfers",
]
