"""From a survey file to a published number, by the command line."""

import json
import shutil
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from cauce.store.table import COUNTS, NUMBERS

ROOT = Path(__file__).parent.parent.parent
OF = ("--survey", "XCA_LFS")


def test_the_demo_says_what_it_published_and_how_to_check_it(demo_store: Path) -> None:
    said = (demo_store.parent / "demo-done").read_text()
    assert "XCA_LFS" in said
    assert "cauce verify" in said
    assert (demo_store / "CURRENT").is_file()


@pytest.mark.prove  # the tutorial verifies a small survey bit for bit in every run
def test_a_vintage_is_verified_bit_for_bit(
    run_here, demo_store: Path, demo_microdata: Path
) -> None:
    vintage = current_vintage(demo_store)
    found = run_here("verify", vintage, *OF, "--store", demo_store, "--file", demo_microdata)
    assert found.returncode == 0, found.stderr
    assert "bit for bit" in found.stdout


def test_verify_asks_for_the_file_when_it_is_not_there(run_here, demo_store: Path) -> None:
    found = run_here("verify", current_vintage(demo_store), *OF, "--store", demo_store)
    assert found.returncode == 1
    assert "--file" in found.stderr


def test_verify_notices_another_file(
    run_here, demo_store: Path, demo_microdata: Path, tmp_path: Path
) -> None:
    other = tmp_path / "microdata"
    shutil.copytree(demo_microdata, other)
    table = next(other.glob("eft*.csv"))
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join(lines[:-1]))
    found = run_here(
        "verify", current_vintage(demo_store), *OF, "--store", demo_store, "--file", other
    )
    assert found.returncode == 1
    assert "hashes differ" in found.stderr


@pytest.mark.prove
def test_releasing_the_same_again_changes_nothing(
    run_here, demo_store: Path, demo_microdata: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(demo_store, store)
    before = (store / "CURRENT").read_text()
    pack = next((ROOT / "packs" / "demo").rglob("pack.toml")).parent
    again = run_here("release", pack, "--file", demo_microdata, "--store", store)
    assert again.returncode == 0, again.stderr
    assert (store / "CURRENT").read_text() == before


def test_explain_names_the_recodes_and_the_hash_of_the_file(run_here, demo_store: Path) -> None:
    found = run_here("explain", "XCA_LFS_LABOUR", "A.XCA.UNE_DEAP._T._T._T", "--store", demo_store)
    assert found.returncode == 0, found.stderr
    for word in ("pack.toml:", "sha256", "Taylor", "STATUS", "Respondents"):
        assert word in found.stdout, word


def test_explain_says_which_keys_exist(run_here, demo_store: Path) -> None:
    found = run_here("explain", "XCA_LFS_LABOUR", "A.XCA.NOTHING._T._T._T", "--store", demo_store)
    assert found.returncode == 1
    assert "NOTHING" in found.stderr


def test_a_withdrawn_vintage_is_gone_and_says_why(
    run_here, demo_store: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(demo_store, store)
    vintage = current_vintage(store)
    gone = run_here("withdraw", "XCA_LFS", vintage, "--reason", "a wrong weight", "--store", store)
    assert gone.returncode == 0, gone.stderr
    found = run_here("explain", "XCA_LFS_LABOUR", "A.XCA.UNE_DEAP._T._T._T", "--store", store)
    assert found.returncode == 1
    assert "a wrong weight" in found.stderr

    again = run_here("verify", vintage, *OF, "--store", store)
    assert again.returncode == 1
    assert "a wrong weight" in again.stderr


def test_verify_with_another_pack_does_not_quietly_take_ours(
    run_here, demo_store: Path, demo_microdata: Path, tmp_path: Path
) -> None:
    pack = next((ROOT / "packs" / "demo").rglob("pack.toml")).parent
    other = shutil.copytree(pack, tmp_path / "pack")
    text = (other / "pack.toml").read_text(encoding="utf-8")
    (other / "pack.toml").write_text(text + "# changed\n", encoding="utf-8")
    vintage = current_vintage(demo_store)
    found = run_here(
        "verify", vintage, *OF, "--store", demo_store, "--file", demo_microdata, "--pack", other
    )
    assert found.returncode == 1
    assert "None of 1 packs" in found.stderr


def test_no_withheld_number_of_the_demo_has_a_number_beside_it(demo_store: Path) -> None:
    beside = (*NUMBERS, *COUNTS)
    tables = [pq.read_table(path) for path in (demo_store / "objects").rglob("*.parquet")]
    dataflows = [table for table in tables if "OBS_STATUS" in table.column_names]
    assert len(dataflows) >= 10
    for table in dataflows:
        withheld = table.filter(pc.equal(table["OBS_STATUS"], "Q"))
        assert all(withheld[name].null_count == len(withheld) for name in beside)


def test_a_pack_that_is_not_there_is_said_so(run_here, tmp_path: Path) -> None:
    found = run_here("release", tmp_path / "nowhere", "--store", tmp_path / "store")
    assert found.returncode == 1
    assert "no pack" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_store_that_is_not_there_is_said_so(run_here, tmp_path: Path) -> None:
    found = run_here("vintages", "--store", tmp_path / "nowhere")
    assert found.returncode == 1
    assert "Traceback" not in found.stderr


def current_vintage(store: Path) -> str:
    generation = json.loads((store / "CURRENT").read_text())["generation"]
    catalog = json.loads((store / "catalog" / f"{generation}.json").read_text())
    entry = next(iter(catalog["current"].values()))
    return entry if isinstance(entry, str) else entry["vintage"]
