"""A statistician's own survey, as docs/tutorial/first-release.md walks it."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TUTORIAL = ROOT / "docs" / "tutorial" / "first-release.md"


def people() -> str:
    """400 invented people in 4 strata of 4 PSUs; decimal commas and letters beyond ASCII."""
    lines = ["estrato;upm;fexp;sexo;edad;cond;comarca"]
    for i in range(400):
        stratum, psu = i // 100 + 1, i // 25 + 1
        status = 9 if i % 50 == 7 else (1, 1, 3, 1, 2, 3, 1)[i % 7]
        weight = f"{100 + i % 13},5"
        lines.append(f"{stratum};{psu};{weight};{i % 2 + 1};{15 + i % 60};{status};Ñandú")
    return "\n".join(lines) + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Latin-1 text inside a zip beside a file that is none."""
    path = tmp_path / "survey.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datos/encuesta.csv", people().encode("latin-1"))
        archive.writestr("leame.pdf", b"%PDF-1.4")
    return path


@pytest.fixture
def started(run_here: Callable, file: Path, tmp_path: Path) -> Path:
    """What `cauce pack new` writes."""
    folder = tmp_path / "lfs_2026"
    words = ("--area", "XYZ", "--survey", "LFS", "--period", "2026", "--into", folder)
    done = run_here("pack", "new", file, *words)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def pack(started: Path) -> Path:
    """Filled in with the tutorial's own lines."""
    (lines,) = re.findall(r"```toml\n(.*?)```", TUTORIAL.read_text(), re.DOTALL)
    path = started / "pack.toml"
    text = path.read_text().replace('"?"', '"written"') + "\n"
    path.write_text(text + "\n".join(line.strip() for line in lines.splitlines()) + "\n")
    return started


def bent(pack: Path, old: str, new: str) -> Path:
    path = pack / "pack.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return pack


def test_a_pack_started_from_a_file_says_how_it_is_written(started: Path) -> None:
    text = (started / "pack.toml").read_text()
    assert 'member = "datos/encuesta.csv"' in text
    assert 'delimiter = ";", decimal = ",", encoding = "windows-1252"' in text
    assert 'weight = "fexp"' in text
    assert '"Ñandú" = "?"   #  (400)' in text


def test_what_is_still_asked_is_not_released(run_here: Callable, started: Path, file: Path) -> None:
    refused = run_here("pack", "check", started, "--file", file)
    assert refused.returncode == 1
    assert "survey.licence is still '?': write it" in refused.stderr


def test_names_no_pack_may_have_are_refused_before_anything_is_written(
    run_here: Callable, file: Path, tmp_path: Path
) -> None:
    words = ("--area", "xx", "--survey", "a b", "--period", "soon", "--into", tmp_path / "new")
    refused = run_here("pack", "new", file, *words)
    assert refused.returncode == 1
    assert "area 'xx' must be three capitals" in refused.stderr
    assert "survey 'a b' must be capitals" in refused.stderr
    assert "period 'soon' must be 2020, 2020-Q3 or 2020-07" in refused.stderr
    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten(run_here: Callable, started: Path, file: Path) -> None:
    words = ("--area", "XYZ", "--survey", "LFS", "--period", "2026", "--into", started)
    refused = run_here("pack", "new", file, *words)
    assert refused.returncode == 1
    assert "nothing is overwritten" in refused.stderr


def test_the_tutorial_leads_from_a_file_to_a_number_and_back(
    run: Callable, pack: Path, file: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    checked = run("pack", "check", pack, "--file", file)
    assert checked.returncode == 0, checked.stderr
    assert "Every code that occurs is mapped exactly once." in checked.stdout
    assert "STATUS: dont_know 8" in checked.stdout
    assert "entries of the catalogue are available" in checked.stdout
    refused = run("release", pack, "--file", file, "--store", store, "--accept-unaudited")
    assert "--accept-unaudited is gone" in refused.stderr
    bent(pack, "confidential = true", "confidential = false")
    done = run("release", pack, "--file", file, "--store", store)
    assert done.returncode == 0, done.stderr
    explained = run("explain", "XYZ_LFS_LABOUR", "A.XYZ.UNE_DEAP._T", "--store", store)
    assert "sexo" in explained.stdout
    again = run("verify", "2026", "--file", file, "--store", store, "--pack", pack)
    assert "Every number is the same, bit for bit." in again.stdout, again.stderr


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"2" = "F"\n', "", ("SEX (column sexo)", "'2' (200)", "[recode.SEX]")),
        ('"2" = "F"', '"2" = "F"\n"2" = "M"', ('"2" of [recode.SEX] stands twice',)),
        ('"2" = "F"', '"2" = "FEM"', ("SEX: FEM is not in CL_SEX",)),
        ('from = "sexo"', 'from = "sex"', ("no column sex (nearest: sexo)",)),
        ("\n[[table]]", '\n[recode.EDU]\nfrom = "b"\n"1" = "BAS"\n[[table]]', ("no column b",)),
        ('psu = "upm"', 'psu = "edad"\nperson = ["upm"]', ("400 respondents share upm",)),
        ('format = "csv"', 'format = "csv"\nweighted = 4000', ("add up to 42,", "4,000")),
    ],
)
def test_what_a_check_finds_is_named_with_variable_code_and_count(
    run_here: Callable, pack: Path, file: Path, old: str, new: str, words: tuple[str, ...]
) -> None:
    refused = run_here("pack", "check", bent(pack, old, new), "--file", file)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    for word in words:
        assert word in refused.stderr


def test_a_stratum_with_one_psu_is_announced_before_the_release(
    run_here: Callable, pack: Path, file: Path
) -> None:
    checked = run_here(
        "pack", "check", bent(pack, 'psu = "upm"', 'psu = "estrato"'), "--file", file
    )
    assert checked.returncode == 0, checked.stderr
    assert 'single_psu = "refuse" will stop the release' in checked.stdout
