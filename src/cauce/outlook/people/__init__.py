"""How many people there will be, who of them works, and where workers of an occupation come from.

Source: domain page outlook, sections 4.1, 4.3 and 4.7. GSBPM phase: 5, process.
"""

from cauce.outlook.people.ages import SEXES, bands, cells, refuse_negative, refuse_no_chance
from cauce.outlook.people.cohorts import Schedules, Step, project
from cauce.outlook.people.education import educated
from cauce.outlook.people.missing import (
    INPUTS,
    NEEDS,
    not_producible,
    supply_not_producible,
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
    Course,
    Rates,
    course,
    employment,
    labour_force,
    participation,
    unemployment,
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
    below_qualification,
    held,
    idle,
    net_transfers,
    returnees,
)
from cauce.outlook.people.supply import ONCE, Component, Supply, component, supply
from cauce.outlook.people.survival import survival, yearly_death

__all__ = [
    "BETWEEN", "DAMPED", "FULL_EMPLOYMENT", "INPUTS", "MEDIUM", "NEEDS", "ONCE", "SEXES", "SPREAD",
    "Allocation", "Component", "Course", "Population", "Rates", "Schedules", "Step", "Supply",
    "Totals", "allocation", "allocation_draws", "bands", "below_qualification", "cells",
    "check_population", "component", "course", "educated", "employment", "graduates_by_occupation",
    "held", "idle", "labour_force", "net_transfers", "not_producible", "on_totals",
    "participation", "population_draws", "project", "projected", "refuse_negative",
    "refuse_no_chance", "returnees", "supply", "supply_not_producible", "survival", "totals_in",
    "unemployment", "yearly", "yearly_death",
]  # fmt: skip
