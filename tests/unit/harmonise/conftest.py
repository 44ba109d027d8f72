"""A small dictionary and a small pack, to be bent by tests."""

import pytest

from cauce.harmonise import parse_dictionary, parse_pack
from cauce.model.errors import BadInput
from cauce.model.pack import Dictionary, Pack

REGION = {
    "variables.toml": """
[variable.SEX]
name = { en = "Sex", es = "Sexo" }
kind = "code"
codelist = "CL_SEX"

[variable.AGE]
name = { en = "Age", es = "Edad" }
kind = "number"
unit = "years"

[variable.YOUNG]
name = { en = "Young", es = "Joven" }
kind = "flag"
derive = "AGE < 25"

[variable.STATUS]
name = { en = "Status", es = "Condición" }
kind = "code"
codelist = "CL_STATUS"

[variable.PAY]
name = { en = "Pay", es = "Pago" }
kind = "number"
unit = "pesos"
""",
    "codelists/CL_SEX.csv": "# CL_SEX|Sex|Sexo|SDMX\ncode,en,es\nM,Men,Hombres\nF,Women,Mujeres\n",
    "codelists/CL_STATUS.csv": (
        "# CL_STATUS|Status|Condición|ICLS\ncode,en,es\n"
        "EMP,Employed,Ocupados\nUNE,Unemployed,Desocupados\nEIP,Outside,Fuera\n"
    ),
    "indicators/labour.toml": """
[indicator.POP]
name = { en = "Population", es = "Población" }
definition = { en = "Everyone.", es = "Todos." }
estimator = "total"
universe = "TRUE"
numerator = "1"
unit = "PERSONS"

[indicator.UNE]
name = { en = "Unemployment rate", es = "Tasa de desocupación" }
definition = { en = "Share.", es = "Parte." }
estimator = "rate"
universe = "STATUS IN ('EMP', 'UNE')"
numerator = "STATUS = 'UNE'"
unit = "PT"
scale = 100
decimals = 1
standard = "13th ICLS"

[indicator.PAY_MEAN]
name = { en = "Mean pay", es = "Pago medio" }
definition = { en = "Mean.", es = "Media." }
estimator = "mean"
universe = "STATUS = 'EMP'"
numerator = "PAY"
unit = "LCU"

[indicator.PAY_PER_YEAR]
name = { en = "Pay per year of age", es = "Pago por año de edad" }
definition = { en = "Ratio.", es = "Razón." }
estimator = "ratio"
universe = "STATUS = 'EMP' AND YOUNG"
numerator = "PAY"
denominator = "AGE"
unit = "LCU"
""",
    "bulletin/items.toml": "not = 'read here'",
}

PACK = """
[survey]
id = "LFS"
area = "XAA"
name = { en = "Survey", es = "Encuesta" }
vintage = "2020"
population = { en = "Everyone", es = "Todos" }
licence = "none"
source = "us"
invented = true
concepts = { icls = "13" }

[[wave]]
period = "2020"
file = "people.csv"
format = "csv"

[design]
stratum = "h"
psu = "c"
weight = "w"
fpc = { none = "unknown" }
replicates = { none = "none" }
psu_scope = "survey"

[recode.SEX]
from = "p1"
"1" = "M"
"2" = "F"
"9" = { missing = "not_stated" }

[number.AGE]
from = "p2"
"99" = { missing = "not_stated" }
minimum = 0
maximum = 98

[derive.STATUS]
expr = \"\"\"CASE WHEN AGE < 15 THEN NOT_APPLICABLE WHEN p3 = 1 THEN 'EMP'
  WHEN p3 = 2 THEN 'UNE' ELSE 'EIP' END\"\"\"

[number.PAY]
from = "p4"
"" = { missing = "not_applicable" }
"-1" = { missing = "refused" }

[[table]]
id = "MAIN"
name = { en = "Main", es = "Principal" }
indicators = ["POP", "UNE", "PAY_MEAN", "PAY_PER_YEAR"]
dimensions = ["SEX"]

[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "a rule" }
[[rules.min_respondents]]
from = 2020-01-01
value = 5
ground = "a rule"

[[headline]]
name = "Unemployment"
indicator = "UNE"
codes = { SEX = "F" }
period = "2020"
value = 5.0
tolerance = 0.05
source = "the office"
"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with some pieces replaced; each must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def dictionary() -> Dictionary:
    return parse_dictionary(REGION)


@pytest.fixture
def pack(dictionary):
    """The pack with some pieces of its text replaced."""

    def make(*changes: tuple[str, str], **files: str) -> Pack:
        return parse_pack({"pack.toml": changed(PACK, *changes)} | files, dictionary)

    return make


@pytest.fixture
def refusal(pack):
    """What is said of the pack with some pieces replaced."""

    def say(*changes: tuple[str, str], files: dict[str, str] | None = None) -> str:
        with pytest.raises(BadInput) as caught:
            pack(*changes, **(files or {}))
        return str(caught.value)

    return say


@pytest.fixture
def region_refusal():
    """What is said of the region with a file replaced."""

    def say(name: str, text: str) -> str:
        with pytest.raises(BadInput) as caught:
            parse_dictionary(REGION | {name: text})
        return str(caught.value)

    return say


@pytest.fixture
def region():
    return REGION
