"""Rows and designs, run on an engine in memory. GSBPM: phases 5.2 to 5.6."""

from cauce.microdata.engine import evaluate
from cauce.microdata.engines import Answer, DuckEngine, Endpoint, SparkEngine, endpoint_of
from cauce.microdata.replicates import read_replicates
from cauce.microdata.sample import DesignOf, read_sample
from cauce.microdata.stream import Room, open_stream

__all__ = [
    "Answer",
    "DesignOf",
    "DuckEngine",
    "Endpoint",
    "Room",
    "SparkEngine",
    "endpoint_of",
    "evaluate",
    "open_stream",
    "read_replicates",
    "read_sample",
]
