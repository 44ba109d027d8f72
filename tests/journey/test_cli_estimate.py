"""`cauce estimate` on files a user brings."""

import csv
from pathlib import Path

import pytest

ROWS = [
    # stratum, psu, weight, sex, y, x
    ("A", 1, 10, "M", 1, 1),
    ("A", 1, 10, "F", 0, 1),
    ("A", 2, 20, "M", 1, 1),
    ("A", 2, 20, "F", 1, 0),
    ("B", 3, 30, "M", 0, 1),
    ("B", 3, 30, "F", "", 1),
    ("B", 4, 40, "M", 1, 1),
    ("B", 4, 40, "F", 0, 1),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    lines = ["stratum,psu,weight,sex,y,x", *(",".join(map(str, row)) for row in ROWS)]
    path.write_text("\n".join(lines) + "\n")
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def estimate(run_here, file: Path, out: Path, *more: str):
    design = ("--stratum", "stratum", "--psu", "psu", "--weight", "weight")
    return run_here("estimate", file, *design, *more, "--out", out)


def test_a_total_by_hand(run_here, file: Path, tmp_path: Path) -> None:
    """PSU totals 10, 40 in A and 0, 40 in B: total 90, variance 2 x (450 + 800) = 2500."""
    out = tmp_path / "cells.csv"
    done = estimate(run_here, file, out, "--total", "y")
    assert done.returncode == 0, done.stderr
    (row,) = read(out)
    assert float(row["value"]) == 90
    assert float(row["se"]) == 50
    assert row["n"] == "7"
    assert row["df"] == "2"
    assert "1 of the domain have no value" in done.stdout


def test_columns_are_the_dimensions_and_the_parts_of_an_estimate(
    run_here, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "cells.csv"
    assert estimate(run_here, file, out, "--mean", "y", "--by", "sex").returncode == 0
    rows = read(out)
    assert [row["sex"] for row in rows] == ["F", "M"]
    expected = ["sex", "value", "se", "cv", "df", "ci_low", "ci_high", "deff", "n"]
    assert list(rows[0]) == expected


def test_a_domain_does_not_leave_the_design(run_here, file: Path, tmp_path: Path) -> None:
    """Men of A only: PSU totals 10, 20 in A and 0, 0 in B."""
    out = tmp_path / "cells.csv"
    assert (
        estimate(
            run_here, file, out, "--total", "y", "--where", "stratum = 'A' AND sex = 'M'"
        ).returncode
        == 0
    )
    (row,) = read(out)
    assert float(row["value"]) == 30
    assert float(row["se"]) == 10
    assert row["df"] == "1"


def test_psu_labels_that_repeat_need_to_be_said(run_here, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    lines = [",".join(map(str, (s, (p - 1) % 2, *rest))) for s, p, *rest in ROWS]
    path.write_text("stratum,psu,weight,sex,y,x\n" + "\n".join(lines) + "\n")
    refused = estimate(run_here, path, tmp_path / "a.csv", "--total", "y")
    assert refused.returncode == 1
    assert "strat" in refused.stderr
    nested = estimate(run_here, path, tmp_path / "b.csv", "--total", "y", "--nest")
    assert nested.returncode == 0, nested.stderr
    assert float(read(tmp_path / "b.csv")[0]["se"]) == 50


def test_a_lonely_psu_is_refused_with_the_ways_out(run_here, file: Path, tmp_path: Path) -> None:
    text = "\n".join(file.read_text().splitlines()[:-2]) + "\n"
    file.write_text(text)
    refused = estimate(run_here, file, tmp_path / "a.csv", "--total", "y")
    assert refused.returncode == 1
    assert "B" in refused.stderr
    assert "adjust" in refused.stderr
    done = estimate(run_here, file, tmp_path / "a.csv", "--total", "y", "--single-psu", "certainty")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--total", "y", "--mean", "y"), "exactly one"),
        (("--ratio", "y"), "exactly one"),
        (("--total", "z"), "z"),
        (("--total", "y; DROP TABLE x"), "total"),
        (("--total", "read_csv('x')"), "read_csv"),
        (("--total", "y", "--by", "nothing"), "nothing"),
        (("--total", "sex"), "number"),
        (("--total", "y", "--where", "sex"), "--where gives text"),
        (("--total", "y", "--where", "sex = 1"), "they cannot stand together"),
        (("--total", "y", "--where", "weight"), "other than 0 and 1"),
        (("--total", "1e308 * 10 * weight"), "infinite in 8 rows"),
        (("--total", "y", "--psu", "ps"), "Did you mean psu?"),
    ],
)
def test_wrong_words_get_a_clear_error(
    run_here, file: Path, tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    out = tmp_path / "cells.csv"
    refused = estimate(run_here, file, out, *arguments)
    assert refused.returncode != 0
    assert word in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not out.exists()


def test_true_or_false_without_a_value_is_none(run_here, file: Path, tmp_path: Path) -> None:
    """One woman has no y: whether hers is above 0 is not known, and she is not counted as no."""
    out = tmp_path / "cells.csv"
    done = estimate(run_here, file, out, "--mean", "y > 0")
    assert "1 of the domain have no value" in done.stdout
    assert read(out)[0]["n"] == "7"


def test_an_empty_domain_is_said(run_here, file: Path, tmp_path: Path) -> None:
    done = estimate(
        run_here, file, tmp_path / "cells.csv", "--total", "y", "--where", "weight > 99"
    )
    assert "Nobody is in the domain" in done.stdout


def test_a_place_that_cannot_be_written_is_said(run_here, file: Path, tmp_path: Path) -> None:
    nowhere = estimate(run_here, file, tmp_path / "no" / "cells.csv", "--total", "y")
    assert f"there is no folder {tmp_path / 'no'}" in nowhere.stderr
    taken = estimate(run_here, file, tmp_path, "--total", "y")
    assert "cannot be written" in taken.stderr
    assert "Traceback" not in nowhere.stderr + taken.stderr


def test_a_file_that_is_not_what_it_says_is_refused(run_here, tmp_path: Path) -> None:
    path = tmp_path / "people.dta"
    path.write_bytes(b"%PDF-1.4 not a survey")
    refused = estimate(run_here, path, tmp_path / "a.csv", "--total", "y")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


def test_a_cell_without_an_estimate_and_weights_of_zero_are_said(
    run_here, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "cells.csv"
    file.write_text(file.read_text().replace("B,4,40,M", "B,4,0,M"))
    done = estimate(run_here, file, out, "--ratio", "y", "--over", "x * 0", "--by", "sex")
    assert "2 of 2 rows have no estimate" in done.stdout
    assert "1 weights of the file are 0" in done.stdout
    assert [row["value"] for row in read(out)] == ["", ""]


def test_a_weight_that_is_text_is_counted_and_its_column_named(
    run_here, file: Path, tmp_path: Path
) -> None:
    file.write_text(file.read_text().replace("B,4,40,M", "B,4,heavy,M"))
    refused = estimate(run_here, file, tmp_path / "cells.csv", "--total", "y")
    assert "the weight (column weight) is not a number in 1 of 8 rows" in refused.stderr


def test_ten_thousand_codes_crossed_cost_what_their_people_cost(
    run_here, file: Path, tmp_path: Path
) -> None:
    """Two columns of 5,000 codes: 25 million combinations, and 5,000 people in as many of them."""
    lines = [f"{i % 4},{i % 4}{i % 8},1,a{i},{i % 7},b{i}" for i in range(5000)]
    file.write_text("\n".join(("stratum,psu,weight,sex,y,x", *lines)) + "\n")
    out = tmp_path / "cells.csv"
    done = estimate(run_here, file, out, "--mean", "y", "--by", "sex,x")
    assert done.returncode == 0, done.stderr
    assert len(read(out)) == 5000


MARGINS = "variable,code,total\nsex,M,150\nsex,F,50\n"


def calibrated(run_here, file: Path, tmp_path: Path, margins: str, *more: str):
    totals = tmp_path / "margins.csv"
    totals.write_text(margins)
    asked = ("--total", "x", "--by", "sex", "--calibrate", totals, *more)
    return estimate(run_here, file, tmp_path / "cells.csv", *asked)


def test_weights_are_raised_to_official_totals(run_here, file: Path, tmp_path: Path) -> None:
    """All men have x = 1, so that their number is known; women lack one of ten in x."""
    done = calibrated(run_here, file, tmp_path, MARGINS)
    assert done.returncode == 0, done.stderr
    assert "calibrated to 2 totals in 5 steps" in done.stdout.replace("\n", " ")
    assert "0.5 to 1.5" in done.stdout.replace("\n", " ")
    women, men = read(tmp_path / "cells.csv")
    assert float(men["value"]) == pytest.approx(150)
    assert float(men["se"]) == 0
    assert float(women["value"]) == pytest.approx(40)


@pytest.mark.parametrize(
    ("margins", "more", "said"),
    [
        ("variable,total\n", (), "must have the columns variable, code, total"),
        ("variable,code,total\nsex,M,x\n", (), "line 2: the total 'x' is not a number"),
        ("variable,code,total\nsex,M,nan\n", (), "line 2: the total 'nan' is not a number"),
        ("variable,code,total\nsex,M,1\nsex,M,2\n", (), "line 3: sex M stands twice"),
        ("variable,code,total\nsex:x,M,1\n", (), "line 2: M must be 2 codes with : between"),
        ("variable,code,total\nage,M,1\n", (), "The file has no column age"),
        ("variable,code,total\nsex,,1\n", (), "column sex holds no numbers"),
        ("variable,code,total\nsex,M,1\nsex,F,2\nsex,X,3\n", (), "nobody in the file has X"),
        (MARGINS, ("--bounds", "2"), "must be two factors"),
        (MARGINS, ("--calibration", "logit"), "Logit needs two bounds"),
        (MARGINS, ("--household", "y"), "(column y) is empty for 1 of 8 rows"),
    ],
)
def test_margins_that_cannot_be_met_are_refused(
    run_here, file: Path, tmp_path: Path, margins: str, more: tuple[str, ...], said: str
) -> None:
    done = calibrated(run_here, file, tmp_path, margins, *more)
    assert done.returncode == 1
    assert said in done.stderr.replace("\n", " ")
    assert not (tmp_path / "cells.csv").exists()


def test_crossed_margins_amounts_and_everyone_are_totals(
    run_here, file: Path, tmp_path: Path
) -> None:
    margins = "variable,code,total\nsex:stratum,M:A,40\nsex:stratum,F:A,40\n"
    margins += "sex:stratum,M:B,60\nsex:stratum,F:B,60\nx,,170\n,,200\n"
    done = calibrated(run_here, file, tmp_path, margins, "--calibration", "linear")
    assert done.returncode == 0, done.stderr
    women, men = read(tmp_path / "cells.csv")
    assert float(women["value"]) + float(men["value"]) == pytest.approx(170)
    assert [float(women["se"]), float(men["se"])] == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize("more", [("--bounds", "0.5,2"), ("--calibration", "linear")])
def test_bounds_and_method_go_with_margins(
    run_here, file: Path, tmp_path: Path, more: tuple[str, str]
) -> None:
    done = estimate(run_here, file, tmp_path / "c.csv", "--total", "x", *more)
    assert done.returncode == 1
    assert "go with --calibrate" in done.stderr.replace("\n", " ")


def test_dwellings_within_psus_are_a_second_stage(run_here, file: Path, tmp_path: Path) -> None:
    """Two of four PSUs, two of three dwellings each, all the same but in their own x."""
    out = tmp_path / "cells.csv"
    text = file.read_text().replace("stratum,", "N1,N2,stratum,", 1).splitlines()
    file.write_text("\n".join([text[0], *(f"4,3,{line}" for line in text[1:])]) + "\n")
    ssu = ("--ssu", "sex", "--fpc", "N1,N2", "--total", "x")

    assert estimate(run_here, file, out, *ssu).returncode == 0
    (row,) = read(out)

    # Totals 20, 20 and 60, 80: 1/2 x 2 x 200, then 1/2 x 1/3 x 2 x 200 in the one uneven PSU.
    assert float(row["se"]) == pytest.approx((200 + 200 / 3) ** 0.5)
    assert row["df"] == "2"


def test_counts_of_one_stage_only_are_refused(run_here, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "cells.csv"
    done = estimate(run_here, file, out, "--ssu", "sex", "--fpc", "x", "--total", "x")
    assert done.returncode != 0
    assert "--fpc names 1 columns and there are 2 stages" in " ".join(done.stderr.split())
    assert not out.exists()


def test_a_sure_psu_must_be_said_of_everybody(run_here, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "cells.csv"
    done = estimate(run_here, file, out, "--ssu", "sex", "--certainty", "y = 1", "--total", "x")
    assert done.returncode != 0
    assert "neither true nor false (1 or 0) in 1 of 8 rows" in " ".join(done.stderr.split())
