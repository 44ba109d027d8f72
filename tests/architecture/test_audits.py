"""Audits name what is withheld: nothing that faces the public knows where they are."""

from pathlib import Path

import pytest

NAMES = ("audits", "kept_audit", "KeptAudit", "model.audit")


@pytest.mark.parametrize("package", ["portal", "publish", "outlook", "intake", "letterbox"])
def test_nothing_that_faces_the_public_names_the_audits(package: str) -> None:
    for path in (Path("src/cauce") / package).rglob("*.py"):
        text = path.read_text("utf-8")
        assert [name for name in NAMES if name in text] == [], path
