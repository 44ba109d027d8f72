"""Where sums are made: DuckDB on a staged file, or a cluster behind a Spark Connect endpoint.

Person rows stay where they are; what comes back are counts and sums by PSU.
"""

from cauce.microdata.engines.answers import Answer, limbs_of
from cauce.microdata.engines.duck import DuckEngine
from cauce.microdata.engines.endpoint import Endpoint, endpoint_of
from cauce.microdata.engines.spark import SparkEngine

__all__ = ["Answer", "DuckEngine", "Endpoint", "SparkEngine", "endpoint_of", "limbs_of"]
