"""Two small countries: what each sends, what is released of it, and of both together."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.federated import same

from cauce.model.errors import BadInput
from cauce.model.observation import ObsStatus
from cauce.pipeline import moments
from cauce.pipeline.moments import (
    Received,
    audit_of,
    counted,
    moments_of_pack,
    receive,
    release_from,
    write_moments,
)
from cauce.pipeline.release import release_pack
from cauce.pipeline.together import read_together, release_together
from cauce.pipeline.verify import verify
from cauce.store import Reader, Store

REGION = Path(__file__).parents[3] / "packs" / "region"
PACK = """
[survey]
id = "LFS"
area = "XAA"
name = { en = "Survey", es = "Encuesta" }
vintage = "2024"
freq = "A"
population = { en = "Everyone", es = "Todos" }
licence = "none"
source = "us"
invented = true
concepts = { icls = "13" }

[design]
stratum = "h"
psu = "c"
weight = "w"
fpc = { none = "unknown" }
replicates = { none = "none" }
psu_scope = "survey"

[recode.SEX]
from = "sex"
"1" = "M"
"2" = "F"

[number.AGE]
from = "age"

[recode.STATUS]
from = "status"
"1" = "EMP"
"2" = "UNE"
"3" = "EIP"

[[table]]
id = "WORK"
name = { en = "Work", es = "Trabajo" }
indicators = ["UNE_DEAP", "EMP_DWAP", "EMP_TEMP"]
dimensions = ["SEX", "AGE_YTH"]

[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "a rule" }
[[rules.min_respondents]]
from = 2020-01-01
value = 4
ground = "a rule"

[[wave]]
period = "2024"
file = "people.csv"
format = "csv"
"""
TOGETHER = """
id = "XRR"
survey = "FED"
vintage = "2024"
name = { en = "Region", es = "Región" }
survey_name = { en = "Surveys", es = "Encuestas" }
population = { en = "Everyone", es = "Todos" }
licence = "none"
source = "us"
members = ["XAA", "XBB"]
reliability = "ilo"
min_respondents = 4
ground = "a rule"
"""


def country(folder: Path, area: str, seed: int) -> Path:
    folder.mkdir()
    random = np.random.default_rng(seed)
    lines = ["h,c,w,sex,age,status"]
    for psu in range(24):
        lines += [
            f"{psu // 4},{psu},{random.integers(50, 90)},{random.integers(1, 3)},"
            f"{random.integers(15, 70)},{random.choice([1, 1, 1, 2, 3])}"
            for _ in range(random.integers(5, 15))
        ]
    (folder / "people.csv").write_text("\n".join(lines) + "\n")
    (folder / "pack.toml").write_text(PACK.replace("XAA", area))
    return folder


NONE = 'replicates = { none = "none" }'
NO_FPC = 'fpc = { none = "unknown" }'
STAGES = """
[[design.stage]]
unit = "home"
fpc = "n2"
"""
CALIBRATION = """
[calibration]
method = "raking"

[[calibration.margin]]
name = "Sex"
period = "2024"
variables = ["SEX"]
totals = { M = 9000, F = 9500 }
source = "the office"
date = 2024-07-01
"""
WAYS = {
    "stages": ((NO_FPC, 'fpc = "n1"'), ("[recode.SEX]", STAGES + "[recode.SEX]")),
    "calibration": (("[[wave]]", CALIBRATION + "[[wave]]"),),
    "stages and calibration": (
        (NO_FPC, 'fpc = "n1"'),
        ("[recode.SEX]", STAGES + "[recode.SEX]"),
        ("[[wave]]", CALIBRATION + "[[wave]]"),
    ),
    "replicates": ((NONE, 'replicates = { kind = "brr", prefix = "r", count = 8, mse = true }'),),
    "replicates and calibration": (
        (NONE, 'replicates = { kind = "brr", prefix = "r", count = 8, mse = true }'),
        ("[[wave]]", CALIBRATION + "[[wave]]"),
    ),
    "made replicates": ((NONE, 'replicates = { made = "jkn" }'),),
}


def drawn_otherwise(folder: Path, changes: tuple[tuple[str, str], ...]) -> Path:
    """The first country with homes, counts of PSUs and homes, and eight replicates, too."""
    country(folder, "XAA", 1)
    head, *lines = (folder / "people.csv").read_text().splitlines()
    random = np.random.default_rng(8)
    wide = [f"{head},home,n1,n2,{','.join(f'r{at}' for at in range(1, 9))}"]
    for n, line in enumerate(lines):
        psu, weight = line.split(",")[1:3]
        half = random.integers(0, 2, 8) * 2 * int(weight)
        wide.append(f"{line},{psu}-{n // 2},9,30,{','.join(map(str, half))}")
    (folder / "people.csv").write_text("\n".join(wide) + "\n")
    text = (folder / "pack.toml").read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "pack.toml").write_text(text)
    return folder


@pytest.mark.parametrize("way", WAYS)
def test_however_it_was_drawn_a_release_from_moments_is_that_from_rows(
    way: str, tmp_path: Path
) -> None:
    pack = drawn_otherwise(tmp_path / "pack", WAYS[way])
    write_moments(moments_of_pack(pack, REGION), tmp_path / "xaa.moments", tmp_path / "store")
    release, rows = release_from(receive(tmp_path / "xaa.moments")), release_pack(pack, REGION)
    [one], [other] = release.flows, rows.flows
    same(one, other)
    assert one.dataflow == other.dataflow
    assert release.quality == rows.quality
    plain = release_pack(country(tmp_path / "plain", "XAA", 1), REGION).flows[0]
    assert not np.array_equal(one.se, plain.se, equal_nan=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two packs, their moments and the region's file."""
    root = tmp_path_factory.mktemp("federation")
    for seed, area in enumerate(("XAA", "XBB"), 1):
        pack = country(root / area.lower(), area, seed)
        made = moments_of_pack(pack, REGION)
        write_moments(made, root / f"{area.lower()}.moments", root / "store")
    (root / "region.toml").write_text(TOGETHER)
    return root


@pytest.fixture(scope="module")
def both(place: Path) -> list[Received]:
    return [receive(place / name) for name in ("xaa.moments", "xbb.moments")]


def test_a_release_from_moments_is_that_from_rows(place: Path, both: list[Received]) -> None:
    release, rows = release_from(both[0]), release_pack(place / "xaa", REGION)
    [one], [other] = release.flows, rows.flows
    same(one, other)
    assert one.dataflow == other.dataflow
    for name in ("survey", "vintage", "lineages", "headlines", "notes", "quality", "audited"):
        assert getattr(release, name) == getattr(rows, name), name


def test_it_says_which_files_it_comes_from(both: list[Received]) -> None:
    found = release_from(both[0]).provenance
    assert found is not None
    assert found.pack == "moments/XAA/LFS"
    assert [one.name for one in found.inputs] == ["xaa.moments", "people.csv"]
    assert found.inputs[0].sha256 == both[0].sha256


def test_the_same_pack_gives_the_same_file(place: Path, tmp_path: Path) -> None:
    made = moments_of_pack(place / "xaa", REGION)
    write_moments(made, tmp_path / "again.moments", tmp_path / "store")
    assert (tmp_path / "again.moments").read_bytes() == (place / "xaa.moments").read_bytes()


def test_the_audit_stays_where_the_file_was_made(
    place: Path, both: list[Received], tmp_path: Path
) -> None:
    audit = audit_of(both[0], place / "store")
    assert audit is not None
    assert audit.cells == len(both[0].sent.flows[0].linear)
    assert audit_of(both[0], tmp_path / "other") is None
    assert b"bounds" not in (place / "xaa.moments").read_bytes()


def test_every_cell_of_a_file_is_counted_once(both: list[Received]) -> None:
    [one] = counted(both[0].sent)
    parts = (one.moments, one.numbers, one.imprecise, one.unanswered, one.withheld)
    assert sum(parts) == one.cells
    assert one.moments > 0


def test_a_region_adds_what_its_countries_sent(place: Path, both: list[Received]) -> None:
    region = read_together(place / "region.toml")
    release = release_together(region, list(reversed(both)))
    [flow] = release.flows
    areas = [code.id for code in flow.dataflow.dimensions[1].codes]
    assert areas == ["XRR", "XAA", "XBB"]
    indicator = [code.id for code in flow.dataflow.dimensions[2].codes].index("EMP_TEMP")
    value = {
        areas[key[1]]: value
        for key, value in zip(flow.key.tolist(), flow.value, strict=True)
        if key[2] == indicator and key[3:5] == [0, 0]
    }
    assert value["XRR"] == pytest.approx(value["XAA"] + value["XBB"], rel=1e-12)
    none = [one is ObsStatus.NOT_POSSIBLE for one in flow.obs_status]
    assert bool(release.notes) == any(none)


def test_a_region_without_one_of_its_countries_is_refused(
    place: Path, both: list[Received]
) -> None:
    region = read_together(place / "region.toml")
    with pytest.raises(BadInput, match="lacks the moments of XBB"):
        release_together(region, both[:1])
    with pytest.raises(BadInput, match="are both of XAA"):
        release_together(region, [both[0], both[0]])
    with pytest.raises(BadInput, match="is of XBB, which is no member of XRR: XAA, XCC"):
        release_together(replace(region, members=("XAA", "XCC")), both)


def test_a_region_that_asks_for_more_refuses_who_was_cleared_by_less(
    place: Path, both: list[Received]
) -> None:
    region = replace(read_together(place / "region.toml"), fewest=9)
    with pytest.raises(BadInput, match="cleared by a minimum of 4 respondents, and here 9"):
        release_together(region, both)


def test_a_region_can_be_computed_again(place: Path, both: list[Received], tmp_path: Path) -> None:
    region = read_together(place / "region.toml")
    Store(tmp_path / "store").publish(release_together(region, both), "2026-01-01T00:00:00+00:00")
    reader = Reader(tmp_path / "store")
    files = [place / "xaa.moments", place / "xbb.moments"]
    found = verify(reader, "2024", [], REGION, files, together=place / "region.toml")
    assert found.holds
    assert found.flows[0].identical == found.flows[0].compared > 100
    with pytest.raises(BadInput, match="Name each file of them with --file"):
        verify(reader, "2024", [], REGION, files[:1], together=place / "region.toml")
    with pytest.raises(BadInput, match=r"--together REGION\.toml"):
        verify(reader, "2024", [], REGION, files)
    other = tmp_path / "region.toml"
    other.write_text(TOGETHER.replace('"Region"', '"Another"'))
    with pytest.raises(BadInput, match=r"--together REGION\.toml"):
        verify(reader, "2024", [], REGION, files, together=other)


def test_one_country_can_be_computed_again(
    place: Path, both: list[Received], tmp_path: Path
) -> None:
    Store(tmp_path / "store").publish(release_from(both[0]), "2026-01-01T00:00:00+00:00")
    reader = Reader(tmp_path / "store")
    assert verify(reader, "2024", [], REGION, [place / "xaa.moments"]).holds


def test_a_file_that_is_not_there_or_is_another_is_refused(place: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        receive(place / "none.moments")
    with pytest.raises(BadInput, match=r"their names end with \.moments"):
        receive(place / "region.toml")
    with pytest.raises(BadInput, match="cannot be read"):
        read_together(place / "none.toml")


def test_where_a_file_cannot_be_written_nothing_is(place: Path, tmp_path: Path) -> None:
    made = moments_of_pack(place / "xaa", REGION)
    (tmp_path / "x.moments").mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        write_moments(made, tmp_path / "x.moments", tmp_path / "store")


def test_bytes_that_break_their_reader_break_no_other_process(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parquet whose pages lie about themselves ends Arrow by abort, and not by an exception."""
    monkeypatch.setattr(moments, "WORKER", "cauce.no_such_worker")
    with pytest.raises(BadInput, match=r"xaa\.moments could not be read: the reader stopped"):
        receive(place / "xaa.moments")


def test_a_file_that_is_too_large_is_not_even_opened(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moments, "MOST_BYTES", 10)
    with pytest.raises(BadInput, match="larger than the 10 bytes"):
        receive(place / "xaa.moments")
