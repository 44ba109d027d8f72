"""Who counts in each indicator, and for how much: one table, read as it is.

The table is the survey's file and the expectation at once. The columns named like indicators say
what the person adds: nothing if outside the universe, "?" if inside without an answer, and for a
ratio numerator and denominator. They follow the resolutions named in `packs/region/indicators`.
"""

import csv
from pathlib import Path

import pytest

from cauce.model.sample import Sample, Score
from cauce.pipeline.packs import read_pack
from cauce.pipeline.waves import read_wave

TABLE = Path(__file__).parent / "who_counts.csv"
REGION = Path(__file__).parents[3] / "packs" / "region"
PACK = """
[survey]
id = "SPEC"
area = "XAA"
name = { en = "s", es = "s" }
vintage = "2020"
population = { en = "p", es = "p" }
licence = "l"
source = "s"
invented = true
[[wave]]
period = "2020"
file = "who_counts.csv"
format = "csv"
[design]
stratum = "stratum"
psu = "psu"
weight = "weight"
fpc = { none = "x" }
replicates = { none = "x" }
psu_scope = "survey"
[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "g" }
[[rules.min_respondents]]
from = 2020-01-01
value = 5
ground = "g"
"""
MISSING = '"" = { missing = "not_applicable" }\n"?" = { missing = "not_stated" }\n'
CODES = {
    "STATUS": ("status", {code: code for code in ("EMP", "UNE", "EIP")}),
    "STE": ("ste", {code: code for code in "12345"}),
    "IFL_NATURE": ("formal", {"FOR": "FOR", "INF": "INF"}),
    "TRU": ("under", {"0": "false", "1": "true"}),
    "POT": ("potential", {"0": "false", "1": "true"}),
    "SOCSEC": ("covered", {"0": "false", "1": "true"}),
    "ATTEND": ("school", {"0": "false", "1": "true"}),
    "HEAD": ("head", {"0": "false", "1": "true"}),
}
NUMBERS = {"AGE": "age", "HOURS_U": "usual", "HOURS_A": "actual", "EARN_MONTH": "pay"}
PEOPLE = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
INDICATORS = tuple(name for name in PEOPLE[0] if name.isupper())


@pytest.mark.parametrize("indicator", INDICATORS)
def test_who_counts(indicator: str, sample: Sample) -> None:
    score = next(one for one in sample.scores if one.indicator == indicator)
    for row, person in enumerate(PEOPLE):
        assert added(score, row) == person[indicator], person["person"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "pack.toml").write_text(PACK + variables() + table(), encoding="utf-8")
    pack = read_pack(folder, REGION)
    return read_wave(pack, pack.waves[0], TABLE)[0]


def variables() -> str:
    parts = []
    for name, (column, codes) in CODES.items():
        lines = [f'"{code}" = "{target}"' for code, target in codes.items()]
        parts += [f'[recode.{name}]\nfrom = "{column}"', *lines, MISSING]
    for name, column in NUMBERS.items():
        parts += [f'[number.{name}]\nfrom = "{column}"\nminimum = 0\nmaximum = 9999', MISSING]
    return "\n".join(parts)


def table() -> str:
    """One for each indicator: those of young people and of all adults are no one table."""
    words = 'name = { en = "t", es = "t" }\ndimensions = ["STATUS"]\n'
    return "".join(
        f'[[table]]\nid = "T_{name}"\nindicators = ["{name}"]\n{words}' for name in INDICATORS
    )


def added(score: Score, row: int) -> str:
    """What a person adds, as the table writes it."""
    if score.missing_rows is not None and score.missing_rows[row]:
        return "?"
    if not score.inside[row]:
        return ""
    if score.denominator is not None:
        return f"{score.numerator[row]:g}/{score.denominator[row]:g}"
    return f"{score.numerator[row]:g}"
