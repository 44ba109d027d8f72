"""An invented country with a known truth, surveyed every year, and a neighbour. No real person.

GSBPM: stands in for phase 4, collect, where no survey file is at hand.
"""

from cauce.sources.invented.costs import write_costs
from cauce.sources.invented.employers import firm_answers, firm_fate, firms
from cauce.sources.invented.files import wave_columns, write_wave
from cauce.sources.invented.passages import CODE, Passage, invented_passages
from cauce.sources.invented.population import live, strata_populations, stratum_population
from cauce.sources.invented.registers import invented_permits, invented_records
from cauce.sources.invented.south import write_south
from cauce.sources.invented.survey import draw
from cauce.sources.invented.truth import truth

__all__ = [
    "CODE",
    "Passage",
    "draw",
    "firm_answers",
    "firm_fate",
    "firms",
    "invented_passages",
    "invented_permits",
    "invented_records",
    "live",
    "strata_populations",
    "stratum_population",
    "truth",
    "wave_columns",
    "write_costs",
    "write_south",
    "write_wave",
]
