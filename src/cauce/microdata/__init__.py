"""Rows and designs, run on an engine in memory. GSBPM: phases 5.2 to 5.6."""

from cauce.microdata.engine import evaluate
from cauce.microdata.engines import Answer, DuckEngine, Endpoint, SparkEngine, endpoint_of
from cauce.microdata.replicates import read_replicates
from cauce.microdata.sample import DesignOf, read_sample

__all__ = [
    "Answer",
    "DesignOf",
    "DuckEngine",
    "Endpoint",
    "SparkEngine",
    "endpoint_of",
    "evaluate",
    "read_replicates",
    "read_sample",
]
