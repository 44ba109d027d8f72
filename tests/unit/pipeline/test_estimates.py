"""Four invented quarters: each by itself, each beside the one before, and the year they make."""

from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.release import Release
from cauce.pipeline.release import release_pack

REGION = Path(__file__).parents[3] / "packs" / "region"
QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")
PACK = """
[survey]
id = "LFS"
area = "XAA"
name = { en = "Survey", es = "Encuesta" }
vintage = "2024"
freq = "Q"
annual = "whole"
population = { en = "Everyone", es = "Todos" }
licence = "none"
source = "us"
invented = true
concepts = {}

[design]
stratum = "h"
psu = "c"
weight = "w"
fpc = { none = "unknown" }
replicates = { none = "none" }
psu_scope = "survey"
wave_psus = "same"

[recode.SEX]
from = "sex"
"1" = "M"
"2" = "F"

[[table]]
id = "PEOPLE"
name = { en = "People", es = "Personas" }
indicators = ["POP"]
dimensions = ["SEX"]

[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "a rule" }
[[rules.min_respondents]]
from = 2020-01-01
value = 1
ground = "a rule"
"""


def people(quarter: int) -> str:
    """Twelve PSUs in two strata, two of them new every quarter; weights grow by 10 a quarter."""
    lines = ["h,c,w,sex"]
    for psu in range(quarter, quarter + 6):
        for stratum in (1, 2):
            draw = np.random.default_rng(100 * stratum + psu)
            lines += [
                f"{stratum},{stratum}{psu:02d},{100 + 10 * quarter},{sex}"
                for sex in draw.integers(1, 3, draw.integers(25, 40))
            ]
    return "\n".join(lines) + "\n"


def pack_in(folder: Path, quarters: tuple[str, ...] = QUARTERS) -> Path:
    """The pack and its files. The order of its waves is its own."""
    text = PACK
    for number, period in reversed(list(enumerate(quarters))):
        (folder / f"{period}.csv").write_text(people(number))
        text += f'\n[[wave]]\nperiod = "{period}"\nfile = "{period}.csv"\nformat = "csv"\n'
    (folder / "pack.toml").write_text(text)
    return folder


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release_pack(pack_in(tmp_path_factory.mktemp("quarters")), REGION)


def value(release, frequency: str, period: str) -> float:
    [flow] = release.flows
    codes = [[code.id for code in d.codes] for d in flow.dataflow.dimensions]
    key = [codes[0].index(frequency), 0, 0, 0, codes[-1].index(period)]
    return float(flow.value[(flow.key == key).all(axis=1)][0])


def test_a_year_is_the_mean_of_its_quarters_beside_them(release) -> None:
    quarters = [value(release, "Q", period) for period in QUARTERS]
    assert value(release, "A", "2024") == pytest.approx(np.mean(quarters))
    assert [file.period for file in release.provenance.inputs] == list(reversed(QUARTERS))


def test_pairs_are_compared_in_quarters_and_year_and_quarters_with_the_one_before(release) -> None:
    [found] = release.differences
    times = [code.id for code in found.dataflow.dimensions[-1].codes]
    changed = found.across == 4
    assert {times[t] for t in found.key[~changed, -1]} == {"2024", *QUARTERS}
    both = zip(found.key[changed, -1], found.second[changed], strict=True)
    pairs = {(times[later], times[earlier]) for later, earlier in both}
    assert pairs == set(zip(QUARTERS[1:], QUARTERS[:-1], strict=True))
    assert set(found.common[changed].tolist()) <= {10}
    assert (found.covariance[changed] != 0).any()


def test_a_year_is_compared_with_the_year_before(tmp_path: Path) -> None:
    """One PSU of six is new every quarter: nine a stratum in a year, five of them in the next."""
    quarters = tuple(f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4))
    [found] = release_pack(pack_in(tmp_path, quarters), REGION).differences
    times = [code.id for code in found.dataflow.dimensions[-1].codes]
    both = zip(found.key[:, -1].tolist(), found.second.tolist(), strict=True)
    wanted = times.index("2024"), times.index("2023")
    years = [at for at, pair in enumerate(both) if pair == wanted and found.across[at] == 4]
    assert len(years) == 3
    assert found.common[years].max() == 10
    assert np.isfinite(found.se[years]).all()


def test_an_incomplete_year_is_refused_before_a_file_is_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="2024 lacks Q4"):
        release_pack(pack_in(tmp_path, QUARTERS[:3]), REGION)
