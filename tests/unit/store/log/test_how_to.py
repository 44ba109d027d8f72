"""What the documentation tells people to type is what the tests tried."""

from pathlib import Path

from cauce.store.log.row_security import login

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "postgresql.md"


def test_the_grants_on_the_page_are_the_ones_we_tried() -> None:
    written = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("GRANT")]
    assert written == [f"{statement};" for statement in login("cauce_office")]
