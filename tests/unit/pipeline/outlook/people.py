"""A population, rates and tables of people for the store made by hand; see conftest."""

from collections.abc import Sequence
from pathlib import Path

from cauce.model.observation import Observations
from cauce.outlook.people import bands

from .conftest import DECLARED, WORDS, YEARS, surveyed

AGES = bands(80)
DYING = ("0", "1", *(str(age) for age in range(5, 81, 5)))
WORKING = ("Y15T24", "Y25T64", "Y_GE65")
SCHOOLED = (*(f"Y{age}T{age + 4}" for age in range(25, 65, 5)), "Y_GE65")
GROUPS = {"7": 60_000.0, "4": 30_000.0}
LEAVING = {"Y15T24": 0.04, "Y25T34": 0.02, "Y55T64": 0.10}


def population(folder: Path, limits: bool = True, emigrants: bool = True) -> Path:
    """10,000 people of each band and sex in 2025; 1 % die and 1 % emigrate every year."""
    rows = [f"population,2025,{sex},{age},10000,Census" for sex in "FM" for age in AGES]
    rows += [f"death_rate,2025,{sex},{age},0.01,Life table" for sex in "FM" for age in DYING]
    rows += [f"birth_rate,2025,F,{age},{0.1 if age == '20-24' else 0},Births" for age in AGES]
    rows += ["boys_per_girl,2025,,,1,Births"]
    rows += [f"net_migrants,2025,{sex},{age},0,Border" for sex in "FM" for age in AGES]
    if emigrants:
        rows += [f"emigrants,2025,{sex},{age},500,Border" for sex in "FM" for age in AGES]
    for year in (2025, 2030) if limits else ():
        rows += [f"total_low,{year},,,250000,Office", f"total_high,{year},,,450000,Office"]
    path = folder / "population.csv"
    path.write_text("\n".join(["quantity,year,sex,age,value,source", *rows]) + "\n")
    return path


def of_people(years: Sequence[str] = YEARS) -> tuple[Observations, ...]:
    """Who takes part, left, came back, moved, is young, returned, does less, has learnt what."""
    sexes = ["_T", "F", "M"]
    active = {(a, s, y): 0.6 if s == "M" else 0.4 for a in WORKING for s in "FM" for y in years}
    idle = {(y,): 0.05 + 0.01 * at for at, y in enumerate(years)}
    left = {(a, g, y): x for a, x in LEAVING.items() for g in GROUPS for y in years}
    left |= {("_T", g, y): 0.042 for g in GROUPS for y in years}
    back = {(a, y): 0.01 for a in LEAVING for y in years}
    moved = {("7", y): 0.05 for y in years} | {("4", y): 0.02 for y in years}
    young = {("INT", "7", y): 300.0 for y in years} | {("ADV", "4", y): 200.0 for y in years}
    young |= {("INT", "4", y): None for y in years} | {("ADV", "7", y): 0.0 for y in years}
    young |= {("INT", "_T", y): 400.0 for y in years} | {("ADV", "_T", y): 200.0 for y in years}
    returned = {("7", y): 90.0 for y in years} | {("4", y): None for y in years}
    returned |= {("_T", y): 120.0 for y in years}
    below = {("INT", y): 700.0 for y in years}
    taught = {(a, e, y): 1000.0 * (1 + (e == "ADV")) for a in SCHOOLED for e in ("INT", "ADV")
              for y in years}  # fmt: skip
    ocu = ["_T", "7", "4"]
    return (
        surveyed("ACTIVITY", "EAP_DWAP", {"AGE_BAND": ["_T", *WORKING], "SEX": sexes}, active),
        surveyed("JOBLESS", "UNE_DEAP", {}, idle),
        surveyed("LEFT", "AGO_OUT", {"AGE_BAND": ["_T", *LEAVING], "AGO_OCU": ocu}, left),
        surveyed("BACK", "AGO_BACK", {"AGE_BAND": ["_T", *LEAVING]}, back),
        surveyed("MOVED", "AGO_MOVED", {"AGO_OCU": ocu}, moved),
        surveyed("YOUNG", "EMP_Y29", {"EDU": ["_T", "INT", "ADV"], "OCU": ocu}, young),
        surveyed("RETURNED", "EMP_RETW", {"OCU": ocu}, returned),
        surveyed("BELOW", "EMP_FRG_BELOW", {"EDU": ["_T", "INT"]}, below),
        surveyed("TAUGHT", "POP_XWAP", {"AGE_5YR": ["_T", *SCHOOLED],
                                        "EDU": ["_T", "INT", "ADV"]}, taught),
    )  # fmt: skip


FROM = {
    "participation": ("ACTIVITY", "EAP_DWAP", ["AGE_BAND", "SEX"]),
    "unemployment": ("JOBLESS", "UNE_DEAP", []),
    "left": ("LEFT", "AGO_OUT", ["AGE_BAND", "AGO_OCU"]),
    "left_by": ("LEFT", "AGO_OUT", ["AGO_OCU"]),
    "back": ("BACK", "AGO_BACK", ["AGE_BAND"]),
    "moved": ("MOVED", "AGO_MOVED", ["AGO_OCU"]),
    "young": ("YOUNG", "EMP_Y29", ["EDU", "OCU"]),
    "young_by": ("YOUNG", "EMP_Y29", ["EDU"]),
    "returned": ("RETURNED", "EMP_RETW", ["OCU"]),
    "skills": ("BELOW", "EMP_FRG_BELOW", ["EDU"]),
    "education": ("TAUGHT", "POP_XWAP", ["AGE_5YR", "EDU"]),
}
READ = "".join(
    f'[from.{name}]\nflow = "{flow}"\nindicator = "{figure}"\nover = {over}\n'
    for name, (flow, figure, over) in FROM.items()
).replace("'", '"')
ASSUMED = "".join(
    f"[assumption.{name}]\nsaid = {WORDS}\nsource = {WORDS}\n{value}\n"
    for name, value in (
        ("entering", "by = { INT = 0.3, ADV = 0.7 }"), ("upgrade", "by = { INT = 0, ADV = 0.1 }"),
        ("returning", "value = 0.5"),
    )
)  # fmt: skip
STATED = {"deaths", "exits", "emigration", "transfers"}


def declared(total: str = "people") -> str:
    """The pack of conftest with a population and tables in the place of stated rates."""
    text = DECLARED
    for name in STATED:
        start = text.index(f"[assumption.{name}]")
        text = text[:start] + text[text.index("[assumption.", start + 1) :]
    start = text.index("[assumption.graduates]")
    after = text.index("[assumption.activity]")
    words = f"said = {WORDS}\nsource = {WORDS}\n"
    by = f"[assumption.graduates]\n{words}by = {{ INT = 100, ADV = 50 }}\n"
    returns = f"[assumption.returns]\n{words}value = 40\n"
    text = text[:start] + by + returns + text[after:]
    reads = text.index("[assumption.")
    head = f'total = "{total}"\n'
    ranged = f"[range.deaths]\nlow = 0.5\nhigh = 1.5\nsource = {WORDS}\n"
    place = '[population]\nfile = "population.csv"\n'
    own = text.index("[from.occupation]")
    text = text[:own] + head + text[own:reads] + READ + place + ranged + ASSUMED + text[reads:]
    return (
        text
        + f"""
[[scenario]]
id = "MORE"
name = {WORDS}
about = {WORDS}
[[scenario.lever]]
kind = "participation"
target = {{}}
change = "times"
unit = "TIMES"
amounts = {{ 2026 = 1.1, 2027 = 1.1, 2028 = 1.1 }}
source = {WORDS}
"""
    )
