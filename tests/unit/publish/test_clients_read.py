"""What pysdmx and sdmx1 read in our messages, as far as each of them reads a format."""

import math
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from cauce.publish import Rows
from cauce.publish.forms import DATA_FORMATS
from cauce.publish.options import DataSet, Options
from cauce.publish.structure.ml.message import structures_ml
from cauce.publish.structure.own.artefacts import own_artefacts

from .test_rows import MESSAGE, STRANGE, table

TABLE = table(["2020", "2021", "2022"])
LAID = ("TIME_PERIOD", "AllDimensions", "SEX")
BY_PYSDMX = [name for name in DATA_FORMATS if "json" not in name]
"""pysdmx has no reader of data in SDMX-JSON."""
BY_SDMX1 = [name for name in BY_PYSDMX if DATA_FORMATS[name].version == "2.1"]
"""sdmx1 reads SDMX-ML 2.1, and of the others nothing that the standard allows."""
SAID = {
    (f"S{sex}", 2020 + year): (float(TABLE.value[row]), float(TABLE.se[row]), TABLE.rule[row])
    for row, (_, _, _, sex, year) in enumerate(TABLE.key.tolist())
}


def written(name: str, dimension: str) -> bytes:
    sets = [DataSet(Rows(TABLE, np.arange(len(TABLE.value))))]
    return b"".join(DATA_FORMATS[name].write(sets, MESSAGE, Options(dimension)))


def alike(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


@pytest.fixture(autouse=True)
def _their_warnings() -> Iterator[None]:
    """What they and pandas find fault with in each other is not ours to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.parametrize("name", BY_PYSDMX)
def test_pysdmx_reads_the_same_numbers_and_words(name: str, tmp_path: Path) -> None:
    from pysdmx.io import read_sdmx

    ending = "csv" if "csv" in name else "xml"
    for dimension in LAID:
        place = tmp_path / f"{dimension}.{ending}"
        place.write_bytes(written(name, dimension))
        frame = read_sdmx(place, validate=True).data[0].data
        found = {
            (row["SEX"], int(row["TIME_PERIOD"])): (row["OBS_VALUE"], row["SE"], row["RULE"])
            for row in frame.to_dict("records")
        }
        assert found.keys() == SAID.keys()
        for key, (value, error, rule) in SAID.items():
            told = found[key]
            assert alike(float(told[0]), value)
            assert alike(float(told[1] or "nan"), error)
            assert (told[2] if told[2] in STRANGE else "") == rule


@pytest.mark.parametrize("name", BY_SDMX1)
def test_sdmx1_reads_the_same_numbers_and_words(name: str) -> None:
    import sdmx

    content = structures_ml(own_artefacts([TABLE.dataflow]), MESSAGE, "2.1")
    (dsd,) = sdmx.read_sdmx(BytesIO(content)).structure.values()
    for dimension in LAID:
        (data,) = sdmx.read_sdmx(BytesIO(written(name, dimension)), structure=dsd).data
        found = {(str(o.key["SEX"].value), int(o.key["TIME_PERIOD"].value)): o for o in data.obs}
        assert found.keys() == SAID.keys()
        for key, (value, error, rule) in SAID.items():
            told = found[key].attached_attribute
            assert alike(float(found[key].value), value)
            assert alike(float(told["SE"].value) if "SE" in told else math.nan, error)
            assert (told["RULE"].value if "RULE" in told else "") == rule
