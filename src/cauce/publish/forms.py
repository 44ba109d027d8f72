"""Every SDMX data format that is written: its media type, its version and its writer.

Whoever negotiates looks here and nowhere else, and calls every writer alike:
`DATA_FORMATS[name].write([DataSet(rows)], message, Options())`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cauce.publish.message import Message
from cauce.publish.options import DataSet, Options
from cauce.publish.sdmx_csv import csv_10, csv_20, csv_21
from cauce.publish.sdmx_json import json_20, json_21
from cauce.publish.sdmx_json_one import json_10
from cauce.publish.sdmx_ml import specific_21, specific_30, specific_31, specific_series
from cauce.publish.sdmx_ml_generic import generic_21, generic_series

Write: TypeAlias = Callable[[Sequence[DataSet], Message, Options], Iterator[bytes]]


@dataclass(frozen=True)
class DataFormat:
    """A format of data: `application/vnd.sdmx.` `kind` `;version=` `version`.

    `of` are the versions of the REST API whose standard has it; a service may give it at both.
    `word` is what `?format=` calls it, without a version the newest of its root. `time_series` has
    TIME_PERIOD at the observation and takes nothing else; `one_dataflow` has room for no second.
    """

    kind: str
    version: str
    of: tuple[int, ...]
    word: str
    write: Write
    time_series: bool = False
    one_dataflow: bool = False

    @property
    def media_type(self) -> str:
        return f"application/vnd.sdmx.{self.kind};version={self.version}"


SPECIFIC, GENERIC = "structurespecificdata+xml", "genericdata+xml"
SPECIFIC_SERIES = "structurespecifictimeseriesdata+xml"
GENERIC_SERIES = "generictimeseriesdata+xml"
ML_3 = "data+xml"

DATA_FORMATS: dict[str, DataFormat] = {
    "generic-2.1": DataFormat(GENERIC, "2.1", (1,), "genericdata", generic_21),
    "specific-2.1": DataFormat(SPECIFIC, "2.1", (1,), "structurespecificdata", specific_21),
    "generic-series-2.1": DataFormat(
        GENERIC_SERIES,
        "2.1",
        (1,),
        "generictimeseriesdata",
        generic_series,
        time_series=True,
        one_dataflow=True,
    ),
    "specific-series-2.1": DataFormat(
        SPECIFIC_SERIES,
        "2.1",
        (1,),
        "structurespecifictimeseriesdata",
        specific_series,
        time_series=True,
    ),
    "ml-3.0": DataFormat(ML_3, "3.0.0", (2,), "xmldata", specific_30),
    "ml-3.1": DataFormat(ML_3, "3.1.0", (2,), "xmldata", specific_31),
    "json-1.0": DataFormat("data+json", "1.0.0", (1,), "jsondata", json_10, one_dataflow=True),
    "json-2.0": DataFormat("data+json", "2.0.0", (2,), "jsondata", json_20),
    "json-2.1": DataFormat("data+json", "2.1.0", (2,), "jsondata", json_21),
    "csv-1.0": DataFormat("data+csv", "1.0.0", (1,), "csvdata", csv_10),
    "csv-2.0": DataFormat("data+csv", "2.0.0", (2,), "csvdata", csv_20),
    "csv-2.1": DataFormat("data+csv", "2.1.0", (2,), "csvdata", csv_21),
}
"""By a name of ours, the older version of a kind before the newer."""
