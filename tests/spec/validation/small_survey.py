"""A small survey that is right, to be spoilt in one way at a time."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

Row = dict[str, object]

CODES = """codes = [
  { id = "AAA", en = "Here", es = "Aquí" },
  { id = "BBB", en = "There", es = "Allá" },
  { id = "CCC", en = "Nowhere", es = "En ninguna parte" },
]"""
PACK = """
[survey]
id = "LFS"
area = "XAA"
name = { en = "A small survey", es = "Una encuesta pequeña" }
vintage = "2024"
population = { en = "Everyone", es = "Todos" }
licence = "none"
source = "the tests"
invented = true
concepts = { icls = "13" }

[[wave]]
period = "2024"
file = "people.csv"
format = "csv"

[design]
stratum = "h"
psu = "c"
weight = "w"
fpc = { none = "unknown" }
replicates = { none = "none" }
psu_scope = "survey"

[codelist.CL_LAND]
name = { en = "Country", es = "País" }
CODES

[variable.LAND]
name = { en = "Country", es = "País" }
kind = "code"
codelist = "CL_LAND"

[recode.SEX]
from = "sex"
"1" = "M"
"2" = "F"

[recode.LAND]
from = "land"
"a" = "AAA"
"b" = "BBB"
"c" = "CCC"

[number.AGE]
from = "age"

[recode.STATUS]
from = "status"
"1" = "EMP"
"2" = "UNE"
"3" = "EIP"
"" = { missing = "not_applicable" }

[number.HOURS_A]
from = "hours"
"" = { missing = "not_applicable" }

[[table]]
id = "MAIN"
name = { en = "Main", es = "Principal" }
indicators = ["POP", "UNE_DEAP", "HOW_TEMP"]
dimensions = ["LAND"]

[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "a rule" }
[[rules.min_respondents]]
from = 2020-01-01
value = 5
ground = "a rule"
"""


INDICATORS = """
[indicator.POP]
name = { en = "People", es = "Personas" }
definition = { en = "Everyone.", es = "Todos." }
estimator = "total"
universe = "TRUE"
numerator = "1"
unit = "PERSONS"

[indicator.UNE_DEAP]
name = { en = "Unemployment", es = "Desocupación" }
definition = { en = "Share.", es = "Parte." }
estimator = "rate"
universe = "STATUS IN ('EMP', 'UNE')"
numerator = "STATUS = 'UNE'"
unit = "PT"
scale = 100

[indicator.HOW_TEMP]
name = { en = "Hours", es = "Horas" }
definition = { en = "Mean.", es = "Media." }
estimator = "mean"
universe = "STATUS = 'EMP'"
numerator = "HOURS_A"
unit = "HOURS"
"""


def region(folder: Path) -> Path:
    """The region's own variables, code lists and rules, with three indicators only."""
    ours = Path("packs/region")
    for part in ("codelists", "validation", "variables"):
        shutil.copytree(ours / part, folder / part)
    shutil.copy(ours / "variables.toml", folder)
    (folder / "indicators").mkdir()
    (folder / "indicators" / "few.toml").write_text(INDICATORS, encoding="utf-8")
    return folder


def people() -> list[Row]:
    """240 respondents in 4 strata of 3 PSUs, 20 in each; everyone weighs 10."""
    return [
        {
            "h": n // 60,
            "c": n // 20,
            "w": 10,
            "sex": 1 + n % 2,
            "land": "ab"[n % 3 == 0],
            "age": 20 + n % 50,
            "status": (1, 1, 2, 3)[n % 4],
            "hours": 30 + n % 20 if n % 4 < 2 else "",
        }
        for n in range(240)
    ]


def survey(
    folder: Path,
    *changes: tuple[str, str],
    spoil: Callable[[list[Row]], object] | None = None,
    more: str = "",
) -> Path:
    """The pack with pieces of its text replaced and its file spoilt; the folder it is in."""
    text = PACK.replace("CODES", CODES) + more
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    rows = people()
    if spoil is not None:
        spoil(rows)
    with (folder / "people.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder
