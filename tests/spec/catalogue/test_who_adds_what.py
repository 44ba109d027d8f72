"""What twelve people add to every indicator a survey can give: see README.md beside."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cauce.harmonise import availability
from cauce.model.pack import Pack
from cauce.model.sample import Sample, Score
from cauce.pipeline.packs import read_dictionary, read_pack
from cauce.pipeline.waves import read_wave

HERE = Path(__file__).parent
REGION = HERE.parents[2] / "packs" / "region"
HEAD = """
catalogue = "all"
[survey]
id = "SPEC"
area = "CRI"
name = { en = "s", es = "s" }
vintage = "2020"
population = { en = "p", es = "p" }
licence = "l"
source = "s"
invented = true
[[wave]]
period = "2020"
file = "people.csv"
format = "csv"
[design]
stratum = { none = "x" }
psu = { none = "x" }
weight = "one"
fpc = { none = "x" }
replicates = { none = "x" }
psu_scope = "survey"
[codelist.CL_PROVINCE]
name = { en = "p", es = "p" }
codes = [{ id = "N", en = "n", es = "n" }]
[variable.PROVINCE]
name = { en = "p", es = "p" }
kind = "code"
codelist = "CL_PROVINCE"
stands_for = "REGION"
[derive.PROVINCE]
expr = "CASE WHEN one = 1 THEN 'N' ELSE NOT_STATED END"
[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "g" }
[[rules.min_respondents]]
from = 2020-01-01
value = 5
ground = "g"
"""
NOT_ASKED = '"" = { missing = "not_applicable" }\n"?" = { missing = "not_stated" }\n'
PEOPLE = list(csv.reader((HERE / "people.csv").read_text("utf-8").splitlines()))
ADDS = list(csv.reader((HERE / "adds.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Sample]:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "pack.toml").write_text(HEAD + answers(), encoding="utf-8")
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as out:
        rows = zip(*(line[1:] for line in PEOPLE[1:]), strict=True)
        names = [line[0] for line in PEOPLE[1:]]
        csv.writer(out).writerows([["one", *names], *([1, *row] for row in rows)])
    pack = read_pack(folder, REGION)
    return pack, read_wave(pack, pack.waves[0], folder / "people.csv", every=True)[0]


def test_everybody_adds_what_the_table_says(asked: tuple[Pack, Sample]) -> None:
    """All at once, so that a changed rule shows all it changes."""
    _, sample = asked
    made = {score.indicator: [added(score, at) for at in range(12)] for score in sample.scores}
    wrong = [
        f"{name}, {person}: {found}, not {said}"
        for name, *row in ADDS[1:]
        for person, said, found in zip(ADDS[0][1:], row, made[name], strict=True)
        if said != found
    ]
    assert not wrong, "\n".join(wrong)


def test_every_indicator_a_survey_can_give_has_its_row(asked: tuple[Pack, Sample]) -> None:
    pack, sample = asked
    assert ADDS[0][1:] == PEOPLE[0][1:]
    assert [row[0] for row in ADDS[1:]] == [score.indicator for score in sample.scores]
    given = {one.indicator for one in availability(pack) if one.why is None}
    survey = {i.id for i in pack.dictionary.indicators.values() if i.universe}
    # What employers say is asked of firms, and of nobody here (tests/spec/employers).
    employers = {one.indicator for one in availability(pack) if one.theme == "EMPLOYERS"}
    assert survey == given | employers


def answers() -> str:
    """A variable for every answer, under its own name."""
    dictionary = read_dictionary(REGION)[0]
    parts = []
    for name in (line[0] for line in PEOPLE[1:] if line[0] != "REGION"):
        variable = dictionary.variables[name]
        if variable.kind == "number":
            parts.append(f'[number.{name}]\nfrom = "{name}"\n{NOT_ASKED}')
            continue
        codelist = dictionary.codelists.get(variable.codelist)
        codes = {c.id: c.id for c in codelist.codes} if codelist else {"yes": "true", "no": "false"}
        lines = "".join(f'"{code}" = "{target}"\n' for code, target in codes.items())
        parts.append(f'[recode.{name}]\nfrom = "{name}"\n{lines}{NOT_ASKED}')
    return "\n".join(parts)


def added(score: Score, row: int) -> str:
    """What a person adds, as the table writes it."""
    if score.missing_rows is not None and score.missing_rows[row]:
        return "?"
    if not score.inside[row]:
        return ""
    said = f"{np.round(score.numerator[row], 3):g}"
    if score.denominator is not None:
        said += f"/{np.round(score.denominator[row], 3):g}"
    for domain, name in ((score.first, "1st"), (score.second, "2nd")):
        if domain is not None and domain[row]:
            said = f"{name} {said}"
    return said
