"""What the documents say can be done and found is there."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from cauce.cli.main import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
FOLDERS = ("src", "packs", "tests", "bench", "tools", "docs")
CODE = re.compile(r"```.*?\n(.*?)```|`([^`\n]+)`", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*|[A-Z]+\.md|Makefile|pyproject\.toml)`")
CAUCE = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?cauce (.+)$", re.DOTALL)
MAKE = re.compile(r"^make ([a-z]+)")
# Written by `make demo`, or an example of what the reader will write.
NOT_YET = ("packs/xyz/",)


def pieces(document: Path) -> list[str]:
    """The commands and names between backticks, one a line; a line ends where it is folded."""
    found = CODE.findall(document.read_text(encoding="utf-8"))
    text = "\n".join(block or inline for block, inline in found)
    return [line.strip() for line in re.sub(r"\n {4,}", " ", text).splitlines()]


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def document(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_every_link_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "#")):
            assert (document.parent / target.split("#")[0]).exists(), target


def test_every_file_that_is_named_is_there(document: Path) -> None:
    for name in PATH.findall(document.read_text(encoding="utf-8")):
        if not name.startswith(NOT_YET):
            assert (ROOT / name).exists(), name


def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for line in pieces(document):
        if found := MAKE.match(line):
            assert found[1] in targets, line


def test_every_command_that_is_named_is_understood(document: Path) -> None:
    """Commands, sub-commands and options are those of `cauce`."""
    for line in pieces(document):
        if found := CAUCE.match(line):
            for word, known in understood(words_of(found[1])):
                assert known, f"{line}: {word}"


def test_all_documents_are_in_the_list() -> None:
    listed = set(LINK.findall((ROOT / "docs" / "README.md").read_text(encoding="utf-8")))
    there = {p.relative_to(ROOT / "docs").as_posix() for p in (ROOT / "docs").rglob("*.md")}
    assert listed == there - {"README.md"}


def test_the_words_of_the_glossary_stand_once_and_in_order() -> None:
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()[4:]
    words = [line.split("|")[1].strip().casefold() for line in lines]
    assert words == sorted(set(words))


def words_of(text: str) -> list[str]:
    plain = re.sub(r"[\[\](|)…]", " ", text.split("#")[0])
    return shlex.split(plain.replace("\u201c", '"').replace("\u201d", '"'))


def understood(words: list[str]) -> list[tuple[str, bool]]:
    """Each command and option of a line, and whether `cauce` knows it."""
    here = typer.main.get_command(app)
    answers = []
    for word in words:
        if word.startswith("--"):
            known = {name for o in here.params for name in (*o.opts, *o.secondary_opts)}
            answers.append((word, word.split("=")[0] in known | {"--help"}))
        elif hasattr(here, "commands"):
            answers.append((word, word in here.commands))
            here = here.commands.get(word, here)
    return answers
