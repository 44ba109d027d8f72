"""What of a release is withheld, why and at what price: `cauce audit`, `cauce protect`."""

from pathlib import Path

import pytest
from tests.spec.validation.small_survey import Row, region, survey

FLOW = "XAA_LFS_MAIN"
SMALL, BESIDE = f"{FLOW}:A.XAA.POP.CCC.2024", f"{FLOW}:A.XAA.POP.BBB.2024"


def few(rows: list[Row]) -> None:
    """Three of 240 people are from nowhere."""
    for row in rows[:3]:
        row["land"] = "c"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, run_here) -> Path:
    """A pack, its region and the store with its release."""
    folder = tmp_path_factory.mktemp("audit")
    pack, words = survey(folder / "pack", spoil=few), region(folder / "region")
    found = run_here("release", pack, "--region", words, "--store", folder / "store", "--alone")
    assert found.returncode == 0, found.stderr
    return folder


def kept(place: Path) -> tuple[object, ...]:
    return ("--store", place / "store", "--vintage", "2024")


def ask(run_here, place: Path, *words: object):
    return run_here("protect", place / "pack", "--region", place / "region", *words)


def test_an_audit_tells_what_is_withheld_and_why(run_here, place: Path) -> None:
    found = run_here("audit", "2024", "--store", place / "store")
    assert found.returncode == 0, found.stderr
    assert FLOW in found.stdout
    one = run_here("audit", "2024", "--store", place / "store", "--cell", SMALL)
    assert "is withheld: too few respondents" in one.stdout
    free = run_here(
        "audit", "2024", "--store", place / "store", "--cell", f"{FLOW}:A.XAA.POP._T.2024"
    )
    assert "is not withheld as confidential" in free.stdout


def test_what_it_would_cost_is_told_and_kept_with_the_audit(run_here, place: Path) -> None:
    found = ask(run_here, place, "--what-if", f"publish={BESIDE}", *kept(place))
    assert found.returncode == 0, found.stderr
    assert f"withheld instead: {FLOW}:A.XAA.POP." in found.stdout
    again = run_here("audit", "2024", "--store", place / "store", "--cell", BESIDE)
    assert "another withheld number could be worked out with it" in again.stdout
    assert f"publishing {BESIDE}" in again.stdout
    assert f"publishing {BESIDE}" in run_here("audit", "2024", "--store", place / "store").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--what-if", f"publish={SMALL}"), "cannot be published whatever else is withheld"),
        (("--what-if", f"publish={FLOW}:A.XAA.POP.2024"), "A key of XAA_LFS_MAIN has 5 codes"),
        (("--what-if", "publish=CCC"), "CCC is no cell"),
        (("--what-if", "hide=CCC"), "is neither publish=FLOW:KEY"),
        (("--what-if", f"without={FLOW}"), "No table would be left"),
        ((), "Say what to try"),
        (("--what-if", f"publish={BESIDE}", "--vintage", "2024"), "Say both --store and --vintage"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(run_here, place, words, told) -> None:
    found = ask(run_here, place, *words)
    assert found.returncode == 1
    assert told in found.stderr


def test_an_answer_about_another_release_is_not_kept(run_here, place: Path, tmp_path: Path) -> None:
    other = survey(tmp_path / "other", spoil=lambda rows: few(rows[20:]))
    asked = ("--what-if", f"publish={BESIDE}", *kept(place))
    found = run_here("protect", other, "--region", place / "region", *asked)
    assert found.returncode == 1
    assert "give another release than 2024" in found.stderr


def test_a_vintage_without_an_audit_says_so(run_here, place: Path) -> None:
    found = run_here("audit", "2023", "--store", place / "store")
    assert "The store has no vintage 2023" in found.stderr
    audits = place / "store-audits"
    audits.rename(place / "elsewhere")
    lost = run_here("audit", "2024", "--store", place / "store")
    (place / "elsewhere").rename(audits)
    assert "No audit is kept" in lost.stderr
