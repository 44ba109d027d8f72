"""An office sends moments, a body publishes them: as both type it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.store import Reader

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "packs" / "demo"
BASIN = ROOT / "packs" / "federation" / "basin.toml"
BULLETIN = ROOT / "packs" / "region" / "bulletin"


def small_country(folder: Path) -> Path:
    """The pack of the first country with the two tables its neighbour has, too."""
    shutil.copytree(DEMO / "lfs_2025", folder)
    text = (folder / "pack.toml").read_text()
    text = re.sub(r"(?ms)^catalogue = \[.*?^\]\n", "", text)
    blocks = re.split(r"(?m)^(?=\[\[?)", text)
    kept = [
        one
        for one in blocks
        if not one.startswith(("[[table]]", "[[headline]]"))
        or 'id = "OUTLOOK_OCCUPATION"' in one
        or 'id = "OUTLOOK_MATRIX"' in one
    ]
    (folder / "pack.toml").write_text("".join(kept))
    return folder


@pytest.fixture(scope="module")
def place(run_here, demo_microdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the moments of two countries, and what was said while they were made."""
    root = tmp_path_factory.mktemp("moments")
    packs = {"xsa": DEMO / "south_2025", "xca": small_country(root / "xca")}
    for name, pack in packs.items():
        out = root / f"{name}.moments"
        made = run_here(
            "moments", pack, "--file", demo_microdata, "--out", out, "--store", root / "office"
        )
        assert made.returncode == 0, made.stderr
        (root / f"{name}.said").write_text(made.stdout)
    return root


@pytest.fixture(scope="module")
def body(run_here, place: Path) -> Path:
    """The store of the body that publishes the neighbour and the region."""
    store = place / "body"
    alone = run_here("release", "--from", place / "xsa.moments", "--store", store)
    assert alone.returncode == 0, alone.stderr
    files = (place / "xca.moments", place / "xsa.moments")
    both = run_here("release", "--from", *files, "--together", BASIN, "--store", store)
    assert both.returncode == 0, both.stderr
    assert "XBA_FED" in both.stdout
    return store


def test_the_office_is_told_what_is_sent_and_what_an_attacker_finds(run_here, place: Path) -> None:
    said = (place / "xsa.said").read_text()
    assert "XSA_EPA_OUTLOOK_MATRIX" in said
    assert "Withheld for their own sake" in said
    assert "SHA-256" in said
    look = run_here("moments", "--look", place / "xsa.moments", "--store", place / "office")
    assert look.returncode == 0, look.stderr
    for words in ("rests on 5 respondents or more", "narrowest", "Not in the file", "a PSU"):
        assert words in look.stdout, words
    elsewhere = run_here("moments", "--look", place / "xsa.moments", "--store", place / "other")
    assert "narrowest" not in elsewhere.stdout


@pytest.fixture(scope="module")
def readers(demo_store: Path, body: Path) -> Iterator[tuple[TestClient, TestClient]]:
    with (
        TestClient(create_app(demo_store, BULLETIN)) as rows,
        TestClient(create_app(body, BULLETIN)) as moments,
    ):
        yield rows, moments


PAGES = (
    "/en/tables/XSA_EPA_OCCUPATION",
    "/es/tables/XSA_EPA_OUTLOOK_MATRIX",
    "/en/tables/XSA_EPA_OUTLOOK_PEOPLE?period=2025",
)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_of_a_table_is_the_same_from_moments_and_from_rows(readers, page: str) -> None:
    one, two = (reader.get(page) for reader in readers)
    assert one.status_code == two.status_code == 200
    assert figures(one.text) == figures(two.text)
    assert len(figures(one.text)) > 10


def figures(page: str) -> list[str]:
    """The cells of the tables of a page."""
    return re.findall(r"(?s)<t[dh].*?</t[dh]>", page)


def test_the_data_are_the_same_from_moments_and_from_rows(demo_store: Path, body: Path) -> None:
    flow = "XSA_EPA_OUTLOOK_OCCUPATION"
    one, two = (Reader(store).snapshot().manifest(flow) for store in (demo_store, body))
    assert [part.numbers_sha256 for part in one.parts] == [p.numbers_sha256 for p in two.parts]


def test_the_region_stands_beside_its_countries(readers) -> None:
    page = readers[1].get("/en/tables/XBA_FED_OUTLOOK_OCCUPATION?REF_AREA=*")
    assert page.status_code == 200
    for name in ("invented basin", "Caudaria", "Vadelia"):
        assert name in page.text


def test_a_region_is_verified_bit_for_bit(run_here, place: Path, body: Path) -> None:
    files = ("--file", place / "xca.moments", "--file", place / "xsa.moments")
    of = ("--survey", "XBA_FED", "--store", body)
    found = run_here("verify", "2025", *of, *files, "--together", BASIN)
    assert found.returncode == 0, found.stderr
    assert "bit for bit" in found.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("moments",), "Say which pack and where to"),
        (("moments", "PACK", "--out", "x.zip"), r"call the file NAME\.moments"),
        (("moments", "PACK", "--out", "none/x.moments"), "there is no folder"),
        (("moments", "--look", "none.moments"), "There is no file"),
        (("release",), "Say which pack"),
        (("release", "PACK", "MORE"), "Moments go behind --from"),
        (("release", "--from", "XSA", "XSA"), "released as a region"),
        (("release", "--from", "XSA", "--min-respondents", "9"), "cleared by a minimum of 5"),
        (("release", "--from", "XSA", "--together", BASIN), "lacks the moments of XCA"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run_here, place: Path, words, says) -> None:
    named = {"PACK": DEMO / "south_2025", "XSA": place / "xsa.moments", "MORE": place}
    store = () if words[0] == "moments" else ("--store", place / "nothing")
    found = run_here(*(named.get(word, word) for word in words), *store)
    assert found.returncode == 1
    assert re.search(says, found.stderr), found.stderr
    assert not (place / "nothing").exists()
