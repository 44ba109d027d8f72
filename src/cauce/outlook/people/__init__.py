"""How many people there will be, who of them works, and where workers of an occupation come from.

Source: domain page outlook, sections 4.1, 4.3 and 4.7. GSBPM phase: 5, process.
"""

from cauce.outlook.people.ages import (
    SEXES,
    STEP,
    bands,
    cells,
    ends,
    refuse_negative,
    refuse_no_chance,
    within,
)
from cauce.outlook.people.cohorts import Schedules, Step, project
from cauce.outlook.people.education import educated
from cauce.outlook.people.missing import (
    INPUTS,
    NEEDS,
    not_producible,
    people_not_producible,
)
from cauce.outlook.people.newcomers import (
    Allocation,
    allocation,
    allocation_draws,
    graduates_by_occupation,
)
from cauce.outlook.people.participation import (
    DAMPED,
    FULL_EMPLOYMENT,
    REGIONAL,
    Rates,
    Trend,
    employment,
    labour_force,
    participation,
    trend,
    unemployment,
    varying,
)
from cauce.outlook.people.population import (
    BETWEEN,
    MEDIUM,
    SPREAD,
    Population,
    Totals,
    check_population,
    on_totals,
    population_draws,
    projected,
    totals_in,
    yearly,
)
from cauce.outlook.people.reserves import (
    NOBODY_STUDIES,
    below_qualification,
    held,
    idle,
    returnees,
)
from cauce.outlook.people.sampled import sampled
from cauce.outlook.people.supply import ONCE, Component, Supply, component, set_aside, supply
from cauce.outlook.people.survival import survival, yearly_death
from cauce.outlook.people.withheld import LEFT_OVER, left_over

__all__ = [
    "BETWEEN",
    "DAMPED",
    "FULL_EMPLOYMENT",
    "INPUTS",
    "LEFT_OVER",
    "MEDIUM",
    "NEEDS",
    "NOBODY_STUDIES",
    "ONCE",
    "REGIONAL",
    "SEXES",
    "SPREAD",
    "STEP",
    "Allocation",
    "Component",
    "Population",
    "Rates",
    "Schedules",
    "Step",
    "Supply",
    "Totals",
    "Trend",
    "allocation",
    "allocation_draws",
    "bands",
    "below_qualification",
    "cells",
    "check_population",
    "component",
    "educated",
    "employment",
    "ends",
    "graduates_by_occupation",
    "held",
    "idle",
    "labour_force",
    "left_over",
    "not_producible",
    "on_totals",
    "participation",
    "people_not_producible",
    "population_draws",
    "project",
    "projected",
    "refuse_negative",
    "refuse_no_chance",
    "returnees",
    "sampled",
    "set_aside",
    "supply",
    "survival",
    "totals_in",
    "trend",
    "unemployment",
    "varying",
    "within",
    "yearly",
    "yearly_death",
]
