"""Every SDMX data format that is written: its media type, its version and its writer.

Whoever negotiates looks here and nowhere else, and calls every writer alike:
`DATA_FORMATS[name].write([DataSet(rows)], message, Options())`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cauce.publish.message import Message
from cauce.publish.options import DataSet, Options
from cauce.publish.sdmx_csv import sdmx_csv
from cauce.publish.sdmx_json import sdmx_json
from cauce.publish.sdmx_ml import sdmx_ml_21

Write: TypeAlias = Callable[[Sequence[DataSet], Message, Options], Iterator[bytes]]


@dataclass(frozen=True)
class DataFormat:
    """A format of data: `application/vnd.sdmx.` `kind` `;version=` `version`.

    `of` are the versions of the REST API whose standard has it; a service may give it at both.
    `word` is what `?format=` calls it, without a version the newest of its root. `time_series` has
    TIME_PERIOD at the observation and takes nothing else.
    """

    kind: str
    version: str
    of: tuple[int, ...]
    word: str
    write: Write
    time_series: bool = False

    @property
    def media_type(self) -> str:
        return f"application/vnd.sdmx.{self.kind};version={self.version}"


def _csv_20(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return sdmx_csv(sets[0].rows, message)


def _json_20(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return sdmx_json(sets[0].rows, message, options.dimension)


def _specific_21(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return sdmx_ml_21(sets[0].rows, message, options.dimension)


DATA_FORMATS: dict[str, DataFormat] = {
    "csv-2.0": DataFormat("data+csv", "2.0.0", (2,), "csvdata", _csv_20),
    "json-2.0": DataFormat("data+json", "2.0.0", (2,), "jsondata", _json_20),
    "specific-2.1": DataFormat(
        "structurespecificdata+xml", "2.1", (1,), "structurespecificdata", _specific_21
    ),
}
"""By a name of ours; the rest of the standard's formats are added here as they are written."""
