"""What a data query says of the message it wants, and the data sets that go into one."""

from dataclasses import dataclass
from typing import Literal

from cauce.publish.components import TIME
from cauce.publish.rows import Rows

Action = Literal["Information", "Append", "Replace", "Merge", "Delete"]
Detail = Literal["full", "dataonly", "serieskeysonly", "nodata"]
Labels = Literal["id", "name", "both"]
TimeFormat = Literal["original", "normalized"]
Keys = Literal["none", "obs", "series", "both"]
LABELS: tuple[Labels, ...] = ("id", "name", "both")
TIME_FORMATS: tuple[TimeFormat, ...] = ("original", "normalized")
KEYS: tuple[Keys, ...] = ("none", "obs", "series", "both")
"""What can be asked of SDMX-CSV, the first of each as it is where nothing is said."""
FLAT = "AllDimensions"


@dataclass(frozen=True)
class DataSet:
    """Rows of one table, and what a receiver is to do with them.

    `valid_from` and `valid_to` are moments of ISO 8601: from when and until when this vintage was
    the one in force, as `includeHistory` tells; "" where nobody asked or it still is.
    """

    rows: Rows
    action: Action = "Information"
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True)
class Options:
    """How a message is laid out. What goes into it, and its language, is said by `Message`.

    `dimension` is what stands at the observation: the id of a dimension, or AllDimensions.
    `labels`, `time_format` and `keys` are of SDMX-CSV. `agreement` is the id of the provision
    agreement a query for one provider was answered under, "" for the dataflow itself.
    """

    dimension: str = TIME
    detail: Detail = "full"
    labels: Labels = "id"
    time_format: TimeFormat = "original"
    keys: Keys = "none"
    agreement: str = ""


PLAIN = Options()
"""As the specification has it where a query says nothing."""
