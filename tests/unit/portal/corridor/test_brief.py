"""The brief on paper: two pages, all words, the same bytes every time; and its command."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from reportlab.platypus import KeepTogether, Paragraph, Table
from typer.testing import CliRunner

from cauce.cli.main import app
from cauce.publish.brief import brief_pdf
from cauce.publish.brief.blocks import MEASURES, Column
from cauce.publish.charts.paper import put
from cauce.publish.fonts import letters, printable

from .conftest import Corridors

SITE = "https://cauce.example.org"


def words_of(blocks: Iterable[object]) -> str:
    """All words in blocks, however deep they lie."""
    found = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.getPlainText())
        elif isinstance(block, KeepTogether):
            found.append(words_of(block._content))
        elif isinstance(block, Table):
            found.append(words_of(block._cellvalues))
        elif isinstance(block, list | tuple):
            found.append(words_of(block))
    return " ".join(found)


def pages(content: bytes) -> int:
    return content.count(b"/Type /Page\n") + content.count(b"/Type /Page ")


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", ["XAA-XBB", "XBB-XAA"])
def test_a_brief_has_two_pages_at_most(corridors: Corridors, code, language, paper) -> None:
    content = brief_pdf(corridors.told(code, language), paper, SITE)
    assert content.startswith(b"%PDF")
    assert 1 <= pages(content) <= 2


def test_the_same_brief_gives_the_same_bytes(corridors: Corridors) -> None:
    told = corridors.told()
    assert brief_pdf(told, "a4", SITE) == brief_pdf(told, "a4", SITE)


def test_a_brief_says_its_language_and_its_title(corridors: Corridors) -> None:
    content = brief_pdf(corridors.told(language="es"))
    assert b"/Lang (es)" in content
    assert b"/DisplayDocTitle true" in content


def test_a_brief_holds_every_figure_source_and_missing_piece(corridors: Corridors) -> None:
    letters()
    said = words_of(Column(corridors.told(), 260, MEASURES[0], SITE).blocks(apart=False))
    for part in (
        "How many people", "500 people from XAA land", "higher", "+10.0 points (+8.0 to +12.0)",
        "n 400", "Harvest pact", "Office of MONEY_SENT (2025)", "Vintage 2025",
        "published 2 January 2026", "What is missing", "Recruiters.", "SDG indicator 10.7.1",
    ):  # fmt: skip
        assert part in said, part
    assert "Print" not in said


def test_links_lead_to_the_site_and_without_one_there_are_none(corridors: Corridors) -> None:
    told = corridors.told()
    assert SITE.encode() + b"/en/corridors/XAA-XBB" in brief_pdf(told, "a4", SITE)
    assert b"/URI" not in brief_pdf(told, "a4")


def test_accents_and_enes_are_printed_and_what_the_letters_lack_is_replaced() -> None:
    assert printable("Señal año ¿qué? «sí» −5 ₡ → ż") == "Señal año ¿qué? «sí» −5 C › z"


def test_what_a_reader_of_the_pdf_can_select_is_the_text(corridors: Corridors, tmp_path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not here: the text of the PDF was not read back.")
    path = tmp_path / "brief.pdf"
    path.write_bytes(brief_pdf(corridors.told(language="es"), "letter", SITE))
    read = subprocess.run([program, str(path), "-"], capture_output=True, text=True, check=True)
    for part in ("Cuántas personas", "País XAA", "Lo que falta", "Página 1 de 2", "más alto"):
        assert part in read.stdout, part


def brief(root: Path, *arguments: str):
    return CliRunner().invoke(app, ["brief", *arguments, "--store", str(root)])


def test_a_brief_is_made_by_one_command(corridors: Corridors, tmp_path: Path) -> None:
    out = tmp_path / "b.pdf"
    done = brief(corridors.root, "xaa", "XBB", "--lang", "es", "--out", str(out), "--site", SITE)
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == brief_pdf(corridors.told(language="es"), "letter", SITE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("XAA", "XAA"), "both are XAA"),
        (("XAA", "QQQ"), "knows no country QQQ"),
        (("XAA", "XBB", "--lang", "fr"), "--lang: fr is not spoken here"),
        (("XAA", "XBB", "--paper", "a3"), "--paper: there is no sheet a3"),
        (("XAA", "XBB", "--site", "x.org"), "--site: x.org is no address"),
        (("XAA", "XBB", "--out", "/nowhere/b.pdf"), "--out: /nowhere/b.pdf cannot be written"),
    ],
)
def test_what_cannot_be_made_is_said_with_what_to_do(corridors, arguments, said) -> None:
    done = brief(corridors.root, *arguments)
    assert done.exit_code != 0
    assert said in " ".join(done.output.split())


def test_every_kind_of_picture_of_a_corridor_fits_on_paper(corridors: Corridors) -> None:
    letters()

    class Recorder:
        """Takes every call a canvas would."""

        def __getattr__(self, name: str):
            return lambda *a, **k: 1.0 if name == "stringWidth" else Recorder()

    for section in corridors.told().sections:
        for picture in section.pictures:
            drawing = picture.draw(540)
            assert put(drawing, Recorder(), 0, 0, 270) == drawing.height / 2
