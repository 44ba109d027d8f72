"""Whether a forecast may be believed: what adds up, what past errors say, who forecasts better.

Methods come in as arguments: nothing here knows how a forecast is made. Start at `proof.prove`.
GSBPM phase 6, analyse: validate outputs.
"""

from cauce.outlook.proving.calibration import (
    LEAST,
    Inflation,
    coverages,
    crps,
    inflation,
)
from cauce.outlook.proving.gate import Champion, champion
from cauce.outlook.proving.measures import claim, everything_grows, floors, method_score, scored
from cauce.outlook.proving.proof import Level, Proof, prove, published
from cauce.outlook.proving.publication import Borne, base_cv, borne, growth_class
from cauce.outlook.proving.reconciliation import reconcile
from cauce.outlook.proving.sampling import sampled
from cauce.outlook.proving.scores import Shelf, scores
from cauce.outlook.proving.staffing import Staffing, constant_staffing
from cauce.outlook.proving.tree import Hierarchy, coherence, hierarchy
from cauce.outlook.proving.trials import Trials, as_known, trials
from cauce.outlook.proving.whole import Apart, apart, past_of

__all__ = [
    "LEAST",
    "Apart",
    "Borne",
    "Champion",
    "Hierarchy",
    "Inflation",
    "Level",
    "Proof",
    "Shelf",
    "Staffing",
    "Trials",
    "apart",
    "as_known",
    "base_cv",
    "borne",
    "champion",
    "claim",
    "coherence",
    "constant_staffing",
    "coverages",
    "crps",
    "everything_grows",
    "floors",
    "growth_class",
    "hierarchy",
    "inflation",
    "method_score",
    "past_of",
    "prove",
    "published",
    "reconcile",
    "sampled",
    "scored",
    "scores",
    "trials",
]
