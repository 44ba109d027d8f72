"""The pack of the invented census: four tables of totals, rates, a mean and a ratio."""

WORDS = '{ en = "x", es = "x" }'


def codelist(name: str, *codes: str) -> str:
    lines = "".join(f"{code},{code},{code}\n" for code in codes)
    return f"# {name}|{name}|{name}|bench\ncode,en,es\n{lines}"


def variable(name: str, codes: str = "") -> str:
    kind = f'kind = "code"\ncodelist = "{codes}"' if codes else 'kind = "number"'
    return f"[variable.{name}]\nname = {{ en = '{name}', es = '{name}' }}\n{kind}\n"


def indicator(name: str, estimator: str, universe: str, above: str, below: str = "") -> str:
    denominator = f'denominator = "{below}"\n' if below else ""
    return (
        f"[indicator.{name}]\nname = {{ en = '{name}', es = '{name}' }}\n"
        f'definition = {WORDS}\nestimator = "{estimator}"\nuniverse = "{universe}"\n'
        f'numerator = "{above}"\n{denominator}unit = "PS"\n'
    )


REGIONS = [str(number) for number in range(1, 25)]
LEVELS = [str(number) for number in range(9)]
REGION = {
    "variables.toml": "\n".join(
        (
            variable("SEX", "CL_SEX"),
            variable("AGE"),
            variable("STATUS", "CL_STATUS"),
            variable("HOURS"),
            variable("PAY"),
            variable("REGION", "CL_REGION"),
            variable("BIRTH", "CL_BIRTH"),
            variable("EDU", "CL_EDU"),
        )
    ),
    "codelists/CL_SEX.csv": codelist("CL_SEX", "M", "F"),
    "codelists/CL_STATUS.csv": codelist("CL_STATUS", "EMP", "UNE", "EIP"),
    "codelists/CL_REGION.csv": codelist("CL_REGION", *REGIONS),
    "codelists/CL_BIRTH.csv": codelist("CL_BIRTH", "NAT", "N", "S", "O"),
    "codelists/CL_EDU.csv": codelist("CL_EDU", *LEVELS),
    "indicators/i.toml": "\n".join(
        (
            indicator("PEOPLE", "total", "TRUE", "1"),
            indicator("WORK", "total", "AGE >= 15", "STATUS = 'EMP'"),
            indicator("UNE", "rate", "STATUS IN ('EMP', 'UNE')", "STATUS = 'UNE'"),
            indicator("HOURS_MEAN", "mean", "STATUS = 'EMP'", "HOURS"),
            indicator("PAY_HOUR", "ratio", "STATUS = 'EMP'", "PAY", "HOURS"),
        )
    ),
    "pairs.toml": (f'[pair.SEX]\nname = {WORDS}\ndimension = "SEX"\nfirst = "M"\nsecond = "F"\n'),
}


def recode(name: str, column: str, codes: dict[str, str], missing: str = "") -> str:
    lines = "".join(f'"{code}" = "{to}"\n' for code, to in codes.items())
    return f'[recode.{name}]\nfrom = "{column}"\n{lines}{missing}'


def table(name: str, indicators: str, dimensions: str) -> str:
    return (
        f'[[table]]\nid = "{name}"\nname = {WORDS}\nindicators = [{indicators}]\n'
        f"dimensions = [{dimensions}]\n"
    )


NONE = '{ none = "an invented census" }'
EVERY = '"PEOPLE", "WORK", "UNE", "HOURS_MEAN", "PAY_HOUR"'
PACK = f"""
[survey]
id = "CENSUS"
area = "XAA"
name = {WORDS}
vintage = "2030"
population = {WORDS}
licence = "none"
source = "bench"
invented = true
concepts = {{}}

[[wave]]
period = "2030"
file = "@FILE@"
format = "parquet"

[design]
stratum = "stratum"
psu = "psu"
weight = "weight"
fpc = {NONE}
replicates = {NONE}
psu_scope = "survey"
single_psu = "refuse"

{recode("SEX", "sex", {"1": "M", "2": "F"})}
{recode("REGION", "region", {number: number for number in REGIONS})}
{recode("EDU", "education", {number: number for number in LEVELS})}
{
    recode(
        "BIRTH",
        "birth",
        {"1": "NAT", "2": "N", "3": "S", "4": "O"},
        '"9" = { missing = "not_stated" }',
    )
}
[number.AGE]
from = "age"
minimum = 0
maximum = 98

{
    recode(
        "STATUS",
        "status",
        {"1": "EMP", "2": "UNE", "3": "EIP"},
        '"0" = { missing = "not_applicable" }',
    )
}
[number.HOURS]
from = "hours"
"" = {{ missing = "not_applicable" }}
minimum = 1

[number.PAY]
from = "pay"
"" = {{ missing = "not_applicable" }}
minimum = 0

{table("PLACE", EVERY, '"REGION", "SEX"')}
{table("ORIGIN", EVERY, '"BIRTH", "SEX", "EDU"')}
{table("WHERE_FROM", '"PEOPLE", "WORK", "UNE"', '"REGION", "BIRTH"')}

[rules]
reliability = "ilo"
dominance = {{ n = 2, k = 85, ground = "a rule" }}
[[rules.min_respondents]]
from = 2020-01-01
value = 5
ground = "a rule"
"""
