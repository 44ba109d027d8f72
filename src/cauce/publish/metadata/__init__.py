"""Reference metadata: what is known of each dataflow, by the concepts of SIMS."""

from cauce.publish.metadata.forms import METADATA_FORMATS, MetadataForm
from cauce.publish.metadata.report import MetadataSet, metadata_set

__all__ = [
    "METADATA_FORMATS",
    "MetadataForm",
    "MetadataSet",
    "metadata_set",
]
