"""Every format of reference metadata, with what writes it.

Source: SDMX REST 2.2.2, metadata queries, response types; 1.5.0 for SDMX 2.1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cauce.publish.message import Message
from cauce.publish.metadata.csv import metadata_csv
from cauce.publish.metadata.json import metadata_json
from cauce.publish.metadata.ml import metadata_ml
from cauce.publish.metadata.report import MetadataSet
from cauce.publish.options import Labels

Write: TypeAlias = Callable[[Sequence[MetadataSet], Message, bool, Labels], bytes]
VENDOR = "application/vnd.sdmx."


@dataclass(frozen=True)
class MetadataForm:
    """A format: its media type, the version of the service it is of, and what writes it.

    What writes is given the sets, the head, whether they are wanted as stubs, and labels (CSV).
    """

    media_type: str
    of: int
    write: Write


METADATA_FORMATS: dict[str, MetadataForm] = {
    "metadata json 2.1": MetadataForm(
        f"{VENDOR}metadata+json;version=2.1.0", 2,
        lambda sets, head, stubs, _: metadata_json(sets, head, "2.1", stubs),
    ),
    "metadata json 2.0": MetadataForm(
        f"{VENDOR}metadata+json;version=2.0.0", 2,
        lambda sets, head, stubs, _: metadata_json(sets, head, "2.0", stubs),
    ),
    "metadata xml 3.1": MetadataForm(
        f"{VENDOR}metadata+xml;version=3.1.0", 2,
        lambda sets, head, stubs, _: metadata_ml(sets, head, "3.1", stubs),
    ),
    "metadata xml 3.0": MetadataForm(
        f"{VENDOR}metadata+xml;version=3.0.0", 2,
        lambda sets, head, stubs, _: metadata_ml(sets, head, "3.0", stubs),
    ),
    "metadata csv 2.1": MetadataForm(
        f"{VENDOR}metadata+csv;version=2.1.0", 2,
        lambda sets, head, _, labels: metadata_csv(sets, "2.1", head.language, labels),
    ),
    "metadata csv 2.0": MetadataForm(
        f"{VENDOR}metadata+csv;version=2.0.0", 2,
        lambda sets, head, _, labels: metadata_csv(sets, "2.0", head.language, labels),
    ),
    "metadata xml 2.1": MetadataForm(
        f"{VENDOR}genericmetadata+xml;version=2.1", 1,
        lambda sets, head, stubs, _: metadata_ml(sets, head, "2.1", stubs),
    ),
}  # fmt: skip
"""The first of each version of the service is its default."""
