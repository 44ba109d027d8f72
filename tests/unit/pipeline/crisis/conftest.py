"""Two square areas, a storm over one of them, and the published tables of their country."""

import json
from pathlib import Path

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.text import Text
from cauce.pipeline.crisis.flows import figure
from cauce.store import Store

SAID = Text("x", "x")
EMP = figure("EMP", "PERSONS", "Employment", "Ocupación", SAID)
PAY = figure("PAY", "LCU", "Pay", "Remuneración", SAID)
AREAS, SECTORS, BORN = ("_T", "N", "S"), ("_T", "AGR", "MKT"), ("_T", "HOM", "XNA", "XSA")


def table(name: str, indicator, own: dict[str, tuple[str, ...]], values) -> Observations:
    codes = {"FREQ": ("A",), "REF_AREA": ("XAA",), "INDICATOR": (indicator.id,), **own}
    codes["TIME_PERIOD"] = ("2025",)
    dimensions = tuple(
        Dimension(key, Text(key, key), tuple(Code(c, Text(c, c)) for c in each), f"CL_{key}")
        for key, each in codes.items()
    )
    flow = Dataflow(
        id=name,
        version="1.0",
        name=Text(name, name),
        dimensions=dimensions,
        indicators=(indicator,),
        source=Source("LFS", "XAA", SAID, SAID, "MIT", "The office", invented=True),
        method=Method("Taylor", "refuse", "survey", "None", "ilo", "ilo-1"),
    )
    value = np.array(values, dtype=float).ravel()
    size = len(value)
    inner = np.stack([at.ravel() for at in np.indices([len(c) for c in codes.values()])], axis=1)
    gone = np.isnan(value)
    count = np.where(gone, -1, 500).astype(np.int32)
    small = np.where(gone, np.nan, 1.0)
    return Observations(
        flow, inner.astype(np.int32), value, small, small, value, value, small, small,
        count, count, count, count, count, count,
        tuple(ObsStatus.SUPPRESSED if x else ObsStatus.NORMAL for x in gone),
        tuple(ConfStatus.CONFIDENTIAL if x else ConfStatus.FREE for x in gone),
        tuple(Reliability.NONE if x else Reliability.RELIABLE for x in gone),
        ("",) * size,
    )  # fmt: skip


@pytest.fixture(scope="session")
def country(tmp_path_factory) -> Path:
    """A store with who works where, in what and from where, and what they earn."""
    store = tmp_path_factory.mktemp("country") / "store"
    two = {"REGION": AREAS, "ECO": SECTORS}
    flows = (
        table("WORK", EMP, two, [[3000, 1000, 2000], [2000, 800, 1200], [1000, 200, 800]]),
        table("ORIGIN", EMP, {"REGION": AREAS, "CBR": ("_T", "NAT", "FRG")},
              [[3000, 2700, 300], [2000, 1750, 250], [1000, 950, 50]]),
        table("INDUSTRY", EMP, {"ECO": SECTORS, "BORN": BORN},
              [[3000, 2700, 200, 100], [1000, 850, 120, 30], [2000, 1850, 80, 70]]),
        table("EARN", PAY, {"ECO": SECTORS}, [900, 600, 1000]),
    )  # fmt: skip
    files = (InputFile("a.csv", "0" * 64, 1, "2025", 1),)
    made = Provenance("XAA/LFS", "0" * 64, files, "1", "0" * 64, "m", ("ilo-1",))
    Store(store).publish(Release("XAA_LFS", "2025", flows, (), made), "2026-01-01T00:00:00+00:00")
    return store


def square(code: str, south: float, north: float, **more: str) -> dict:
    ring = [[-70, south], [-69, south], [-69, north], [-70, north], [-70, south]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": f"Area {code}", **more},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write_areas(path: Path, *areas: dict) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(areas)}))


FIXES = """name,year,month,day,hour,lat,long,wind,pressure,tropicalstorm_force_diameter
Uno,2025,11,10,0,15.5,-67,100,950,120
Uno,2025,11,10,12,15.5,-69.5,100,950,120
Uno,2025,11,11,0,15.5,-72,80,970,NA
Solo,2025,11,20,0,15.5,-69.5,80,970,NA
Lejos,2025,11,20,0,45,-20,80,970,60
Lejos,2025,11,20,6,46,-20,80,970,60
"""
SCENARIO = """
[crisis]
id = "XAA_UNO"
name = { en = "Uno (invented)", es = "Uno (inventado)" }
about = { en = "Invented.", es = "Inventado." }
hazard = "HUR"
month = "2025-11"
country = "XAA"
country_name = { en = "Aland (invented)", es = "Alandia (inventada)" }
invented = true
land_sectors = ["AGR"]
days_a_month = 20
horizon = 3
draws = 100

[[storm]]
file = "fixes.csv"
name = "Uno"
year = 2025
source = { en = "Invented", es = "Inventado" }

[areas]
file = "areas.json"
code = "code"
step = 0.1
source = { en = "Invented", es = "Inventado" }

[people]
file = "people.csv"
source = { en = "Invented", es = "Inventado" }

[work]
flow = "WORK"
indicator = "EMP"
area = "REGION"
sector = "ECO"

[origins]
flow = "ORIGIN"
indicator = "EMP"
area = "REGION"
group = "CBR"
home = "NAT"

[nationalities]
flow = "INDUSTRY"
indicator = "EMP"
sector = "ECO"
group = "BORN"
home = "HOM"

[pay]
flow = "EARN"
indicator = "PAY"
sector = "ECO"

[harms]
file = "harm.toml"
source = { en = "Harm: invented", es = "Daño: inventado" }

[calendar]
file = "calendar.toml"
source = { en = "Harvest: invented", es = "Cosecha: inventada" }

[offices]
file = "offices.toml"
source = { en = "Invented directory", es = "Directorio inventado" }

[rebuilding]
phase = [0.6, 0.4]
sector = { ECO = "CON" }
damage = { low = 1e6, central = 2e6, high = 3e6, source = { en = "Invented", es = "Inventado" } }
rebuilt = { low = 1, central = 1, high = 1, source = { en = "Invented", es = "Inventado" } }
workers = { low = 9, central = 10, high = 11, source = { en = "Invented", es = "Inventado" } }
"""
HARM = """
invented = true
""" + "\n".join(
    f"""
[sector.{name}]
stopped = {{ low = 0.2, central = 0.4, high = 0.6, source = {{ en = "x", es = "x" }} }}
months = {{ low = 1, central = 2, high = 3, source = {{ en = "x", es = "x" }} }}
"""
    for name in ("AGR", "MKT", "REST")
)
CALENDAR = """
invented = true

[[presence]]
sector = "AGR"
by_month = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 5, 2]
source = { en = "x", es = "x" }
"""
OFFICES = """
[[office]]
nationality = "XNA"
name = { en = "North", es = "Norte" }
office = { en = "Consulate of the north (invented)", es = "Consulado del norte (inventado)" }
source = { en = "x", es = "x" }
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """The scenario with its files beside it."""
    write_areas(tmp_path / "areas.json", square("N", 15, 16), square("S", 5, 6))
    (tmp_path / "fixes.csv").write_text(FIXES)
    lines = [
        f"{-69.95 + x / 10:.2f},{south + 0.05 + y / 10:.2f},10"
        for south in (5, 15)
        for x in range(10)
        for y in range(10)
    ]
    (tmp_path / "people.csv").write_text("lon,lat,people\n" + "\n".join(lines) + "\n")
    (tmp_path / "harm.toml").write_text(HARM)
    (tmp_path / "calendar.toml").write_text(CALENDAR)
    (tmp_path / "offices.toml").write_text(OFFICES)
    (tmp_path / "uno.toml").write_text(SCENARIO)
    return tmp_path / "uno.toml"
