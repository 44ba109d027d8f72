"""The house is as drawn, and its checks would notice if it were not."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "cauce"
ALLOWED = {
    "model": {"numpy", "pyarrow"},
    "declare": set(),
    "harmonise": {"sqlglot"},
    "estimate": {"numpy", "numba"},
    "protect": {"numpy", "numba", "highspy"},
    "outlook": {"numpy", "scipy", "highspy", "sklearn"},
    "registers": {"numpy"},
    "assess": {"numpy"},
}
WORLD = {"socket", "subprocess", "urllib", "shutil", "tempfile", "sys", "http", "asyncio", "random"}


def imported(path: Path) -> set[str]:
    """The top-level names a file imports, wherever in the file it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def standard_library() -> set[str]:
    import sys

    return set(sys.stdlib_module_names)


def test_floors_0_and_1_use_only_the_third_party_code_the_house_names() -> None:
    for package, allowed in ALLOWED.items():
        for path in (SOURCE / package).rglob("*.py"):
            third = imported(path) - standard_library() - {"cauce"}
            assert third <= allowed, f"{path.relative_to(ROOT)} imports {third - allowed}"


def test_floors_0_and_1_do_not_touch_the_world() -> None:
    for package in ALLOWED:
        for path in (SOURCE / package).rglob("*.py"):
            assert not imported(path) & WORLD, path.relative_to(ROOT)


def test_every_package_stands_on_a_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c for c in contracts["contracts"] if c["type"] == "layers")
    floors = {
        name.strip() for layer in layers["layers"] for name in layer.replace(":", "|").split("|")
    }
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert packages == floors
    assert layers["exhaustive"]


def test_the_model_holds_values_and_computes_nothing() -> None:
    for path in (SOURCE / "model").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            assert not isinstance(node, ast.For | ast.While | ast.Lambda), path.name


def test_packs_hold_no_code() -> None:
    kinds = {path.suffix for path in (ROOT / "packs").rglob("*") if path.is_file()}
    assert kinds <= {".toml", ".csv", ".md", ".geojson"}


def test_nothing_in_the_code_tells_a_country_apart() -> None:
    # A country's packs lie in a folder of its three letters; "outlook" is no country.
    areas = {path.name.upper() for path in (ROOT / "packs").iterdir() if len(path.name) == 3}
    assert areas
    for path in SOURCE.rglob("*.py"):
        if "invented" in path.parts:
            continue
        words = {
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not words & areas, f"{path.relative_to(ROOT)} names {words & areas}"


def test_the_readme_stays_within_forty_lines_and_names_two_commands() -> None:
    text = (ROOT / "README.md").read_text()
    assert len(text.splitlines()) <= 40
    assert "make demo" in text
    assert "make test" in text


def test_the_store_of_releases_knows_nothing_of_the_register_log() -> None:
    for path in (SOURCE / "store").glob("*.py"):
        assert "store.log" not in path.read_text(), path.name
        assert not imported(path) & {"sqlalchemy", "alembic"}, path.name
