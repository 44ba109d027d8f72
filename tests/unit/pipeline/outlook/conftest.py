"""A store made by hand: five waves of a survey of an invented country, by occupation and age."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.text import Text
from cauce.pipeline.outlook.declared import parse_outlook
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.store import Store

AT = "2026-01-02T10:00:00+00:00"
YEARS = ("2021", "2022", "2023", "2024", "2025")
Values = Mapping[tuple[str, ...], float | None]
REGION = Path(__file__).parents[4] / "packs" / "region"


def text(word: str) -> Text:
    return Text(word, f"{word} (es)")


def indicator(name: str) -> Indicator:
    return Indicator(
        name, text(name), text(name), "total", "true", "true", "", "PERSONS", 1.0, 0, ""
    )


def dimension(name: str, codes: Sequence[str]) -> Dimension:
    own = tuple(Code(c, text(c), "7" if len(c) == 2 and c[0] == "7" else "") for c in codes)
    additive = "_T" in codes
    return Dimension(name, text(name), own, f"CL_{name}", additive=additive)


def surveyed(
    name: str, figure: str, dimensions: Mapping[str, Sequence[str]], values: Values
) -> Observations:
    """A table of one indicator: values by codes and year, None where it is withheld."""
    years = sorted({key[-1] for key in values})
    whole = (
        dimension("FREQ", ["A"]),
        dimension("REF_AREA", ["XAA"]),
        dimension("INDICATOR", [figure]),
        *(dimension(each, codes) for each, codes in dimensions.items()),
        dimension("TIME_PERIOD", years),
    )
    at = [{c.id: n for n, c in enumerate(d.codes)} for d in whole]
    keys = [[0, 0, 0, *(o[c] for o, c in zip(at[3:], key, strict=True))] for key in values]
    value = np.array([np.nan if x is None else x for x in values.values()], dtype=float)
    there, count = np.isfinite(value), len(value)
    whole_numbers = np.where(there, 2_000, -1).astype(np.int32)
    source = Source("LFS", "XAA", text("Survey"), text("all"), "MIT", "", invented=True)
    method = Method("Taylor", "refuse", "survey", "", "ilo", "", isco="08")
    flow = Dataflow(name, "1.0", text(name), whole, (indicator(figure),), source, method)
    return Observations(
        flow, np.array(keys, dtype=np.int32), value, 0.05 * value, np.where(there, 0.05, np.nan),
        0.9 * value, 1.1 * value, np.where(there, 1.0, np.nan), np.where(there, 2_000.0, np.nan),
        whole_numbers, whole_numbers, whole_numbers, np.where(there, 0, -1).astype(np.int32),
        whole_numbers, whole_numbers,
        tuple(ObsStatus.NORMAL if x else ObsStatus.SUPPRESSED for x in there),
        tuple(ConfStatus.FREE if x else ConfStatus.CONFIDENTIAL for x in there),
        (Reliability.RELIABLE,) * count, ("",) * count,
    )  # fmt: skip


def published(store: Path, *tables: Observations) -> Path:
    sha = "0" * 64
    provenance = Provenance(
        "XAA/LFS", sha, (InputFile("f", sha, 1, "2021", 1),), "1", sha, "test", ()
    )
    Store(store).publish(
        Release("XAA_LFS", "2025", tables, provenance=provenance), AT, signed="by one person alone"
    )
    return store


def tables(years: Sequence[str] = YEARS) -> tuple[Observations, ...]:
    """Carpenters (71) and welders (72) grow, clerks (41) do not; ages, industries, the idle."""
    grown = {y: 1 + 0.03 * n for n, y in enumerate(years)}
    fine = {"71": 40_000.0, "72": 20_000.0, "41": 30_000.0}
    groups = {"7": 60_000.0, "4": 30_000.0}

    def over(base: Mapping[str, float]) -> dict[tuple[str, ...], float | None]:
        found: dict[tuple[str, ...], float | None] = {
            (c, y): x * grown[y] for c, x in base.items() for y in years
        }
        return found | {("_T", y): sum(base.values()) * grown[y] for y in years}

    bands = {"Y15T24": 0.3, "Y25T34": 0.5, "Y55T64": 0.2}
    ages: dict[tuple[str, ...], float | None] = {
        (g, b, y): x * part * grown[y]
        for g, x in groups.items() for b, part in bands.items() for y in years
    }  # fmt: skip
    staff = {("CON", "7"): 45_000.0, ("CON", "4"): 5_000.0}
    return (
        surveyed("FINE", "EMP_TEMP", {"OC2": ["_T", "71", "72", "41"]}, over(fine)),
        surveyed("GROUPS", "EMP_TEMP", {"OCU": ["_T", "7", "4"]}, over(groups)),
        surveyed("AGES", "EMP_TEMP", {"OCU": ["_T", "7", "4"], "AGE_BAND": ["_T", *bands]}, ages),
        surveyed("MATRIX", "EMP_TEMP", {"ECO": ["_T", "CON"], "OCU": ["_T", "7", "4"]},
                 {(*k, y): x for k, x in staff.items() for y in years}),
        surveyed("IDLE", "UNE_TUNE", {"PREV_OCU": ["_T", "7", "4"]},
                 {(g, y): 0.08 * x for g, x in groups.items() for y in years}),
    )  # fmt: skip


WORDS = '{ en = "words", es = "palabras" }'
SCENARIO = f"name = {WORDS}\nabout = {WORDS}\n"
DECLARED = f"""
area = "XAA"
name = {WORDS}
about = {WORDS}
licence = "MIT"
invented = true
horizon = 3
draws = 200
seed = 7
fewest = 5
margin = 0.05
sure = 0.8
[from.occupation]
flow = "FINE"
indicator = "EMP_TEMP"
over = ["OC2"]
[from.groups]
flow = "GROUPS"
indicator = "EMP_TEMP"
over = ["OCU"]
[from.ages]
flow = "AGES"
indicator = "EMP_TEMP"
over = ["OCU", "AGE_BAND"]
[from.matrix]
flow = "MATRIX"
indicator = "EMP_TEMP"
over = ["ECO", "OCU"]
[from.idle]
flow = "IDLE"
indicator = "UNE_TUNE"
over = ["PREV_OCU"]
""" + "".join(
    f"[assumption.{name}]\nsaid = {WORDS}\nsource = {WORDS}\nvalue = {value}\n"
    for name, value in (
        ("deaths", 0.002), ("exits", 0.03), ("emigration", 0.0), ("transfers", 0.04),
        ("graduates", 900), ("activity", 0.8), ("friction", 0.05), ("seats", 100),
        ("completion", 0.7), ("conditions", 50),
    )
) + f"""
[assumption.lead]
said = {WORDS}
source = {WORDS}
by = {{ CONDITIONS = 1, TRAINING = 1 }}
[[origin]]
id = "XBB"
name = {WORDS}
spare = {{ 7 = 900 }}
short = {{ 7 = 0.1 }}
source = {WORDS}
[[channel]]
id = "WAY"
name = {WORDS}
origin = "XBB"
quota = 100
source = {WORDS}
[[scenario]]
id = "BASELINE"
{SCENARIO}
[[scenario]]
id = "PORT"
{SCENARIO}
[[scenario.lever]]
kind = "project"
target = {{ ECO = "CON" }}
change = "add"
unit = "PERSONS"
amounts = {{ 2026 = 1000, 2027 = 2000 }}
source = {WORDS}
"""  # fmt: skip


@pytest.fixture(scope="session")
def pack() -> OutlookPack:
    return parse_outlook("xaa", DECLARED)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("outlook") / "store", *tables())
