"""SDMX structures name the code above each code, and hold it."""

import io
import json

import sdmx

from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.text import Text
from cauce.publish.artefacts import structures
from cauce.publish.message import Message
from cauce.publish.structure_json import structure_json_20
from cauce.publish.structure_ml import structure_ml_21

T = Text("t", "t")
ABOVE = Code("2", Text("Professionals", "Profesionales"))
CODES = (Code("_T", T), Code("22", Text("Health professionals", "Salud"), "2"))


def flow(id_: str, codes: tuple[Code, ...] = CODES, groups: tuple[Code, ...] = ()) -> Dataflow:
    return Dataflow(
        id_,
        "1.0",
        T,
        (
            Dimension("INDICATOR", T, (), ""),
            Dimension("OC2", T, codes, "CL_OC2", groups=groups),
            Dimension("TIME_PERIOD", T, (), ""),
        ),
        (),
        Source("S", "XAA", T, T, "", "", True),
        Method("", "", "", "", "", ""),
    )


MESSAGE = Message("M", "2026-01-01T00:00:00Z", audited=False)


def test_another_program_reads_the_hierarchy() -> None:
    """Also where a vintage of before hierarchies were kept shares the list."""
    old = tuple(Code(code.id, code.name) for code in CODES)
    found = structures([flow("A", old), flow("B", groups=(ABOVE,))])
    read = sdmx.read_sdmx(io.BytesIO(structure_ml_21(found, MESSAGE)))
    assert read.codelist["CL_OC2"]["22"].parent.id == "2"


def test_the_json_names_the_parent() -> None:
    found = structures([flow("B", groups=(ABOVE,))])
    told = json.loads(structure_json_20(found, MESSAGE))
    [codes] = [c["codes"] for c in told["data"]["codelists"] if c["id"] == "CL_OC2"]
    assert [code.get("parent") for code in codes] == [None, "2", None]
