"""Each way to spoil a survey gives one clear message, or a flagged number; never a traceback."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cauce.cli.main import app
from cauce.store import Reader

from .small_survey import CODES, Row, region, survey

ROWS = list(
    csv.DictReader((Path(__file__).parent / "bad_input.csv").read_text("utf-8").splitlines())
)
Spoil = Callable[[list[Row]], None]


def put(column: str, value: object, first: int = 0, last: int | None = None) -> Spoil:
    """Put a value into a column of some rows."""

    def spoil(rows: list[Row]) -> None:
        for row in rows[first:last]:
            row[column] = value

    return spoil


def drop(column: str) -> Spoil:
    def spoil(rows: list[Row]) -> None:
        for row in rows:
            del row[column]

    return spoil


def margin(text: str) -> str:
    return f'[[margin]]\nname = "Population"\nperiod = "2024"\nsource = "census"\n{text}\n'


def headline(more: str = "", code: str = "_T", indicator: str = "UNE_DEAP") -> str:
    return (
        f'[[headline]]\nname = "Unemployment"\nindicator = "{indicator}"\n'
        f'codes = {{ LAND = "{code}" }}\nperiod = "2024"\nvalue = 30\ntolerance = 0.05\n'
        f'source = "office"\n{more}\n'
    )


def numbered(count: int) -> str:
    codes = ",\n".join(f'{{ id = "C{n}", en = "c", es = "c" }}' for n in range(count))
    return f"codes = [{codes}]"


MANY = (
    (CODES, numbered(10_000)),
    ('"a" = "AAA"', '"a" = "C1"'),
    ('"b" = "BBB"', '"b" = "C2"'),
    ('"c" = "CCC"', '"c" = "C3"'),
)
TWICE = (
    ('dimensions = ["LAND"]', 'dimensions = ["LAND", "LAND2"]'),
    (
        "[recode.LAND]",
        '[variable.LAND2]\nname = { en = "2", es = "2" }\nkind = "code"\n'
        'codelist = "CL_LAND"\n[derive.LAND2]\nexpr = "LAND"\n[recode.LAND]',
    ),
)
ODD_RULE = """[validation.V_OWN]
label = { en = "x", es = "x" }
ground = "us"
severity = "info"
expr = "STATUS = 'EMPL'"
"""


def calibrated(totals: str, variable: str = "SEX", method: str = 'method = "raking"') -> str:
    return (
        f'[calibration]\n{method}\n[[calibration.margin]]\nname = "Projection"\n'
        f'period = "2024"\nvariables = ["{variable}"]\ntotals = {{ {totals} }}\n'
        'source = "census"\ndate = 2024-07-01\n'
    )


SILENT = """[nonresponse]
column = "hours"
answered = ["30"]
silent = [""]
"""
ACCEPT = '[[accept]]\nrule = "V_HOURS_A_WEEK"\nat_most = 2\nbecause = "known"\n'


def replicates(
    said: str = 'kind = "bootstrap", prefix = "r", count = 4, mse = true',
) -> list[tuple[str, str]]:
    return [('replicates = { none = "none" }', f"replicates = {{ {said} }}")]


def with_replicates(count: int, value: object = None, rows: int = 0) -> Spoil:
    """Columns r1, r2, …; the first rows of the second hold another value."""

    def spoil(people: list[Row]) -> None:
        for at, row in enumerate(people):
            for r in range(1, count + 1):
                row[f"r{r}"] = float(str(row["w"])) * (0.5 + (at * 7 + r * 3) % 10 / 10)
            if at < rows:
                row["r2"] = value

    return spoil


STAGES = [
    ('fpc = { none = "unknown" }', 'fpc = "n1"'),
    (
        'psu_scope = "survey"',
        'psu_scope = "survey"\n'
        'certainty = { column = "sure", sure = ["1"], not_sure = ["0"] }\n'
        '[[design.stage]]\nunit = "d"\nfpc = "n2"',
    ),
]


def dwellings(column: str = "d", value: object = 0, rows: int = 0) -> Spoil:
    """Four dwellings of nine in each PSU, three PSUs of six; the first rows hold another value."""

    def spoil(people: list[Row]) -> None:
        for at, row in enumerate(people):
            row |= {"d": at // 5 % 4, "n1": 6, "n2": 9, "sure": 0}
            if at < rows:
                row[column] = value

    return spoil


CASES: dict[str, dict[str, Any]] = {
    "nothing is spoilt": {},
    "the design is missing": {"changes": [("[design]", "[designs]")]},
    "the weight is said to be none": {"changes": [('weight = "w"', 'weight = { none = "no" }')]},
    "the column of strata is not in the file": {"spoil": drop("h")},
    "every weight is 0": {"spoil": put("w", 0)},
    "some weights are 0": {"spoil": put("w", 0, 0, 3)},
    "some weights are negative": {"spoil": put("w", -1, 0, 3)},
    "a weight is text": {"spoil": put("w", "x", 0, 3)},
    "a weight is empty": {"spoil": put("w", "", 0, 3)},
    "a PSU lies in two strata": {"spoil": put("c", 11, 0, 20)},
    "replicate columns are named and nothing else": {
        "changes": [('replicates = { none = "none" }', 'replicates = ["r1", "r2"]')]
    },
    "replicate weights are not in the file": {"changes": replicates()},
    "there are fewer replicate weights than declared": {
        "changes": replicates(),
        "spoil": with_replicates(3),
    },
    "there are more replicate weights than declared": {
        "changes": replicates(),
        "spoil": with_replicates(6),
    },
    "replicate weights are given": {"changes": replicates(), "spoil": with_replicates(4)},
    "some replicate weights are missing": {
        "changes": replicates(),
        "spoil": with_replicates(4, "", 3),
    },
    "some replicate weights are text": {
        "changes": replicates(),
        "spoil": with_replicates(4, "x", 3),
    },
    "some replicate weights are negative": {
        "changes": replicates(),
        "spoil": with_replicates(4, -1, 3),
    },
    "a replicate has no weight above 0": {
        "changes": replicates(),
        "spoil": with_replicates(4, 0, 1000),
    },
    "replicates are of Fay without a rho": {
        "changes": replicates('kind = "fay", prefix = "r", count = 4, mse = true'),
        "spoil": with_replicates(4),
    },
    "replicates have rscales of another number": {
        "changes": replicates(
            'kind = "jkn", prefix = "r", count = 4, rscales = [1, 1], mse = true'
        ),
    },
    "replicates are made by the jackknife": {"changes": replicates('made = "jkn"')},
    "replicates are made by the bootstrap": {
        "changes": replicates('made = "bootstrap", count = 50, seed = 7')
    },
    "a bootstrap has no seed": {"changes": replicates('made = "bootstrap", count = 50')},
    "margins add up to different populations": {
        "more": margin("total = 2400") + margin('variable = "SEX"\ntotals = { M = 1200, F = 1300 }')
    },
    "a margin has people where the file has nobody": {
        "more": margin('variable = "LAND"\ntotals = { AAA = 800, BBB = 1600, CCC = 12 }')
    },
    "weights miss the official population": {"more": margin("total = 2410")},
    "weights miss it and the pack says why": {
        "more": margin('total = 2410\nbecause = "people in institutions"')
    },
    "a margin has a code that exists in no list": {
        "more": margin('variable = "LAND"\ntotals = { AAA = 800, XYZ = 1600 }')
    },
    "a domain has no one": {"spoil": put("status", "")},
    "a stratum has one PSU": {"spoil": put("c", 0, 0, 60)},
    "a stratum has one PSU and the pack says what to do": {
        "spoil": put("c", 0, 0, 60),
        "changes": [('psu_scope = "survey"', 'psu_scope = "survey"\nsingle_psu = "collapse"')],
    },
    "dwellings within PSUs are a second stage": {"changes": STAGES, "spoil": dwellings()},
    "a PSU was sure to be drawn": {"changes": STAGES, "spoil": dwellings("sure", 1, 20)},
    "a PSU was sure in some rows": {"changes": STAGES, "spoil": dwellings("sure", 1, 3)},
    "whether a PSU was sure has an unknown code": {
        "changes": STAGES,
        "spoil": dwellings("sure", 2, 20),
    },
    "a dwelling is not said": {"changes": STAGES, "spoil": dwellings("d", "", 3)},
    "a PSU has more dwellings in the sample than there are": {
        "changes": STAGES,
        "spoil": dwellings("n2", 3, 20),
    },
    "a PSU has two numbers of dwellings": {"changes": STAGES, "spoil": dwellings("n2", 8, 3)},
    "the number of dwellings is text": {"changes": STAGES, "spoil": dwellings("n2", "x", 20)},
    "a PSU has one dwelling": {"changes": STAGES, "spoil": dwellings("d", 0, 20)},
    "a dimension has 10 000 categories": {"changes": MANY},
    "two dimensions have 10 000 categories": {"changes": [*MANY, *TWICE]},
    "ages are 200": {"spoil": put("age", 200, 0, 3)},
    "ages are 200 and the pack has a bound": {
        "spoil": put("age", 200, 0, 3),
        "changes": [('from = "age"', 'from = "age"\nmaximum = 97')],
    },
    "hours are 300": {"spoil": put("hours", 300, 0, 1)},
    "hours are 300 and the pack accepts them": {"spoil": put("hours", 300, 0, 1), "more": ACCEPT},
    "a country code is mapped nowhere": {"spoil": put("land", "zz", 0, 4)},
    "a country code exists in no list": {"changes": [('"b" = "BBB"', '"b" = "ZZZ"')]},
    "a rule names a code of no list": {"more": ODD_RULE},
    "a headline is not reproduced": {"more": headline()},
    "a headline is not reproduced and explained": {
        "more": headline('because = "they count seekers only"')
    },
    "a headline is of a withheld number": {"more": headline(code="CCC")},
    "weights are calibrated": {"more": calibrated("M = 1300, F = 1250")},
    "a total is of a code nobody has": {
        "more": calibrated("AAA = 800, BBB = 1600, CCC = 12", "LAND")
    },
    "a total is missing for a code": {"more": calibrated("M = 1300")},
    "a total is negative": {"more": calibrated("M = 1300, F = -1")},
    "a margin of calibration is not known of somebody": {
        "spoil": put("status", "", 0, 3),
        "more": calibrated("EMP = 1300, UNE = 700, EIP = 500", "STATUS"),
    },
    "two margins of calibration contradict each other": {
        "more": calibrated("M = 1300, F = 1250")
        + calibrated("AAA = 800, BBB = 1600", "LAND").partition('raking"\n')[2]
    },
    "bounds exclude every solution": {
        "more": calibrated("M = 4000, F = 1250", method='method = "logit"\nbounds = [0.5, 3]')
    },
    "a bound stands alone": {
        "more": calibrated("M = 1300, F = 1250", method='method = "logit"\nbounds = [2]')
    },
    "raking has bounds": {
        "more": calibrated("M = 1300, F = 1250", method='method = "raking"\nbounds = [0.5, 3]')
    },
    "weights of a household differ": {
        "spoil": put("w", 20, 0, 1),
        "more": calibrated("M = 1300, F = 1250", method='method = "raking"\nhousehold = "c"'),
    },
    "the end of an interview has an unknown code": {"more": SILENT},
}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return region(tmp_path_factory.mktemp("region"))


def release(
    folder: Path, few: Path, changes: Any = (), spoil: Spoil | None = None, more: str = ""
) -> Any:
    pack = survey(folder / "pack", *changes, spoil=spoil, more=more)
    words = ["release", pack, "--region", few, "--store", folder / "store"]
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_table_and_the_cases_are_the_same() -> None:
    assert [row["case"] for row in ROWS] == list(CASES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_bad_input_gives_one_clear_message(row: dict[str, str], tmp_path: Path, few: Path) -> None:
    found = release(tmp_path, few, **CASES[row["case"]])
    assert row["told"] in found.output.replace("\n", " ")
    assert found.exception is None or isinstance(found.exception, SystemExit)
    assert (found.exit_code == 0) is (row["released"] == "yes")
    assert (tmp_path / "store" / "CURRENT").exists() is (row["released"] == "yes")


def test_where_a_domain_has_no_one_no_number_is_published(tmp_path: Path, few: Path) -> None:
    release(tmp_path, few, spoil=put("status", ""))
    found = Reader(tmp_path / "store").snapshot().observations("XAA_LFS_MAIN")
    names = [one.id for one in found.dataflow.indicators]
    rates = found.key[:, 2] == names.index("UNE_DEAP")
    assert not (found.value[rates] >= 0).any()
    assert {found.obs_status[row] for row in rates.nonzero()[0]} <= {"M"}
